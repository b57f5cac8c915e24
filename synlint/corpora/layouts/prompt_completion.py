"""prompt / completion, as texts or as lists of turns."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.corpora.block import Record
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.layouts.flat import Names
from synlint.corpora.layouts.reply import bind_text_or_turns
from synlint.corpora.options import ReadOptions

NAME = "prompt-completion"
NEEDS = "prompt and completion"
EXAMPLE: Record = {"prompt": "Q", "completion": "A"}
NAMES = Names(question=("prompt",), answer=("completion",))


def bind(sample: Sequence[Record], options: ReadOptions) -> Reader | None:
    """A reader for texts, or for lists of turns under the same two keys."""
    return bind_text_or_turns(NAME, NAMES, sample)
