"""messages with role / content, the chat format of most training libraries. Content is text or a list of parts."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.corpora.block import Record
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.layouts.conversation import bind_conversation
from synlint.corpora.options import ReadOptions

NAME = "messages"
NEEDS = "messages (or conversations): a list of {role, content}"
EXAMPLE: Record = {"messages": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}]}
KEYS = ("role", "content")


def bind(sample: Sequence[Record], options: ReadOptions) -> Reader | None:
    """A reader for the list key that the sample uses."""
    return bind_conversation(NAME, KEYS, sample)
