"""How many items a text asks for, and how many a list in another text has."""

from __future__ import annotations

import re
from typing import NamedTuple

from synlint.analysis.number_words import NUMBER_WORDS

_WORDS = NUMBER_WORDS[2:]
NUMBERS = {word: number for number, word in enumerate(_WORDS, 2)}
_COUNT = rf"(?P<count>{'|'.join(_WORDS)}|[1-9]\d?)"
_VERB = (
    r"(?:list|name|give|provide|suggest|identify|come up with|propose|think of|state|brainstorm|recommend|mention|"
    r"find|generate|create|write|"
    r"make|describe|offer|share|produce|compile|cite|tell|write down|outline|explain|what are|what were|which are)"
)
_LISTED = (
    r"(?:(?:me|us|out|down|up)\s+)?"
    r"(?:(?:a|the)\s+(?:numbered |bulleted |short |brief |simple )?(?:list|set|names?)\s+(?:of|with)\s+)?"
)
_RANK = r"(?:(?:the|your|any|some)\s+)?(?:(?:first|top|main|key|major|last|next|biggest|largest|most \w+|best)\s+)?"
_ASK = re.compile(
    rf"(?:^|[.!?\n:]\s*|\b(?:please|can you|"
    rf"could you)\s+){_VERB}\s+{_LISTED}{_RANK}{_COUNT}(?P<noun>\s+[^.?!\n]{{1,120}}|$)",
    re.IGNORECASE,
)
# What is counted in another way: parts of a text, ranges, measures, and words that join the number to what follows.
_OTHER = re.compile(
    r"^\s*(?:-|–|to\b|or\b|and\b|%|percent|of\b|x\b|\*|[.,]\d|times?\b|(?:more|additional|other|new|or more|hundred|"
    r"thousand|million|dozen)\b)|"
    r"^(?:\W+[\w'-]+){0,4}?\W+(?:sentences?|words?|paragraphs?|lines?|bullet|bullets|letters?|characters?|"
    r"syllables?|stanzas?|verses?|pages?|"
    r"minutes?|hours?|days?|weeks?|months?|years?|digits?|pairs?|sets?|columns?|rows?|dimension\w*|numbers?|"
    r"integers?|versions?|people|"
    r"chapters?|sections?|parts?|steps?|haikus?|poems?|stories|story|essays?|variables?|equations?|points?|halves|"
    r"step|strings?|lists?)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:at least|at most|or more|or less|up to|more than|less than|fewer than|minimum|maximum|each|"
    r"every|both|per|respectively|pros and cons|advantages and disadvantages|similarities and differences|"
    r"strengths and weaknesses|"
    r"if (?:you|there|possible)|several|rank|compare|contrast|groups?|categor\w+|combin\w+|for (?:two|three|four))\b|"
    r"\d\s*(?:-|–|to|or)\s*\d|and\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b",
    re.IGNORECASE,
)


_ASKED_IN = 2000  # characters of a question that are looked at


class Asked(NamedTuple):
    """A number of items that was asked for, and the characters that say so."""

    number: int
    start: int
    end: int


def asked_count(question: str) -> Asked | None:
    """The number of items that the question asks for; None if it asks for none, for several numbers, or vaguely."""
    asked = maybe_asked(question)
    return None if asked is None or _VAGUE.search(question, 0, _ASKED_IN) else asked


def maybe_asked(question: str) -> Asked | None:
    """`asked_count` without the dearest of its checks, that nothing in the question makes the number vague."""
    found = [*_ASK.finditer(question, 0, _ASKED_IN)]
    if len(found) != 1 or _OTHER.search(found[0]["noun"]):
        return None
    match = found[0]
    word = match["count"].lower()
    number = NUMBERS.get(word) or int(word)
    return Asked(number, match.start("count"), match.end("count") + len(match["noun"].rstrip())) if number > 1 else None


class Listed(NamedTuple):
    """How many items a list has: at least and at most, and the characters from the first to the last."""

    least: int
    most: int
    start: int
    end: int
    kind: str


_NUMBERED = re.compile(r"^[ \t]{0,3}(?:\*\*)?#?(\d{1,3})[.):](?!\d)(?=\s|[A-Z\"'*])", re.MULTILINE)
_INLINE = re.compile(r"(?:(?<=\s)|^)\(?(\d{1,2})[.)](?=\s|[A-Za-z])")
_BULLET = re.compile(r"^([ \t]*)[-*•–+●▪][ \t]*(?=[^\s*-])", re.MULTILINE)
_SOME_LIST = re.compile(r"^[ \t]*(?:[-*•–+●▪]|\d{1,3}[.):])", re.MULTILINE)
_LONGEST = 100_000


