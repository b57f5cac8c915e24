"""A pair of the test or validation files that the training files hold too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from synlint.analysis.contamination.splits import across_splits
from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.duplicates.alike import NearParams
from synlint.model import Conclusion, Example, Rule


def _rows(*test: tuple[str, str]) -> list[dict[str, str]]:
    """Forty pairs in a training file, some in a test file."""
    trained = [
        {"question": f"What became of ship number {n}?", "answer": f"It sailed to port {n * 7} and stayed there."}
        for n in range(40)
    ]
    held = [{"question": question, "answer": answer} for question, answer in test]
    return [{**row, "path": "train.jsonl"} for row in trained] + [{**row, "path": "test.jsonl"} for row in held]


RULE = Rule(
    code="CON005",
    name="train-test-duplicate",
    summary="pairs of test files are in the training files too",
    message="{evidence}",
    description=(
        "Files whose names, or whose folders' names, say that they are parts of a split (train; test, eval, "
        "heldout; val, valid, dev) have a pair in common: the same pair, punctuation, case and white space apart, "
        "or one that is nearly the same (see DUP003, `near-duplicate`). The value is the share of the rows of test "
        "and validation files that another part holds. One is a warning, 5 % are an error. Rows of both sides are "
        "marked, with the id of the pair that they have in common. A corpus without such names is not judged. Split "
        "at random, one row in five for testing, T0's prompts have 51 of 2,784 rows in both parts, as they repeat "
        "themselves; other human corpora 7 rows in all."
    ),
    rationale=(
        "A test question that the model was trained on measures memory. Measured quality then is too good, and "
        "decisions that rest on it (which data, which step, which model) are wrong."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("question", "context", "answer"),
    min_rows=20,
    examples_match=(
        Example(rows=_rows(("What became of ship number 7?", "It sailed to port 49 and stayed there."))),
        Example(
            rows=_rows(("what became of ship number 7", "it sailed to port 49, and stayed there!")),
            note="written otherwise",
        ),
        Example(
            rows=_rows(
                *(
                    (f"What became of ship number {n}?", f"It sailed to port {n * 7} and stayed there.")
                    for n in range(9)
                )
            ),
            note="nine of nine",
        ),
    ),
    examples_no_match=(
        Example(rows=_rows(("What became of ship number 70?", "It sailed to port 2 and never came back."))),
        Example(rows=_rows(("What became of ship number 7?", "It sank.")), note="the same question, another answer"),
        Example(
            rows=[{"question": f"Who is {n % 20}?", "answer": f"Number {n % 20} is nobody."} for n in range(40)],
            note="no parts",
        ),
    ),
)


@dataclass(frozen=True)
class Params(NearParams):
    """What counts as nearly the same, and how much may leak."""

    max_share: Annotated[float, "a larger share of the held-out rows is a warning; below it the rule only informs"] = (
        0.0
    )
    error_share: Annotated[float, "from this share on it is an error"] = 0.05


__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: Params) -> Conclusion:
    return across_splits(state, p)
