"""Templates for people: a list, the commonest first, or one of them with everything that is known of it."""

from __future__ import annotations

from typing import IO

from synlint.reports.options import ReportOptions
from synlint.reports.screen.canvas import Canvas, safe
from synlint.reports.templates.draw import draw_list, draw_one
from synlint.reports.templates.listing import Listing
from synlint.reports.templates.records import FIELDS
from synlint.reports.wording import count, percent, plural

HELP = "the list for people (default)"
MACHINE = False
GIVES_VERDICT = True


def write(listing: Listing, out: IO[str], options: ReportOptions, /) -> None:
    """Draw the list, or the one template."""
    canvas = Canvas(out, options)
    if listing.shown is not None:
        draw_one(listing.shown, listing.places, canvas)
    else:
        _draw_listing(listing, canvas)
    out.write(canvas.drawn())


def _draw_listing(listing: Listing, canvas: Canvas) -> None:
    canvas.paragraph(safe(_answer(listing), "bold"))
    for field in FIELDS:
        templates = [one for one in listing.templates if one["field"] == field]
        if templates:
            canvas.heading(f"Templates of the {field}s", _remark(listing, field, len(templates)))
            draw_list(templates, canvas)
    canvas.blank()
    for line in (*_not_judged(listing), *(f"note: {note}" for note in listing.report.notes)):
        canvas.paragraph(safe(line, "dim"), indent=2, first=safe(""))
    if listing.templates:
        first = max(listing.templates, key=lambda one: one["share"])
        canvas.command(f"{listing.command} --show {first['id']}", "dim", label="one in full: ")


def _answer(listing: Listing) -> str:
    corpus = listing.report.corpus
    rows = plural(corpus.rows, "row")
    rows = rows if corpus.sampled is None else f"a sample of {rows}"
    found = len(listing.report.templates)
    if not found:
        return f"No template in {rows}."
    if len(listing.templates) < found:
        return f"{count(len(listing.templates))} of {plural(found, 'template')} in {rows}."
    return f"{plural(found, 'template')} in {rows}."


def _remark(listing: Listing, field: str, shown: int) -> str:
    """`61, in 100 % of the questions`"""
    found = sum(one["field"] == field for one in listing.report.templates)
    told = count(shown) if shown == found else f"{count(shown)} of {count(found)}"
    share = listing.report.metrics.get(f"templated_{field}_share", {}).get("value")
    return f"{told}, in {percent(share)} of the {field}s" if shown == found and share is not None else told


def _not_judged(listing: Listing) -> list[str]:
    """Why a field was not mined, once for each reason."""
    reasons: dict[str, list[str]] = {}
    for code, why in sorted(listing.report.skipped):
        reasons.setdefault(why, []).append(code)
    return [f"not mined ({', '.join(codes)}): {why}" for why, codes in reasons.items()]
