"""How the records of a file are read, in one line for people: which keys were taken for question and answer."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.corpora.block import Record
from synlint.corpora.layouts import preference
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.named import has
from synlint.corpora.options import ReadOptions

ORDER = ("turns", "question", "context", "answer", "system")
OPTIONAL = ("context", "system")


def described(reader: Reader, sample: Sequence[Record], options: ReadOptions) -> str:
    """Such as `alpaca: question = instruction, context = input, answer = output`, without keys that no record has."""
    taken = [
        (what, key)
        for what, key in sorted(reader.reads(), key=lambda pair: ORDER.index(pair[0]))
        if what not in OPTIONAL or any(has(record, key) for record in sample)
    ]
    line = ", ".join(what if what == key else f"{what} = {key}" for what, key in taken)
    remark = _unread(reader, {what for what, _ in taken}, options)
    return f"{reader.name}: {line}" + (f" ({remark})" if remark else "")


def _unread(reader: Reader, taken: set[str], options: ReadOptions) -> str:
    if reader.name == preference.NAME:
        return f"{'rejected' if options.branch == 'chosen' else 'chosen'} is not checked"
    if not taken & {"turns", "answer"}:
        return "no answers"
    return "" if taken & {"turns", "question"} else "no questions"
