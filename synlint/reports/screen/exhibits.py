"""A few of the worst rows: where they are, the text around each span with carets below it, and the message."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from synlint.model import Exhibit, Report
from synlint.reports.excerpt import Window, is_marked, window
from synlint.reports.places import place_here
from synlint.reports.screen.canvas import SEVERITY_STYLES, Canvas, safe

_RULES_PER_ROW = 4
Mark = tuple[str, str, int | None, int | None, str]  # code, name, start, end, message


def draw_exhibits(report: Report, canvas: Canvas) -> None:
    """The rows of the report worth showing, at most as many as the options say."""
    shown = report.exhibits[: canvas.options.max_exhibits]
    if not shown:
        return
    canvas.heading("Rows to look at", f"{len(shown)} of the worst")
    for number, exhibit in enumerate(shown):
        if number:
            canvas.blank()
        draw_exhibit(exhibit, report, canvas)


def draw_exhibit(exhibit: Exhibit, report: Report, canvas: Canvas) -> None:
    """One row: its place, and the text around what the rules found in it."""
    styles = {result.code: SEVERITY_STYLES[result.severity] for result in report.rules}
    _draw_place(exhibit, canvas)
    _draw_marks(exhibit, styles, canvas)


def _draw_place(exhibit: Exhibit, canvas: Canvas) -> None:
    dot, cut = f" {canvas.glyphs.dot} ", canvas.glyphs.symbols.cut
    where = safe(place_here(exhibit.path, exhibit.line, exhibit.row, canvas.options), "bold")
    # A record that could not be read has neither fields nor an id.
    field = f"pair {exhibit.pair} {exhibit.field}" if exhibit.pair else exhibit.field
    remarks = safe(f"{dot}{field}" if field else "", "dim")
    ident = safe(exhibit.source_id or (exhibit.row_id or "")[:12], "dim")
    room = canvas.width - where.cell_len - remarks.cell_len - 2 - len(f"{dot}id ")
    if ident.cell_len > room:
        ident.truncate(max(room, 12) - cell_len(cut))
        ident.append(cut)
    canvas.line(where, remarks, (f"{dot}id " if ident else "", "dim"), ident, indent=2)


def _draw_marks(exhibit: Exhibit, styles: dict[str, str], canvas: Canvas) -> None:
    codes = list(dict.fromkeys(mark[0] for mark in exhibit.marks))
    left = [mark for mark in exhibit.marks if mark[0] in codes[:_RULES_PER_ROW]]
    placed = sorted((mark for mark in left if mark[2] is not None), key=lambda mark: (mark[2] or 0, mark[0]))
    whole = [mark for mark in left if mark[2] is None]
    if whole and not placed:
        _draw_window(window(exhibit.text, 0, 0, canvas.width - 6, canvas.glyphs.symbols), [], styles, canvas)
    drawn: set[str] = set()
    while placed:
        seen = window(exhibit.text, *_span(placed[0]), canvas.width - 6, canvas.glyphs.symbols)
        inside = [mark for mark in placed if mark is placed[0] or seen.covers(_span(mark)[0])]
        placed = [mark for mark in placed if mark not in inside and mark[0] not in {m[0] for m in inside}]
        _draw_window(seen, inside, styles, canvas)
        drawn.update(mark[0] for mark in inside)
    for mark in whole:
        if mark[0] not in drawn:
            drawn.add(mark[0])
            _draw_message(Text(""), mark, 1, styles, canvas)
    if len(codes) > _RULES_PER_ROW:
        _gutter(canvas, Text(f"and {len(codes) - _RULES_PER_ROW} more rules", "dim"))


def _span(mark: Mark) -> tuple[int, int]:
    start = mark[2] or 0
    return start, start if mark[3] is None else mark[3]


def _draw_window(seen: Window, marks: Sequence[Mark], styles: dict[str, str], canvas: Canvas) -> None:
    spans = [_span(mark) for mark in marks]
    cut = canvas.glyphs.symbols.cut
    text = Text()
    if seen.cut_left:
        text.append(cut, "dim")
    for piece in seen.pieces:
        marked = is_marked(piece, spans)
        text.append(piece.shown, "bold underline" if marked else "dim" if piece.escaped else "")
    if seen.cut_right:
        text.append(cut, "dim")
    if not seen.pieces:
        text.append("(empty)", "dim")
    _gutter(canvas, text)
    for code in dict.fromkeys(mark[0] for mark in marks):
        same = [mark for mark in marks if mark[0] == code]
        carets = Text(seen.carets([_span(mark) for mark in same]), styles.get(code, ""))
        _draw_message(carets, same[0], len(same), styles, canvas)


def _draw_message(carets: Text, mark: Mark, times: int, styles: dict[str, str], canvas: Canvas) -> None:
    code, name, _, _, message = mark
    label = Text.assemble((code, styles.get(code, "")), " ", _two_lines(safe(message or name), canvas))
    if times > 1:
        label.append(f" ({times} places)", "dim")
    if carets and carets.cell_len + 1 + label.cell_len <= canvas.width - 6:
        _gutter(canvas, Text.assemble(carets, " ", label))
        return
    if carets:
        _gutter(canvas, carets)
    gutter = Text(f"  {canvas.glyphs.gutter} ", "dim")
    canvas.paragraph(label, indent=6, first=gutter, rest=gutter)


def _two_lines(message: Text, canvas: Canvas) -> Text:
    # The text above shows the evidence already; a message that quotes all of it would bury the next row.
    cells = 2 * (canvas.width - 6) - 30
    cut = canvas.glyphs.symbols.cut
    if message.cell_len > cells:
        message.truncate(cells - cell_len(cut))
        message.append(cut)
    return message


def _gutter(canvas: Canvas, text: Text) -> None:
    canvas.line((f"{canvas.glyphs.gutter} ", "dim"), text, indent=2)
