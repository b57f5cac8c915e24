"""Recognisers of demands about length: words, sentences, paragraphs, bullet points, and a paragraph's first words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from synlint.analysis.constraints.model import Demand
from synlint.analysis.constraints.prompt import NUMBER, QUOTED, Prompt, number_of, word_set
from synlint.analysis.constraints.quantities import Quantity, bound_before, bounds, quantities

_PRODUCE = (
    r"(?:re)?(?:write|writing|compose|create|generate|produce|draft|craft|tell|give|provide|make|develop|construct"
    r"|formulate|design|prepare|build|form|invent|add|need|want|outline|brainstorm|come up with|put together"
    r"|author|output)"
)
_TEXTS = (
    r"(?:essay|article|story|stories|summary|paragraph|description|review|blog|post|speech|letter|email|e-mail|poem"
    r"|report|bio|biography|response|answer|explanation|overview|introduction|conclusion|paper|text|passage|narrative"
    r"|piece|resume|proposal|advertisement|ad|advert|note|message|dialogue|monologue|statement|pitch|slogan|tagline"
    r"|headline|definition|script|synopsis|abstract|caption|tweet|anecdote|reflection|journal|diary|opinion|editorial"
    r"|riddle|fable|tale|plot|outline|rubric|conversation|critique|analysis|argument|quote|sentence|phrase"
    r"|joke|haiku)"
)
# Right before a quantity: the number is of something else than the whole answer. Sets of words, as they cost least.
_OTHER_THING = word_set(
    "each every per apiece first last next these those the both following given above chapter chapters many find"
    " identify count name list choose pick select combine merge join compare pair read set sets pairs series add"
    " adding insert append is are"
)
_BETWEEN = word_set("of with short brief complete full long different random simple new original")
_EACH = word_set("each every apiece respectively per minute minutes second seconds hour hours")
_PARTS = word_set(
    "sentences paragraphs items points words lines titles headlines stories poems slogans questions phrases"
    " descriptions examples summaries sections names ideas tweets definitions responses answers reviews tips"
    " facts reasons steps"
)
_OF_PARTS = word_set("that which with of in using containing under less no at between up each")
_FRAME_BEFORE = re.compile(
    r"(?:\b(?:in|into|to|using|with|within|as|of|be|contain|contains|containing|have|has|having|is|are|use"
    r"|include|write"
    r"|answer in|be in|consisting of|made up of|long|length|up|for)[ :]+(?:a |an |the |your |length of )?"
    rf"|[(,:] ?|\b{_PRODUCE}(?: me| us)?(?: an?| the| your)? ?)\Z"
)
# One of these is in whatever _PRODUCED, or _FRAME_BEFORE, matches: a set costs less than the pattern.
_PRODUCERS = word_set(
    "write writing compose create generate produce draft craft tell give provide make develop construct formulate"
    " design prepare build form invent add need want outline brainstorm with together author output rewrite recreate"
)
_FRAMES = _PRODUCERS | word_set(
    "in into to using within as of be contain contains containing have has having is are use include long length up for"
)
_OF_TEXT = re.compile(rf"\b(?:{_TEXTS}s?|length|total|up|consisting|composed|content|text|maximum|minimum) of \Z")
_NOUN_AFTER = re.compile(rf"[ ,]+(?:[\w'-]+[ ,]+){{0,3}}?{_TEXTS}\b")
_PRODUCED = re.compile(
    rf"(?:^|[.!?;:\n,]\s*|\b(?:and|then|please|you|to|also|i|us) +){_PRODUCE}(?: me| us)?(?: an?| the"
    rf"| your)? (?:[\w'-]+ ){{0,2}}\Z"
)


def lengths(prompt: Prompt, unit: str, plural: str) -> Iterator[Demand]:
    """Demands on how many units the answer has; `plural` ends a unit that can stand by itself."""
    for stated in prompt.find(_number_of(unit)) if "number of" in prompt.masked else ():
        bound, _ = bound_before(prompt.masked, stated.start("n"))
        if bound and not _EACH.intersection(stated[0].lower().split()):
            wording, span = prompt.wording(stated.start(), stated.end())
            yield Demand(wording, span, *bounds(bound, number_of(stated["n"])))
    for found in quantities(prompt, unit):
        if prompt.is_code or not _is_demand(prompt, found, plural):
            continue
        wording, span = prompt.wording(found.start, found.end)
        yield Demand(wording, span, found.least, found.most, found.strictness)


@cache
def _number_of(unit: str) -> re.Pattern[str]:
    return re.compile(rf"\bnumber of {unit}\b(?![^.?!\n]{{0,20}}\b(?:capital|caps))[^.?!\n]{{0,60}}? (?P<n>{NUMBER})\b")


def _is_of_parts(before: str, after: str) -> bool:
    """Whether a quantity between these texts is of parts of the answer, or of something that the question gives."""
    words, follow = ([word.strip(",.:;()!?\"'") for word in text.lower().split()] for text in (before, after))
    if not _EACH.isdisjoint(words) or not _EACH.isdisjoint(follow) or (words[-1:] and words[-1] in _PARTS):
        return True
    for at, word in enumerate(words[:-1], 1):
        if word in _PARTS and words[at] in _OF_PARTS:
            return True
    while words and words[-1] in _BETWEEN:
        if words.pop() == "with":
            return bool(words) and words[-1] == "provided"
    return bool(words) and words[-1] in _OTHER_THING and not (words[-1] in ("is", "are") and _SAYS_IT.search(before))


# "your answer is ..." speaks of the answer; "there are ..." of what is given.
_SAYS_IT = re.compile(
    r"\b(?:it|that|which|answer|response|summary|story|essay|poem|entire|text|must|should|paragraph|sentence"
    r"|article|and|to) (?:is|are)\b"
)


def _is_demand(prompt: Prompt, found: Quantity, plural: str) -> bool:
    text = prompt.masked
    start, end = prompt.sentence(found.start)
    before, after = text[start : found.start], text[found.end : end]
    if _is_of_parts(before[-60:], after[:25]) or _DIFFERENCE.match(after):
        return False
    return (
        _is_framed(found, text, before, after, plural)
        and not prompt.is_about(found.start)
        and not (found.strictness == "plain" and "?" in text and _REPORT.search(text))
    )


# "10 words longer than the text" is a difference.
_DIFFERENCE = re.compile(r" (?:longer|shorter|more|fewer|less|larger|smaller)\b(?! or\b)")
# A word problem about somebody's essay.
_REPORT = re.compile(r"\bhow (?:many|much|long)\b|\bwhat (?:percentage|fraction)\b")


def _is_framed(found: Quantity, text: str, before: str, after: str, plural: str) -> bool:
    """Whether the words around the quantity make it a demand on a text to be written."""
    singular = not found.unit.lower().endswith(plural) or text[found.unit_start - 1] == "-"
    if singular and (found.number != 1 or text[found.unit_end : found.unit_end + 1] == "-"):
        # "a 500-word essay", "a three sentence summary"
        return _NOUN_AFTER.match(after[:60]) is not None and _is_produced(before)
    if found.strictness in ("limit", "exact", "about"):
        return True
    if singular and _NOUN_AFTER.match(after[:40]):  # "a one sentence summary"
        return _is_produced(before)
    last = before[-30:].lower().split()[-3:]
    if last[-1:] == ["of"] and _OF_TEXT.search(before[-40:]) is None:
        return False  # "a dictionary of 5,000 words"
    return before.rstrip()[-1:] in ("", "(", ",", ":") or (
        not _FRAMES.isdisjoint(last) and _FRAME_BEFORE.search(before[-30:]) is not None
    )


def _is_produced(before: str) -> bool:
    """Whether a verb such as "write" governs what follows."""
    return not _PRODUCERS.isdisjoint(before[-60:].lower().split()[-5:]) and _PRODUCED.search(before[-60:]) is not None


def number_words(prompt: Prompt) -> Iterator[Demand]:
    """ "in 50 words or less", "at least 400 words", "a 500-word essay"."""
    text = prompt.masked
    for demand in lengths(prompt, r"words?", "words"):
        after = text[demand.span.end : demand.span.end + 40]
        around = text[max(demand.span.start - 40, 0) : demand.span.start] + after
        if _OF_SOMETHING.match(after) or _CAPITALISED.search(around):
            continue
        if (demand.most or 9) < 4 and demand.strictness == "plain":
            continue  # "with two words": more often words to use than a length
        if demand.strictness == "plain" and (demand.most or 0) <= _FEW and _lists_terms(prompt, demand):
            continue  # a term of two words is one keyword
        demand = _shortened(prompt, demand)
        if demand.strictness == "plain" and demand.least and _speaks(prompt, demand, _SUMMARY):
            demand = replace(demand, strictness="summary")
        yield demand


def _shortened(prompt: Prompt, demand: Demand) -> Demand:
    """The demand without its lower bound, if a text is to be made shorter: it may be shorter still."""
    is_plain = demand.strictness == "plain" and demand.least is not None
    if is_plain and _speaks(prompt, demand, _SHRINKS):
        return replace(demand, least=None)
    return demand


def _speaks(prompt: Prompt, demand: Demand, stems: tuple[str, ...]) -> bool:
    """Whether a word that begins with one of the stems is in the sentence of the demand."""
    start, end = prompt.sentence(demand.span.start)
    text = f" {prompt.masked[start:end]}"
    return any(map(text.__contains__, stems))


_FEW = 20  # words


def _lists_terms(prompt: Prompt, demand: Demand) -> bool:
    return _TERMS.search(prompt.masked, *prompt.sentence(demand.span.start)) is not None


_TERMS = re.compile(
    rf"\b(?:{_PRODUCE}|list|name|suggest|find|identify|select|choose|extract)(?: me| us)?"
    r"(?: (?!with |using |for |from )[\w'-]+){0,3}?"
    r" (?:key ?words|key (?:terms|phrases)|terms|adjectives|nouns|verbs|synonyms|antonyms|tags|hashtags)\b"
)
# With what stands before a word, as in "re-edit", "(edit".
_SHRINKS = tuple(
    f"{before}{stem}"
    for stem in ("shorten", "reduc", "condens", "trim", "cut", "compress", "simplif", "edit", "abbreviat", "concise")
    for before in " -("
)
_SUMMARY = tuple(
    f"{before}{stem}"
    for stem in ("summar", "synopsis", "abstract", "recap", "paraphras", "rephras")
    for before in " -("
)
_OF_SOMETHING = re.compile(
    r"[ ]*(?:that|which|from|related|describing|with|starting|beginning|ending|to describe|such as|like|:"
    r"|in (?:all )?capital"
    r"|in (?:all )?(?:caps|upper|lower)|combination|pair|rhym|containing|are|were|using the letters|mean|whose|you"
    r"|times\b)"
)
_CAPITALISED = re.compile(r"cap(?:ital|s)\b|uppercase\b")


def number_sentences(prompt: Prompt) -> Iterator[Demand]:
    """ "in three sentences", "fewer than 6 sentences", "a two-sentence summary"."""
    for demand in lengths(prompt, r"sentences?", "sentences"):
        demand = _shortened(prompt, demand)
        if demand.strictness == "plain" and (demand.least or 0) > 1 and _starts_with_given(prompt):
            demand = replace(demand, least=(demand.least or 2) - 1)  # the answer may leave out what is given
        yield demand


def _starts_with_given(prompt: Prompt) -> bool:
    said = any(map(prompt.masked.__contains__, ("given", "following", "provided", "continue")))
    return said and _GIVEN_START.search(prompt.masked) is not None


_GIVEN_START = re.compile(
    r"\b(?:given|following|provided) (?:first |opening |starting )?(?:sentence|line|starter|beginning|opening)\b"
    r"|\bcontinue\b"
)


def number_paragraphs(prompt: Prompt) -> Iterator[Demand]:
    """ "in two paragraphs", "exactly 4 paragraphs, separated by ***", "3 parts separated by ***"."""
    divider = _DIVIDER.search(prompt.masked)
    if divider is not None:
        for found in quantities(prompt, r"(?:paragraphs?|sections?|parts?|stanzas?|verses?|pieces|chapters)"):
            if abs(found.start - divider.start()) < 300:
                wording, span = prompt.wording(found.start, found.end)
                yield Demand(wording, span, found.least, found.most, found.strictness, text="***")
                return
    blank = "\n\n" if _BLANK_LINES.search(prompt.text) else ""
    for demand in lengths(prompt, r"paragraphs?", "paragraphs"):
        # What counts as a paragraph of a letter, with its address and greeting, is anybody's guess.
        if blank or demand.strictness != "plain" or not _LETTER.search(prompt.masked):
            yield replace(demand, text=blank)


_LETTER = re.compile(r"\b(?:e-?mail|letter)\b")


_DIVIDER = re.compile(r"(?<!\*)\*\*\*(?!\*)|(?<!\w)(?:3|three) asterisks\b")


_BLANK_LINES = re.compile(r"\b(?:two|2|double) (?:new ?lines|line ?breaks)|\bblank lines?\b|\\n\\n", re.IGNORECASE)


def number_bullet_lists(prompt: Prompt) -> Iterator[Demand]:
    """ "exactly 4 bullet points", "in bullet points", "as a bulleted list"."""
    if prompt.is_code:
        return
    counted = False
    for number in quantities(prompt, r"(?:bullet(?:ed)?[ -]?(?:point(?:ed)?)?s?(?: points?)?)"):
        around = prompt.masked[max(number.start - 14, 0) : number.end + 25].lower().replace(",", " ").split()
        if not _EACH.isdisjoint(around):
            continue
        counted = True
        wording, span = prompt.wording(number.start, number.end)
        yield Demand(wording, span, number.least, number.most, number.strictness)
    if counted:
        return
    for found in prompt.find(_IN_BULLETS):
        start, _ = prompt.sentence(found.start())
        if prompt.is_about(found.start()) or re.search(r"\bgiven\b", prompt.masked[start : found.start()]):
            continue
        wording, span = prompt.wording(found.start(), found.end())
        yield Demand(wording, span, least=1)
        return


_IN_BULLETS = re.compile(
    r"\b(?:in|into|using|use|as|with)(?: an?| the)?(?: short| list of| form of"
    r"| format of)? bullet(?:ed)?[ -]?(?:points?|list|form|format)\b"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": -1, "final": -1}
_STARTS = r"(?:must |should |has to |needs to |will |to |can )?(?:start|begin)s?(?:ning|ing)? ?(?:off )?(?:with|by)"
_NTH_STARTS = re.compile(
    rf"\b(?P<nth>{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th)"
    rf"|paragraph (?P<k>\d+))(?: paragraph)?\b[^.?!\n]{{0,40}}?\b{_STARTS}"
    rf"(?: the)?(?: words?| phrase| sentence)?[ ,:]*(?P<what>{QUOTED}|\w+)"
)
_START_NTH = re.compile(
    rf"\b(?:(?:start|begin) (?:the |your )?(?P<nth>{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th)) paragraph with"
    rf"|first word of (?:the )?"
    rf"(?P<nth2>{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th)) paragraph (?:should|must|needs to|has to"
    rf"|will) be)(?: the)?(?: words?| phrase)?"
    rf"[ ,:]*(?P<what>{QUOTED}|\w+)"
)
_STARTS_WITH = re.compile(
    rf"\b(?:story|poem|paragraph|answer|response|essay|sentence|letter|article|song|post|it|email|narrative"
    rf"|question|speech|dialogue|"
    rf"tale|reply)s?\b(?: that| which| and)? ?{_STARTS}(?: the)?(?: (?:following )?(?:words?|phrase|sentence"
    rf"|line|opening|statement))?"
    rf"[ ,:]*(?P<what>{QUOTED})"
)


def nth_paragraph_first_word(prompt: Prompt) -> Iterator[Demand]:
    """ "the second paragraph must start with ...", "write a story that begins with '...'"."""
    if not prompt.has_masks and "aragraph" not in prompt.text:
        return
    for found in prompt.find(_NTH_STARTS):
        if "paragraph" not in found[0].lower():
            continue
        name = found["nth"].lower()
        nth = _ORDINALS.get(name) or int(found["k"] or name[:-2])
        wording, span = prompt.wording(found.start(), found.end())
        quoted = prompt.quoted(*found.span("what"))
        yield Demand(wording, span, text=quoted[0] if quoted else prompt.text[slice(*found.span("what"))], nth=nth)
    for found in prompt.find(_START_NTH):
        name = (found["nth"] or found["nth2"]).lower()
        wording, span = prompt.wording(found.start(), found.end())
        quoted = prompt.quoted(*found.span("what"))
        text = quoted[0] if quoted else prompt.text[slice(*found.span("what"))]
        yield Demand(wording, span, text=text, nth=_ORDINALS.get(name) or int(name[:-2]))
    for found in prompt.find(_STARTS_WITH):
        start, _ = prompt.sentence(found.start())
        quoted = prompt.quoted(*found.span("what"))
        plural = re.match(r"\w+s\b", found[0]) is not None
        given = bool(re.search(r"\b(?:the|this|that|each|every)[ ]\Z", prompt.masked[start : found.start()]))
        nth = "paragraph" in found[0].lower()  # said of one paragraph, so found above
        if found[0].startswith("it"):
            given = bool(_STATES_START.match(found[0])) and not _WISHES.search(prompt.masked[start : found.start()])
        if _STARTS_OTHER.search(prompt.masked[start : found.end()]):
            continue
        if quoted and not (plural or given or nth):
            wording, span = prompt.wording(found.start(), found.end())
            yield Demand(wording, span, text=quoted[0], nth=1)


# "It starts with ..." is a hint, but for "make sure that it starts with ...".
_STATES_START = re.compile(r"it (?:starts|begins)\b")
_WISHES = re.compile(r"\b(?:sure|ensure|ensuring|so|that|where|must|should)\b")
_STARTS_OTHER = re.compile(
    r"\b(?:each|every|letter [\"']?.?¤|words? that|find|identify|list|sentences|lines|titles?|paragraphs"
    r"|continue|suggest|how)\b"
)
