"""Lists of turns: roles, contents and their order. Shared by messages, ShareGPT and preference layouts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from synlint.corpora.block import Block, Record
from synlint.corpora.decode import escape
from synlint.corpora.layouts.contract import Marks
from synlint.corpora.layouts.flat import ABSENT, type_name
from synlint.corpora.pairs import Columns, Turn, add_pairs, conversation_columns
from synlint.corpora.problems import clip

Report = Callable[[str, str | None, str], None]  # kind, pointer, detail

LIST_KEYS = ("messages", "conversations", "conversation")
ROLES: Mapping[str, str] = {
    **dict.fromkeys(("system", "developer"), "system"),
    **dict.fromkeys(("user", "human", "prompter"), "user"),
    **dict.fromkeys(("assistant", "gpt", "model", "bot", "chatgpt", "bard", "bing", "claude"), "assistant"),
    **dict.fromkeys(("tool", "function", "observation", "ipython", "environment", "function_response"), "context"),
    **dict.fromkeys(("function_call", "tool_call", "function-call"), "call"),
}


def silent(kind: str, pointer: str | None, detail: str) -> None:
    """A report that nobody reads: for row ids, when the problems are known already."""


def parse_turns(value: Sequence[Any], keys: tuple[str, str], at: str, report: Report, base: int = 0) -> list[Turn]:
    """Normalised turns of a list below the pointer `at`; `keys` are those of role and text. Bad turns are left out."""
    turns: list[Turn] = []
    for i, item in enumerate(value):
        where = f"{at}/{i}"
        if type(item) is not dict:
            report("wrong-type", where, f"turn {i} is {type_name(item)}, not an object")
            continue
        turn = parse_turn(item, keys, where, report, base + i)
        if turn is not None:
            turns.append(turn)
    return turns


def parse_turn(item: Record, keys: tuple[str, str], where: str, report: Report, index: int | None) -> Turn | None:
    """One normalised turn, or None and a report."""
    role_key, text_key = keys
    role = item.get(role_key, ABSENT)
    if role is ABSENT:
        report("missing-field", f"{where}/{escape(role_key)}", f"the turn has no {role_key}")
        return None
    known = ROLES.get(role.strip().lower()) if type(role) is str else None
    if known is None:
        report("unknown-role", f"{where}/{escape(role_key)}", f"the role is {clip(repr(role))}")
        return None
    calls = item.get("tool_calls") or item.get("function_call")
    content = item.get(text_key, ABSENT)
    if known == "assistant" and calls and content in (None, "", ABSENT):
        import orjson

        return Turn("call", orjson.dumps(calls, default=str).decode(), index)
    return Turn(known, _text(content, text_key, where, report), index)


def _text(content: Any, key: str, where: str, report: Report) -> str | None:
    """The text of a turn; the text parts of a list, joined. A list of images only has no text, and no problem."""
    if type(content) is str:
        return content
    pointer = f"{where}/{escape(key)}"
    if type(content) is list:
        parts = [part_text(part) for part in content]
        texts = [part for part in parts if part is not None]
        return "".join(texts) if texts or not content else None
    if content is ABSENT:
        report("missing-field", pointer, f"the turn has no {key}")
    elif content is None:
        report("null-field", pointer, f"the {key} of the turn is null")
    else:
        report("wrong-type", pointer, f"the {key} of the turn is {type_name(content)}, not text")
    return None


def part_text(part: Any) -> str | None:
    """The text of one part of a multi-part content; None for images, audio and the like."""
    if type(part) is str:
        return part
    if type(part) is not dict or part.get("type", "text") not in ("text", "input_text", "output_text"):
        return None
    text = part.get("text", part.get("value"))
    return text if type(text) is str else None


def check_order(turns: Sequence[Turn], pointer: Callable[[Turn], str | None], report: Report) -> None:
    """Report turns that come when it is another role's turn. Tools and calls may stand between user and assistant."""
    before: str | None = None
    for turn in turns:
        if turn.role == "system":
            if before is not None:
                report("role-order", pointer(turn), "a system turn after the conversation began")
            continue
        if before is None and turn.role != "user":
            report("role-order", pointer(turn), f"the conversation begins with {_who(turn)}")
        elif turn.role == before and turn.role in ("user", "assistant"):
            report("role-order", pointer(turn), f"two turns of the {turn.role} in a row")
        before = turn.role


