"""How much of a text it has said before: repeated stretches of words, and repeated lines."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_URL = r"https?://[^\s)\]>\"']+"
_TAG = r"<[^<>\n]{1,200}>"
_SYMBOLS = r"[^\s\w]+(?=\s|$)"
# The group is the token that counts; the other alternatives only use up what does not.
_TOKEN = re.compile(rf"{_URL}|{_TAG}|{_SYMBOLS}|((?:(?!https?://)[^\s<])+|<)")

_SIGNS = re.compile(r"[^\s\w]+")


def repeated_stretches(text: str, words: int, characters: int) -> tuple[float, int, int] | None:
    """The share of tokens in stretches that stood in the text before, and from where to where these reach.

    Tokens are words (stretches of `words`), or characters where words are not separated by spaces (stretches of
    `characters`). After the duplicate n-gram shares of Rae et al. 2021, https://arxiv.org/abs/2112.11446, table A1.
    """
    tokens = [(found[1].lower(), found.start(), found.end()) for found in _TOKEN.finditer(text) if found[1]]
    size = words
    if len(tokens) * 15 < len(text):  # words are not separated by spaces, or hardly
        tokens = [(text[i].lower(), i, i + 1) for _, a, b in tokens for i in range(a, b)]
        size = characters
    if len(tokens) < 2 * size:
        return None
    marked = _in_repeats([token for token, _, _ in tokens], size)
    if not any(marked):
        return None
    first = marked.index(True)
    last = len(marked) - 1 - marked[::-1].index(True)
    return sum(marked) / len(marked), tokens[first][1], tokens[last][2]


def may_repeat(text: str, share: float) -> bool:
    """A quick look: whether more than `share` of the tokens can lie in repeated stretches.

    No token in a repeated stretch is the first of its kind, so a text of many different words has few of them. Texts
    with markup, addresses or without spaces may always.
    """
    if "<" in text or "://" in text:
        return True
    tokens = [token for token in text.split() if not _SIGNS.fullmatch(token)]
    if len(tokens) * 15 < len(text):
        return True
    return len({token.lower() for token in tokens}) <= (1 - share) * len(tokens)


def _in_repeats(tokens: list[str], size: int) -> list[bool]:
    seen: set[tuple[str, ...]] = set()
    marked = [False] * len(tokens)
    for i in range(len(tokens) - size + 1):
        stretch = tuple(tokens[i : i + size])
        if stretch in seen:
            marked[i : i + size] = [True] * size
        seen.add(stretch)
    return marked


class RepeatedLines(NamedTuple):
    """Lines of a text that stood in it before, as a share of its characters, and the commonest of them."""

    share: float
    start: int  # of the first line that comes again, where it comes again
    end: int  # of the last
    times: int  # how often the commonest line stands in the text
    line: str


_PROSE = re.compile(r"[^\W\d_]{2,}(?:\W+\w+){3,}")
_TABLE = re.compile(r"[|+=_\-*#:\s]*\Z|\s*[|+<]")
_CODE = re.compile(r"[;{}=]\s*\Z|^\s*(?:<|//|@|return\b|end\b|else\b|import\b|#include)|\w\(.*\)\s*[:;{,]?\s*\Z")


def repeated_lines(text: str, min_chars: int = 25, symbol_times: int = 10) -> RepeatedLines | None:
    """How much of the text are lines that stood in it before; None if there is none that counts.

    Lines of prose count from `min_chars` characters on; lines without a word only if they come `symbol_times` times;
    rulers, rows of tables and lines of code do not count.
    """
    places = [(line, start, end) for line, start, end in _lines(text) if len(line) >= 8]
    counts = Counter(line for line, _, _ in places)
    looping = {line for line, n in counts.items() if n >= 2 and _counts(line, n, min_chars, symbol_times)}
    if not looping:
        return None
    again: list[tuple[int, int]] = []
    seen: set[str] = set()
    for line, start, end in places:
        if line in looping and line in seen:
            again.append((start, end))
        seen.add(line)
    whole = sum(end - start for _, start, end in _lines(text)) or 1
    top = max(looping, key=lambda line: (counts[line], len(line), line))
    return RepeatedLines(sum(b - a for a, b in again) / whole, again[0][0], again[-1][1], counts[top], top)


def _lines(text: str) -> list[tuple[str, int, int]]:
    found, start = [], 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            at = start + raw.index(line)
            found.append((line, at, at + len(line)))
        start += len(raw) + 1
    return found


def _counts(line: str, n: int, min_chars: int, symbol_times: int) -> bool:
    head = line[:300]
    if _PROSE.search(head):
        return len(line) >= min_chars and not head.startswith(("|", "<")) and not _CODE.search(head)
    return n >= symbol_times and not any(letter.isalnum() for letter in head) and not _TABLE.match(head)
