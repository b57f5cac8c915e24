"""Recognisers of demands about words and letters: keywords, forbidden words, how often, letters, language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synlint.analysis.constraints.ask_language import names_language
from synlint.analysis.constraints.model import Demand, Strictness
from synlint.analysis.constraints.prompt import MASK, NUMBER, QUOTED, Prompt, number_of, word_set
from synlint.analysis.constraints.quantities import bound_before, bounds, quantities

_WORD = rf"(?:{QUOTED}|[\w'-]+)"
_NOUN = r"(?:key ?words?|words?|phrases?|terms?)"
_LIST = rf"{QUOTED}(?:(?: ?[,/&]| (?:and|or)|, (?:and|or))+ ?{QUOTED})*"
_USE = (
    r"(?:using|use|uses|includes?|including|contains?|containing|mentions?|mentioning|incorporat(?:e|es|ing)"
    r"|featur(?:e|es|ing)|has|have|having|with|add|adding|utiliz(?:e|ing))"
)
_NOT = (
    r"(?:(?:do|does|should|must|can|could|need)(?: ?not|n't)|never|without|avoid|not to|not"
    r"|refrain from|exclude|no mention of)"
)
_SAY = (
    r"(?:(?:ever )?(?:use|using|say|saying|include|including|mention|mentioning|contain|containing|write|writing)"
    r"(?: of)?(?: any of)? ?)"
)

_EXISTENCE_QUOTED = re.compile(
    rf"\b{_USE}(?: (?:all|both|each|at least one instance))?(?: of)?(?: the| these| this| a| its)?(?: following)?"
    rf"(?: (?:\w+ )?(?P<noun>{_NOUN}))?[ :,]*\[?(?P<list>{_LIST})"
)
_EXISTENCE_PLAIN = re.compile(
    rf"\b{_USE}(?: (?:all|both|each))?(?: of)?(?: the"
    rf"| these)?(?: following)? (?:\w+ )?(?P<noun>(?:key ?)?words|phrases|terms|keywords):?"
    rf" (?P<list>[\w'-]+(?:(?:, (?:and )?| and )[\w'-]+)+) ?(?=[.?!\n;)]|\Z| in (?:a|your|the)\b)"
)
# Here a form of the word, another word, or a place for it is meant, or a text that is looked for or looked at.
_OTHER_FORM = re.compile(
    r"\b(?:tenses?|plural|conjugat\w+|synonyms?|antonyms?|opposite|rhym\w+|similar|replac\w+|instead|without"
    r"|avoid|not"
    r"|don't|never|cannot|translate|meaning of|means|definition|define|acronym|acrostic|riddle|would you"
    r"|anagram|either|one of|any of|some of"
    r"|at least one of|count|how many|identify|find|search|query|url|variable|named|called|titled|entitled"
    r"|title|prefix|suffix|homophones?"
    r"|letters|related|associated|filename|options?|choose|select|between|the use of|difference"
    r"|following (?:sentence|text|passage|story)"
    r"|fill|blank|replace|remove|delete|underline|highlight|instances?|occurrences?|style of|theme|tags?"
    r"|contraction|past|verb form|past participle|infinitive|gerund|starts?|begins?|ends?)\b"
)


def keywords_existence(prompt: Prompt) -> Iterator[Demand]:
    """'include the keywords "a", "b"', 'use the word "x" in a sentence', "using the words a, b and c"."""
    for found in _existences(prompt):
        if " or " in found["list"]:
            continue  # one of them is enough
        is_key = (found["noun"] or "").lower().startswith("key")
        if (not is_key and (prompt.is_code or names_language(prompt))) or _means_another(prompt, found):
            continue
        if _is_statement(prompt, found):
            continue
        if found.re in (_EXISTENCE_PLAIN, _EXISTENCE_ONE):
            yield _words_demand(prompt, found, re.split(r", and |, | and ", found["list"]))
        elif not _TIMES.match(prompt.masked, found.end()):
            yield _words_demand(prompt, found, prompt.quoted(*found.span("list")))


def _existences(prompt: Prompt) -> Iterator[re.Match[str]]:
    if prompt.has_masks:
        for found in prompt.find(_EXISTENCE_QUOTED):
            if found["noun"] or (
                _TOLD.search(prompt.masked[max(found.start() - 20, 0) : found.start()]) and _ORDER.match(found[0])
            ):
                yield found
    if prompt.has_masks and any(modal in prompt.masked for modal in (" should ", " must ", " need", " ha")):
        yield from prompt.find(_MUST_BE_IN)
    if " the word " in prompt.masked or " the key" in prompt.masked or " the term " in prompt.masked:
        for found in prompt.find(_EXISTENCE_ONE):
            if found["list"].lower() not in _NO_WORDS and not _TIMES.match(prompt.masked, found.end()):
                yield found
    if (", " in prompt.masked or " and " in prompt.masked) and _NAMES_WORDS.search(prompt.masked):
        yield from prompt.find(_EXISTENCE_PLAIN)


_ORDER = re.compile(r"(?:include|mention|incorporate) ")
_TOLD = re.compile(r"(?:^|[.!?;,\n] ?|\b(?:and|to|must|should|please|also) )\Z")
_EXISTENCE_ONE = re.compile(
    r"\b(?:include|including|mention|mentioning|contain|contains|use|using"
    r"|incorporate) the (?P<noun>key ?word|word|term)"
    r" (?P<list>[\w-]{3,})(?=[.!?,;\n]|\Z| (?:in|and|somewhere|at least once)\b)"
)
_MUST_BE_IN = re.compile(
    rf"\b(?P<noun>{_NOUN}) (?P<list>{_LIST})(?: (?:should|must|need to|needs to|have to"
    rf"|has to)) (?:all )?(?:be (?:included|used|mentioned|in)|appear)\b"
)
_NAMES_WORDS = re.compile(r"(?:ords?|hrases?|erms?):? [\w'-]+(?:,| and )")
_TIMES = re.compile(rf"[^.\n]{{0,20}}\b(?:{NUMBER} times|once|twice|thrice)\b")


def _means_another(prompt: Prompt, found: re.Match[str]) -> bool:
    start, end = prompt.sentence(found.start())
    before = _REMINDER.sub("", prompt.masked[max(start, found.start() - 60) : found.start()])
    if (found["noun"] or "").lower().startswith("key"):
        return _NEGATED.search(before) is not None
    return _OTHER_FORM.search(before + found[0] + prompt.masked[found.end() : min(end, found.end() + 40)]) is not None


def _is_statement(prompt: Prompt, found: re.Match[str]) -> bool:
    """Whether a text is said to have the words ("the comment has the word ..."), not to be written with them."""
    if _THIRD_PERSON.match(found[0]) is None:
        return False
    start, _ = prompt.sentence(found.start())
    return _WISHED.search(prompt.masked, start, found.start()) is None


_THIRD_PERSON = re.compile(r"(?:uses|includes|contains|mentions|incorporates|features|has)\b")
_WISHED = re.compile(r"\b(?:that|which|whose|who|where|your|sure|ensure|so)\b")
_NEGATED = re.compile(rf"\b{_NOT}\b[^.,]{{0,30}}\Z")


_REMINDER = re.compile(r"\b(?:don't|do not|never) forget\b")


def _words_demand(prompt: Prompt, found: re.Match[str], words: list[str]) -> Demand:
    wording, span = prompt.wording(found.start(), found.end())
    if len(words) == 1 and (found.groupdict().get("noun") or "").lower().endswith("words"):
        words = re.split(r", and |, | and ", words[0])  # the words "a, b and c"
    kept = tuple(word.strip(" .,;:!?") for word in words)
    return Demand(wording, span, words=tuple(word for word in kept if word))


_OFTEN = (
    rf"(?:(?P<rel>at least|at most|no more than|not more than|more than|less than|fewer than|exactly"
    rf"|only|no less than|a minimum of|a maximum of|up to) )?(?:(?P<n>{NUMBER}) ?(?:or (?P<or>more|less"
    rf"|fewer) )?times|(?P<once>once|twice|thrice))(?: or (?P<or2>more|less))?"
)
_FREQUENCY = re.compile(
    rf"\b(?:(?P<noun>word|phrase|keyword|term|letter)s? (?P<w1>{_WORD})|(?P<w2>{QUOTED}))"
    rf"(?:(?!\b(?:word|letter|capital))[^.?!\n\"'{MASK}]){{0,45}}? {_OFTEN}"
)
_OCCURRENCES = re.compile(
    rf"\b(?:(?P<rel>at least|at most|no more than|more than|less than|fewer than"
    rf"|exactly) )(?P<n>{NUMBER})(?P<or>)(?P<once>)(?P<or2>)"
    rf" (?:occurrences|instances|mentions|uses)? ?(?:of )?(?:the )?(?P<noun>word|phrase|keyword"
    rf"|letter)s? (?P<w1>{QUOTED}|[\w'-]+)"
)
_LOOKED_UP = re.compile(
    r"\b(?:how many|count|number of times|program|function|find|check|letters? that|appears \d|words? (?:that"
    r"|which|with))\b"
)


def _often(found: re.Match[str]) -> tuple[int | None, int | None, Strictness]:
    number = number_of(found["n"] or found["once"])
    relation = (found["rel"] or "").lower()
    either = (found["or"] or found["or2"] or "").lower()
    if relation in ("less than", "fewer than"):
        return None, number - 1, "limit"
    if relation == "more than":
        return number + 1, None, "limit"
    if relation in ("at most", "no more than", "not more than", "a maximum of", "up to") or either in ("less", "fewer"):
        return None, number, "limit"
    if relation in ("exactly", "only"):
        return number, number, "exact"
    return number, None, "limit"  # "appear twice" is kept by three times


def keywords_frequency(prompt: Prompt) -> Iterator[Demand]:
    """'the word "x" should appear at least 3 times', 'include the word "x" at least twice'."""
    for demand, noun in _frequencies(prompt):
        if noun != "letter":
            yield demand


_NEVER = re.compile(r"\b(?:not|never|cannot)\b|n't\b")
_NO_WORDS = word_set("or and in with that which is are of to for should must can may count limit from you at as the a")


def _frequencies(prompt: Prompt) -> Iterator[tuple[Demand, str]]:
    if prompt.is_code:
        return
    for found in (*prompt.find(_FREQUENCY), *prompt.find(_OCCURRENCES)):
        start, end = prompt.sentence(found.start())
        if _LOOKED_UP.search(prompt.masked, start, end):
            continue
        quoted = prompt.quoted(*found.span())
        word = quoted[0] if quoted else prompt.text[slice(*found.span("w1"))]
        if not quoted and word.lower() in _NO_WORDS:
            continue
        least, most, strictness = _often(found)
        # "avoid using the letter i more than twice", "it should not appear more than twice"
        if _NEVER.search(found[0]) or _NEGATED.search(prompt.masked[start : found.start()]):
            if (found["rel"] or "").lower() != "more than":
                continue
            least, most = None, (least or 1) - 1
        wording, span = prompt.wording(found.start(), found.end())
        yield Demand(wording, span, least, most, strictness, words=(word.strip(" .,"),)), (found["noun"] or "").lower()


_LETTER = rf"letters? (?P<w>[\"']{MASK}[\"']|[a-z](?![\w'-]))"
_NO_LETTER = re.compile(rf"\b{_NOT} {_SAY}?(?:the )?{_LETTER}(?! (?:more|less|at|exactly))")


def letter_frequency(prompt: Prompt) -> Iterator[Demand]:
    """ "the letter q should appear at least 5 times", "without using the letter e"."""
    if prompt.is_code:
        return
    for demand, noun in _frequencies(prompt):
        if noun == "letter" and len(demand.words[0]) == 1:
            yield demand
    for found in prompt.find(_NO_LETTER):
        start, end = prompt.sentence(found.start())
        if _LOOKED_UP.search(prompt.masked, start, end) or _MEANS.search(prompt.masked, start, found.start()):
            continue
        letter = prompt.text[slice(*found.span("w"))].strip("\"'“”‘’")
        wording, span = prompt.wording(found.start(), found.end())
        yield Demand(wording, span, most=0, words=(letter,))


_FORBIDDEN = re.compile(
    rf"\b{_NOT} {_SAY}?(?:the |any of the |these |any of these "
    rf"|any )?(?:following )?(?:(?P<noun>(?:\w+ )?{_NOUN}):? )?\[?(?P<list>{_LIST})"
)
_FORBIDDEN_LIST = re.compile(
    rf"\b{_NOT} {_SAY}?(?:the |these "
    rf"|any of the )?(?:following )?(?:key ?)?words:? (?P<list>[\w-]+(?:(?:, (?:and |or )?| and "
    rf"| or )[\w-]+)+)(?=[.!?\n)]|\Z| in )"
)
_FORBIDDEN_PLAIN = re.compile(rf"\b{_NOT} {_SAY}?(?:the )?(?:key)?word (?P<list>[\w-]+)\b")
_NOT_AT_ALL = re.compile(
    rf"\b(?:word|phrase|keyword|term)s? (?P<list>{_LIST}|{_WORD}) (?:are not allowed|is not allowed"
    rf"|are forbidden|should not be (?:in|included)|cannot appear|can't be used|does not|doesn't"
    rf"|should not|must not|is not|cannot) (?:appear|be used|used|be mentioned)"
)


def forbidden_words(prompt: Prompt) -> Iterator[Demand]:
    """'do not use the word "x"', 'avoid the word "x"', "without mentioning 'x'", "the word x doesn't appear"."""
    if not prompt.has_masks and "word" not in prompt.masked:
        return
    if prompt.is_code:
        return
    for pattern in (_FORBIDDEN, _FORBIDDEN_LIST, _FORBIDDEN_PLAIN, _NOT_AT_ALL):
        for found in prompt.find(pattern):
            start, _ = prompt.sentence(found.start())
            before = prompt.masked[start : found.start()]
            if _MEANS.search(before) or _LATER.match(prompt.masked, found.end()):
                continue
            if pattern is _FORBIDDEN and not found["noun"] and not re.search(rf" {_SAY}", found[0]):
                continue
            words = prompt.quoted(*found.span("list")) or re.split(r", (?:and |or )?| and | or ", found["list"])
            yield _words_demand(prompt, found, words)


_LATER = re.compile(
    r"[^.?!\n]{0,15}\b(?:more than|times|once|twice|only|too|and then|in the (?:first|same)|as a (?:noun|verb))\b"
)
_MEANS = re.compile(
    r"\b(?:find|identify|which|what|why|if|explain why|words? that|people|sentences? that|someone|should you|should i"
    r"|do i|can you say|that (?:does|do))\b"
)


def capital_word_frequency(prompt: Prompt) -> Iterator[Demand]:
    """ "at least 3 words in all capital letters", "words with all capital letters should appear less than 4 times"."""
    if prompt.is_code:
        return
    for times in prompt.find(_CAPITAL_TIMES):
        wording, span = prompt.wording(times.start(), times.end())
        yield Demand(wording, span, *_often(times))
    for found in quantities(prompt, _N_CAPITAL_WORDS):
        wording, span = prompt.wording(found.start, found.end)
        most = found.most if found.strictness != "plain" else None
        yield Demand(wording, span, found.least, most, found.strictness)
    for limit in prompt.find(_CAPITAL_LIMIT):
        bound, _ = bound_before(prompt.masked, limit.start("n"))
        if bound:
            wording, span = prompt.wording(limit.start(), limit.end())
            yield Demand(wording, span, *bounds(bound, number_of(limit["n"])))


_IN_CAPITALS = r"(?:in|with|of)(?: all)? (?:capital letters|caps|capitals|upper-?case(?: letters)?)"
_CAPITAL_TIMES = re.compile(rf"\bwords? {_IN_CAPITALS}(?: (?:should|must|need to|have to))?[^.?!\n]{{0,40}}? {_OFTEN}")
_N_CAPITAL_WORDS = (
    rf"(?:(?:fully |all[ -])?(?:capitali[sz]ed|capital|caps) words?|words? {_IN_CAPITALS}"
    rf"|(?:all-?caps|fully capitalized|all capital) words?)"
)
_CAPITAL_LIMIT = re.compile(rf"\bwords {_IN_CAPITALS}(?: [\w]+){{1,6}}? (?P<n>{NUMBER})\b(?! times)")
