"""question / answer, optionally with context; also system_prompt / question / response."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.corpora.block import Record
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.layouts.flat import Names, bind_names
from synlint.corpora.options import ReadOptions

NAME = "question-answer"
NEEDS = "question and answer (or response), optionally context, system_prompt"
EXAMPLE: Record = {"question": "Q", "context": "", "answer": "A"}
NAMES = Names(question=("question",), answer=("answer", "response"), context=("context",))


def bind(sample: Sequence[Record], options: ReadOptions) -> Reader | None:
    """A reader for the keys that the sample uses."""
    return bind_names(NAME, NAMES, sample)
