"""The kinds of trouble that a single record can have; INT rules turn them into findings by these names."""

from __future__ import annotations

from collections.abc import Mapping

from synlint.text import clipped

UNUSED = "unused-suppression"  # the one that the engine finds, not the reader: it needs the other rules
KINDS: Mapping[str, str] = {
    "not-json": "the record is not valid JSON",
    "not-an-object": "the record is valid JSON but no object (no keys and values)",
    "nan-or-infinity": "the record holds NaN, Infinity or a number too large for a double, which strict parsers refuse",
    "invalid-utf8": "the record holds bytes that are not UTF-8",
    "nul-byte": "the record holds a NUL byte or an unescaped control character",
    "too-deep": "the record is nested deeper than 1,024 levels",
    "duplicate-key": "an object of the record has the same key twice; parsers keep one and drop the other",
    "lone-surrogate": "the record escapes half of a surrogate pair, which is no character",
    "too-long": "the record is larger than the limit for one record",
    "ragged-row": "the row has more or fewer cells than the header",
    "missing-field": "a key that the layout needs is absent",
    "null-field": "a field that the layout needs is null",
    "wrong-type": "a field holds something else than text",
    "other-layout": "the record follows another layout than the rest of its file",
    "unknown-role": "a turn has a role that is neither system, user, assistant nor tool",
    "role-order": "the turns do not alternate between user and assistant",
    "empty-conversation": "the conversation has no turns",
    UNUSED: "a note that suppresses findings, where there is none to suppress",
}

SHOWN = 40  # no more corpus text than this goes into a problem's detail


def clip(text: str) -> str:
    """The text, cut so that a problem's detail never quotes more than `SHOWN` characters of it."""
    return clipped(text, SHOWN)
