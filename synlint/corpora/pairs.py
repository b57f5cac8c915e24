"""Columns of pairs under construction, and the turns of a conversation cut into pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import polars as pl

Texts = list[str | None]
Turns = list[int | None]


@dataclass(slots=True)
class Columns:
    """One entry per pair. `at` is the position of its record in the block; null columns may stay None."""

    at: Sequence[int] = field(default_factory=list)
    pair: list[int] | None = None  # None: every record has exactly one pair
    question: Texts | None = None
    context: Texts | None = None
    answer: Texts | None = None
    system: Texts | None = None
    question_turn: Turns | None = None
    context_turn: Turns | None = None
    answer_turn: Turns | None = None

    def frame(
        self,
        rows: Sequence[int],
        lines: Sequence[int] | None,
        about: Mapping[str, Texts | None],
    ) -> pl.DataFrame:
        """The canonical frame. `about` has the per-record columns source_id, source and group."""
        import polars as pl

        n = len(self.at)
        whole = isinstance(self.at, range) and n == len(rows)

        def spread(values: Sequence[object] | None) -> Sequence[object] | None:
            return values if whole or values is None else [values[i] for i in self.at]

        def column(name: str, values: Sequence[object] | None, kind: type[pl.DataType]) -> pl.Series:
            if values is None:
                return pl.Series(name, [None], dtype=kind).new_from_index(0, n)
            return pl.Series(name, values, dtype=kind)

        return pl.DataFrame(
            [
                column("row", spread(rows), pl.UInt64),
                column("line", spread(lines), pl.UInt64),
                column("pair", [0] * n if self.pair is None else self.pair, pl.UInt32),
                *(column(name, getattr(self, name), pl.String) for name in ("question", "context", "answer", "system")),
                *(column(name, spread(about[name]), pl.String) for name in ("source_id", "source", "group")),
                *(
                    column(name, getattr(self, name), pl.Int32)
                    for name in ("question_turn", "context_turn", "answer_turn")
                ),
            ]
        )


class Turn(NamedTuple):
    """One normalised turn. `role` is system, user, context, call or assistant; `place` its index in the record."""

    role: str
    text: str | None
    place: int | None


class Pair(NamedTuple):
    """A question with what was known when it was answered, and its answer (None: nobody answered)."""

    question: Turn | None
    context: tuple[Turn, ...]
    answer: Turn | None


def pairs_of(turns: Iterable[Turn]) -> list[Pair]:
    """Cut turns into pairs: each answer with the last question before it, each unanswered question alone."""
    pairs: list[Pair] = []
    question: Turn | None = None
    context: list[Turn] = []
    open_question = False
    for turn in turns:
        if turn.role == "user":
            if open_question:
                pairs.append(Pair(question, tuple(context), None))
            question, context, open_question = turn, [], True
        elif turn.role == "context":
            context.append(turn)
        elif turn.role == "assistant":
            pairs.append(Pair(question, tuple(context), turn))
            open_question = False
    if open_question:
        pairs.append(Pair(question, tuple(context), None))
    return pairs


def add_pairs(out: Columns, at: int, turns: Sequence[Turn]) -> None:
    """Append the pairs of one conversation to columns made by `conversation_columns`."""
    assert isinstance(out.at, list) and out.pair is not None
    system = "\n\n".join(t.text for t in turns if t.role == "system" and t.text is not None) or None
    if system is None and any(t.role == "system" and t.text == "" for t in turns):
        system = ""
    for number, (question, context, answer) in enumerate(pairs_of(turns)):
        out.at.append(at)
        out.pair.append(number)
        _texts(out.question).append(question.text if question else None)
        _texts(out.answer).append(answer.text if answer else None)
        _texts(out.context).append("\n\n".join(t.text or "" for t in context) if context else None)
        _texts(out.system).append(system)
        _turns(out.question_turn).append(question.place if question else None)
        _turns(out.answer_turn).append(answer.place if answer else None)
        _turns(out.context_turn).append(context[0].place if context else None)


def conversation_columns() -> Columns:
    """Empty columns with every list in place."""
    return Columns([], [], [], [], [], [], [], [], [])


def _texts(column: Texts | None) -> Texts:
    assert column is not None
    return column


def _turns(column: Turns | None) -> Turns:
    assert column is not None
    return column


def identity_of(turns: Iterable[Turn]) -> list[list[str]]:
    """What the row id hashes: role and text of the turns. Absent and empty context or system are one thing."""
    return [
        [turn.role, turn.text]
        for turn in turns
        if turn.text is not None and (turn.text or turn.role not in ("context", "system"))
    ]
