"""Recognisers of demands about form: JSON, titles, sections, highlights, options, case, commas, ends, repetition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synlint.analysis.constraints.model import Demand
from synlint.analysis.constraints.prompt import MASK, Prompt
from synlint.analysis.constraints.quantities import Quantity, quantities

_QUOTED = rf"[\"'“‘”]{MASK}+[\"'”’“]"
_RESPONSE = r"(?:entire |whole |complete )?(?:response|answer|reply|output|text|message|email|letter|essay"
            r"|story|poem|article|song|post|note|speech|it|paragraph|sentence)"


def _simple(prompt: Prompt, pattern: re.Pattern[str], unless: re.Pattern[str] | None = None) -> Iterator[re.Match[str]]:
    """Matches, but for those in a sentence where `unless` matches."""
    for found in prompt.find(pattern):
        start, end = prompt.sentence(found.start())
        if unless is None or not unless.search(prompt.masked, start, max(end, found.end())):
            yield found


def _demand(prompt: Prompt, found: re.Match[str] | Quantity, **parameters: object) -> Demand:
    start, end = (found.start, found.end) if isinstance(found, Quantity) else found.span()
    wording, span = prompt.wording(start, end)
    return Demand(wording, span, **parameters)  # type: ignore[arg-type]


def number_placeholders(prompt: Prompt) -> Iterator[Demand]:
    """ "at least 3 placeholders represented by square brackets, such as [address]"."""
    if "[" not in prompt.text and "bracket" not in prompt.text.lower():
        return
    for found in quantities(prompt, _PLACEHOLDERS):
        yield _demand(prompt, found, least=found.least, most=None if found.strictness == "plain" else found.most)
        return
    for some in prompt.find(_SOME_PLACEHOLDERS):
        yield _demand(prompt, some, least=1)
        return


_SOME_PLACEHOLDERS = re.compile(
    r"\b(?:include|use|add|contain|with|insert) (?:some |a few |several |square bracket )?place ?holders?\b",
    re.IGNORECASE,
)
_PLACEHOLDERS = r"place ?holders?"


def postscript(prompt: Prompt) -> Iterator[Demand]:
    """ "add a postscript starting with P.S. at the end"."""
    for found in prompt.find(_POSTSCRIPT):
        yield _demand(
            prompt,
            found,
            text="P.P.S" if re.search(r"P\.? ?P", found["marker"] or found["marker2"] or "", re.IGNORECASE) else "P.S.",
        )
        return


_POSTSCRIPT = re.compile(
    r"\b(?:add|include|with|ends?|and|write|append|contains?|attach|finish|insert|put|use|need|have|has"
    r"|explicitly)\b[^.?!\n]{0,60}\bpost ?script\b"
    r"(?:[^.?!\n]{0,40}?(?P<marker>P\. ?P\. ?S\b\.?|PPS\b|P\. ?S\b\.?|PS\b))?"
    r"|\b(?:add|include|with|write|append|contain|insert|put)(?: an?| the"
    r"| your)? (?P<marker2>P\. ?P\. ?S\b\.?|P\. ?S\b\.?)",
    re.IGNORECASE,
)


def number_highlighted_sections(prompt: Prompt) -> Iterator[Demand]:
    """ "highlight at least 3 sections with markdown, i.e. *highlighted section*"."""
    if "*" not in prompt.text and "markdown" not in prompt.text.lower():
        return
    for found in quantities(prompt, _HIGHLIGHTS):
        start, end = prompt.sentence(found.start)
        if found.least is not None and _HIGHLIGHTED.search(prompt.masked, start, end):
            yield _demand(prompt, found, least=found.least)
            return
    for some in prompt.find(_SOME_HIGHLIGHTS):
        yield _demand(prompt, some, least=1)
        return


_HIGHLIGHTS = r"(?:(?:text|highlighted|italic|italicized|important|key) ){0,2}(?:sections?|parts?|phrases?"
              r"|passages|words|sentences|titles|keywords|points|items)"
_HIGHLIGHTED = re.compile(r"\b(?:highlight|italic)", re.IGNORECASE)
_SOME_HIGHLIGHTS = re.compile(
    r"\b(?:highlight|italici[sz]e) (?:some|a few|the|several|one or more|important)\b[^.?!\n]{0,80}(?:\*|markdown)",
    re.IGNORECASE,
)


def multiple_sections(prompt: Prompt) -> Iterator[Demand]:
    """ "Your response must have 3 sections. Mark the beginning of each section with Section X"."""
    marker = _MARKER.search(prompt.text)
    if marker is None:
        return
    for found in quantities(prompt, _SECTIONS):
        yield _demand(prompt, found, least=found.least, most=found.most, strictness=found.strictness, text=marker[1])
        return


_MARKER = re.compile(r"\b((?i:section|part|chapter|day|step|scene|verse|paragraph|round|episode)) \(?[X1]\b")
_SECTIONS = r"(?:sections?|parts?|chapters?)"


def json_format(prompt: Prompt) -> Iterator[Demand]:
    """ "in JSON format", "create a JSON object", "wrap the entire output in JSON"."""
    if prompt.is_code and not _ENTIRE_JSON.search(prompt.masked):
        return
    for found in (*prompt.find(_ENTIRE_JSON), *_simple(prompt, _JSON, _FROM_JSON)):
        yield _demand(prompt, found)
        return


_JSON = re.compile(
    r"\b(?:(?:in|into|to|as|using|use)(?: an?| the| valid| proper| well-structured| correct| pure| strict)* JSON"
    r"(?= ?(?:format\b|object\b|string\b|array\b|structure\b|block\b|output\b|[.,;!?\n)]|\Z))"
    r"|(?:create|construct|generate|write|build|produce|design|output|return)(?: me)?(?: an?| the| valid"
    r"| simple| sample)* JSON"
    r"(?: object| string| array| document| file)?(?= (?:that|with|of|describing|to|for|containing"
    r"|representing|from|which)\b|[.,:\n]|\Z))",
    re.IGNORECASE,
)
_FROM_JSON = re.compile(
    r"\b(?:how|what|why|explain|describe|schema|(?:from|given|following|this|the|parse|these)(?: an?| valid"
    r"| following| given)* JSON (?:data|object|string|file|code|format|array)"
    r"|JSON (?:file )?(?:in)?to|difference|compare|program|function|script|code|query|parser|api|store"
    r"|convert JSON)\b",
    re.IGNORECASE,
)
_ENTIRE_JSON = re.compile(
    r"\b(?:entire|whole|your) (?:output|response|answer)[^.\n]{0,40}\bJSON\b(?! schema)", re.IGNORECASE
)


def title(prompt: Prompt) -> Iterator[Demand]:
    """ "a title wrapped in double angular brackets, i.e. <<title>>"."""
    for found in prompt.find(_TITLE):
        yield _demand(prompt, found)
        return


_TITLE = re.compile(
    r"\btitle\b[^.?!\n]{0,80}?(?:double (?:angular|angle|pointed) brackets|<<[^<>\n]{1,60}>>)"
    r"|<<\s*(?:[\w ]{0,20}\btitle\b[\w ]{0,20})>>",
    re.IGNORECASE,
)


def two_responses(prompt: Prompt) -> Iterator[Demand]:
    """ "two different responses, separated by 6 asterisk symbols: ******"."""
    six = _SIX.search(prompt.masked)
    separated = _SEPARATED.search(prompt.masked)
    if six is None or separated is None or not _TWO.search(prompt.masked):
        return
    wording, span = prompt.wording(separated.start(), max(six.end(), separated.end()))
    yield Demand(wording, span, least=2, most=2, text="******")


_SIX = re.compile(r"\*{6}|\b(?:6|six) (?:asterisks?|stars?)\b", re.IGNORECASE)
_SEPARATED = re.compile(r"\b(?:separat|divid|split|between|distinguish|delimit)\w*", re.IGNORECASE)
_TWO = re.compile(r"\b(?:two|2|both)\b|\bthe \w+ and (?:the )?\w+ with\b", re.IGNORECASE)


def repeat_prompt(prompt: Prompt) -> Iterator[Demand]:
    """ "First repeat the request word for word without change, then give your answer"."""
    for found in prompt.find(_REPEAT):
        rest = _without_instruction(prompt, found)
        if len(rest) >= 20:
            yield _demand(prompt, found, text=rest)
        return


_REPEAT = re.compile(
    r"\brepeat (?:back )?(?:(?:the|this|my|exactly|entire|exact|whole|full|following|above|same) ){0,4}"
    r"(?:it|request|prompt|question|sentence|instructions?|query|task|paragraph|text)\b[^\n]{0,60}?"
    r"(?:word (?:for|by) word|without (?:any )?chang|exact|as it is|as is|verbatim|beginning|at the start"
    r"|above|below|first|before|again)",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\n\s*\n|\n")
_MORE = re.compile(
    r"\b(?:repeat|do not (?:say|output|change|answer)|don['’]t (?:say|change|output)|give your (?:answer"
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
            yield _demand(prompt, found, words=tuple(options))
            return
    for found in _simple(prompt, _YES_NO, _ASKED_FOR) if _YES.search(prompt.text) else ():
        yield _demand(prompt, found, words=("yes", "no"))
        return
    for found in prompt.find(_OPTION_LINES) if "\n" in prompt.text else ():
        options = [line.strip(" \t*-•\"'()“”") for line in found["lines"].splitlines() if line.strip()]
        if len(options) >= 2 and all(len(option.split()) <= 8 for option in options):
            yield _demand(prompt, found, words=tuple(options))
            return
    if "My answer is" in prompt.text:
        options = re.findall(r"My answer is (?:yes|no|maybe)\.", prompt.text)
        at = prompt.text.index("My answer is")
        if len(set(options)) == 3:
            wording, span = prompt.wording(at, at + 60)
            yield Demand(wording, span, words=tuple(options))


_LIST = rf"{_QUOTED}(?:[,;/ ]*(?:\b(?:and|or)\b)?[,;/ ]*{_QUOTED}){{1,6}}"
_ONE_OF = re.compile(
    rf"\b(?:answer|respond|reply|output|choose|response|say)\b[^.?!\n]{{0,30}}?\b(?:with|from|one of|is|using"
    rf"|by saying)\b[^.?!\n\"“”]{{0,50}}?[:( ]*(?P<list>{_LIST})",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"\b(?:answer|respond|reply|output|say)(?: (?:the|this|my|following|question|with|only|just|either|simply"
    r"|a|in|to)){0,6} \"?yes\"?(?:,| or|/) ?\"?no\b\"?(?! or| and|, | questions?|,? (?:and )?(?:explain|why"
    r"|then|give|justify|provide))",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:questions? (?:that|which)|formulate|create|explain|why|reason|justif\w+|compose|maybe|unsure"
    r"|not sure|don['’]t know)\b",
    re.IGNORECASE,
)
_YES = re.compile(r"\byes\b", re.IGNORECASE)
_OPTION_LINES = re.compile(
    r"\b(?:one of the following"
    r"|exactly one of these)(?: \w+){0,2}:[ \t]*\n+(?P<lines>(?:[ \t]*[^\n]{1,60}(?:\n|\Z)){2,6})",
    re.IGNORECASE,
)


def end_checker(prompt: Prompt) -> Iterator[Demand]:
    """'end your response with "..."', 'the very last sentence should be "..."', 'a story that ends with "..."'."""
    for pattern in (_ENDS, _LAST_IS) if prompt.has_masks else ():
        for found in _simple(prompt, pattern, _END_OTHER):
            quoted = prompt.quoted(*found.span("what"))
            if quoted and len(quoted[0]) > 2:
                yield _demand(prompt, found, text=quoted[0])
                return
    for pattern in (_END_LIKE, _END_COLON):
        for found in prompt.find(pattern):
            yield _demand(prompt, found, text=prompt.text[slice(*found.span("what"))].strip())
            return


_ENDS = re.compile(
    rf"\b(?:ends?|ending|finish(?:es)?|conclud(?:e|es|ing)|close)(?: off)?(?: (?:with|in)| (?:your |the "
    rf"|this |my )?{_RESPONSE} (?:with|by saying|in))"
    rf"(?: the| this| these| exactly)*(?: exact| following| same)*(?: phrase| sentence| words?| line"
    rf"| question| statement)?[ ,:]*(?P<what>{_QUOTED})",
    re.IGNORECASE,
)
_LAST_IS = re.compile(
    rf"\b(?:last|final|very end)(?: (?:sentence|words?|phrase|line|part))?(?: of (?:your"
    rf"|the) {_RESPONSE})? (?:should|must|has to|needs to)(?: be| read| say)[^.?!\n]{{0,20}}?(?P<what>{_QUOTED})",
    re.IGNORECASE,
)
_END_LIKE = re.compile(
    rf"\bend of (?:your|the) {_RESPONSE} should read exactly like(?: this)?: (?P<what>[^\n]{{3,200}})", re.IGNORECASE
)
_END_COLON = re.compile(
    rf"\b(?:end|finish|conclude) (?:your |the ){_RESPONSE} with (?:the|this|these)(?: exact| following"
    rf"| very)*(?: phrase| sentence| words?| line"
    rf"| question)[^.\n:\"“]{{0,12}}: ?(?P<what>\w[^\n\"“”{MASK}]{{3,120}})",
    re.IGNORECASE,
)
_END_OTHER = re.compile(
    r"\b(?:(?:each|every) (?:\w+ ){0,4}?(?:end|finish|conclud|close)\w*|words that|letter [\"'“]?¤|identify"
    r"|lines|sentences that|program|function|regex|rhym\w+)\b",
    re.IGNORECASE,
)


def quotation(prompt: Prompt) -> Iterator[Demand]:
    """ "wrap your entire response with double quotation marks"."""
    for found in prompt.find(_QUOTATION):
        yield _demand(prompt, found)
        return


_MARKS = r"(?:double )?(?:quotation marks|quotation|quotes|quote marks)"
_QUOTATION = re.compile(
    rf"\b(?:wrap|wrapped|enclose|enclosed|put|surround|place)\b[^.?!\n]{{0,60}}?\b(?:your|the|my) (?:entire"
    rf"|whole|full|complete)?[ ]?(?:response|answer|reply|output|essay|poem|song|document|letter"
    rf"|text)\b[^.?!\n]{{0,60}}?\b(?:in|with|inside|within|by|using) {_MARKS}"
    rf"|\b(?:entire|whole|your) (?:response|answer|reply|output)\b[^.?!\n]{{0,40}}\b(?:wrapped|enclosed|put"
    rf"|surrounded)\b[^.?!\n]{{0,20}} {_MARKS}"
    rf"|\b(?:put|place|add) {_MARKS} around (?:your|the) (?:entire |whole |full )?\w+"
    rf"|\b(?:entire|whole|your) (?:response|answer|reply|output)\b[^.?!\n]{{0,20}}\b(?:should|must"
    rf"|needs to) be (?:in|inside|within)(?: of)? {_MARKS}"
    rf"|\b(?:wrap|surround|enclose|put|place)\b(?! (?:the|each|every|all) (?:titles?|words?|names?|phrases?"
    rf"|quotes?|sentences?|keywords?)\b)[^.?!\n]{{0,80}}\bdouble quot"
    rf"|\bdouble quot[^.?!\n]{{0,60}}\b(?:entire|whole|at the (?:start|beginning) and)\b",
    re.IGNORECASE,
)


def english_capital(prompt: Prompt) -> Iterator[Demand]:
    """ "in all capital letters", "answer in all caps", "convert the text to uppercase"."""
    yield from _case(prompt, _ALL_UPPER, _UPPER)


def english_lowercase(prompt: Prompt) -> Iterator[Demand]:
    """ "in all lowercase letters", "no capital letters", "convert the text to lower case"."""
    yield from _case(prompt, _ALL_LOWER, _LOWER)


def _case(prompt: Prompt, whole: re.Pattern[str], other: re.Pattern[str]) -> Iterator[Demand]:
    if prompt.is_code:
        return
    for found in prompt.find(whole):
        start, _ = prompt.sentence(found.start())
        before = prompt.masked[start : found.start()]
        if not _OF_WORDS.search(before) and not prompt.is_about(found.start()):
            yield _demand(prompt, found)
            return
    for found in prompt.find(other):
        start, end = prompt.sentence(found.start())
        if _SPOKEN_OF.search(prompt.masked, start, end) or not _CASE_OTHER.search(prompt.masked, start, end):
            yield _demand(prompt, found)
            return


_SPOKEN_OF = re.compile(r"\byour (?:entire |whole )?(?:response|answer|reply|output)\b", re.IGNORECASE)


_UPPER_NAME = r"(?:upper-?[ ]?case(?:d)?|capital letters|capitals|caps|capitali[sz]ed)"
_LOWER_NAME = r"(?:lower-?[ ]?cased?|small letters|uncapitali[sz]ed)"
_TO_CASE = r"(?:in|to|into|using|use|be|are|with)(?: entirely| only| full)?(?: the)?"
_AFTER_CASE = r"(?: letters?)?(?=[.,;:!?\n)]|\Z| (?:and|for|please|letters)\b)"
# "all ..." speaks of the whole answer; other wordings do unless the sentence speaks of something else.
_UPPER = re.compile(rf"\b(?<!words )(?<!word ){_TO_CASE} {_UPPER_NAME}{_AFTER_CASE}", re.IGNORECASE)
_ALL_UPPER = re.compile(
    rf"\b(?:all[- ](?:in |of it in )?(?:the )?(?:letters )?(?:in (?:your|the) \w+ )?(?:(?:must |should )?be "
    rf"|are |in )?{_UPPER_NAME}"
    rf"|only(?: use)? {_UPPER_NAME}|capital letters only|entirely in {_UPPER_NAME}|no lower-?[ ]?case)\b",
    re.IGNORECASE,
)
_LOWER = re.compile(rf"\b{_TO_CASE} {_LOWER_NAME}{_AFTER_CASE}", re.IGNORECASE)
_ALL_LOWER = re.compile(
    rf"\b(?:all[- ](?:in |of it in )?(?:the )?(?:letters )?(?:in (?:your|the) \w+ )?(?:(?:must |should )?be "
    rf"|are |in )?{_LOWER_NAME}"
    rf"|only(?: use)? {_LOWER_NAME}|lower-?[ ]?case(?: letters)? only|entirely in {_LOWER_NAME}|no (?:capital"
    rf"|upper-?[ ]?case) letters"
    r"|without (?:any )?capital letters|n['’o]t (?:use |contain )?(?:any )?capital letters)",
    re.IGNORECASE,
)
_OF_WORDS = re.compile(
    r"\b(?:words?|letters?|phrases?|titles?|headings?|names?|acronyms?|hashtags?|nouns?)(?: (?!and"
    r"|or)\w+)? (?:in|with|of|using) \Z|\b(?:that|which|string|it) (?:is|are|contains?) \Z|\b(?:password"
    r"|passcode|username)",
    re.IGNORECASE,
)
_CASE_OTHER = re.compile(
    r"\b(?:vowels?|consonants?|characters?|words? (?:in|with)|words|from (?:all )?(?:upper|lower|caps)|title"
    r"|first (?:letters?|words?|character)|each word|numbers?|digits?|start|starts|begin|begins"
    r"|password|passcode|letters? of|some|at least|one (?:upper|lower|capital)|acronyms?|headings?|names? of"
    r"|not|nouns?|camel|hashtags?|count|identify|find|underline|sentence case|proper|where|a mix(?:ture)?|or"
    r"|both|combination)\b",
    re.IGNORECASE,
)


def no_comma(prompt: Prompt) -> Iterator[Demand]:
    """ "without commas", "do not use any commas", "refrain from using commas"."""
    if prompt.is_code:
        return
    for found in _simple(prompt, _NO_COMMA, _COMMA_OTHER):
        yield _demand(prompt, found)
        return


_NO_COMMA = re.compile(
    r"\b(?:no|zero|without(?: using| the use of| including)?(?: any| a single)?|(?:not|never|cannot"
    r"|\w+n['’]t)(?: ever)?(?: allowed to)?"
    r" (?:use|contain|include|have|using|put|add)(?: any| a single)?|not using(?: any)?|avoid(?: using"
    r"| the use of)?(?: any)?"
    r"|refrain from (?:using|the use of|including)(?: any)?|exclude(?: any"
    r"| all)?)(?: the)?(?: punctuation)? commas?\b(?! splices?|[- ]separated)"
    r"|\bcommas? (?:are|is) (?:not allowed|forbidden|prohibited)",
    re.IGNORECASE,
)
_COMMA_OTHER = re.compile(
    r"\b(?:remove|delete|insert|missing|replace|separated by|function|program)\b[^.?!\n]{0,25}\bcommas?\b"
    r"|\bnumbers? without\b",
    re.IGNORECASE,
)
