"""The matchers' meaning in plain Python, one character at a time and without a screen, to compare with."""

from __future__ import annotations

from synlint.rulebook.matchers.phrases import Phrases

SPACES = set(" \t\n\v\f\r\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(c) for c in range(0x2000, 0x200B)}
APOSTROPHES = set("'\u2019\u2018\u02bc\u00b4`\uff07")
QUOTES = set('"\u201c\u201d\u201e\u00ab\u00bb\uff02')
LEADING = SPACES | set("\"'“”‘’*_#>~()[]-")
TRAILING = SPACES | set("\"'“”‘’*_~()[].!?…。！？-")
WORD = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
Span = tuple[int, int]


def simple_fold(character: str) -> str:
    """One character for another, as a regex ignores case: no folding makes two characters of one."""
    return next((form for form in (character.casefold(), character.lower()) if len(form) == 1), character)


def same(one: str, other: str, case: bool) -> bool:
    if one in APOSTROPHES or one in QUOTES:
        return any(one in kind and other in kind for kind in (APOSTROPHES, QUOTES))
    return one == other or (not case and simple_fold(one) == simple_fold(other))


def phrase_end(text: str, at: int, item: str, rule: Phrases) -> int | None:
    """Where `item` ends if it stands at `at`."""
    if rule.words and item[0] in WORD and at and text[at - 1] in WORD:
        return None
    for number, word in enumerate(item.split()):
        if number:
            gap = at
            while at < len(text) and text[at] in SPACES:
                at += 1
            if at == gap:
                return None
        if len(text) - at < len(word) or not all(same(w, t, rule.case) for w, t in zip(word, text[at:], strict=False)):
            return None
        at += len(word)
    if rule.words and item[-1] in WORD and at < len(text) and text[at] in WORD:
        return None
    return at


def phrase_spans(text: str, rule: Phrases) -> list[Span]:
    """All spans of the phrases, leftmost first, of several at one place the longest phrase."""
    items = sorted((item.strip() for item in rule.items), key=lambda item: (-len(item), item))
    if rule.at == "start":
        run = next((n for n, character in enumerate(text) if character not in LEADING), len(text))
        for at in range(run, -1, -1):
            for item in items:
                end = phrase_end(text, at, item, rule)
                if end is not None:
                    return [(at, end)]
        return []
    spans = []
    at = 0
    while at < len(text):
        ends = [phrase_end(text, at, item, rule) for item in items]
        if rule.at == "end":
            ends = [end if end is not None and set(text[end:]) <= TRAILING else None for end in ends]
        first = next((end for end in ends if end is not None), None)
        if first is None:
            at += 1
            continue
        spans.append((at, first))
        at = len(text) if rule.at == "end" else first  # what follows a phrase at the end is part of its match
    return spans
