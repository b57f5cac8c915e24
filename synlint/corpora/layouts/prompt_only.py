"""Prompts without answers, such as benchmark questions. Tried only when nothing else fits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from synlint.corpora.block import Record
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.layouts.flat import FlatReader, Names, bind_names
from synlint.corpora.options import ReadOptions

NAME = "prompt-only"
NEEDS = "prompt, question or instruction, and no key that looks like an answer"
EXAMPLE: Record = {"prompt": "Q"}
NAMES = Names(question=("prompt", "question", "instruction"), answer=(), context=("input", "context"))
ANSWER_LIKE = re.compile(r"answer|response|output|completion|solution|reply|chosen|rejected|target|generation", re.I)


class PromptReader(FlatReader):
    """A flat reader that does not take a record for a mere prompt when something in it may be the answer."""

    def fits(self, record: Record) -> bool:
        return FlatReader.fits(self, record) and not any(ANSWER_LIKE.search(key) for key in record)


def bind(sample: Sequence[Record], options: ReadOptions) -> Reader | None:
    """A reader for the keys that the sample uses."""
    reader = bind_names(NAME, NAMES, sample, answered=False)
    return None if reader is None else PromptReader(NAME, reader.question, None, reader.context, reader.system)
