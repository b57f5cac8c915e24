"""Lettered options of multiple-choice questions, and what an answer picks from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_LOOKED_AT = 50_000  # characters from the end of a question: options come last
_LONGEST = 400  # characters of one option that are compared
_MOST = 26

# (A) | A) | A. | [A], at the beginning of a line or after white space; A. and A: only at the beginning of a line.
_MARK = re.compile(
    r"(?:^|(?<=[\n\s,;:]))(?:\((?P<paren>[A-Za-z])\)|\[(?P<square>[A-Z])\]|(?P<half>[A-Za-z])\))(?=\s|"
    r"[A-Z0-9\"'`<_]|\Z)"
    r"|^[ \t>*-]{0,6}(?P<dot>[A-Za-z])\.(?=[ \t]+\S)",
    re.MULTILINE,
)
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


class Option(NamedTuple):
    """One option: its letter in upper case, its text, and the characters that letter and text take up."""

    letter: str
    text: str
    start: int
    end: int


def options_of(question: str) -> list[Option]:
    """The last run of lettered options: two or more in one style, the first of them A; an empty list if there is none.

    The run may have gaps (A, B, D) and doubles (A, B, B): that is for the caller to judge.
    """
    skipped = max(len(question) - _LOOKED_AT, 0)
    text = question[skipped:]
    runs: list[list[tuple[str, str, bool, re.Match[str]]]] = []
    for match in _MARK.finditer(text):
        style = match.lastgroup or ""
        letter = match[style]
        mark = (style, letter.upper(), letter.isupper(), match)
        if letter in "Aa":
            runs.append([mark])
        elif runs and runs[-1][0][0] == style and runs[-1][0][2] == letter.isupper() and len(runs[-1]) < _MOST:
            before = ord(runs[-1][-1][1])
            if before <= ord(letter.upper()) <= before + 2:
                runs[-1].append(mark)
    long = [run for run in runs if len(run) > 1]
    return _options(text, long[-1], skipped) if long and long[-1][1][1] == "B" else []


def _options(text: str, run: Sequence[tuple[str, str, bool, re.Match[str]]], skipped: int) -> list[Option]:
    found = []
    for number, (_, letter, _, match) in enumerate(run):
        last = number + 1 == len(run)
        end = _end_of_last(text, match.end()) if last else run[number + 1][3].start()
        body = text[match.end() : min(end, match.end() + _LONGEST)]
        found.append(Option(letter, body.strip(), skipped + match.start(), skipped + match.end() + len(body.rstrip())))
    return found


def _end_of_last(text: str, start: int) -> int:
    """The last option ends with its line."""
    line_end = text.find("\n", start + 1)
    return len(text) if line_end < 0 else line_end


def plain(text: str) -> str:
    """Lower case, one kind of white space and apostrophe, nothing but letters and digits at the ends: for comparing."""
    return _EDGES.sub("", " ".join(text.replace("’", "'").casefold().split()))


_KEY = r"(?:\(([A-Za-z])\)|\[([A-Z])\]|([A-Za-z])\)|([A-Z])(?=[.:](?:\s|\*|$)|\s*$))"
_LEAD = (
    r"(?:(?:the |my )?(?:correct |right |best |final )?(?:answer|option|choice)(?: to .{1,60})?(?: is|:)?:? ?"
    r"(?:option |choice |letter )?)?"
)
_PICK = re.compile(rf"^[\s\"'*]{{0,8}}(?i:{_LEAD})[\"'*]{{0,2}}{_KEY}[.:]?[*\"']{{0,2}}[ \t]*([^\n]{{0,400}})")


_SOLUTION = re.compile(
    rf"^[\s>*_-]{{0,8}}(?i:correct |right )?(?i:answer|solution|"
    rf"key)(?i: is)?[ *_]{{0,4}}:[ *_]{{0,4}}{_KEY}[.:]?[*\"']{{0,2}}[ \t]*([^\n]{{0,400}})",
    re.MULTILINE,
)


class Pick(NamedTuple):
    """The letter that an answer opens with, what it says after it on that line, and the characters of both."""

    letter: str
    text: str
    start: int
    end: int


def pick_of(answer: str) -> Pick | None:
    """The option that an answer names first, such as `B) Rome`, `(B)`, `The answer is B.`; None if it names none."""
    match = _PICK.match(answer[:1000])
    return match and _pick(match)


def solution_in(text: str) -> Pick | None:
    """The key that a text states on a line of its own, such as `Answer: C`; None if it states none."""
    match = _SOLUTION.search(text[:_LOOKED_AT])
    return match and _pick(match)


def _pick(match: re.Match[str]) -> Pick:
    group = next(number for number in range(1, 5) if match[number])
    text = match[5].strip()
    return Pick(match[group].upper(), text, match.start(group), match.end(5) if text else match.end(group))
