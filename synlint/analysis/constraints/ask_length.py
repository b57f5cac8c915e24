"""Recognisers of demands about length: words, sentences, paragraphs, bullet points, and a paragraph's first words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from synlint.analysis.constraints.model import Demand, Strictness
from synlint.analysis.constraints.prompt import MASK, NUMBER, Prompt, number_of

# What stands between a number and its unit: "5 short sentences", "3 complete sentences".
_ADJECTIVE = (
    r"(?:(?:short|brief|complete|full|concise|simple|long|different|well-written|clear|very|coherent|new|original|single|markdown)"
    r"[ ,]+){0,3}"
)
_PRODUCE = (
    r"(?:re)?(?:write|writing|compose|create|generate|produce|draft|craft|tell|give|provide|make|develop|construct"
    r"|formulate|design|prepare|build|form|invent|add|need|want|outline|brainstorm|come up with|put together|author|output)"
)
_TEXTS = (
    r"(?:essay|article|story|stories|summary|paragraph|description|review|blog|post|speech|letter|email|e-mail|poem"
    r"|report|bio|biography|response|answer|explanation|overview|introduction|conclusion|paper|text|passage|narrative"
    r"|piece|resume|proposal|advertisement|ad|advert|note|message|dialogue|monologue|statement|pitch|slogan|tagline"
    r"|headline|definition|script|synopsis|abstract|caption|tweet|anecdote|reflection|journal|diary|opinion|editorial"
    r"|riddle|fable|tale|plot|outline|rubric|conversation|critique|analysis|argument|quote|sentence|phrase|joke|haiku)"
)
# Before a quantity: the number is of something else than the whole answer.
_PER_ITEM = re.compile(
    r"\b(?:each|every|per|apiece|first|last|next|these|those|the|both|following|given|above|of the|chapters?|how many"
    r"|find|identify|count|name|list|choose|pick|select|combine|merge|join|compare|pair|least common|read)"
    rf"(?:[ ]+of)?[ ]+{_ADJECTIVE}\Z",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:each|every|apiece|respectively|per|minutes?|seconds?|hours?|(?:sentences|paragraphs|items|points|words|lines"
    r"|titles|headlines|stories|poems|slogans|questions|phrases|descriptions|examples|summaries|sections|names|ideas"
    r"|tweets|definitions|responses|answers|reviews|tips|facts|reasons|steps) (?:that|which|with|of|in|using|containing"
    r"|under|less|no more|at least|at most|between|up to|between))\b",
    re.IGNORECASE,
)
# The text is about such texts, or a plan for one, rather than to be one.
_ABOUT = re.compile(
    r"\b(?:how to|(?:plan|tips?|ways?|steps?|methods?|advice|prompts?|instructions?|task|guide|strategy|outline|timeline"
    r"|process|program|function|code|idea|title|topic|question|schedule)\b[^.?!\n]{0,40}\b(?:to|for|that|of|where)\b|structure of"
    r"|how many|how long|components? of|what is|what are|is it|difference between|if (?:a|the|an))\b",
    re.IGNORECASE,
)
_OBJECT_VERB = re.compile(
    r"^\W*(?:please |now |then )?(?:find|identify|count|correct|compare|underline|delete|remove|replace|insert|check|fix|select|choose"
    r"|how|what|which|where|when|who|rank|sort|match|spot|determine|calculate|classify|is|are|does|do|did|can a|highlight)\b",
    re.IGNORECASE,
)
_AT_MOST = (
    r"at most|no more than|not more than|no longer than|not longer than|not exceed(?:ing)?|not to exceed|up to|a maximum of"
    r"|maximum of|max(?:imum)?|within|not over|limited to|limit(?:ed)?(?: it| them| your \w+| the \w+)? to|no greater than|under or equal to"
)
_BELOW = r"(?:less|fewer|shorter) than|under|below"
_AT_LEAST = r"at least|no (?:fewer|less) than|not less than|a minimum of|minimum of|minimum|min|not fewer than"
_ABOVE = r"more than|over|longer than|greater than|above"
_EXACT = r"exactly|precisely|only|just|strictly"
_ROUGHLY = r"about|around|approximately|approx\.?|roughly|nearly|almost|some|~|circa|or so"


@cache
def quantity(unit: str) -> re.Pattern[str]:
    """A number, with what bounds it before and after, of the things that `unit` (a pattern) matches."""
    before = (
        rf"(?:(?P<most>{_AT_MOST})|(?P<below>{_BELOW})|(?P<least>{_AT_LEAST})|(?P<above>{_ABOVE})|(?P<exact>{_EXACT})"
        rf"|(?P<roughly>{_ROUGHLY}))"
    )
    after = rf"(?P<or>\+|[ -](?:or|and) (?:(?P<fewer>less|fewer|under|below)|(?P<more>more|above|over)))"
    return re.compile(
        rf"(?:\b(?P<between>between )|\b{before} ?)?(?<![\w.$£€-])(?P<n>{NUMBER})(?:\s?(?:-|–|—|to|or|and)\s?(?P<m>{NUMBER}))?"
        rf"(?:{after})?[ -]{{0,2}}{_ADJECTIVE}(?P<unit>{unit})(?![\w'’])"
        rf"(?P<long>[ -]long\b| in length\b)?"
        rf"(?:,? \(?(?:or (?:(?P<fewer2>less|fewer|under)|(?P<more2>more|longer))|(?P<max2>max(?:imum)?|at most|limit)"
        rf"|(?P<min2>minimum|at least)|(?P<roughly2>or so))\b)?",
        re.IGNORECASE,
    )


def bounds(found: re.Match[str]) -> tuple[int | None, int | None, Strictness] | None:
    """Least, most, and how literally they are meant, of a match of `quantity`; None if they make no sense."""
    number = number_of(found["n"])
    group = found.groupdict()
    if group["m"]:
        second = number_of(group["m"])
        return (number, second, "plain") if 0 < number < second and not group["most"] else None
    if number == 0 or group["between"]:
        return None
    if group["below"]:
        return None, number - 1, "limit"
    if group["above"]:
        return number + 1, None, "limit"
    if group["most"] or group["fewer"] or group["fewer2"] or group["max2"]:
        return None, number, "limit"
    if group["least"] or group["more"] or group["more2"] or group["min2"] or group["or"] == "+":
        return number, None, "limit"
    if group["roughly"] or group["roughly2"]:
        return number, number, "about"
    return number, number, "exact" if group["exact"] else "plain"


def is_bounded(found: re.Match[str]) -> bool:
    """Whether words like "at least" or "or less" stand with the number, so that it is surely a demand."""
    named = ("most", "below", "least", "above", "exact", "fewer", "more", "fewer2", "more2", "max2", "min2")
    return any(found[name] for name in named)


_FRAME_BEFORE = re.compile(
    r"(?:\b(?:in|into|to|using|with|within|as|of|be|contain|contains|containing|have|has|having|is|are|use|include|write"
    r"|answer in|be in|consisting of|made up of|long|length|up|for)[ :]+(?:a |an |the |your |length of )?"
    rf"|[(,:] ?|\b{_PRODUCE}(?: me| us)?(?: an?| the| your)? ?)\Z",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    rf"[ ,]+(?:[\w'’-]+[ ,]+){{0,3}}?{_TEXTS}\b",
    re.IGNORECASE,
)
_PRODUCED = re.compile(rf"(?:^|[.!?;:\n,]\s*|\b(?:and|then|please|you|to|also|I|us) +){_PRODUCE}(?: me| us)?(?: an?| the| your)? (?:[\w'’-]+ ){{0,2}}\Z", re.IGNORECASE)


def lengths(prompt: Prompt, unit: str, plural: str) -> Iterator[Demand]:
    """Demands on how many units the answer has; `plural` is the pattern of the unit that can stand by itself."""
    if prompt.is_code:
        return
    for found in prompt.find(quantity(unit)):
        limits = bounds(found)
        if limits is None or not _is_demand(prompt, found, plural):
            continue
        wording, span = prompt.wording(found.start(), found.end())
        yield Demand(wording, span, *limits)


def _is_demand(prompt: Prompt, found: re.Match[str], plural: str) -> bool:
    text = prompt.masked
    start, end = prompt.sentence(found.start())
    before, after = text[start : found.start()], text[found.end() : end]
    if _PER_ITEM.search(before[-60:]) or _EACH.search(before[-60:]) or _EACH.search(after[:25]):
        return False
    if _ABOUT.search(before[-120:]) or _OBJECT_VERB.search(before[:40] or "-"):
        return False
    singular = re.fullmatch(plural, found["unit"], re.IGNORECASE) is None or text[found.start("unit") - 1] == "-"
    if singular and number_of(found["n"]) != 1 or found.end("unit") < len(text) and text[found.end("unit")] == "-":
        # "a 500-word essay", "a three sentence summary"
        return _NOUN_AFTER.match(after[:60]) is not None and _PRODUCED.search(before[-60:]) is not None
    if is_bounded(found):
        return True
    if singular and _NOUN_AFTER.match(after[:40]):  # "a one sentence summary"
        return _PRODUCED.search(before[-60:]) is not None
    return _FRAME_BEFORE.search(before[-30:]) is not None or found["roughly"] is not None


_SAID_SO = r"(?:the |your )?(?:{nth})[ ]paragraph(?: of [\w ]{{1,30}})?"


def number_words(prompt: Prompt) -> Iterator[Demand]:
    """"in 50 words or less", "at least 400 words", "a 500-word essay"."""
    text = prompt.masked
    for demand in lengths(prompt, r"words?", r"words"):
        after = text[demand.span.end : demand.span.end + 40]
        before = text[max(demand.span.start - 40, 0) : demand.span.start]
        if _OF_SOMETHING.match(after) or _CAPITALISED.search(before + after) or _TIMES.match(after):
            continue
        if (demand.most or 9) < 4 and demand.strictness == "plain" and demand.least:
            continue  # "with two words": more often words to use than a length
        yield demand


_OF_SOMETHING = re.compile(
    r"[ ]*(?:that|which|from|related|describing|with|starting|beginning|ending|to describe|such as|like|:|in (?:all )?capital"
    r"|in (?:all )?(?:caps|upper|lower)|combination|pair|rhym|containing|are|were|using the letters|mean|whose|you)",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b(?:capital|caps|uppercase)\b", re.IGNORECASE)
_TIMES = re.compile(r"[ ]*times\b", re.IGNORECASE)


def number_sentences(prompt: Prompt) -> Iterator[Demand]:
    """"in three sentences", "fewer than 6 sentences", "a two-sentence summary"."""
    yield from lengths(prompt, r"sentences?", r"sentences")


def number_paragraphs(prompt: Prompt) -> Iterator[Demand]:
    """"in two paragraphs", "exactly 4 paragraphs, separated by ***", "3 parts separated by ***"."""
    divider = _DIVIDER.search(prompt.masked)
    if divider is not None:
        for found in prompt.find(quantity(r"(?:paragraphs?|sections?|parts?)")):
            limits = bounds(found)
            if limits is not None and abs(found.start() - divider.start()) < 300:
                wording, span = prompt.wording(found.start(), found.end())
                yield Demand(wording, span, limits[0], limits[1], limits[2], text="***")
                return
    for demand in lengths(prompt, r"paragraphs?", r"paragraphs"):
        yield demand


_DIVIDER = re.compile(r"(?<!\*)\*\*\*(?!\*)|(?<!\w)(?:3|three) asterisks\b")


def number_bullet_lists(prompt: Prompt) -> Iterator[Demand]:
    """"exactly 4 bullet points", "in bullet points", "as a bulleted list"."""
    if prompt.is_code:
        return
    counted = False
    for found in prompt.find(quantity(r"(?:bullet(?:ed)?[ -]?(?:point(?:ed)?)?s?(?: points?)?)")):
        limits = bounds(found)
        start, end = prompt.sentence(found.start())
        before, after = prompt.masked[start : found.start()], prompt.masked[found.end() : end]
        if limits is None or _PER_ITEM.search(before[-60:]) or _EACH.search(before[-12:] + "|" + after[:25]):
            continue
        counted = True
        wording, span = prompt.wording(found.start(), found.end())
        yield Demand(wording, span, *limits)
    if counted:
        return
    for found in prompt.find(_IN_BULLETS):
        wording, span = prompt.wording(found.start(), found.end())
        yield Demand(wording, span, least=1)
        return


_IN_BULLETS = re.compile(
    r"\b(?:in|into|using|use|as|with)(?: an?| the)?(?: short| list of| form of| format of)? bullet(?:ed)?[ -]?(?:points?|list|form|format)\b",
    re.IGNORECASE,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": -1, "final": -1}
_STARTS = r"(?:must |should |has to |needs to |will |to |can )?(?:start|begin)s?(?:ning|ing)? ?(?:off )?(?:with|by)"
_NTH_STARTS = re.compile(
    rf"\b(?P<nth>{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th)|paragraph (?P<k>\d+))(?: paragraph)?\b[^.?!\n]{{0,40}}?\b{_STARTS}"
    rf"(?: the)?(?: words?| phrase| sentence)?[ ,:]*(?P<what>[\"'“‘]{MASK}+[\"'”’]|\w+)",
    re.IGNORECASE,
)
_STARTS_WITH = re.compile(
    rf"\b(?:story|poem|paragraph|answer|response|essay|sentence|letter|article|song|post|it|email|narrative|question|speech|dialogue|"
    rf"tale|reply)s?\b(?: that| which| and)? ?{_STARTS}(?: the)?(?: (?:following )?(?:words?|phrase|sentence|line|opening|statement))?"
    rf"[ ,:]*(?P<what>[\"'“‘]{MASK}+[\"'”’])",
    re.IGNORECASE,
)


def nth_paragraph_first_word(prompt: Prompt) -> Iterator[Demand]:
    """"the second paragraph must start with ...", "write a story that begins with '...'"."""
    for found in prompt.find(_NTH_STARTS):
        if "paragraph" not in found[0].lower():
            continue
        name = found["nth"].lower()
        nth = _ORDINALS.get(name) or int(found["k"] or name[:-2])
        wording, span = prompt.wording(found.start(), found.end())
        quoted = prompt.quoted(*found.span("what"))
        yield Demand(wording, span, text=quoted[0] if quoted else prompt.text[slice(*found.span("what"))], nth=nth)
    for found in prompt.find(_STARTS_WITH):
        start, _ = prompt.sentence(found.start())
        quoted = prompt.quoted(*found.span("what"))
        plural = re.match(r"\w+s\b", found[0]) is not None
        if quoted and not plural and not _STARTS_OTHER.search(prompt.masked[start : found.end()]):
            wording, span = prompt.wording(found.start(), found.end())
            yield Demand(wording, span, text=quoted[0], nth=1)


_STARTS_OTHER = re.compile(
    r"\b(?:each|every|letter [\"'“‘]?.?¤|words? that|find|identify|list|sentences|lines|titles?|paragraphs|continue|suggest|how)\b",
    re.IGNORECASE,
)
