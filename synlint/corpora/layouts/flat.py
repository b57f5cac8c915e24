"""Records with one text per key: shared by question-answer, instruction, prompt layouts and explicit fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synlint.corpora.block import Block, Record
from synlint.corpora.decode import escape
from synlint.corpora.layouts.contract import Marks
from synlint.corpora.pairs import Columns, Texts, Turn

TEXT = {str}
TEXT_OR_NULL = {str, type(None)}
ABSENT: Any = object()
_SCALAR = TEXT_OR_NULL | {int, float, bool}


@dataclass(frozen=True, slots=True)
class Names:
    """The keys that may hold each canonical field, the most usual first."""

    question: tuple[str, ...]
    answer: tuple[str, ...]
    context: tuple[str, ...] = ("context",)
    system: tuple[str, ...] = ("system", "system_prompt")


def bind_names(name: str, names: Names, sample: Sequence[Record], *, answered: bool = True) -> FlatReader | None:
    """A reader for the keys of `names` that most records of the sample use."""
    question = _commonest(names.question, sample)
    # what other records of a mixed file have under the answer's names says nothing about these
    sample = [record for record in sample if question in record]
    answer = _commonest(names.answer, sample) if answered else None
    if question is None or (answered and answer is None):
        return None
    return FlatReader(name, question, answer, _optional(names.context, sample), _optional(names.system, sample))


def _commonest(keys: Sequence[str], sample: Sequence[Record]) -> str | None:
    """The key that holds text in most records (or null, in records where no other does)."""
    counts = Counter(key for record in sample for key in keys if type(record.get(key, ABSENT)) in TEXT_OR_NULL)
    return max(keys, key=lambda key: counts[key]) if counts else None


def _optional(keys: Sequence[str], sample: Sequence[Record]) -> str | None:
    """The key of a field that rows may lack: the usual one if the sample has none, as later rows may have it.

    Where the key holds something else than text throughout, as some contexts do, there is no such field.
    """
    if not keys or any(key in record for record in sample for key in keys):
        return _commonest(keys, sample)
    return keys[0]


class FlatReader:
    """Reads whole columns at once; looks at single values only when a column is not all text."""

    def __init__(
        self, name: str, question: str | None, answer: str | None, context: str | None = None, system: str | None = None
    ) -> None:
        self.name = name
        self.question, self.answer, self.context, self.system = question, answer, context, system
        self._named = [
            (f, k) for f in ("question", "answer", "context", "system") if (k := getattr(self, f)) is not None
        ]
        self.keys = tuple(dict.fromkeys(key.split(".")[0] if name == "fields" else key for _, key in self._named))
        self._get: Callable[[Record, str], Any] = dotted if name == "fields" else _plain

    def fits(self, record: Record) -> bool:
        # A number where a text should be is a bad row of this layout; a list or an object is another layout.
        kinds = [type(self._get(record, key)) for field, key in self._named if field in ("question", "answer")]
        return all(kind in _SCALAR for kind in kinds) and any(kind in TEXT_OR_NULL for kind in kinds)

    def touches(self, record: Record) -> bool:
        return any(
            self._get(record, key) is not ABSENT for field, key in self._named if field in ("question", "answer")
        )

    def read(self, block: Block, out: Marks) -> Columns:
        records = block.records
        columns: dict[str, list[Any]] = {}
        clean = True
        for field, key in self._named:
            column = [r.get(key) for r in records] if self._get is _plain else [self._get(r, key) for r in records]
            columns[field] = column
            kinds = set(map(type, column))
            # an optional field may be null or absent; a needed one may not
            clean = clean and kinds <= (TEXT if field in ("question", "answer") else TEXT_OR_NULL)
        if clean:
            return _columns(range(len(records)), columns)
        return self._read_closely(block, out)

    def _read_closely(self, block: Block, out: Marks) -> Columns:
        at: list[int] = []
        columns: dict[str, Texts] = {field: [] for field, _ in self._named}
        for i, record in enumerate(block.records):
            values = {field: self._get(record, key) for field, key in self._named}
            needed = [values[field] for field in ("question", "answer") if field in values]
            if all(value is ABSENT for value in needed):
                out.misfit(i)
                continue
            at.append(i)
            for field, key in self._named:
                columns[field].append(self._judge(i, field, key, values[field], out))
        return _columns(at, columns)

    def _judge(self, at: int, field: str, key: str, value: Any, out: Marks) -> str | None:
        """The text of a field, or None and a problem if a needed one has none."""
        if type(value) is str:
            return value
        pointer = self._pointer(key)
        if value is ABSENT or value is None:
            if field in ("question", "answer"):
                kind, what = ("missing-field", "absent") if value is ABSENT else ("null-field", "null")
                out.mark(at, kind, pointer, f"{_called(field, key)} is {what}")
        else:
            out.mark(at, "wrong-type", pointer, f"{_called(field, key)} is {type_name(value)}, not text")
        return None

    def turns(self, record: Record) -> list[Turn]:
        turns = []
        for role, key in (
            ("system", self.system),
            ("user", self.question),
            ("context", self.context),
            ("assistant", self.answer),
        ):
            value = self._get(record, key) if key is not None else None
            if type(value) is str:
                turns.append(Turn(role, value, None))
        return turns

    def pointer(self, field: str, turn: int | None) -> str | None:
        key = getattr(self, field, None)
        return None if key is None else self._pointer(key)

    def reads(self) -> list[tuple[str, str]]:
        return list(self._named)

    def _pointer(self, key: str) -> str:
        return "/" + ("/".join(map(escape, key.split("."))) if self.name == "fields" else escape(key))


def _called(field: str, key: str) -> str:
    return f"the {field}" if key == field else f"the {field} ({key})"


def _columns(at: Sequence[int], texts: Mapping[str, Texts]) -> Columns:
    get = texts.get
    return Columns(at=at, question=get("question"), context=get("context"), answer=get("answer"), system=get("system"))


def _plain(record: Record, key: str) -> Any:
    return record.get(key, ABSENT)


def dotted(record: Record, key: str) -> Any:
    """A value by its key, or by a dotted path into nested objects; `ABSENT` if it is not there."""
    if key in record:
        return record[key]
    value: Any = record
    for part in key.split("."):
        if type(value) is not dict or part not in value:
            return ABSENT
        value = value[part]
    return value


def type_name(value: object) -> str:
    """A JSON value's type as a person calls it."""
    names = {dict: "an object", list: "a list", bool: "a boolean", int: "a number", float: "a number", str: "a string"}
    return names.get(type(value), "null" if value is None else f"a {type(value).__name__}")
