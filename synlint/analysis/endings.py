"""How a text ends: whole, or cut off in the middle of a sentence, a list or a bracket."""

from __future__ import annotations

import re
from typing import NamedTuple


class Cut(NamedTuple):
    """Where and by what sign a text is cut off; `start` and `end` are character offsets of the unfinished piece."""

    kind: str  # bracket, marker, word, comma, repeat, sentence
    start: int
    end: int


_LOOKED_AT = 20_000  # characters at the end of a text that are looked at
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# No English sentence or label ends in these.
_NEVER_LAST = frozenset(
    [
        "and",
        "or",
        "but",
        "the",
        "a",
        "an",
        "its",
        "their",
        "your",
        "my",
        "our",
        "than",
        "because",
        "although",
        "though",
        "whether",
        "every",
        "nor",
        "via",
        "into",
        "among",
        "including",
        "unless",
        "whereas",
        "whose",
        "toward",
        "towards",
        "per",
        "e.g",
        "i.e",
    ]
)
# These may end a clause ("the country you live in"), so the rest of the answer must show that its
# writer ends sentences.
_SELDOM_LAST = frozenset(
    [
        "of",
        "with",
        "to",
        "for",
        "in",
        "on",
        "at",
        "by",
        "from",
        "is",
        "are",
        "was",
        "were",
        "that",
        "as",
        "will",
        "can",
        "would",
        "could",
        "should",
        "may",
        "might",
        "must",
        "be",
        "been",
        "has",
        "have",
        "had",
        "if",
        "when",
        "while",
        "which",
        "who",
        "such",
        "these",
        "this",
        "those",
        "between",
        "through",
        "about",
        "without",
        "so",
        "not",
        "very",
        "also",
        "his",
        "her",
        "each",
        "other",
        "both",
        "any",
        "some",
        "no",
        "there",
        "where",
        "what",
        "how",
        "more",
        "most",
        "being",
        "having",
        "during",
    ]
)
_VALUE_IS = re.compile(
    r"\b(?:values?|answers?|results?|sum|total|product|area|number|equation|output|rate|price|cost|probability"
    r"|average|percentage"
    r"|distance|volume|perimeter|amount|difference)\b[^.!?\n]{0,60}\b(?:is|of|equals?|equal to|be)\Z",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:\A|[.!?…][\"'”’)\]*_]*\s+|\n)(?=\S)")
_MARKER = re.compile(r"(?:\d{1,2}[.)]|[-*•])")
_MARKER_LINE = re.compile(r"^[ \t]*(\d{1,2}[.)]|[-*•])[ \t]+\S", re.MULTILINE)
_TERMINATED = re.compile(r"[.!?…:;。！？：；][\"'”’)\]*_»`]*\Z")
_CODE = re.compile(r"[;{}<>=\\|$]|\w\(|\)\.|::|->|^\s*(?:#|//|import |def |return |print)|_\w+_|\w_\w", re.MULTILINE)
_EMOTICON = re.compile(r"[:;=8xX][-'^]?[(\[{]+\Z|<\Z")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def cut_off(text: str, sure_from: int = 1_500) -> Cut | None:
    """The sign that `text` was cut off, or None. A missing full stop alone is a habit of people, and no sign.

    `sure_from`: from how many characters on a text whose other sentences and lines all end properly may be called cut
    because its last sentence does not.
    """
    text = text.rstrip()
    skipped = max(len(text) - _LOOKED_AT, 0)
    tail = text[skipped:]
    found = _signs(tail, len(text) >= sure_from)
    return found and Cut(found.kind, found.start + skipped, found.end + skipped)


def _signs(text: str, long: bool) -> Cut | None:
    if not text:
        return None
    line_start = text.rfind("\n") + 1
    last_line = text[line_start:]
    if text[-1] in "([{" and len(text) >= 40 and not _EMOTICON.search(text[-4:]):
        return Cut("bracket", len(text) - 1, len(text))
    if (marker := _MARKER.fullmatch(last_line.strip())) and _continues_list(text[:line_start], marker[0]):
        return Cut("marker", text.rindex(marker[0]), len(text))
    if (text[-1].isalpha() or text[-1] == ",") and not _CJK.match(text[-1]):
        return _repeat(text, line_start) or _unfinished(text, line_start, long)
    return None


def _continues_list(before: str, marker: str) -> bool:
    """Whether an empty item at the end goes on with a list of filled ones; a list of bare numbers is a form."""
    kinds = [item[1] for item in _MARKER_LINE.finditer(before)]
    if marker in "-*•":
        return kinds.count(marker) >= 2
    return bool(kinds) and kinds[-1][:-1].isdigit() and int(marker[:-1]) == int(kinds[-1][:-1]) + 1


def _repeat(text: str, line_start: int) -> Cut | None:
    """The last line is the beginning of longer lines that stand before it: a loop that was cut off."""
    last = text[line_start:].strip()
    if len(last) < 12 or len(last) > 2_000:
        return None
    longer = [
        line
        for line in text[:line_start].split("\n")
        if len(line.strip()) > len(last) and line.strip().startswith(last)
    ]
    if len(longer) < 2 or len(set(longer)) > 1:
        return None
    return Cut("repeat", line_start, len(text))


def _unfinished(text: str, line_start: int, long: bool) -> Cut | None:
    start = line_start
    for boundary in _SENTENCE.finditer(text, max(line_start, len(text) - 2_000)):
        start = boundary.end()
    piece = text[start:]
    words = _WORD.findall(piece)
    if len(words) < 3 or _CODE.search(piece) or _is_list(piece, words) or "#" in piece:
        return None
    last = words[-1]
    comma = text[-1] == ","
    if comma or last in _NEVER_LAST:
        sure = len(words) >= 6 and (not comma or (_ends_sentences(text, start) and len(words) >= 8))
        return Cut("comma" if comma else "word", start, len(text)) if sure else None
    if _VALUE_IS.search(piece) and not comma:
        return Cut("word", start, len(text))
    if last in _SELDOM_LAST:
        return Cut("word", start, len(text)) if len(words) >= 5 and _ends_sentences(text, start) else None
    if long and last.islower() and not _MARKER.match(text[line_start:].strip(" \t*_")) and _ends_sentences(text, start):
        return Cut("sentence", start, len(text))
    return None


def _is_list(piece: str, words: list[str]) -> bool:
    return piece.count(",") >= max(2, len(words) / 4)


def _ends_sentences(text: str, start: int) -> bool:
    """Whether what stands before the last sentence ends its sentences: two of them, and no line that does not."""
    before = text[:start].rstrip()
    lines = [line.strip() for line in before.split("\n") if line.strip()]
    if not lines or len(_SENTENCE.findall(before)) < 2:
        return False
    ended = [_TERMINATED.search(line) is not None for line in lines]
    long_lines = [end for end, line in zip(ended, lines, strict=True) if len(line) >= 60]
    return ended[-1] and all(long_lines) and sum(ended) >= 0.7 * len(ended)
