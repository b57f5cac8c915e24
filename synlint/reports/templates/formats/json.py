"""One JSON document with the templates that are shown (`synlint/schema/templates-v1.schema.json`)."""

from __future__ import annotations

from typing import IO

from synlint.reports.options import ReportOptions
from synlint.reports.records import dumps
from synlint.reports.templates.listing import Listing
from synlint.reports.templates.records import document, record_of

HELP = "one JSON document with the templates (schema templates-v1)"
MACHINE = True
GIVES_VERDICT = True


def write(listing: Listing, out: IO[str], options: ReportOptions, /) -> None:
    """Write the document; equal input and settings give equal bytes."""
    told = document(listing.report, listing.templates)
    if listing.shown is not None:
        told["templates"] = [record_of(listing.shown) | {"places": [dict(place) for place in listing.places]}]
    out.write(dumps(told, indent=True) + "\n")
