"""conversations with from / value, as ShareGPT has it; tools and a system text may stand beside them."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.corpora.block import Record
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.layouts.conversation import bind_conversation
from synlint.corpora.options import ReadOptions

NAME = "sharegpt"
NEEDS = "conversations (or messages): a list of {from, value}"
EXAMPLE: Record = {"conversations": [{"from": "human", "value": "Q"}, {"from": "gpt", "value": "A"}]}
KEYS = ("from", "value")


def bind(sample: Sequence[Record], options: ReadOptions) -> Reader | None:
    """A reader for the list key that the sample uses."""
    return bind_conversation(NAME, KEYS, sample)
