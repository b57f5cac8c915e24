"""Recognisers of the language that an answer is to be in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from synlint.analysis.constraints.language_names import CODES
from synlint.analysis.constraints.languages import WITHOUT_CASE
from synlint.analysis.constraints.model import Demand
from synlint.analysis.constraints.prompt import Prompt

_NAME = "§"  # stands for each letter of a language's name while its place is sought: the patterns stay small
_LANGUAGE = rf"(?P<lang>{_NAME}+)"
_RESPONSE_LANGUAGE = re.compile(
    rf"\b(?:(?:respond|answer|reply|response|poem|story|essay|email|letter|sentences?|paragraph|song|document"
    rf"|written|write"
    rf"|riddle|summary|elaborations|explanations?|review|post|article|dialogue|conversation|rubric|speech)\b"
    rf"[^.?!\n]{{0,100}}?\b(?:in|using)(?: only)?(?: the)? {_LANGUAGE}(?: language)?(?: only)?"
    rf"|(?:use|using) only(?: the)? {_LANGUAGE.replace('lang', 'lang2')}|only(?: using"
    rf"| in)?(?: the)? {_LANGUAGE.replace('lang', 'lang3')} language"
    rf"|(?:in|of) (?:only )?(?:the )?{_LANGUAGE.replace('lang', 'lang4')}(?: language)?, no other language)"
    r"(?=[.,;!?\n)]|\Z| (?:and|that|about|with|to|for|introducing|only|describing|using|explaining|language"
    r"|of|asking|in your))"
)
_AFTER_IN = re.compile(r"\b(?:in|of|using|only|the)(?= ([a-z]+))")
_ANY_LANGUAGE = re.compile(r"\b(?:" + "|".join(CODES) + r")\b")
_INTO = re.compile(r"\b(?:in|into|to) ([a-z]+)\b")
_ABOUT_LANGUAGE = re.compile(
    r"\b(?:translat\w+|translations?|how (?:do|to|would|should|can)|what|explain|which|difference|word for"
    r"|meaning|means|equivalent|mean"
    r"|origin|pronounce|correct|rewritten|say|written in|convert|teach|learn|identify|learning|taught"
    r"|english[ -]to|proper|compare|lesson|taken|originally|common"
    r"|find|list|useful|expressions|sources|book|movie|who|popular|famous|poets?|set|made|based|lives?|living)\b"
)


def names_language(prompt: Prompt) -> bool:
    """Whether the question speaks of translating, or of a language other than English: keywords change with it."""
    if "translat" in prompt.masked:
        return True
    return any(name in CODES and name != "english" for name in _INTO.findall(prompt.masked))


def writes_without_case(prompt: Prompt) -> bool:
    """Whether the answer is to be in a language whose letters have no case: "translate them to Japanese"."""
    places = (found.span("lang") for found in _WRITTEN_IN.finditer(_marked(prompt)))
    return any(CODES[prompt.masked[slice(*place)]] in WITHOUT_CASE for place in places)


def _marked(prompt: Prompt) -> str:
    return _ANY_LANGUAGE.sub(lambda found: _NAME * len(found[0]), prompt.masked)


_WRITTEN_IN = re.compile(
    r"\b(?:translat\w+|answer|respond|reply|response|write|written)\b[^.?!\n]{0,40}?\b(?:in|into|to|using)"
    rf" (?:only )?(?:the )?{_LANGUAGE}"
)


def response_language(prompt: Prompt) -> Iterator[Demand]:
    """ "respond only in Korean", "write a poem in Hindi". Translations are not meant: their language is the task."""
    if CODES.keys().isdisjoint(_AFTER_IN.findall(prompt.masked)):
        return
    marked = _marked(prompt)
    for found in _RESPONSE_LANGUAGE.finditer(marked):
        start, end = prompt.sentence(found.start())
        place = next(found.span(group) for group in ("lang", "lang2", "lang3", "lang4") if found[group])
        name = prompt.masked[slice(*place)]
        sure = re.search(r"\b(?:only|no other|entire)", prompt.masked[start:end])
        if not sure and _ABOUT_LANGUAGE.search(prompt.masked, start, found.end()):
            continue
        if sum(1 for _ in prompt.find(_ANY_LANGUAGE)) > 1 and not sure:
            continue
        wording, span = prompt.wording(found.start(), found.end())
        yield Demand(wording, span, words=(CODES[name],), text=name)
        return
    yield from _one_language(prompt)


def _one_language(prompt: Prompt) -> Iterator[Demand]:
    """Where the whole answer is to be in one language, the only one that is named."""
    named = list(prompt.find(_ANY_LANGUAGE))
    if len({found[0] for found in named}) != 1 or named[0][0] == "english":
        return
    only = _only_in(named[0][0]).search(prompt.masked)
    if only is not None:
        wording, span = prompt.wording(only.start(), only.end())
        if named[0][0] not in wording.lower():
            wording += f" ({named[0][0].capitalize()})"
        yield Demand(wording, span, words=(CODES[named[0][0]],), text=named[0][0])


@cache
def _only_in(language: str) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:no|any) other language|\b(?:entire|whole|your) (?:response|answer|reply)\b[^.?!\n]{0,40}\bin"
        rf" (?:only )?(?:the )?(?:{language}\b|(?:that|this|same) language\b)"
    )
