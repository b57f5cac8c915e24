"""Checkers of words, letters, languages and cases: pure functions of the answer and the demand."""

from __future__ import annotations

import re
from collections.abc import Callable

from synlint.analysis.constraints import counting
from synlint.analysis.constraints.check_length import bounds_text, counted, first_line, within
from synlint.analysis.constraints.counting import Count
from synlint.analysis.constraints.languages import is_language, language_found
from synlint.analysis.constraints.model import Demand, Outcome
from synlint.model import Span

LOOKED_AT = counting.LOOKED_AT


def _folded(text: str) -> str:
    """Lower case and straight apostrophes, at unchanged offsets."""
    plain = text.replace("’", "'").replace("\u00a0", " ")
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(one.lower()[:1] or one for one in plain)


def _as_word(word: str) -> re.Pattern[str]:
    body = r"\s+".join(re.escape(part) for part in _folded(word).split())
    return re.compile(rf"(?<!\w){body}(?!\w)")


def _stem(word: str) -> str:
    """The beginning that the forms of a regular word share."""
    plain = _folded(word).strip()
    return plain[: max(4 - (plain[-1:] in ("e", "y")), len(plain) * 3 // 5)]


_VOWELS = str.maketrans("", "", "aeiouy")


def _has_form(text: str, word: str) -> bool:
    """Whether a form of the word may be there: its stem, or its consonants (run, ran; write, wrote)."""
    if _stem(word) in text or (len(word) > 4 and _folded(word) in text.replace(" ", "")):
        return True
    bones = _folded(word).translate(_VOWELS)
    return len(bones) > 1 and any(
        _bones(other) == bones for other in _LETTERS.findall(text) if other[0] == _folded(word)[0]
    )


def _bones(word: str) -> str:
    return word.translate(_VOWELS)


_LETTERS = re.compile(r"[^\W\d_]+")


def keywords_existence(answer: str, _question: str, demand: Demand) -> Outcome:
    """Every keyword is there, in any case. Where only a form of it is (carry, carried), the breach is not clear."""
    text = _folded(answer[:LOOKED_AT])
    missing = [word for word in demand.words if _folded(word) not in text]
    gone = [word for word in missing if not all(_has_form(text, part) for part in word.split())]
    asked = "the words " + ", ".join(repr(word) for word in demand.words)
    found = "no " + " and no ".join(repr(word) for word in gone or missing) if missing else "all of them"
    clear = bool(gone) and bool(answer.strip()) and answer.isascii() | (len(missing) > 0)
    return Outcome(not missing, asked, found, first_line(answer), clear)


def _times(answer: str, demand: Demand) -> tuple[Count, Span]:
    text = _folded(answer[:LOOKED_AT])
    alone = [found.span() for found in _as_word(demand.words[0]).finditer(text)]
    inside = text.count(_folded(demand.words[0]))
    over = demand.most if demand.most is not None and len(alone) > demand.most else None
    return Count(len(alone), max(inside, len(alone))), Span(*alone[over]) if over is not None else first_line(answer)


def keywords_frequency(answer: str, _question: str, demand: Demand) -> Outcome:
    """How often the keyword stands as a word; within other words counts if that helps."""
    count, span = _times(answer, demand)
    kept = within(count.low, demand) or within(count.high, demand)
    stem = _folded(answer[:LOOKED_AT]).count(_stem(demand.words[0]))
    clear = count.low > (demand.most if demand.most is not None else count.low) or stem < (demand.least or 0)
    asked = f"{demand.words[0]!r} {bounds_text(demand, 'times')}"
    found = f"{demand.words[0]!r} {counted(count, 'times')}"
    return Outcome(kept, asked, found, span, clear and bool(answer.strip()))


def forbidden_words(answer: str, _question: str, demand: Demand) -> Outcome:
    """None of the words stands in the answer as a word of its own, in any case."""
    text = _folded(answer[:LOOKED_AT])
    for word in demand.words:
        found = _as_word(word).search(text)
        if found:
            shown = answer[found.start() : found.end()]
            return Outcome(False, f"no {word!r}", repr(shown), Span(*found.span()))
    return Outcome(True, "without " + ", ".join(map(repr, demand.words)), "none of them", first_line(answer))


def letter_frequency(answer: str, _question: str, demand: Demand) -> Outcome:
    """How often the letter stands in the answer, in either case."""
    text = _folded(answer[:LOOKED_AT])
    letter = demand.words[0].lower()
    places = [at for at, one in enumerate(text) if one == letter]
    span = first_line(answer)
    if demand.most is not None and len(places) > demand.most:
        span = Span(places[demand.most], places[demand.most] + 1)
    asked = f"the letter {letter!r} {bounds_text(demand, 'times')}"
    found = f"{letter!r} {counted(len(places), 'times')}"
    return Outcome(within(len(places), demand), asked, found, span, bool(answer.strip()))


def response_language(answer: str, _question: str, demand: Demand) -> Outcome:
    """The language is told by script and, in Latin letters, by common words; what cannot be told is kept."""
    verdict = is_language(answer, demand.words[0])
    found = language_found(answer) if verdict is False else f"{demand.text.capitalize()}, or too short to tell"
    return Outcome(verdict is not False, f"in {demand.text.capitalize()}", found, first_line(answer))


def capital_word_frequency(answer: str, _question: str, demand: Demand) -> Outcome:
    """Words all in capitals; single letters such as "I" count only if that helps."""
    count = counting.capital_words(answer)
    kept = within(count.low, demand) or within(count.high, demand)
    few, many = demand.least or 0, demand.most if demand.most is not None else count.low
    clear = (count.high < few or count.low > many) and bool(answer.strip())
    return Outcome(
        kept, bounds_text(demand, "words in capitals"), f"{count} words in capitals", first_line(answer), clear
    )


_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+")  # other scripts have no case, or are not what "capital letters" speaks of
_SPARED = 0.03  # share of words in the wrong case that is no clear breach: a name, an abbreviation


def _words_of(answer: str) -> tuple[list[re.Match[str]], bool]:
    """The words in Latin letters, and whether they are most of the text: in a Japanese one they are names."""
    words = list(_LETTERS.finditer(answer[:LOOKED_AT]))
    latin = [word for word in words if _LATIN.fullmatch(word[0])]
    letters, all_letters = (sum(len(word[0]) for word in some) for some in (latin, words))
    return latin, letters * 2 > all_letters


def _case(answer: str, asked: str, is_wrong: Callable[[str], bool], other: str) -> Outcome:
    words, are_most = _words_of(answer)
    wrong = [word for word in words if any(map(is_wrong, word[0]))]
    if not wrong:
        return Outcome(True, asked, "kept", first_line(answer))
    found = f"{other}, as in {wrong[0][0][:40]!r}"
    return Outcome(False, asked, found, Span(*wrong[0].span()), are_most and len(wrong) > _SPARED * len(words))


def english_capital(answer: str, _question: str, demand: Demand) -> Outcome:
    """No lower-case letter; a few stray words are no clear breach."""
    return _case(answer, "all in capital letters", str.islower, "lower-case letters")


def english_lowercase(answer: str, _question: str, demand: Demand) -> Outcome:
    """No capital letter; a few stray words are no clear breach."""
    return _case(answer, "all in lower case", str.isupper, "capital letters")


def no_comma(answer: str, question: str, demand: Demand) -> Outcome:
    """No comma; a question that the answer repeats at its beginning, as some ask for, is left out."""
    start = _repeated(answer, question)
    at = answer.find(",", start)
    if at < 0:
        return Outcome(True, "no comma", "none", first_line(answer))
    return Outcome(False, "no comma", counted(answer.count(",", start), "commas"), Span(at, at + 1))


def _repeated(answer: str, question: str) -> int:
    """Where the answer goes on after repeating parts of the question line by line."""
    end = 0
    for line in answer[:LOOKED_AT].splitlines(keepends=True):
        if line.strip() and (len(line.strip()) < 20 or line.strip().strip('"') not in question):
            break
        end += len(line)
    return end
