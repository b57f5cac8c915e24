"""Templates on the screen: two or three lines for each in a list, and one with everything that is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from synlint.reports.excerpt import pieces_of
from synlint.reports.screen.canvas import Canvas, Column, safe
from synlint.reports.templates.records import Record
from synlint.reports.templates.words import NOTHING, SLOT, filler_text, fillers_of, line_of, one_line, parts_of
from synlint.reports.wording import count, number, percent, place, plural

_FROM_NORMAL = 70  # cells from which a bar has its usual length
FROM_WIDE = 100  # cells from which a bar is long and the id stands in the list
_FILLER = 60
_EXAMPLE = 4  # lines of an example

Styles = Mapping[str, str]  # id of a template that a rule complains of -> the style of that rule's severity


def draw_short(templates: Sequence[Record], canvas: Canvas, over: Styles) -> None:
    """Two lines for each: bar, share, rows and the text; below it the level and what fills the slots."""
    dot, symbols = f" {canvas.glyphs.dot} ", canvas.glyphs.symbols
    for template, lead in zip(templates, _leads(templates, canvas, over), strict=True):
        canvas.line(lead, line_of(template, max(canvas.width - lead.cell_len, 20), symbols))
        said = [template["level"], *([template["id"]] if canvas.width >= FROM_WIDE else [])]
        line = safe(dot.join(said), "dim")
        fillers = fillers_of(template, max(canvas.width - 4 - line.cell_len - len(dot), 20), symbols)
        canvas.line(line, (dot if fillers else "", "dim"), fillers, indent=4)


def draw_list(templates: Sequence[Record], canvas: Canvas) -> None:
    """Three lines for each: bar, share, rows, level and id; the text; what fills the slots."""
    dot, symbols, room = f" {canvas.glyphs.dot} ", canvas.glyphs.symbols, canvas.width - 4
    for template, lead in zip(templates, _leads(templates, canvas, {}), strict=True):
        canvas.line(lead, safe(f"{template['level']}{dot}", "dim"), safe(template["id"], "cyan"))
        canvas.line(line_of(template, room, symbols), indent=4)
        if template["slots"]:
            canvas.line(fillers_of(template, room, symbols), indent=4)


def _leads(templates: Sequence[Record], canvas: Canvas, over: Styles) -> Iterator[Text]:
    """What each begins with: a sign, its share as a bar and in percent, and its rows."""
    shares = [percent(template["share"]) for template in templates]
    rows = [count(template["rows"]) for template in templates]
    wide = (max(map(len, shares), default=0), max(map(len, rows), default=0))
    for template, share, told in zip(templates, shares, rows, strict=True):
        style = over.get(template["id"])
        lead = Text("  ").append(canvas.glyphs.bad if style else canvas.glyphs.dot, style or "dim")
        lead.append(" ").append_text(share_bar(template["share"], canvas, style or "green"))
        lead.append(f"  {share:>{wide[0]}}", "bold" if style else "").append(f"  {told:>{wide[1]}}  ", "dim")
        yield lead


def share_bar(share: float, canvas: Canvas, style: str) -> Text:
    """A share of all rows as a bar; what is there is never drawn as nothing."""
    cells = 4 if canvas.width < _FROM_NORMAL else 8 if canvas.width < FROM_WIDE else 16
    filled = min(max(round(share * cells), 1 if share > 0 else 0), cells)
    return Text(canvas.glyphs.full * filled, style).append(canvas.glyphs.empty * (cells - filled), "dim")


def draw_one(template: Record, places: Sequence[Mapping[str, object]], canvas: Canvas) -> None:
    """Everything about one template: text, slots with fillers and entropies, examples, where its rows stand."""
    dot = f" {canvas.glyphs.dot} "
    canvas.line((template["id"], "bold"), f"{dot}{template['level']} of the {template['field']}s")
    bar = share_bar(template["share"], canvas, "cyan")
    told = [f"{percent(template['share'])} of the {template['field']}s", plural(template["rows"], "row")]
    told += [plural(template["tokens"], "token") + " in its frame", f"saves {number(template['bits'])} bits"]
    canvas.paragraph(bar.append(f"  {dot.join(told)}"), indent=0)
    canvas.blank()
    _draw_text(template, canvas)
    for slot in template["slots"]:
        _draw_slot(slot, canvas)
    _draw_examples(template["examples"], canvas)
    _draw_places(template, places, canvas)


def _draw_text(template: Record, canvas: Canvas) -> None:
    """The whole text, with its own line ends."""
    lines = [Text()]
    for part in parts_of(template):
        for piece in pieces_of(part.text, 0, len(part.text), canvas.glyphs.symbols):
            lines[-1].append(piece.shown, SLOT if part.slot else "dim" if piece.escaped else "")
            if part.text[piece.start] == "\n":
                lines.append(Text())
    for line in lines:
        canvas.paragraph(line, indent=2)


def _draw_slot(slot: Record, canvas: Canvas) -> None:
    facts = [slot["kind"], plural(slot["distinct"], "filler"), f"{number(slot['entropy'])} bits"]
    title = Text(f"<{slot['number']}>", SLOT).append(f"  {f' {canvas.glyphs.dot} '.join(facts)}", "dim")
    if slot["dead"]:
        title.append("  dead: it hardly varies", "bold")
    canvas.blank()
    canvas.line(title, indent=2)
    symbols, room = canvas.glyphs.symbols, min(_FILLER, canvas.width - 20)
    rows = [
        [Text(percent(filler["share"])), _filler(filler["text"], room, canvas) or filler_text("", room, symbols)]
        for filler in slot["fillers"]
    ]
    canvas.table([Column("", right=True), Column("")], rows, indent=6)
    left = slot["distinct"] - len(rows)
    if left > 0:
        canvas.line((f"and {count(left)} more", "dim"), indent=6)


def _filler(text: str, room: int, canvas: Canvas) -> Text:
    return one_line(text, room, canvas.glyphs.symbols) if text.strip(" ") else Text(NOTHING, "dim")


def _draw_examples(examples: Sequence[str], canvas: Canvas) -> None:
    if not examples:
        return
    canvas.heading("Examples")
    gutter = Text(f"  {canvas.glyphs.gutter} ", "dim")
    for at, example in enumerate(examples):
        if at:
            canvas.line("")
        cells = _EXAMPLE * (canvas.width - 4) - 10
        canvas.paragraph(one_line(example, cells, canvas.glyphs.symbols), indent=4, first=gutter, rest=gutter)


def _draw_places(template: Record, places: Sequence[Mapping[str, object]], canvas: Canvas) -> None:
    if not places:
        return
    all_told = len(places) >= template["rows"]
    canvas.heading("Rows", "" if all_told else f"the first {len(places)} of {plural(template['rows'], 'row')}")
    for at in places:
        where = place(str(at["path"]), at["line"], at["row"])  # type: ignore[arg-type]
        pair = f" {canvas.glyphs.dot} pair {at['pair']}" if at["pair"] else ""
        canvas.line(safe(where), (pair, "dim"), indent=2)
