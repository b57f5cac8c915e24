"""A prompt and a reply under two keys, each a text, a turn or a list of turns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from synlint.corpora.block import Block, Record
from synlint.corpora.decode import escape
from synlint.corpora.layouts.chat_text import split_markup
from synlint.corpora.layouts.contract import Marks, Reader
from synlint.corpora.layouts.conversation import Report, check_order, parse_turn, parse_turns, silent
from synlint.corpora.layouts.flat import ABSENT, Names, bind_names, type_name
from synlint.corpora.pairs import Columns, Turn, add_pairs, conversation_columns

REPLY = 1 << 20  # turns of the reply's own list are numbered from here, those of the prompt's list from 0
STYLES = (("role", "content"), ("from", "value"))


class ReplyReader:
    """`prompt` may be None when the reply holds the whole conversation; `beside` must be present but is not read."""

    def __init__(
        self,
        name: str,
        prompt: str | None,
        reply: str,
        *,
        sample: Sequence[Record],
        context: str | None = None,
        beside: str | None = None,
    ) -> None:
        self.name = name
        self._prompt, self._reply, self._context, self._beside = prompt, reply, context, beside
        self.keys = tuple(key for key in (reply, beside, prompt, context, "system") if key is not None)
        self._prompt_style = _style(prompt, sample)
        self._reply_style = _style(reply, sample)
        self._system_beside = any(type(record.get("system")) is str for record in sample)

    def fits(self, record: Record) -> bool:
        if self._beside is not None and self._beside not in record:
            return False
        if self._prompt is not None and type(record.get(self._prompt)) not in (str, list):
            return False
        reply = record.get(self._reply, ABSENT)
        return reply is None or type(reply) in (str, dict) or (type(reply) is list and _all_objects(reply))

    def touches(self, record: Record) -> bool:
        return self._reply in record or (self._prompt is not None and self._prompt in record)

    def read(self, block: Block, out: Marks) -> Columns:
        columns = conversation_columns()
        for at, record in enumerate(block.records):
            if self._reply not in record and (self._prompt is None or self._prompt not in record):
                out.misfit(at)
                continue
            turns = self._parse(record, lambda kind, where, detail, at=at: out.mark(at, kind, where, detail))  # type: ignore[misc]
            add_pairs(columns, at, turns)
        return columns

    def turns(self, record: Record) -> list[Turn]:
        return self._parse(record, silent)

    def _parse(self, record: Record, report: Report) -> list[Turn]:
        reply = self._reply_turns(record.get(self._reply, ABSENT), report)
        whole = any(turn.role == "user" for turn in reply)  # the reply repeats the prompt
        turns = reply if whole else [*self._prompt_turns(record, report), *reply]
        check_order(turns, self._pointer_of, report)
        system = record.get("system")
        return [Turn("system", system, None), *turns] if type(system) is str and system else turns

    def _prompt_turns(self, record: Record, report: Report) -> list[Turn]:
        if self._prompt is None:
            return []
        value = record.get(self._prompt, ABSENT)
        if type(value) is list:
            return parse_turns(value, self._prompt_style, f"/{escape(self._prompt)}", report)
        if type(value) is not str:
            _report_absent(value, "prompt", self._prompt, report)
            return []
        context = record.get(self._context) if self._context is not None else None
        extra = [Turn("context", context, None)] if type(context) is str else []
        return [Turn("user", value, None), *extra]

    def _reply_turns(self, value: Any, report: Report) -> list[Turn]:
        where = f"/{escape(self._reply)}"
        if type(value) is str:
            marked = split_markup(value) if self._prompt is None else []
            return marked or [Turn("assistant", value, None)]
        if type(value) is dict:
            turn = parse_turn({self._reply_style[0]: "assistant", **value}, self._reply_style, where, report, None)
            return [] if turn is None else [turn]
        if type(value) is list:
            return parse_turns(value, self._reply_style, where, report, REPLY)
        _report_absent(value, "answer", self._reply, report)
        return []

    def _pointer_of(self, turn: Turn) -> str | None:
        return self.pointer("answer" if turn.role == "assistant" else "question", turn.place)

    def pointer(self, field: str, turn: int | None) -> str | None:
        if field == "system":
            return "/system" if self._system_beside else None
        if turn is not None and turn >= REPLY:
            return f"/{escape(self._reply)}/{turn - REPLY}/{self._reply_style[1]}"
        if turn is not None and self._prompt is not None:
            return f"/{escape(self._prompt)}/{turn}/{self._prompt_style[1]}"
        if field == "answer":
            return f"/{escape(self._reply)}" + (f"/{self._reply_style[1]}" if self._reply_style[1] else "")
        key = self._context if field == "context" else self._prompt
        return None if key is None else f"/{escape(key)}"

    def reads(self) -> list[tuple[str, str]]:
        prompt = [("question", self._prompt), ("answer", self._reply)] if self._prompt else [("turns", self._reply)]
        system = "system" if self._system_beside else None
        beside = [("context", self._context), ("system", system)]
        return [*prompt, *((what, key) for what, key in beside if key is not None)]


def _report_absent(value: Any, what: str, key: str, report: Report) -> None:
    pointer = f"/{escape(key)}"
    if value is ABSENT:
        report("missing-field", pointer, f"the {what} ({key}) is absent")
    elif value is None:
        report("null-field", pointer, f"the {what} ({key}) is null")
    else:
        report("wrong-type", pointer, f"the {what} ({key}) is {type_name(value)}, not text")


def _all_objects(value: Sequence[Any]) -> bool:
    return bool(value) and all(type(item) is dict for item in value)


def _style(key: str | None, sample: Sequence[Record]) -> tuple[str, str]:
    """Keys of role and text in the turns below a key; two empty ones where the values are texts."""
    for record in sample:
        value = record.get(key) if key is not None else None
        first = value[0] if type(value) is list and value else value
        if type(first) is dict:
            return next((style for style in STYLES if style[1] in first), STYLES[0])
    return ("", "")


def first_used(keys: Sequence[str], sample: Sequence[Record]) -> str | None:
    """The first key that at least half of the sample has."""
    return next((key for key in keys if sum(record.get(key) is not None for record in sample) * 2 >= len(sample)), None)


def bind_text_or_turns(name: str, names: Names, sample: Sequence[Record]) -> Reader | None:
    """A flat reader for texts; for lists of turns under the same keys, a reader of conversations."""
    flat = bind_names(name, names, sample)
    if flat is not None and any(type(record.get(flat.question or "")) is str for record in sample):
        return flat
    prompt, reply = names.question[0], names.answer[0]
    turns = [record for record in sample if type(record.get(prompt)) is list and reply in record]
    return ReplyReader(name, prompt, reply, sample=turns) if turns else flat
