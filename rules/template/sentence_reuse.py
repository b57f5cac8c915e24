"""One sentence stands in too many different answers of the corpus."""

from __future__ import annotations

from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.uniformity.reuse import ReuseParams, reused_sentences
from synlint.model import Conclusion, Example, Rule
from synlint.rulekit import free_text, made_later


@made_later
def _rows(sentence: str, every: int) -> list[dict[str, str]]:
    """300 rows of two free sentences; every n-th has `sentence` between them, with its own number in the slot."""
    rows = []
    for n in range(300):
        own = f"{free_text(n)} and {free_text(n + 5000)}".capitalize()
        between = f" {sentence.format(n)}" if n % every == 0 else ""
        rows.append({"question": free_text(n + 3000), "answer": f"{own}.{between} So {free_text(n + 8000)}."})
    return rows


RULE = Rule(
    code="TPL010",
    name="sentence-reuse",
    summary="one sentence stands in many answers",
    message="{value:.1%} of the different answers hold one sentence: {evidence!r}",
    description=(
        "A sentence of at least eight words (16 characters in scripts without spaces) stands in more than 1.5 % of "
        "the different answers that have any such sentence, and in five of them at least. Numbers, case and "
        "punctuation are ignored; copies of an answer count once; 200 answers with a sentence are needed. In eight "
        "human-written corpora the commonest sentence is in 0.1 % to 1.3 % of the answers, and in four of them at "
        'most. Machines: TOFU\'s phi repeats "the teacher gave the students a quiz on the lesson, but ..." in a '
        'third of its answers, Glaive "of course, I can help you with that" in 1.6 %, and "is there anything else I '
        "can help with?\" is in 2 % of GPT-4's answers to IFEval, where a few questions ask for it. AlpacaEval's ten "
        "models together stay below the limit: check each by itself. Sentences that differ in a word are not the "
        "same."
    ),
    rationale=(
        "A sentence that a generator says whatever it is asked is said for no reason, and a student learns to recite "
        "it. Sentences that are repeated so often are also the ones that a model memorises word for word."
    ),
    severity="warning",
    confidence="high",
    stability="preview",
    scope="corpus",
    fields=("answer",),
    min_rows=200,
    examples_match=(
        Example(rows=_rows("It is always a good idea to ask a local expert first.", 10), note="a tenth"),
        Example(rows=_rows("There are {} ways in which all of this can be done today.", 20), note="but for a number"),
        Example(rows=_rows("总的来说，这是一个非常有趣而且重要的问题。", 6), note="no spaces between words"),
    ),
    examples_no_match=(
        Example(rows=_rows("It is always a good idea to ask a local expert first.", 100), note="in three"),
        Example(rows=_rows("I hope that this helps!", 2), note="few words"),
        Example(
            rows=[{"answer": "It is always a good idea to ask a local expert first."} for _ in range(300)],
            note="one text is a copy, and no reuse",
        ),
    ),
    references=(
        (
            "Lee et al. 2022, Deduplicating Training Data Makes Language Models Better",
            "https://arxiv.org/abs/2107.06499",
        ),
        (
            "Shaib et al. 2024, Detection and Measurement of Syntactic Templates in Generated Text",
            "https://arxiv.org/abs/2407.00211",
        ),
    ),
)


Params = ReuseParams


def conclude(state: CorpusTexts, p: ReuseParams) -> Conclusion:
    return reused_sentences(state, p, RULE.min_rows)


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]
