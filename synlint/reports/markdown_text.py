"""Text from outside as Markdown that shows it letter by letter: no markup, HTML, link, image, mention or reference.

GitHub and GitLab look for @names, #1, !1, commit hashes and addresses in finished text, where a backslash before them
is gone; what they leave alone is code. So every word that could mean anything becomes a code span.
"""

from __future__ import annotations

import re

from synlint.reports.escape import visible

# Words that mean nothing to any Markdown: letters and digits, with quiet punctuation around and inside.
_QUIET = re.compile(r"[(\"'“‘]*[^\W_]+(?:['’.,/-][^\W_]+)*[)\"'”’.,:;?%…]*|[-–—=+·→]|%[)\"'.,:;]*|\.\.\.")
_HEX = re.compile(r"[0-9a-fA-F]{7,}")  # what could be the hash of a commit
_REFERENCE = re.compile(r"[^\W\d_]-\d")  # GH-12, and what else a project may call its issues
_NET = re.compile(r"(?i)www\.|\.[a-z]{2,}(?:[/:]|$)|/")  # what could be an address, or the path of a project
_LIST = re.compile(r"(?:\d+[.)]|[-+=]+)$")  # what begins a list, a rule or a heading at the start of a line
_TICKS = re.compile("`+")


def prose(text: str, *, table: bool = False) -> str:
    """One line of text; words that could be more than words stand in code spans. For a cell of a table if asked for."""
    words = visible(text).strip().split()
    return " ".join(_word(word, first=number == 0, table=table) for number, word in enumerate(words))


def code(text: str, *, table: bool = False) -> str:
    """One line of text in a code span, for a cell of a table if asked for; text without letters is named as such."""
    text = visible(text)
    if not text.strip(" "):
        return "(blank)" if text else "(empty)"
    if table:
        text = text.replace("|", "\\|")
    fence = "`" * (1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    # A code span loses one blank at both ends if both are there, and ticks must not touch the fence.
    edge = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def block(text: str) -> str:
    """Lines of text in a fenced block that nothing inside can close."""
    lines = "\n".join(visible(line) for line in text.rstrip("\n").split("\n"))
    fence = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(lines)), default=0))
    return f"{fence}text\n{lines}\n{fence}"


def _word(word: str, *, first: bool, table: bool) -> str:
    loud = _HEX.search(word) or _NET.search(word) or _REFERENCE.search(word) or (first and _LIST.match(word))
    return word if _QUIET.fullmatch(word) and not loud else code(word, table=table)
