"""Which language an answer is surely not in: by its script, and English by its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from synlint.analysis.constraints.prompt import word_set

# ISO 639-1 code -> scripts that the language is written in, by Unicode name; the others in Latin letters
_SCRIPTS = {
    "zh": ("CJK",), "ja": ("CJK", "HIRAGANA", "KATAKANA"), "ko": ("HANGUL", "CJK"), "ru": ("CYRILLIC",),
    "uk": ("CYRILLIC",), "bg": ("CYRILLIC",), "ar": ("ARABIC",), "fa": ("ARABIC",), "ur": ("ARABIC",),
    "he": ("HEBREW",), "hi": ("DEVANAGARI",), "mr": ("DEVANAGARI",), "ne": ("DEVANAGARI",),
    "pa": ("GURMUKHI", "ARABIC"),
    "gu": ("GUJARATI",), "bn": ("BENGALI",), "ta": ("TAMIL",), "te": ("TELUGU",), "kn": ("KANNADA",),
    "ml": ("MALAYALAM",), "th": ("THAI",), "el": ("GREEK",),
}  # fmt: skip
_LATIN = ("LATIN",)
WITHOUT_CASE = frozenset(_SCRIPTS) - {"ru", "uk", "bg", "el"}  # languages whose letters are neither small nor capital
_SCRIPT_NAMES = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean", "no": "no"}
_LOOKED_AT = 3_000  # characters
_MIN_WORDS = 8  # fewer cannot be told apart
# The commonest English words that are rare or absent in other languages in Latin letters.
_ENGLISH = word_set(
    "the of and to is that it was for with as his they this have from by not are but what were when your said"
    " there which their if will how about many then them these would has more could been its who can you"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def scripts_of(text: str) -> Counter[str]:
    """How many letters of `text` (its first 3,000 characters) are of each script, by Unicode name: LATIN, CJK, ..."""
    letters = [letter for letter in text[:_LOOKED_AT] if letter.isalpha()]
    return Counter(unicodedata.name(letter, "?").split(" ")[0].split("-")[0] for letter in letters)


def is_english(text: str) -> bool:
    """Whether a text of eight words or more is surely English: a fifth of its words are only English words."""
    words = [word.lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    return len(words) >= _MIN_WORDS and sum(word in _ENGLISH for word in words) * 5 >= len(words)


def language_found(text: str) -> str:
    """What a text is in, in words for a message: "English", or the script that most of its letters are of."""
    if is_english(text):
        return "English"
    scripts = scripts_of(text)
    name = max(scripts, key=lambda one: (scripts[one], one), default="no")
    return f"{_SCRIPT_NAMES.get(name, name.capitalize())} letters"


def is_language(text: str, code: str) -> bool | None:
    """Whether `text` is in the language `code` (ISO 639-1); None if that cannot be told, as of short texts.

    What goes wrong in practice is an answer in English, or in another script, so this tells those two.
    """
    scripts = scripts_of(text)
    letters = sum(scripts.values())
    if letters < 12:
        return None
    own = sum(scripts[name] for name in _SCRIPTS.get(code, _LATIN))
    if code in _SCRIPTS:
        return True if own * 3 >= letters else False if is_english(text) else None
    if own * 2 < letters:
        return False
    if is_english(text):
        return code == "en"
    return None
