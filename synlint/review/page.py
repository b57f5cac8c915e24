"""What is shown of a finding, as lines: what and where, the rule and its limit, the row, and why it matters."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synlint.model import TEXT_FIELDS
from synlint.reports.escape import visible
from synlint.reports.wording import percent, place, plural
from synlint.review.layout import DIM, HEAD, MARK, PLAIN, Line, clipped, first_mark, text_lines, view_of
from synlint.review.queue import Judged
from synlint.review.rows import RowTexts
from synlint.rulebook.loaded import LoadedRule

AROUND = 1_500  # characters shown on either side of the span, at first
_OTHERS = 400  # characters shown of a field without a span, at first
_MOST_MESSAGE = 3  # lines
SECTIONS = ("What it finds", "Why it hurts", "When it counts", "On human text", "Fix", "To silence it")


@dataclass(frozen=True, slots=True)
class Subject:
    """A finding (several of one rule in one text) with everything that is known of it.

    `texts` is None where they cannot be shown, and `trouble` says why. `copies`: further findings with this content.
    """

    found: Sequence[Mapping[str, Any]]
    loaded: LoadedRule | None
    judged: Judged | None
    texts: RowTexts | None
    trouble: str = ""
    copies: int = 0

    @property
    def first(self) -> Mapping[str, Any]:
        return self.found[0]

    @property
    def spans(self) -> list[tuple[int, int]]:
        return [(row["start"], row["end"]) for row in self.found if row["start"] is not None]

    @property
    def where(self) -> str:
        first = self.first
        return place(first["path"], first["line"], first["row"], first["group"])


def head_lines(subject: Subject, width: int) -> list[Line]:
    """The finding in a few lines: message, place, rule with its limit."""
    first = subject.first
    message = textwrap.wrap(visible(first["message"]), width, break_on_hyphens=False) or [""]
    if len(message) > _MOST_MESSAGE:
        message = [*message[: _MOST_MESSAGE - 1], f"{message[_MOST_MESSAGE - 1]} …"]
    lines: list[Line] = [[(PLAIN, line)] for line in message]
    lines.append([(DIM, "  ".join(_facts(subject)))])
    lines.append([(DIM, _of_rule(subject))])
    return [clipped(line, width) for line in lines]


def _facts(subject: Subject) -> Iterator[str]:
    first = subject.first
    yield visible(subject.where)
    if first["row"] is not None and first["line"] is not None:
        yield f"row {first['row']:,}"
    if first["pair"]:
        yield f"pair {first['pair']}"
    yield f"score {first['score']:.2f}"
    if subject.copies:
        yield f"and {plural(subject.copies, 'finding')} in the same text"
    if first["source_id"]:
        yield f"id {visible(str(first['source_id']))}"
    yield str(first["id"])


def _of_rule(subject: Subject) -> str:
    """`in 3.1 % of rows (1,612), over the limit of 0.1 %: an answer ends with an offer of help`"""
    said = ""
    judged = subject.judged
    if judged is not None and judged.rows:
        said = f"in {plural(judged.rows, 'row')}"
        if judged.share is not None:
            said = f"in {percent(judged.share)} of rows ({judged.rows:,})"
        if judged.verdict == "over":
            said += ", over the limit"
        elif judged.verdict == "under":
            said += ", under the limit"
        if judged.share is not None and judged.threshold is not None and judged.verdict in ("over", "under"):
            said += f" of {percent(judged.threshold)}"
    summary = visible(subject.loaded.rule.summary) if subject.loaded else "its rule is not here any more"
    return f"{said}: {summary}" if said else summary


def body_lines(subject: Subject, width: int, around: int = AROUND) -> list[Line]:
    """The row's texts with the spans marked, then why the rule matters."""
    lines: list[Line] = []
    if subject.first["row"] is None:
        lines += [[(HEAD, "evidence")], *_plain(subject.first["evidence"] or "", width)]
    elif subject.texts is None:
        told = textwrap.wrap(f"The row's text is not shown: {visible(subject.trouble)}", width)
        lines += [[(PLAIN, line)] for line in told]
    else:
        lines += _texts(subject, subject.texts, width, around)
    if subject.loaded is not None:
        lines += [[], [(HEAD, "why it hurts")], *_plain(subject.loaded.rule.rationale, width)]
    return lines


def _texts(subject: Subject, row: RowTexts, width: int, around: int) -> Iterator[Line]:
    flagged = subject.first["field"]
    fields = [name for name in ("record", *TEXT_FIELDS) if name in row.texts]
    fields = [name for name in fields if row.texts[name] or name == flagged]  # most rows have no context
    for number, name in enumerate(fields):
        text = row.texts[name]
        spans = subject.spans if name == flagged else []
        if number:
            yield []
        yield [(HEAD, name), (DIM, f"  {plural(len(text), 'character')}"), *_secret_note(name in row.secret)]
        scale = around if name in (flagged, "record") else max(around * _OTHERS // AROUND, 1)
        yield from text_lines(text, view_of(text, spans, scale), spans, width)


def _secret_note(masked: bool) -> Line:
    return [(DIM, "  secrets masked")] if masked else []


def _plain(text: str, width: int) -> Iterator[Line]:
    for line in text.split("\n"):
        for part in textwrap.wrap(visible(line), max(width - 2, 8), break_on_hyphens=False) or [""]:
            yield [(PLAIN, f"  {part}")]


def rule_lines(loaded: LoadedRule, width: int) -> list[Line]:
    """The rule's page: what it finds, why it hurts, when it counts."""
    from synlint.rulebook.render import sections

    lines: list[Line] = [[(HEAD, f"{loaded.code} {loaded.rule.name}"), (DIM, f"  {loaded.rule.severity}")]]
    lines += _plain(loaded.rule.summary, width)
    for title, pieces in sections(loaded):
        if title in SECTIONS:
            lines += [[], [(HEAD, title)]]
            for piece in pieces:
                lines += _plain(piece.text, width)
    return lines


def more_to_show(subject: Subject, around: int) -> bool:
    """Whether a text of the row is longer than what `around` shows of it."""
    texts = subject.texts.texts if subject.texts else {}
    return any(len(text) > max(around * _OTHERS // AROUND, 1) for text in texts.values())


def start_of(subject: Subject, lines: Sequence[Line]) -> int | None:
    """The line to begin at: the first with something marked, or, of a finding without a span, that of its field."""
    mark = first_mark(lines)
    if mark is not None or subject.texts is None:
        return mark
    titles = (n for n, line in enumerate(lines) if line and line[0] == (HEAD, subject.first["field"]))
    return next((n + 1 for n in titles), None)


def marked(line: Line) -> bool:
    """Whether something of a span is in the line."""
    return any(style == MARK for style, _ in line)
