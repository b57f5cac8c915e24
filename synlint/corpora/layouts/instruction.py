"""instruction / input / output, as Alpaca has it; also instruction / context / response, as Dolly has it."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.corpora.block import Record
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.layouts.flat import Names, bind_names
from synlint.corpora.options import ReadOptions

NAME = "alpaca"
NEEDS = "instruction and output (or response), optionally input (or context)"
EXAMPLE: Record = {"instruction": "Q", "input": "", "output": "A"}
NAMES = Names(
    question=("instruction",), answer=("output", "response", "answer", "completion"), context=("input", "context")
)


def bind(sample: Sequence[Record], options: ReadOptions) -> Reader | None:
    """A reader for the keys that the sample uses."""
    return bind_names(NAME, NAMES, sample)
