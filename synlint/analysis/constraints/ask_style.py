"""Recognisers of demands about how the answer ends, its quotation marks, the case of its letters, and its commas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synlint.analysis.constraints.ask_form import demand_of, matches
from synlint.analysis.constraints.ask_language import writes_without_case
from synlint.analysis.constraints.model import Demand
from synlint.analysis.constraints.prompt import MASK, QUOTED, Prompt

_RESPONSE = (
    r"(?:entire |whole |complete )?(?:response|answer|reply|output|text|message|email|letter|essay"
    r"|story|poem|article|song|post|note|speech|it|paragraph|sentence)"
)


def end_checker(prompt: Prompt) -> Iterator[Demand]:
    """'end your response with "..."', 'the very last sentence should be "..."', 'a story that ends with "..."'."""
    for pattern in (_ENDS, _LAST_IS) if prompt.has_masks else ():
        for found in matches(prompt, pattern, _END_OTHER):
            quoted = prompt.quoted(*found.span("what"))
            if quoted and len(quoted[0]) > 2:
                yield demand_of(prompt, found, text=quoted[0])
                return
    for pattern in (_END_LIKE, _END_COLON):
        for found in prompt.find(pattern):
            yield demand_of(prompt, found, text=prompt.text[slice(*found.span("what"))].strip())
            return


_ENDS = re.compile(
    rf"\b(?:ends?|ending|finish(?:es)?|conclud(?:e|es|ing)|close)(?: off)?(?: (?:with|in)| (?:your |the "
    rf"|this |my )?{_RESPONSE} (?:with|by saying|in))"
    rf"(?: the| this| these| exactly)*(?: exact| following| same)*(?: phrase| sentence| words?| line"
    rf"| question| statement)?[ ,:]*(?P<what>{QUOTED})"
)
_LAST_IS = re.compile(
    rf"\b(?:last|final|very end)(?: (?:sentence|words?|phrase|line|part))?(?: of (?:your"
    rf"|the) {_RESPONSE})? (?:should|must|has to|needs to)(?: be| read| say)[^.?!\n]{{0,20}}?(?P<what>{QUOTED})"
)
_END_LIKE = re.compile(
    rf"\bend of (?:your|the) {_RESPONSE} should read exactly like(?: this)?: (?P<what>[^\n]{{3,200}})"
)
_END_COLON = re.compile(
    rf"\b(?:end|finish|conclude) (?:your |the ){_RESPONSE} with (?:the|this|these)(?: exact| following"
    rf"| very)*(?: phrase| sentence| words?| line"
    rf"| question)[^.\n:\"]{{0,12}}: ?(?P<what>\w[^\n\"{MASK}]{{3,120}})"
)
_END_OTHER = re.compile(
    r"\b(?:(?:each|every) (?:\w+ ){0,4}?(?:end|finish|conclud|close)\w*|words that|letter [\"']?¤|identify"
    r"|lines|sentences that|program|function|regex|rhym\w+)\b"
)


def quotation(prompt: Prompt) -> Iterator[Demand]:
    """ "wrap your entire response with double quotation marks"."""
    for found in prompt.find(_QUOTATION):
        yield demand_of(prompt, found)
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
    rf"|\bdouble quot[^.?!\n]{{0,60}}\b(?:entire|whole|at the (?:start|beginning) and)\b"
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
        if not (_OF_WORDS.search(before) or _is_of_part(prompt, found) or prompt.is_about(found.start())):
            yield demand_of(prompt, found)
            return
    for found in prompt.find(other):
        start, end = prompt.sentence(found.start())
        if _is_of_part(prompt, found):
            continue
        if _SPOKEN_OF.search(prompt.masked, start, end) or not _CASE_OTHER.search(prompt.masked, start, end):
            yield demand_of(prompt, found)
            return


def _is_of_part(prompt: Prompt, found: re.Match[str]) -> bool:
    """Whether the clause speaks of a part of the answer, of a text that is given, or of exceptions."""
    start, end = prompt.sentence(found.start())
    if writes_without_case(prompt) or _EXCEPT.match(prompt.masked, found.end(), end):
        return True
    clause = _CLAUSE.split(prompt.masked[start : found.start()])[-1]
    if _GIVEN_IS.search(clause):
        return not _THE_SAME.search(prompt.masked, found.end(), found.end() + 200)
    return _PART.search(clause) is not None and not _SPOKEN_OF.search(clause)


_CLAUSE = re.compile(r"[,;:]|\band (?=\w+ (?:the|your|it|all|every|a|an|\W))|\bbut\b")
_PART = re.compile(
    r"\b(?:replac\w+|titles?|headings?|headlines?|headers?|key ?words?|labels?|captions?|subject|brand|slogan"
    r"|columns?|placeholders?|emphasi\w+|acronyms?|abbreviations?|logo)\b"
)
_GIVEN_IS = re.compile(
    r"\b(?:input|data|text|question|prompt|message|sentences?|words?|letters?|names?) (?:is|are|was|were) \Z"
)
_THE_SAME = re.compile(r"\b(?:do|keep) (?:it )?the same\b|\blikewise\b")
_EXCEPT = re.compile(
    r"[^.?!\n]{0,15}\b(?:except|other than|apart from|unless|besides)(?: for)?(?: \w+){0,3}?"
    r" (?:first|letters?|names?|nouns?|words?|when|where|i)\b"
)
_SPOKEN_OF = re.compile(r"\byour (?:entire |whole )?(?:response|answer|reply|output)\b")


_UPPER_NAME = r"(?:upper-?[ ]?case(?:d)?|capital letters|capitals|caps|capitali[sz]ed)"
_LOWER_NAME = r"(?:lower-?[ ]?cased?|small letters|uncapitali[sz]ed)"
_TO_CASE = r"(?:in|to|into|using|use|be|are|with)(?: entirely| only| full)?(?: the)?"
_AFTER_CASE = r"(?: letters?)?(?=[.,;:!?\n)]|\Z| (?:and|for|please|letters)\b)"
# "all ..." speaks of the whole answer; other wordings do unless the sentence speaks of something else.
_UPPER = re.compile(rf"\b(?<!words )(?<!word ){_TO_CASE} {_UPPER_NAME}{_AFTER_CASE}")
_ALL_UPPER = re.compile(
    rf"\b(?:all[- ](?:in |of it in )?(?:the )?(?:letters )?(?:in (?:your|the) \w+ )?(?:(?:must |should )?be "
    rf"|are |in )?{_UPPER_NAME}"
    rf"|only(?: use)? {_UPPER_NAME}|capital letters only|entirely in {_UPPER_NAME}|no lower-?[ ]?case)\b"
)
_LOWER = re.compile(rf"\b{_TO_CASE} {_LOWER_NAME}{_AFTER_CASE}")
_ALL_LOWER = re.compile(
    rf"\b(?:all[- ](?:in |of it in )?(?:the )?(?:letters )?(?:in (?:your|the) \w+ )?(?:(?:must |should )?be "
    rf"|are |in )?{_LOWER_NAME}"
    rf"|only(?: use)? {_LOWER_NAME}|lower-?[ ]?case(?: letters)? only|entirely in {_LOWER_NAME}|no (?:capital"
    rf"|upper-?[ ]?case) letters"
    r"|without (?:any )?capital letters|n['o]t (?:use |contain )?(?:any )?capital letters)"
)
_OF_WORDS = re.compile(
    r"\b(?:words?|letters?|phrases?|titles?|headings?|names?|acronyms?|hashtags?|nouns?)(?: (?!and"
    r"|or)\w+)? (?:in|with|of|using) \Z|\b(?:that|which|string|it) (?:is|are|contains?) \Z|\b(?:password"
    r"|passcode|username)"
)
_CASE_OTHER = re.compile(
    r"\b(?:vowels?|consonants?|characters?|words? (?:in|with)|words|from (?:all )?(?:upper|lower|caps)|title"
    r"|first (?:letters?|words?|character)|each word|numbers?|digits?|start|starts|begin|begins"
    r"|password|passcode|letters? of|some|at least|one (?:upper|lower|capital)|acronyms?|headings?|names? of"
    r"|not|nouns?|camel|hashtags?|count|identify|find|underline|sentence case|proper|where|a mix(?:ture)?|or"
    r"|both|combination)\b"
)


def no_comma(prompt: Prompt) -> Iterator[Demand]:
    """ "without commas", "do not use any commas", "refrain from using commas"."""
    if prompt.is_code:
        return
    for found in matches(prompt, _NO_COMMA, _COMMA_OTHER):
        yield demand_of(prompt, found)
        return


_NO_COMMA = re.compile(
    r"\b(?:no|zero|without(?: using| the use of| including)?(?: any| a single)?|(?:not|never|cannot"
    r"|\w+n't)(?: ever)?(?: allowed to)?"
    r" (?:use|contain|include|have|using|put|add)(?: any| a single)?|not using(?: any)?|avoid(?: using"
    r"| the use of)?(?: any)?"
    r"|refrain from (?:using|the use of|including)(?: any)?|exclude(?: any"
    r"| all)?)(?: the)?(?: punctuation)? commas?\b(?! splices?|[- ]separated)"
    r"|\bcommas? (?:are|is) (?:not allowed|forbidden|prohibited)"
)
_COMMA_OTHER = re.compile(
    r"\b(?:remove|delete|insert|missing|replace|separated by|function|program)\b[^.?!\n]{0,25}\bcommas?\b"
    r"|\bnumbers? without\b"
)
