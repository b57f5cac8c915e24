"""Recognisers of demands about form: JSON, titles, sections, highlights, options, case, commas, ends, repetition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from synlint.analysis.constraints.model import Demand
from synlint.analysis.constraints.prompt import QUOTED, Prompt
from synlint.analysis.constraints.quantities import Quantity, quantities


def matches(prompt: Prompt, pattern: re.Pattern[str], unless: re.Pattern[str] | None = None) -> Iterator[re.Match[str]]:
    """Matches, but for those in a sentence where `unless` matches."""
    for found in prompt.find(pattern):
        start, end = prompt.sentence(found.start())
        if unless is None or not unless.search(prompt.masked, start, max(end, found.end())):
            yield found


def demand_of(prompt: Prompt, found: re.Match[str] | Quantity, **parameters: Any) -> Demand:
    """The demand that a match states, with the parameters of its type."""
    start, end = (found.start, found.end) if isinstance(found, Quantity) else found.span()
    wording, span = prompt.wording(start, end)
    return Demand(wording, span, **parameters)


def number_placeholders(prompt: Prompt) -> Iterator[Demand]:
    """ "at least 3 placeholders represented by square brackets, such as [address]"."""
    if "[" not in prompt.text and "bracket" not in prompt.text.lower():
        return
    for found in quantities(prompt, _PLACEHOLDERS):
        yield demand_of(prompt, found, least=found.least, most=None if found.strictness == "plain" else found.most)
        return
    for some in prompt.find(_SOME_PLACEHOLDERS):
        yield demand_of(prompt, some, least=1)
        return


_SOME_PLACEHOLDERS = re.compile(
    r"\b(?:include|use|add|contain|with|insert) (?:some |a few |several |square bracket )?place ?holders?\b"
)
_PLACEHOLDERS = r"place ?holders?"


def postscript(prompt: Prompt) -> Iterator[Demand]:
    """ "add a postscript starting with P.S. at the end"."""
    for found in prompt.find(_POSTSCRIPT):
        yield demand_of(
            prompt,
            found,
            text="P.P.S" if re.search(r"p\.? ?p", found["marker"] or found["marker2"] or "") else "P.S.",
        )
        return


_POSTSCRIPT = re.compile(
    r"\b(?:add|include|with|ends?|and|write|append|contains?|attach|finish|insert|put|use|need|have|has"
    r"|explicitly)\b[^.?!\n]{0,60}\bpost ?script\b"
    r"(?:[^.?!\n]{0,40}?(?P<marker>p\. ?p\. ?s\b\.?|pps\b|p\. ?s\b\.?|ps\b))?"
    r"|\b(?:add|include|with|write|append|contain|insert|put)(?: an?| the"
    r"| your)? (?P<marker2>p\. ?p\. ?s\b\.?|p\. ?s\b\.?)"
)


def number_highlighted_sections(prompt: Prompt) -> Iterator[Demand]:
    """ "highlight at least 3 sections with markdown, i.e. *highlighted section*"."""
    if "*" not in prompt.text and "markdown" not in prompt.text.lower():
        return
    for found in quantities(prompt, _HIGHLIGHTS):
        start, end = prompt.sentence(found.start)
        if found.least is not None and _HIGHLIGHTED.search(prompt.masked, start, end):
            yield demand_of(prompt, found, least=found.least)
            return
    for some in prompt.find(_SOME_HIGHLIGHTS):
        yield demand_of(prompt, some, least=1)
        return


_HIGHLIGHTS = (
    r"(?:(?:text|highlighted|italic|italicized|important|key) ){0,2}(?:sections?|parts?|phrases?"
    r"|passages|words|sentences|titles|keywords|points|items)"
)
_HIGHLIGHTED = re.compile(r"\b(?:highlight|italic)")
_SOME_HIGHLIGHTS = re.compile(
    r"\b(?:highlight|italici[sz]e) (?:some|a few|the|several|one or more|important)\b[^.?!\n]{0,80}(?:\*|markdown)"
)


def multiple_sections(prompt: Prompt) -> Iterator[Demand]:
    """ "Your response must have 3 sections. Mark the beginning of each section with Section X"."""
    marker = _MARKER.search(prompt.text)
    if marker is None:
        return
    for found in quantities(prompt, _SECTIONS):
        yield demand_of(prompt, found, least=found.least, most=found.most, strictness=found.strictness, text=marker[1])
        return


_MARKER = re.compile(r"\b((?i:section|part|chapter|day|step|scene|verse|paragraph|round|episode)) \(?[X1]\b")
_SECTIONS = r"(?:sections?|parts?|chapters?)"


def json_format(prompt: Prompt) -> Iterator[Demand]:
    """ "in JSON format", "create a JSON object", "wrap the entire output in JSON"."""
    if prompt.is_code and not _ENTIRE_JSON.search(prompt.masked):
        return
    for found in (*prompt.find(_ENTIRE_JSON), *matches(prompt, _JSON, _FROM_JSON)):
        yield demand_of(prompt, found)
        return


_JSON = re.compile(
    r"\b(?:(?:in|into|to|as|using|use)(?: an?| the| valid| proper| well-structured| correct| pure| strict)* json"
    r"(?= ?(?:format\b|object\b|string\b|array\b|structure\b|block\b|output\b|[.,;!?\n)]|\Z))"
    r"|(?:create|construct|generate|write|build|produce|design|output|return)(?: me)?(?: an?| the| valid"
    r"| simple| sample)* json"
    r"(?: object| string| array| document| file)?(?= (?:that|with|of|describing|to|for|containing"
    r"|representing|from|which)\b|[.,:\n]|\Z))"
)
_FROM_JSON = re.compile(
    r"\b(?:how|what|why|explain|describe|schema|(?:from|given|following|this|the|parse|these)(?: an?| valid"
    r"| following| given)* json (?:data|object|string|file|code|format|array)"
    r"|json (?:file )?(?:in)?to|difference|compare|program|function|script|code|query|parser|api|store"
    r"|convert json)\b"
)
_ENTIRE_JSON = re.compile(r"\b(?:entire|whole|your) (?:output|response|answer)[^.\n]{0,40}\bjson\b(?! schema)")


def title(prompt: Prompt) -> Iterator[Demand]:
    """ "a title wrapped in double angular brackets, i.e. <<title>>"."""
    for found in prompt.find(_TITLE):
        yield demand_of(prompt, found)
        return


_TITLE = re.compile(
    r"\btitle\b[^.?!\n]{0,80}?(?:double (?:angular|angle|pointed) brackets|<<[^<>\n]{1,60}>>)"
    r"|<<\s*(?:[\w ]{0,20}\btitle\b[\w ]{0,20})>>"
)


def two_responses(prompt: Prompt) -> Iterator[Demand]:
    """ "two different responses, separated by 6 asterisk symbols: ******"."""
    six = _SIX.search(prompt.masked)
    separated = _SEPARATED.search(prompt.masked)
    if six is None or separated is None or not _TWO.search(prompt.masked):
        return
    wording, span = prompt.wording(separated.start(), max(six.end(), separated.end()))
    yield Demand(wording, span, least=2, most=2, text="******")


_SIX = re.compile(r"\*{6}|\b(?:6|six) (?:asterisks?|stars?)\b")
_SEPARATED = re.compile(r"\b(?:separat|divid|split|between|distinguish|delimit)\w*")
_TWO = re.compile(r"\b(?:two|2|both)\b|\bthe \w+ and (?:the )?\w+ with\b")


def repeat_prompt(prompt: Prompt) -> Iterator[Demand]:
    """ "First repeat the request word for word without change, then give your answer"."""
    for found in prompt.find(_REPEAT):
        rest = _without_instruction(prompt, found)
        if len(rest) >= 20:
            yield demand_of(prompt, found, text=rest)
        return


_REPEAT = re.compile(
    r"\brepeat (?:back )?(?:(?:the|this|my|exactly|entire|exact|whole|full|following|above|same) ){0,4}"
    r"(?:it|request|prompt|question|sentence|instructions?|query|task|paragraph|text)\b[^\n]{0,60}?"
    r"(?:word (?:for|by) word|without (?:any )?chang|exact|as it is|as is|verbatim|beginning|at the start"
    r"|above|below|first|before|again)"
)
_BLANK = re.compile(r"\n\s*\n|\n")
_MORE = re.compile(
    r"\b(?:repeat|do not (?:say|output|change|answer)|don.t (?:say|change|output)|give your (?:answer"
    r"|response)|before you answer|after you repeat|as it is)",
    re.IGNORECASE,
)


def _without_instruction(prompt: Prompt, found: re.Match[str]) -> str:
    """The request itself: the paragraphs that do not speak of repeating."""
    paragraphs = [part.strip() for part in _BLANK.split(prompt.text) if part.strip()]
    asked = [part for part in paragraphs if not _MORE.search(part)]
    return "\n\n".join(asked)


def constrained_response(prompt: Prompt) -> Iterator[Demand]:
    """'Answer with one of the following options: "a", "b"', 'You should respond with "True" or "False"'."""
    for found in prompt.find(_ONE_OF) if prompt.has_masks else ():
        options = prompt.quoted(*found.span("list"))
        if len(options) >= 2:
            yield demand_of(prompt, found, words=tuple(options))
            return
    for found in matches(prompt, _YES_NO, _ASKED_FOR) if _YES.search(prompt.text) else ():
        yield demand_of(prompt, found, words=("yes", "no"))
        return
    for found in prompt.find(_OPTION_LINES) if "\n" in prompt.text else ():
        options = [line.strip(" \t*-•\"'()“”") for line in found["lines"].splitlines() if line.strip()]
        if len(options) >= 2 and all(len(option.split()) <= 8 for option in options):
            yield demand_of(prompt, found, words=tuple(options))
            return
    if "My answer is" in prompt.text:
        options = re.findall(r"My answer is (?:yes|no|maybe)\.", prompt.text)
        at = prompt.text.index("My answer is")
        if len(set(options)) == 3:
            wording, span = prompt.wording(at, at + 60)
            yield Demand(wording, span, words=tuple(options))


_LIST = rf"{QUOTED}(?:[,;/ ]*(?:\b(?:and|or)\b)?[,;/ ]*{QUOTED}){{1,6}}"
_ONE_OF = re.compile(
    rf"\b(?:answer|respond|reply|output|choose|response|say)\b[^.?!\n]{{0,30}}?\b(?:with|from|one of|is|using"
    rf"|by saying)\b[^.?!\n\"]{{0,50}}?[:( ]*(?P<list>{_LIST})"
)
_YES_NO = re.compile(
    r"\b(?:answer|respond|reply|output|say)(?: (?:the|this|my|following|question|with|only|just|either|simply"
    r"|a|in|to)){0,6} \"?yes\"?(?:,| or|/) ?\"?no\b\"?(?! or| and|, | questions?|,? (?:and )?(?:explain|why"
    r"|then|give|justify|provide))"
)
_ASKED_FOR = re.compile(
    r"\b(?:questions? (?:that|which)|formulate|create|explain|why|reason|justif\w+|compose|maybe|unsure"
    r"|not sure|don't know)\b"
)
_YES = re.compile(r"\byes\b", re.IGNORECASE)
_OPTION_LINES = re.compile(
    r"\b(?:one of the following"
    r"|exactly one of these)(?: \w+){0,2}:[ \t]*\n+(?P<lines>(?:[ \t]*[^\n]{1,60}(?:\n|\Z)){2,6})"
)
