"""What `synlint explain` says of the template that a finding belongs to: text, share, other rows that have it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from synlint.console.last_run import LastRun, template_called

_OTHERS = 2  # rows of the template that are shown besides the finding's own
_LOOKED_AT = 1_000  # findings among which those are chosen
Row = Mapping[str, Any]


def template_lines(
    finding: Row,
    kept: LastRun,
    width: int,
    others: Callable[[], Sequence[Row]],
    shown: Callable[[Row], Iterator[str]],
) -> Iterator[str]:
    """The template, if the finding has one. `others` are findings with the same; `shown` gives the lines of a row."""
    from synlint.commands._found import here
    from synlint.commands._group import place_of
    from synlint.reports.escape import visible

    template = template_called(kept, finding["cluster"])
    if template is not None:
        yield ""
        yield from _told(template, width)
    rows = _other_rows(finding, others())
    if not rows:
        return
    yield ""
    at = here(kept)
    yield ("Another row of it" if len(rows) == 1 else "Two other rows of it") if template else "Others like it"
    for row in rows:
        yield f"  {visible(place_of(row, at.get(str(row['path']), str(row['path']))))}"
        yield from shown(row)


def _told(template: Row, width: int) -> Iterator[str]:
    from synlint.reports.excerpt import Symbols, pieces_of
    from synlint.reports.wording import percent, plural

    share, rows = percent(template["share"]), plural(template["rows"], "row")
    yield f"Template {template['id']}, {template['level']}: {share} of the {template['field']}s, {rows}"
    text = template["text"]
    line = ""
    for piece in [*pieces_of(text, 0, len(text), Symbols()), None]:
        line += piece.shown if piece else ""
        if piece is None or text[piece.start] == "\n":
            yield from textwrap.wrap(line, width, initial_indent="    ", subsequent_indent="    ")
            line = ""
    for slot in template["slots"]:
        if slot["dead"]:
            filler = slot["fillers"][0]
            said = "".join(p.shown for p in pieces_of(filler["text"], 0, len(filler["text"]), Symbols())).strip()
            dead = f"<{slot['number']}> is dead: {said or 'nothing'} in {percent(filler['share'])}"
            yield from textwrap.wrap(dead, width, initial_indent="  ", subsequent_indent="    ")


def _other_rows(finding: Row, found: Sequence[Row]) -> list[Row]:
    """The first rows with another content, one of each."""
    chosen: dict[str, Row] = {}
    for row in found[:_LOOKED_AT]:
        if row["row_id"] != finding["row_id"] and len(chosen) < _OTHERS:
            chosen.setdefault(row["row_id"], row)
    return list(chosen.values())
