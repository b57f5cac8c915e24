"""chosen / rejected: two answers to one prompt. One branch is linted, `chosen` unless asked otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.corpora.block import Record
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.layouts.reply import ReplyReader, first_used
from synlint.corpora.options import ReadOptions

NAME = "preference"
NEEDS = "chosen and rejected, with prompt or conversations"
EXAMPLE: Record = {"prompt": "Q", "chosen": "A", "rejected": "B"}
PROMPTS = ("prompt", "conversations", "messages", "question", "instruction", "history")
CONTEXTS = ("input", "context")


def bind(sample: Sequence[Record], options: ReadOptions) -> Reader | None:
    """A reader of the branch asked for."""
    both = [record for record in sample if "chosen" in record and "rejected" in record]
    if not both:
        return None
    other = "rejected" if options.branch == "chosen" else "chosen"
    prompt, context = first_used(PROMPTS, both), first_used(CONTEXTS, both)
    return ReplyReader(NAME, prompt, options.branch, context=context, sample=both, beside=other)
