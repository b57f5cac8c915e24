"""The edits that a rule's `fix` can name. Pure functions from a text and the flagged spans to the mended text."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.model import Fix
from synlint.text import sentence_at, sentence_spans

Spans = Sequence[tuple[int, int]]


def apply_fix(fix: Fix, text: str, spans: Spans) -> str | None:
    """`text` after the edit, or None when the fix drops the row. Spans are half-open character ranges."""
    merged = _merged(spans)
    if fix.kind == "drop_row":
        return None
    if not merged:
        return text
    if fix.kind == "truncate_at":
        return text[: merged[0][0]].rstrip()
    if fix.kind == "replace":
        return _edited(text, merged, fix.replacement)
    if fix.kind == "delete_sentence":
        sentences = sentence_spans(text)
        merged = _merged([sentences[sentence_at(sentences, start)] for start, _ in merged])
    return _removed(text, merged)


def _merged(spans: Spans) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _edited(text: str, spans: Spans, replacement: str) -> str:
    for start, end in reversed(spans):
        text = text[:start] + replacement + text[end:]
    return text


def _removed(text: str, spans: Spans) -> str:
    """Cut the spans out and close the seams: no double space, a capital where a capital stood."""
    for start, end in reversed(spans):
        before, after = text[:start], text[end:]
        if not before.strip():
            kept = after.lstrip(" \t\n,.;:!—-")
            text = kept[:1].upper() + kept[1:] if text.lstrip()[:1].isupper() else kept
        elif not after.strip():
            text = before.rstrip()
        else:
            seam = before[-1:].isspace() and after[:1].isspace()
            text = before + (after.lstrip(" ") if seam else after)
    return text
