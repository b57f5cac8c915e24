"""What the fix that a rule declares would make of a text, as lines: the text before and after, changes marked."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from synlint.model import Fix
from synlint.review.layout import DIM, HEAD, PLAIN, Line, Spans, text_lines, view_of
from synlint.rulebook.fixes import apply_fix

_WORDS_UP_TO = 20_000  # characters of the changed middle that are compared letter by letter
_AROUND = 400
KINDS = {
    "strip_match": "takes the marked text out and closes the gap",
    "replace": "puts other text in the place of the marked one",
    "delete_sentence": "takes out the sentences that hold the marked text",
    "truncate_at": "cuts the text off where the mark begins",
    "drop_row": "drops the row",
    "unescape": "writes what the escapes stand for",
    "fix_encoding": "decodes the marked text again, the right way",
    "close_fence": "closes the open code fence, or removes it if nothing follows",
}


def fix_lines(fix: Fix, text: str, spans: Spans, width: int) -> list[Line]:
    """Before and after. `text` has its secrets masked, so that the mended text cannot show them either."""
    after = apply_fix(fix, text, spans)
    said = f"{fix.applicability} fix: {KINDS.get(fix.kind, fix.kind)}"
    lines: list[Line] = [[(HEAD, said)], []]
    if after is None:
        return [*lines, [(PLAIN, "The whole row would go; nothing of it stays.")]]
    if after == text:
        return [*lines, [(PLAIN, "Here it changes nothing.")]]
    out, new = changes(text, after)
    lines += [[(HEAD, "- before"), (DIM, f"  {len(text):,} characters")]]
    lines += text_lines(text, view_of(text, out or spans, _AROUND), out, width)
    lines += [[], [(HEAD, "+ after"), (DIM, f"  {len(after):,} characters")]]
    shown = new or [_seam(text, after)]
    return [*lines, *text_lines(after, view_of(after, shown, _AROUND), new, width)]


def changes(before: str, after: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Half-open character ranges that differ: in the text before, and in the one after."""
    start, _ = _seam(before, after)
    most = min(len(before), len(after)) - start
    tail = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    old, new = before[start : len(before) - tail], after[start : len(after) - tail]
    if max(len(old), len(new)) > _WORDS_UP_TO:
        return _some([(start, start + len(old))]), _some([(start, start + len(new))])
    codes = [code for code in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if code[0] != "equal"]
    out = [(start + low, start + high) for _, low, high, _, _ in codes]
    into = [(start + low, start + high) for _, _, _, low, high in codes]
    return _some(out), _some(into)


def _some(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [span for span in spans if span[0] < span[1]]


def _seam(before: str, after: str) -> tuple[int, int]:
    """Where the two texts begin to differ, as an empty span."""
    most = min(len(before), len(after))
    at = next((n for n in range(most) if before[n] != after[n]), most)
    return at, at
