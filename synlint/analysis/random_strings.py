"""Strings that a machine drew at random, told from words, names and code by entropy and by their pairs of letters.

The entropy limits are those of detect-secrets (Yelp): 4.5 bits a character for base64, 3.0 for hexadecimal; shorter
strings cannot reach 4.5, so there the limit is a share of what their length allows.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import log2

from synlint.analysis.made_up import is_made_up

BASE64_BITS = 4.5
HEX_BITS = 3.0
_SHARE = 0.75  # of log2(length), which few random strings of letters and digits miss
# Pairs of letters that make up two thirds of English text and of the names in programs, and a ninth of random letters.
_PAIRS_TEXT = (
    "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le ar ve ra ld ur ro "
    "ri ic me io li ch us ss ll no ne om ma co ta el la ec pa ac wo rd ke ey sw pr ag id na so ce us ad am ai mi em un "
    "do ow ho mo ie op"
)
_PAIRS = frozenset(_PAIRS_TEXT.split())
_LEET = str.maketrans("$5013@4!7", "ssoieaait")
_WORDS = re.compile(
    r"pass|word|secret|admin|qwerty|letmein|welcome|login|user|test|example|sample|dummy|your|token|change|insert|enter"
    r"|here|placeholder|default|value|string|hidden|redacted|mypw|abcde|asdf|iloveyou|monkey|dragon|summer|winter"
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f]+", re.IGNORECASE)
_LONGEST = 4_000  # longer strings are data


def entropy(text: str) -> float:
    """Shannon entropy of the characters of `text`, in bits a character; 0 for an empty text."""
    if not text:
        return 0.0
    return -sum(n / len(text) * log2(n / len(text)) for n in Counter(text).values())


def looks_random(text: str) -> bool:
    """Whether `text`, one word of eight characters or more, looks drawn at random: no word, UUID or placeholder.

    >>> looks_random("q8ZrT2kXw9Lm"), looks_random("Sunshine2020"), looks_random("pa$$w0rd")
    (True, False, False)
    """
    if not 8 <= len(text) <= _LONGEST or _UUID.fullmatch(text):
        return False
    letters = sum(letter.isalpha() for letter in text)
    if not letters or not re.search(r"[0-9]", text) or re.search(r"[xX*•.]{4}", text):
        return False
    if any(is_made_up(run) for run in re.findall(r"[0-9]{4,}", text)):
        return False
    if _HEX.fullmatch(text):
        return len(text) >= 16 and entropy(text) >= HEX_BITS
    if entropy(text) < min(BASE64_BITS, _SHARE * log2(len(text))):
        return False
    return not _is_wordy(text)


def _is_wordy(text: str) -> bool:
    lower = text.lower()
    if _WORDS.search(lower) or _WORDS.search(lower.translate(_LEET)):
        return True
    pairs = [a + b for a, b in pairwise(lower) if a.isalpha() and b.isalpha()]
    return len(pairs) >= 3 and sum(pair in _PAIRS for pair in pairs) > 0.4 * len(pairs)
