"""question_id / turns: the user turns of a benchmark, without answers (as MT-bench has it)."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.corpora.block import Block, Record
from synlint.corpora.layouts.contract import Marks, Reader
from synlint.corpora.layouts.flat import type_name
from synlint.corpora.options import ReadOptions
from synlint.corpora.pairs import Columns, Turn, add_pairs, conversation_columns

NAME = "turns"
NEEDS = "turns (a list of texts)"
EXAMPLE: Record = {"turns": ["Q"]}


class TurnsReader:
    """Every turn is a question that nobody has answered yet."""

    name = NAME
    keys = ("turns",)

    def fits(self, record: Record) -> bool:
        turns = record.get("turns")
        return type(turns) is list and bool(turns) and all(type(turn) is str for turn in turns)

    def touches(self, record: Record) -> bool:
        return "turns" in record

    def read(self, block: Block, out: Marks) -> Columns:
        columns = conversation_columns()
        for at, record in enumerate(block.records):
            turns = record.get("turns")
            if type(turns) is not list:
                if "turns" in record:
                    out.mark(at, "wrong-type", "/turns", f"turns is {type_name(turns)}, not a list")
                else:
                    out.misfit(at)
                continue
            if not turns:
                out.mark(at, "empty-conversation", "/turns", "the conversation has no turns")
            for i, turn in enumerate(turns):
                if type(turn) is not str:
                    out.mark(at, "wrong-type", f"/turns/{i}", f"the turn is {type_name(turn)}, not text")
            add_pairs(columns, at, self.turns(record))
        return columns

    def turns(self, record: Record) -> list[Turn]:
        return [Turn("user", text, i) for i, text in enumerate(record["turns"]) if type(text) is str]

    def pointer(self, field: str, turn: int | None) -> str | None:
        return f"/turns/{turn}" if field == "question" and turn is not None else None

    def reads(self) -> list[tuple[str, str]]:
        return [("question", "turns")]


def bind(sample: Sequence[Record], options: ReadOptions) -> Reader | None:
    """A reader if any record of the sample has such turns."""
    reader = TurnsReader()
    return reader if any(map(reader.fits, sample)) else None
