"""Templates as plain records, and the document that holds them (`synlint/schema/templates-v1.schema.json`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from synlint import __version__
from synlint.model import Report
from synlint.reports.records import plain

KIND = "synlint-templates"
KEYS = ("id", "field", "level", "text", "rows", "share", "bits", "tokens", "slots", "examples")
SLOT_KEYS = ("number", "start", "end", "kind", "entropy", "distinct", "dead", "fillers")
FIELDS = ("question", "answer")  # in the order in which they are told
LEVELS = ("whole text", "sentence frame", "opener", "closer", "section skeleton", "chat scaffold")

Record = Mapping[str, Any]


def ordered(templates: Iterable[Record], by: str = "share") -> list[Record]:
    """Questions before answers, and in each the greatest `share`, or most `bits` saved, first."""
    known = {name: at for at, name in enumerate(FIELDS)}
    first, second = ("bits", "share") if by == "bits" else ("share", "bits")
    return sorted(
        templates,
        key=lambda one: (known.get(one["field"], len(known)), one["field"], -one[first], -one[second], one["id"]),
    )


def record_of(template: Record) -> dict[str, Any]:
    """A template as JSON values, keys in the documented order."""
    found = {key: plain(template[key]) for key in KEYS if key not in ("slots", "fillers")}
    found["slots"] = [_slot(slot) for slot in template["slots"]]
    return {key: found[key] for key in KEYS}


def _slot(slot: Record) -> dict[str, Any]:
    kept = {key: plain(slot[key]) for key in SLOT_KEYS}
    return kept | {"fillers": [{"text": filler["text"], "share": filler["share"]} for filler in slot["fillers"]]}


def header(report: Report) -> dict[str, Any]:
    """Which corpus the templates are of, and how many were found in it."""
    return {
        "kind": KIND,
        "version": 1,
        "synlint": __version__,
        "fingerprint": report.corpus.fingerprint,
        "settings_digest": report.settings_digest,
        "rows": report.corpus.rows,
        "found": len(report.templates),
    }


def document(report: Report, templates: Sequence[Record]) -> dict[str, Any]:
    """The header with the templates, in the order given."""
    return {**header(report), "templates": [record_of(template) for template in templates]}