def _who(turn: Turn) -> str:
    return {"assistant": "the assistant", "context": "a tool's output", "call": "a tool call"}[turn.role]


class ConversationReader:
    """Reads a list of turns, and a system text beside it."""

    def __init__(self, name: str, list_key: str, keys: tuple[str, str], *, system_beside: bool) -> None:
        self.name = name
        self.list_key = list_key
        self.keys = (list_key, "system")
        self._turn_keys = keys
        self._system_beside = system_beside

    def fits(self, record: Record) -> bool:
        """A list of turns with our two keys. Preference data keeps its answers elsewhere, so it does not fit."""
        return is_turns(record.get(self.list_key), self._turn_keys) and not (
            "chosen" in record and "rejected" in record
        )

    def touches(self, record: Record) -> bool:
        return self.list_key in record

    def read(self, block: Block, out: Marks) -> Columns:
        columns = conversation_columns()
        for at, record in enumerate(block.records):
            value = record.get(self.list_key, ABSENT)
            if value is ABSENT:
                out.misfit(at)
            elif type(value) is not list:
                kind = "null-field" if value is None else "wrong-type"
                out.mark(at, kind, f"/{self.list_key}", f"{self.list_key} is {type_name(value)}, not a list of turns")
            else:
                turns = self._parse(record, lambda kind, where, detail, at=at: out.mark(at, kind, where, detail))  # type: ignore[misc]
                add_pairs(columns, at, turns)
        return columns

    def _parse(self, record: Record, report: Report) -> list[Turn]:
        value = record[self.list_key]
        turns = parse_turns(value, self._turn_keys, f"/{self.list_key}", report)
        if not any(turn.role in ("user", "assistant") for turn in turns):
            what = "no user or assistant turn" if value else "no turns"
            report("empty-conversation", f"/{self.list_key}", f"the conversation has {what}")
        else:
            check_order(turns, lambda turn: f"/{self.list_key}/{turn.place}/{self._turn_keys[0]}", report)
        system = record.get("system")
        if type(system) is str and system:
            turns.insert(0, Turn("system", system, None))
        return turns

    def turns(self, record: Record) -> list[Turn]:
        return self._parse(record, silent) if type(record.get(self.list_key)) is list else []

    def pointer(self, field: str, turn: int | None) -> str | None:
        if field == "system":
            return "/system" if self._system_beside else f"/{self.list_key}/0/{self._turn_keys[1]}"
        return None if turn is None else f"/{self.list_key}/{turn}/{self._turn_keys[1]}"

    def reads(self) -> list[tuple[str, str]]:
        return [("turns", self.list_key), *([("system", "system")] if self._system_beside else [])]


def is_turns(value: Any, keys: tuple[str, str]) -> bool:
    """An empty list, or one whose first turn has the two keys."""
    if type(value) is not list:
        return False
    return not value or (type(value[0]) is dict and keys[0] in value[0] and keys[1] in value[0])


def bind_conversation(name: str, keys: tuple[str, str], sample: Sequence[Record]) -> ConversationReader | None:
    """A reader for the list key that most records of the sample use with these turn keys."""
    counts = {
        key: sum(bool(value := record.get(key)) and is_turns(value, keys) for record in sample) for key in LIST_KEYS
    }
    best = max(LIST_KEYS, key=lambda key: counts[key])
    if not counts[best]:
        return None
    beside = any(type(record.get("system")) is str for record in sample)
    return ConversationReader(name, best, keys, system_beside=beside)
