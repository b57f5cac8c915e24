"""One pair in several files of the corpus."""

from __future__ import annotations

from synlint.analysis.contamination.splits import across_files
from synlint.analysis.corpus_texts import SHARED, CorpusTexts, observe
from synlint.analysis.duplicates.verdict import ShareParams
from synlint.model import Conclusion, Example, Rule

RULE = Rule(
    code="DUP007",
    name="across-files",
    summary="pairs are in several files",
    message="{evidence}",
    description=(
        "A pair, punctuation, case and white space apart, stands in more than one file of the corpus. The value is the "
        "share of pairs that other files have already. Files whose names say that they are parts of a split (train, "
        "test, valid and the like) are compared within their part only: a pair in training and test files is "
        "CON005's. Any such pair is reported as information; it is a warning from 1 % of the pairs on, and an error "
        "from 10 % on. What is twice in one file is not meant here, but by DUP001."
    ),
    rationale=(
        "Corpora that are made of several downloads often hold one of them twice, under two names or within a larger "
        "collection. What is in both counts twice in training."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("answer", "question", "context"),
    min_rows=20,
    examples_match=(
        Example(
            rows=[
                {"question": f"Who is {n % 30}?", "answer": f"Number {n % 30} is nobody.", "path": f"{n // 30}.jsonl"}
                for n in range(60)
            ],
            note="a file under two names",
        ),
        Example(
            rows=[
                *(
                    {"question": f"Who is {n}?", "answer": f"Number {n} is nobody.", "path": "a.jsonl"}
                    for n in range(50)
                ),
                {"question": "who is 7", "answer": "Number 7 is nobody", "path": "b.jsonl"},
            ],
            note="one pair, written otherwise: information",
        ),
        Example(
            rows=[
                {"question": f"Who is {n % 10}?", "answer": f"Number {n % 10} is nobody.", "path": f"{n // 10}.jsonl"}
                for n in range(40)
            ],
            note="in four files",
        ),
    ),
    examples_no_match=(
        Example(rows=[{"question": "Who is it?", "answer": "Nobody at all, really.", "path": "a.jsonl"}] * 50),
        Example(
            rows=[
                {"question": f"Who is {n % 30}?", "answer": f"Number {n % 30} is nobody.", "path": name}
                for n, name in zip(range(60), ["train.jsonl"] * 30 + ["test.jsonl"] * 30, strict=True)
            ],
            note="parts of a split: CON005",
        ),
        Example(
            rows=[
                {"question": f"Who is {n}?", "answer": f"Number {n} is nobody.", "path": f"{n % 2}.jsonl"}
                for n in range(40)
            ],
            note="two files, nothing in common",
        ),
    ),
)

Params = ShareParams

__all__ = ["RULE", "SHARED", "Params", "conclude", "observe"]


def conclude(state: CorpusTexts, p: ShareParams) -> Conclusion:
    return across_files(state, p)