def listed(answer: str) -> Listed | None:
    """The one list that an answer is: numbered, bulleted, or a line of names; None where it is not as clear as that."""
    text = answer[:_LONGEST]
    if "\n" not in text and "1" not in text:
        return _in_a_row(text)
    return _numbered(text) or _bulleted(text) or _in_a_row(text)


def _numbered(text: str) -> Listed | None:
    if "1." not in text and "1)" not in text and "1:" not in text:
        return None
    marks = [*_NUMBERED.finditer(text)]
    if len(marks) == 1 or (not marks and "\n" not in text.strip()):
        marks = [*_INLINE.finditer(text)]
    numbers = [int(mark[1]) for mark in marks]
    if len(numbers) < 2 or numbers != [*range(1, len(numbers) + 1)]:
        return None
    return Listed(len(numbers), len(numbers), marks[0].start(), _line_end(text, marks[-1].end()), "numbered")


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text.rstrip()) if end < 0 else end


def _bulleted(text: str) -> Listed | None:
    marks = [*_BULLET.finditer(text)]
    if len(marks) < 2 or _NUMBERED.search(text):
        return None
    least = min(len(mark[1]) for mark in marks)
    top = [mark for mark in marks if len(mark[1]) == least]
    start, end = top[0].start(), _line_end(text, marks[-1].end())
    lines = [line for line in text[start:end].split("\n") if line.strip()]
    if len(lines) != len(marks) or len(top) < 2:  # headings or paragraphs between the items
        return None
    return Listed(len(top), len(top), start, end, "bulleted")


_PAREN = re.compile(r"\([^()]{0,200}\)|\"[^\"\n]{0,200}\"|“[^”\n]{0,200}”")
_VERBISH = re.compile(
    r"\b(?:is|was|because|which|that|who|can|will|has|have|should|would|it|they|such as|including|include|e\.g|etc|"
    r"so|if)\b",
    re.IGNORECASE,
)

_COUNTED = re.compile(rf"\b(?:{'|'.join(_WORDS)}|\d+)\b", re.IGNORECASE)
# Names that have a comma in them: a university and its town, a town and its country, a person and a post.
_COMMA_NAME = re.compile(
    r"\b(?:University|Universit\w+|College|Institute|Jr|Sr|Inc|Ltd|USA|U\.S|UK|California|Texas|York|France|Italy|"
    r"Spain|Germany|Japan|China|India|Mexico|Canada|England|Florida|President|Minister)\b"
)


_LED_BY = re.compile(r"[^,:]{0,120}?(?:\bare|\bwere|:)\s+(?=\S)")


def _in_a_row(text: str) -> Listed | None:
    """A single line such as `Iron, copper, and tin.` or `Three metals are iron, copper and tin.`"""
    line = text.strip()
    if len(line) > 250 or "," not in line or "\n" in line or ";" in line or _SOME_LIST.match(line):
        return None
    start = text.index(line) if line else 0
    bare = _PAREN.sub(lambda match: "x" * len(match[0]), line).rstrip(".!")
    _, _, tail = bare.partition(",")
    if "." in tail or ":" in tail or any(len(part.split()) > 5 for part in tail.split(",")):
        return None
    head = _LED_BY.match(bare)
    body = bare[head.end() :] if head else bare
    if "." in body or ":" in body or "," not in body:
        return None
    parts = [part.strip() for part in body.split(",")]
    if any(not part or len(part.split()) > 5 for part in parts) or _VERBISH.search(body):
        return None
    names = sum(part[:1].isupper() for part in parts) > len(parts) / 2
    if _COUNTED.search(body) or (names and _COMMA_NAME.search(body)):
        return None
    *_, last = parts
    if any(re.match(r"an?\s", re.sub(r"^and\s+", "", part)) for part in parts[1:]) and not re.match(r"an?\s", parts[0]):
        return None  # Linux, an operating system: what follows the comma explains
    joined = re.match(r"(?:and|or|&)\s", last)
    inner = sum(len(re.findall(r"\s(?:and|or|&)\s", part)) for part in parts)
    offset = start + (head.end() if head else 0)
    return Listed(
        len(parts), len(parts) + (0 if joined and not inner else inner), offset, start + len(line), "in a row"
    )
