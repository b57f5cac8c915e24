"""How many words, sentences and the like a text has: the fewest and the most by any fair way of counting."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

LOOKED_AT = 200_000  # characters: bounds the time for huge answers, whose counts are far from any limit anyway


class Count(NamedTuple):
    """The fewest and the most that a fair reader could count."""

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"


_TOKEN = re.compile(r"\S+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# Thai and Lao, Burmese, Khmer, Japanese, Chinese; compared as strings: a pattern of them takes long to compile.
_SPACELESS = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
)


def end_of_word(text: str, nth: int) -> int:
    """Where the n-th word ends: words are runs of non-space characters that hold a letter or a digit."""
    ends = (token.end() for token in _TOKEN.finditer(text) if _LETTER_OR_DIGIT.search(token[0]))
    return next(islice(ends, nth - 1, None), len(text))


def fewest_words(text: str) -> int:
    """Words by spaces, without hashtags and what has no letter or digit. Several times cheaper than `words`."""
    text = f" {text[:LOOKED_AT]}"
    return len(text.split()) - len(_NO_WORD.findall(text))


def words(text: str) -> Count:
    """Words; at most, hyphens, dashes and slashes part them as well, and hashtags are words."""
    text = text[:LOOKED_AT]
    return Count(fewest_words(text), len(_PARTS.findall(text)))


_NO_WORD = re.compile(r"\s(?:(?:[^\w\s]|_)+(?!\S)|#[^\W\d]\S*)")
_PARTS = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")


def without_spaces(text: str) -> bool:
    """Whether the text is in a script that does not part words by spaces, so that words cannot be counted so."""
    return _count_spaceless(text[:2000]) * 5 > len(text[:2000])


def _count_spaceless(text: str) -> int:
    if text.isascii():
        return 0
    far = [letter for letter in text if letter >= _SPACELESS[0][0]]
    return sum(any(first <= letter <= last for first, last in _SPACELESS) for letter in far)


# A sentence ends at a terminator with closing quotes or brackets, before white space or the end.
_END = re.compile(r"[.!?…。！？।|]+[\"'”’)\]*_]*(?=\s|\Z)|[。！？।]")
_GLUED = re.compile(r"[a-z0-9)][.!?](?=[A-Z][a-z]* )")  # "at night.The next day"
_SHORT_FORM = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|e\.g|i\.e|u\.s|u\.k|u\.n|a\.m|p\.m|no|inc|ltd|co|corp|fig|approx|dept"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ph\.d|gen|gov|sen|rep|rev|mt|ave|vol|al|ca|cf)|\b[A-Z]|^\W*\d+"
    r"|\.\.)\.?\Z",
    re.IGNORECASE | re.MULTILINE,
)
_OPENS = re.compile(r"\s*[\"'“‘(\[*_<-]*\s*([^\s\"'“‘(\[*_<-])")


def sentences(text: str) -> Count:
    """Sentences.

    The fewest: a terminator counts only if it is no abbreviation or list number, if a capital, digit or other script
    follows, if three words went before (but for "Hello!"), and if no quotation is open. The most: every terminator,
    every line, and also where the space between two sentences is missing.
    """
    text = text[:LOOKED_AT].strip().strip('"“”')
    low = high = 0
    for line in text.split("\n"):
        if not _LETTER_OR_DIGIT.search(line):
            continue
        ends = [found.end() for found in _END.finditer(line)]
        high += max(len(ends), 1) if not ends or line[ends[-1] :].strip() == "" else len(ends) + 1
        high += len(_GLUED.findall(line))
        low += _fewest(line, ends)
    return Count(max(low, 1) if high else 0, high)


def _fewest(line: str, ends: list[int]) -> int:
    count, start = 0, 0
    for end in ends:
        piece = line[start:end]
        if not _closes(line, piece, end):
            continue
        start = end
        count += 1
    return count


def _closes(line: str, piece: str, end: int) -> bool:
    if len(piece.split(maxsplit=3)) < 3 and not _count_spaceless(piece) and "!" not in piece and "?" not in piece:
        return False  # "Yes.", "1."
    if piece.count('"') % 2 or piece.count("“") > piece.count("”"):
        return False
    if end == len(line.rstrip()):
        return True
    if _SHORT_FORM.search(piece[-12:].rstrip("\"'”’)]*_").removesuffix(".")):
        return False
    follows = _OPENS.match(line, end)
    return follows is not None and not follows[1].islower()


_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_RULER = re.compile(r"^[ \t]*(?:\*{3,}|-{3,}|_{3,}|#{3,})[ \t]*$", re.MULTILINE)


def paragraphs(text: str) -> Count:
    """Paragraphs. The fewest: blocks between blank lines that are no heading and no ruler. The most: every line."""
    text = text[:LOOKED_AT].strip()
    if not text:
        return Count(0, 0)
    blocks = [block for block in _BLANK.split(text) if _LETTER_OR_DIGIT.search(block)]
    lines = [line for line in text.split("\n") if _LETTER_OR_DIGIT.search(line)]
    return Count(max(sum(not _is_heading(block) for block in blocks), 1), max(len(lines), 1))


def blocks(text: str) -> Count:
    """Blocks between blank lines; the fewest: without headings and rulers."""
    found = [block for block in _BLANK.split(text[:LOOKED_AT].strip()) if block.strip()]
    return Count(sum(not _is_heading(block) and _RULER.match(block) is None for block in found), len(found))


def _is_heading(block: str) -> bool:
    words, last = len(block.split(maxsplit=40)), block.rstrip("*_ ")[-1:]
    return (words <= 12 and last not in (".", "!", "?", "”", '"', "。")) or (words <= 40 and last == ":")


_BULLET = re.compile(r"^([ \t]*)(?:[*+•‣◦▪●–—-](?![*-])|[-*][ \t])[ \t]*(?=\S)", re.MULTILINE)
_NUMBERED = re.compile(r"^[ \t]*(?:\(?\d{1,3}[.):]|\(?[a-zA-Z][.)])[ \t]*\S", re.MULTILINE)


def bullets(text: str) -> set[int]:
    """Each number of bullet points that can be counted: all, outermost ones, and if there is none, other lists."""
    text = text[:LOOKED_AT]
    indents = [len(found[1].expandtabs(4)) for found in _BULLET.finditer(text)]
    if indents:
        return {len(indents), indents.count(min(indents))}
    numbered = len(_NUMBERED.findall(text))
    if numbered:
        return {numbered}
    lines = [line for line in text.split("\n") if _LETTER_OR_DIGIT.search(line)]
    return {len(lines)} if len(lines) > 1 else {0}


def list_items(text: str) -> int:
    """List items with any marker, 0 if there are none."""
    text = text[:LOOKED_AT]
    return len(_BULLET.findall(text)) or len(_NUMBERED.findall(text))


_HIGHLIGHT = re.compile(
    r"\*{1,3}(?![\s*])[^*]{1,2000}(?<!\s)\*{1,3}|__?[^_\n]{1,500}__?|<(?:i|b|em|mark|strong)>|`[^`\n]{1,300}`"
)


def highlights(text: str) -> int:
    """Stretches marked by asterisks, underscores or tags: the most that can be counted."""
    return len(_HIGHLIGHT.findall(text[:LOOKED_AT]))


_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,200}\]|\{[^{}\n]{1,100}\}|<[^<>\n]{1,100}>")


def placeholders(text: str) -> Count:
    """Texts in square brackets; at most, those in braces or angle brackets as well."""
    found = _PLACEHOLDER.findall(text[:LOOKED_AT])
    return Count(sum(part.startswith("[") for part in found), len(found))


_CAPITALS = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=\w))*")


def capital_words(text: str) -> Count:
    """Words all in capitals; the fewest: without single letters, and words that a hyphen joins as one."""
    found = [word for word in _CAPITALS.findall(text[:LOOKED_AT]) if word.isupper()]
    long = [word for word in found if len(word) > 1]
    return Count(len(long), len(found) + sum(word.count("-") for word in found))


def parts(text: str, divider: str) -> list[str]:
    """What stands between the dividers, without empty parts at the ends."""
    found = [part.strip() for part in re.split(rf"(?<![*]){re.escape(divider)}(?![*])", text[:LOOKED_AT])]
    while found and not found[-1]:
        found.pop()
    while found and not found[0]:
        found.pop(0)
    return found
