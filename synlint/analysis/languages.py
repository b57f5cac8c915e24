"""In which language and which script a text is written. The model (py3langid) is loaded on the first question."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Languages that the model takes for one another, or that are written in the same words: they are never held against
# each other. Latin stands here with the languages whose lists of names it is mistaken for.
_KIN = (
    frozenset({"zh", "wuu", "yue", "lzh"}),
    frozenset({"en", "pcm", "sco"}),
    frozenset({"no", "nb", "nn", "da", "sv"}),
    frozenset({"es", "gl", "pt", "ca", "ast", "oc", "an"}),
    frozenset({"hr", "bs", "sr", "sl", "mk", "bg"}),
    frozenset({"id", "ms", "jv", "su"}),
    frozenset({"cs", "sk"}),
    frozenset({"ru", "uk", "be"}),
    frozenset({"hi", "mr", "ne"}),
    frozenset({"fr", "wa", "ht"}),
    frozenset({"de", "lb", "als", "nds", "nl", "af", "fy"}),
)
_NO_LANGUAGE = frozenset({"zxx", "la", "eo", "vo", "ia", "ie"})
_MAX_CHARS = 1_000  # that are read of a text
SCRIPTS: dict[str, str] = {
    "Latin": "A-Za-z\u00c0-\u024f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrillic": "\u0400-\u052f",
    "Hebrew": "\u0590-\u05ff",
    "Arabic": "\u0600-\u06ff\u0750-\u077f",
    "Devanagari": "\u0900-\u097f",
    "Thai": "\u0e00-\u0e7f",
    "Hangul": "\u1100-\u11ff\uac00-\ud7af",
    "Kana": "\u3040-\u30ff",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff",
}
_LETTERS = {name: re.compile(f"[{ranges}]") for name, ranges in SCRIPTS.items()}
_RUNS = {name: re.compile(f"[{ranges}][{ranges} ,，、。.!！?？'’-]*") for name, ranges in SCRIPTS.items()}


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> tuple[str, float]:
    """The likeliest language of the beginning of a text (ISO 639 code) and its probability between 0 and 1."""
    code, probability = _identifier().classify(text[:_MAX_CHARS])
    return str(code), float(probability)


def same_language(one: str, other: str) -> bool:
    """Whether two codes name one language, or two that are hard to tell apart."""
    return one == other or any(one in kin and other in kin for kin in _KIN)


def different_languages(one: str, other: str, certainty: float = 0.97) -> tuple[str, str] | None:
    """The two languages, if the texts are surely in different ones; each needs some ten words to be sure."""
    first, sure_first = language_of(one)
    second, sure_second = language_of(other)
    if {first, second} & _NO_LANGUAGE or min(sure_first, sure_second) < certainty:
        return None
    return None if same_language(first, second) else (first, second)


def main_script(text: str) -> str | None:
    """The script that most letters of the beginning of a text are in; None for a text without letters."""
    head = text[:_MAX_CHARS]
    counts = {name: len(letters.findall(head)) for name, letters in _LETTERS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def foreign_run(text: str, main: str) -> tuple[int, int, str] | None:
    """The longest run of letters of another script than `main` and Latin: its span and script."""
    allowed = {main, "Latin"} | ({"Han", "Kana"} if main in ("Kana", "Han") else set())
    found = [
        (run.start(), run.end(), name)
        for name, runs in _RUNS.items()
        if name not in allowed
        for run in runs.finditer(text)
    ]
    if not found:
        return None
    start, end, name = max(found, key=lambda run: (run[1] - run[0], -run[0]))
    return start, start + len(text[start:end].rstrip(" ,，、。.!！?？'’-")), name
