"""What a corpus holds, as plain Python."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from synlint.corpora.read import Corpus

Write = Callable[[str, "str | bytes"], Path]


def jsonl(records: Iterable[Mapping[str, Any]]) -> str:
    """Records as JSON Lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def pairs(corpus: Corpus) -> list[tuple[Any, ...]]:
    """(question, context, answer, system) of every pair."""
    return [
        row
        for batch in corpus.batches()
        for row in batch.frame.select("question", "context", "answer", "system").iter_rows()
    ]


def problems(corpus: Corpus) -> list[tuple[Any, ...]]:
    """(kind, row, line, pointer) of every problem."""
    return [tuple(problem)[:4] for batch in corpus.batches() for problem in batch.problems]


def rows(corpus: Corpus) -> list[Any]:
    """Every column of every pair, with the row id."""
    return [(*row, batch.row_id(row[0])) for batch in corpus.batches() for row in batch.frame.iter_rows()]


def causes(corpus: Corpus) -> list[str]:
    """The sentences of the files that failed, after all has been read."""
    for _ in corpus.batches():
        pass
    return [failure.cause for failure in corpus.failures]
