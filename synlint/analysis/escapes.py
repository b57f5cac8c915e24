"""Escapes that were left over when text was taken out of JSON, HTML or source code, and what they should read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_LOOKED_AT = 100_000  # characters from the beginning: bounds the time for huge texts

# The entities that text from the web holds; HTML 5 has 2,000 more, with names such as `&it;` that nobody writes.
_NAMES = (
    "amp|lt|gt|quot|apos|nbsp|copy|reg|trade|deg|hellip|[lr][sd]quo|[mn]dash|bull|middot|times|euro|pound|frac12"
    "|[aeiou](?:acute|grave|uml|circ)|[ao]tilde|ntilde|ccedil|szlig|iexcl|iquest|laquo|raquo|sect|para|plusmn"
)
_ENTITY = rf"&(?:amp;)*(?:{_NAMES}|#\d{{2,6}}|#x[0-9a-f]{{2,5}});|&amp;"
_CODE_POINT = r"(?:\\u[0-9a-f]{4})+|\\x[89a-f][0-9a-f]"
_WHOLE = re.compile(rf"{_ENTITY}|{_CODE_POINT}", re.IGNORECASE)
# \n before a small letter may be a LaTeX command (\neq) or a path; two of them in a row are neither.
_LINE_END = r"(?:(?:\\r)?\\n){2,}|(?:\\r\\n|\\n|\\t)(?![a-z])"
_QUOTE = r"(?<!\\)\\[\"']"
_BACKSLASH = re.compile(rf"{_LINE_END}|{_QUOTE}")

# Where escapes belong: markup, and source code in any of the usual languages.
_MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>|<!--|<\?php")
_CODE = re.compile(
    r"\b(?:printf|println|echo|cout|console|System)\b|\b(?:print|split|join|replace)\s?\("
    r"|\b(?:def|function|func|fn|class|var|let|const|import|return|public|static|SELECT)\b[^\n.,]{0,80}[(={;]"
    r"|\w\([\"']|[\"']\)|=>|==|!=|&&|</|[;{}]\s*(?:\n|\Z)|\$\{|\\\\|\\[dDsSwWbB](?![a-z])|\[\^"
    r"|[=:]\s*[\"']\{|\{\s*\\?[\"']|\A\s*[{\[]"
    r"|\\(?:begin|end|frac|sqrt|text|left|right|documentclass|usepackage|section|item|sum|alpha|beta|sigma|cdot)\b"
)
_QUOTED = re.compile(r"```.*?(?:```|\Z)|`[^`\n]{1,400}`|[\"'“‘(`](?:\\[ntr])+[\"'”’)`]", re.DOTALL)
ABOUT = (
    r"(?i)\b(?:html|xml|css|entit(?:y|ies)|escap\w*|unescap\w*|encod\w*|decod\w*|unicode|utf-?8|ascii|json|regex\w*"
    r"|regular expressions?|latex|newlines?|line ?breaks?|backslash\w*|strings?|code|script|program\w*|function|markup"
    r"|markdown|web ?page|sql|query)\b"
    r"|代码|字符串|正则|转义|换行"
)


class Leftover(NamedTuple):
    """An escape as a half-open character range, its text, and the characters it stands for."""

    start: int
    end: int
    text: str
    meant: str


def leftover_escapes(text: str, most: int = 20) -> list[Leftover]:
    """The first `most` escapes of `text` that stand in prose. None in a text with markup; no backslash in code."""
    text = text[:_LOOKED_AT]
    if _MARKUP.search(text):
        return []
    found = list(_unquoted(_WHOLE, text, most))
    if "\\" in text and not _CODE.search(text):
        found += _unquoted(_BACKSLASH, text, most)
    return sorted(found)[:most]


def _unquoted(pattern: re.Pattern[str], text: str, most: int) -> Iterator[Leftover]:
    """The first `most` matches outside code quotes, each with what it stands for."""
    quoted: list[tuple[int, int]] | None = None
    for escape in pattern.finditer(text):
        if quoted is None:  # looked for once, and only where there is something to find
            quoted = [found.span() for found in _QUOTED.finditer(text)]
        start, end = escape.span()
        after = bisect_right(quoted, (start, len(text)))
        if after and start < quoted[after - 1][1]:
            continue
        meant = unescaped(escape[0])
        if meant != escape[0]:
            yield Leftover(start, end, escape[0], meant)
            most -= 1
        if not most:
            return


def unescaped(text: str) -> str:
    """What escapes stand for, however often they were escaped: `&amp;lt;` is `<`. Other text stays as it is.

    A line end is `\\n` whatever it was, and a no-break space an ordinary one.
    """
    before = ""
    while before != text:
        before, text = text, unescape(text)
    text = _CODE_POINTS.sub(_decoded, text.replace("\u00a0", " "))
    return _SIGNS.sub(lambda sign: _MEANT[sign[0]], text)


_CODE_POINTS = re.compile(_CODE_POINT, re.IGNORECASE)
_MEANT = {"\\r\\n": "\n", "\\n": "\n", "\\t": "\t", '\\"': '"', "\\'": "'"}
_SIGNS = re.compile("|".join(re.escape(sign) for sign in _MEANT))


def _decoded(escape: re.Match[str]) -> str:
    """The characters of \\uXXXX and \\xXX escapes; a lone half of a surrogate pair is no character and stays."""
    units = [
        int(digits, 16) for digits in re.findall(r"[0-9a-fA-F]+", escape[0].replace("\\x", " ").replace("\\u", " "))
    ]
    text = "".join(map(chr, units)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return escape[0] if "\ufffd" in text else text
