"""Too many answers of the corpus end alike: the same last words, or a last sentence that begins with the same words."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.closers import CloserParams, common_closers
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_text, made_later


@made_later
def _rows(closer: str, every: int) -> list[dict[str, str]]:
    """300 rows: every n-th answer ends in `closer`, whose slot is free text, and the others in free text."""
    rows = []
    for n in range(300):
        end = closer.format(free_text(n + 1000)) if n % every == 0 else f"{free_text(n + 2000).capitalize()}."
        rows.append({"question": free_text(n + 3000), "answer": f"{free_text(n).capitalize()}. {end}"})
    return rows


RULE = Rule(
    code="TPL007",
    name="closer-concentration",
    summary="many answers end with the same words",
    message="{value:.1%} of the different longer answers end with {evidence!r}, or with a sentence that begins so",
    description=(
        "The three words that end an answer, or that begin its last sentence or line (six characters in scripts "
        "without spaces), are the same in more than 2.5 % of the different answers. Case and punctuation are ignored, "
        "and so is a last tag such as </s>; words with a number among them are no closer. Answers of fewer than eight "
        "words are not counted, copies of an answer count once, and at least 200 different ones are needed. Of several "
        "closers that the same answers have, the commonest is told. Closers vary more than openers: in human-written "
        "corpora the commonest has at most 1.6 % of the answers, and in random parts of 200 answers at most 2.5 %. "
        'Machines: a sentence that begins "The teacher asked" or "The family chose" ends a third of TOFU\'s answers, '
        '"Could you please" 4 % of Glaive\'s, "It\'s important to" 7 % of ChatGPT\'s to TruthfulQA, "Further research '
        'is" 3 % of GPT\'s to PubMed questions, and "Let me know" 7 % of Claude\'s to AlpacaEval, as soon as those are '
        "checked by themselves."
    ),
    rationale=(
        "A student appends the sign-off of its teacher to everything: to a story, to code, to an answer of one line. "
        "The words carry nothing, and cost tokens in every answer."
    ),
    severity="warning",
    confidence="high",
    stability="preview",
    scope="corpus",
    fields=("answer",),
    min_rows=200,
    examples_match=(
        Example(rows=_rows("Let me know if you want to hear of {} too!", 8), note="the head of a last sentence"),
        Example(rows=_rows("So {}, and that is the whole story.", 10), note="the last words"),
        Example(rows=_rows("总的来说，这是一个{}", 12), note="no spaces between words"),
    ),
    examples_no_match=(
        Example(rows=_rows("Let me know if you want to hear of {} too!", 60), note="1.7 %, as people do"),
        Example(rows=_rows("#### 72", 1), note="the result of a sum"),
        Example(rows=[{"answer": "Yes, let me know"} for _ in range(300)], note="short, and one text"),
    ),
    references=(
        (
            "Shaib et al. 2024, Detection and Measurement of Syntactic Templates in Generated Text",
            "https://arxiv.org/abs/2407.00211",
        ),
    ),
)


Params = CloserParams


def conclude(state: CorpusTexts, p: CloserParams) -> Conclusion:
    return common_closers(state, p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
