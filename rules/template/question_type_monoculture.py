"""Too many questions are of one kind: all "what", all "yes or no", all "how many"."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.asked import AskedParams, one_kind_of_question
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_rows, free_text, made_later

_KINDS = (
    "What is {}?",
    "Why did {}?",
    "Who made {}?",
    "How many are {}?",
    "Does {}?",
    "Write about {}.",
    "Rewrite this: {}.",
    "Explain {}.",
    "Compute {}.",
    "Where is {}?",
)


@made_later
def _rows(favourite: str, times: int, others: int) -> list[dict[str, str]]:
    """So many questions of one kind, and others of ten."""
    forms = [favourite] * times + [_KINDS[n % len(_KINDS)] for n in range(others)]
    return [
        {"question": form.format(free_text(n), free_text(n + 1000)), "answer": free_text(n + 500)}
        for n, form in enumerate(forms)
    ]


RULE = Rule(
    code="TPL013",
    name="question-type-monoculture",
    summary="nearly all questions are of one kind",
    message="nearly all questions are of one kind: {evidence} ({value:.1%}, limit {threshold:.0%})",
    description=(
        "More than 75 % of the different questions are of one kind, or their kinds are concentrated (1 less their "
        "entropy, as a share of the largest possible) beyond 70 %. The kind is the question word of the last question "
        "(what, who, when, where, which, why, how, how many; yes or no), or else a verb of seven groups (write, make, "
        "explain, list, judge, change, compute), in English and Chinese; the rest are statements and other questions. "
        "Questions of fewer than three words do not count, copies count once, and 100 different ones are needed. It "
        "tells a corpus with one task from a corpus with many, not machines from people: in human-written corpora the "
        "commonest kind has 20 % (self-instruct) to 63 %; over the limit are GSM8K (84 % how many) and PubMed's "
        "questions (92 % yes or no). Machines: persona statements 100 % yes or no, LM-written questions about risks 70 "
        "%, CodeAlpaca 38 %, Alpaca 25 % make."
    ),
    rationale=(
        "A student that has been asked one kind of question answers every other as if it were that one: with yes or "
        "no, with a number, with a definition."
    ),
    severity="info",
    confidence="medium",
    stability="preview",
    scope="corpus",
    fields=("question",),
    min_rows=100,
    examples_match=(
        Example(rows=_rows("What is {}?", 300, 0), note="nothing else"),
        Example(rows=_rows("And so {}. But what is {}?", 240, 60), note="the last question of each, in eight of ten"),
        Example(rows=_rows("{}是什么？", 190, 10), note="Chinese"),
    ),
    examples_no_match=(
        Example(rows=_rows("What is {}?", 80, 40), note="two thirds, and some of the others"),
        Example(rows=_rows("", 0, 120), note="ten kinds"),
        Example(
            rows=free_rows(200, question="What?", answer="{}"),
            note="one word",
        ),
    ),
    references=(
        (
            "Chen et al. 2024, Unveiling the Flaws: Exploring Imperfections in Synthetic Data",
            "https://arxiv.org/abs/2406.12397",
        ),
    ),
)


Params = AskedParams


def conclude(state: CorpusTexts, p: AskedParams) -> Conclusion:
    return one_kind_of_question(state, p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
