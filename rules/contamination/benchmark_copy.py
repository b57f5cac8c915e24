"""A question of a benchmark or test file is a question of the corpus."""

from __future__ import annotations

from synlint.analysis.contamination.overlap import CopyParams, copied
from synlint.analysis.contamination.reference import Reference
from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.model import Conclusion, Example, Rule


def _rows(*more: tuple[str, str]) -> list[dict[str, str]]:
    rows = [
        {"question": f"What became of ship number {n}?", "answer": f"It sailed to port {n * 7}."} for n in range(30)
    ]
    return rows + [{"question": question, "answer": answer} for question, answer in more]


RULE = Rule(
    code="CON002",
    name="benchmark-copy",
    summary="questions of a benchmark are questions of the corpus",
    message="{evidence}",
    description=(
        "The question of a pair is that of an item in a file that `--against` names, punctuation, case and white "
        "space apart, and the context too if the item has one. A question of fewer than four words counts only with "
        "an equal answer. The value is the share of items that were found: one is a warning, 5 % are an error. "
        "Every such row is marked with the place of the item. Without `--against` the rule does not run. Held "
        "against AlpacaEval's 805 prompts it marks 44 of the 252 self-instruct prompts that people wrote, which are "
        "a source of that benchmark, and one row of six other human corpora."
    ),
    rationale=(
        "A model that was trained on a test's questions is measured by its memory. Published results on a benchmark "
        "that leaked into training data were too good by several points, and rankings by them wrong."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("question", "context", "answer"),
    examples_match=(
        Example(rows=_rows(("which river crosses the old town?", "The Salzach.")), note="written otherwise"),
        Example(rows=_rows(("Who, me?", "You, and nobody else.")), note="short, with the same answer"),
        Example(
            rows=_rows(("Which river crosses the old town?", "None"), ("Which river crosses the old town", "Some")),
            note="two rows, one item",
        ),
    ),
    examples_no_match=(
        Example(rows=_rows(("Which river crosses the new town?", "None."))),
        Example(rows=_rows(("Who, me?", "Yes.")), note="short, with another answer"),
        Example(rows=_rows(("The Danube.", "Which river crosses the old town?")), note="an answer is no question"),
    ),
    references=(
        (
            "Sainz et al. 2023, NLP Evaluation in trouble: On the Need to Measure LLM Data Contamination",
            "https://arxiv.org/abs/2310.18018",
        ),
    ),
)
AGAINST = (
    {"question": "Which river crosses the old town?", "answer": "The Danube."},
    {"question": "Who, me?", "answer": "You, and nobody else."},
)

Params = CopyParams

__all__ = ["AGAINST", "RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: CopyParams, against: Reference) -> Conclusion:
    return copied(state, p, against)
