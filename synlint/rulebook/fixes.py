"""The edits that a rule's `fix` can name. Pure functions from a text and the flagged spans to the mended text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from synlint.analysis.encoding import mended
from synlint.analysis.escapes import unescaped
from synlint.model import Fix
from synlint.text import merged_spans, sentence_at, sentence_spans

Spans = Sequence[tuple[int, int]]

KINDS = (
    "strip_match",  # the spans go, and the seams close
    "replace",  # each span becomes the fix's replacement
    "delete_sentence",  # the sentences that the spans lie in go
    "truncate_at",  # everything from the first span on goes
    "drop_row",
    "unescape",  # each span becomes what its escapes stand for
    "fix_encoding",  # each span is decoded again, the right way
    "close_fence",  # the code fence at the span is closed at the end of the text, or goes if nothing follows it
)


def apply_fix(fix: Fix, text: str, spans: Spans) -> str | None:
    """`text` after the edit, or None when the fix drops the row. Spans are half-open character ranges."""
    merged = merged_spans(spans)
    if fix.kind == "drop_row":
        return None
    if not merged:
        return text
    if fix.kind == "truncate_at":
        return text[: merged[0][0]].rstrip()
    if fix.kind == "close_fence":
        return _with_closed_fence(text, merged[-1])
    if fix.kind == "replace":
        return _edited(text, merged, lambda _: fix.replacement)
    if fix.kind in _REREAD:
        return _edited(text, merged, _REREAD[fix.kind])
    if fix.kind == "delete_sentence":
        merged = merged_spans([_sentences_around(text, span) for span in merged])
    return _removed(text, merged)


_REREAD: dict[str, Callable[[str], str]] = {"unescape": unescaped, "fix_encoding": mended}


def _edited(text: str, spans: Spans, edit: Callable[[str], str]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + edit(text[start:end]) + text[end:]
    return text


_FENCE = re.compile(r"`{3,}|~{3,}")


def _with_closed_fence(text: str, span: tuple[int, int]) -> str:
    """The fence at `span` closed on a line of its own at the end; without it, if it opens nothing."""
    if not text[span[1] :].strip():
        return text[: span[0]].rstrip()
    fence = _FENCE.search(text, *span)
    return f"{text.rstrip()}\n{fence[0]}" if fence else text


def _sentences_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The sentences that a span begins and ends in, whole; the span itself in a text without any."""
    sentences = sentence_spans(text)
    if not sentences:
        return span
    first, last = (sentence_at(sentences, at) for at in (span[0], max(span[1] - 1, span[0])))
    return sentences[first][0], sentences[last][1]


# What may follow an opener that is cut: its punctuation, or a dash with spaces around it. Not a minus sign, and no list
# mark or indentation on a new line, which belong to what stays.
_AFTER_OPENER = re.compile(r"(?:[ \t]+-(?=[ \t])|[,.;:!?—–]+|[ \t]+[,;:!—–]+)?[ \t]*")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")


def _removed(text: str, spans: Spans) -> str:
    """Cut the spans out and close the seams: no double space, a capital where a capital stood."""
    capital = text.lstrip()[:1].isupper()
    for start, end in reversed(spans):
        before, after = text[:start], text[end:]
        if not before.strip():
            text = _without_opener(after, capital and not _whole_sentence(text[start:end]))
        elif not after.strip():
            text = before.rstrip()
        elif before.endswith("\n"):
            rest = after.lstrip("\n") if after.startswith("\n") else after.lstrip(" ")
            text = before + _recapitalised(text[start:end], rest)
        else:
            rest = after.lstrip(" ") if before[-1].isspace() and after[0].isspace() else after
            text = before + (_recapitalised(text[start:end], rest) if _LEAD_IN_AFTER.search(before[-8:]) else rest)
    return text


_LAST_MARKS = (".", "!", "?", "…", ":", "。", "！", "？", "：")


def _whole_sentence(cut: str) -> bool:
    """Whether what is cut off is a sentence of its own, so that what follows begins as its writer meant it to."""
    return "\n" in cut or cut.rstrip(" \t\"'”’)*_").endswith(_LAST_MARKS)


_LEAD_IN_AFTER = re.compile(r"[.!?…:][\"'”’)\]*_]{0,3}\s{1,3}\Z")


def _recapitalised(cut: str, rest: str) -> str:
    """`rest` with a capital, where a lead-in with a capital ("In short, ") was cut off the rest of its sentence."""
    if not cut[:1].isupper() or _whole_sentence(cut):
        return rest
    first = rest[:1].upper()
    return first + rest[1:] if len(first) == 1 else rest


def _without_opener(after: str, capital: bool) -> str:
    same_line = after[_match_end(_AFTER_OPENER, after) :]
    next_line = same_line[_match_end(_BLANK_LINES, same_line) :]
    if len(next_line) < len(same_line) or not capital:
        return next_line
    first = same_line[:1].upper()
    return (first if len(first) == 1 else same_line[:1]) + same_line[1:]


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0
