"""Checkers of length: pure functions of the answer and the demand."""

from __future__ import annotations

import re

from synlint.analysis.constraints import counting
from synlint.analysis.constraints.counting import Count
from synlint.analysis.constraints.model import Demand, Outcome
from synlint.model import Span

# How far a count may be off its bound, as a share of the bound, before the breach is clear. People who write "in 100
# words" mean a length; those who write "at most" mean a limit, and still count hyphenated words in different ways.
_OFF = {"exact": 0.0, "limit": 0.1, "plain": 0.25, "about": 0.4, "summary": 0.25}
_SHORT_OFF = {**_OFF, "limit": 0.05, "summary": 0.5}  # the same below a lower bound
_FREE = {"exact": 0, "limit": 1, "plain": 2, "about": 3, "summary": 2}  # words that are never a clear breach
_SMALL = 12  # up to so many sentences, paragraphs or points, "in five sentences" is taken at its word


_SHOWN = 200  # characters
_TITLE = 100  # characters of a line that may be a title
_DIVIDED = re.compile(
    r"(?i)\\n|\b(?:double|two|blank|empty) (?:new ?|line ?)?(?:lines?|breaks?)\b|\bdivider\b|\*\*\*|---"
)
_LINE = re.compile(rf"\S[^\n]{{0,{_SHOWN - 1}}}")
_ENDED = re.compile(r"[.!?。！？][\"'”’)\]*_]*\s+|\n")


def first_line(answer: str) -> Span:
    """The first line that is not blank, at most 200 characters of it: where something is missing."""
    line = _LINE.search(answer)
    return Span(line.start(), line.start() + len(line[0].rstrip())) if line else Span(0, len(answer))


def last_sentence(answer: str) -> Span:
    """The last sentence, at most 200 characters of it: where there is too little, or too much."""
    end = len(answer.rstrip())
    start = max(end - _SHOWN, 0)
    for stop in _ENDED.finditer(answer, start, end):
        start = stop.end()
    return Span(start, end) if start < end else first_line(answer)


def counted(count: Count | int, noun: str) -> str:
    """A count with its noun, which is given in the plural: "1 sentence", "2 to 3 sentences, however counted"."""
    noun += ", however counted" * (isinstance(count, Count) and count.low != count.high)
    return f"{count} {noun.removesuffix('s') if str(count) == '1' else noun}"


def bounds_text(demand: Demand, noun: str) -> str:
    """The bounds in words: "at least 3 sentences"."""
    least, most = demand.least, demand.most
    about = "about " if demand.strictness == "about" else ""
    if least is not None and most is not None:
        return about + counted(least, noun) if least == most else f"{least} to {most} {noun}"
    return f"at least {counted(least, noun)}" if least is not None else f"at most {counted(most or 0, noun)}"


def within(count: int, demand: Demand) -> bool:
    """Whether a count is within the demand's bounds, to the letter."""
    return (demand.least or 0) <= count and (demand.most is None or count <= demand.most)


def _is_clear(count: Count, demand: Demand, off: float) -> bool:
    """Whether by every way of counting, and beyond the tolerance, the bounds are broken."""
    too_few = demand.least is not None and count.high < demand.least - demand.least * off
    too_many = demand.most is not None and count.low > demand.most + demand.most * off
    return too_few or too_many


_PHRASE = 30  # words: a phrase as short as this may stand quoted, or after a colon, in an answer that is longer
_ITEM = 4  # words: "keywords in 5 words" may be five terms, and "the sea is vast, deep and cold" describes it in three
_COMMAS = re.compile(r"[,;\n]+")
_PARTS = re.compile(r"(?<=[\"“])[^\"“”\n]{1,300}(?=[\"”])|(?<=: )[^\n]{1,300}|(?<=:\n)[^\n]{1,300}")


def number_words(answer: str, _question: str, demand: Demand) -> Outcome:
    """Words are runs of non-space characters with a letter or digit; scripts without spaces are not judged."""
    low = counting.fewest_words(answer)
    too_many = _is_too_long(low, demand)
    clear = bool(answer.strip()) and (too_many or _is_too_short(answer, low, demand))
    kept = within(low, demand) or counting.without_spaces(answer)
    if clear and (demand.most or demand.least or 0) <= _PHRASE:
        clear = not _is_kept_by_part(answer, demand)
    span = Span(0, 0) if kept or not clear else last_sentence(answer)
    if clear and too_many:
        span = Span(counting.end_of_word(answer, demand.most or 0), len(answer.rstrip()))
    return Outcome(kept, bounds_text(demand, "words"), counted(low, "words"), span, clear)


def _is_too_long(low: int, demand: Demand) -> bool:
    most, by = demand.most, demand.strictness
    return most is not None and low > most + max(most * _OFF[by], _FREE[by])


def _is_too_short(answer: str, low: int, demand: Demand) -> bool:
    if demand.least is None:
        return False
    enough = demand.least - max(demand.least * _SHORT_OFF[demand.strictness], _FREE[demand.strictness])
    return low < enough and counting.words(answer).high < enough


def _is_kept_by_part(answer: str, demand: Demand) -> bool:
    """Whether a phrase of the answer, or the number of items between its commas, is as long as was asked for."""
    if any(within(counting.fewest_words(part), demand) for part in _PARTS.findall(answer[:1000])):
        return True
    items = [item.split() for item in _COMMAS.split(answer[:1000]) if item.strip()]
    return len(items) > 2 and all(len(item) <= _ITEM for item in items) and within(len(items), demand)


def number_sentences(answer: str, _question: str, demand: Demand) -> Outcome:
    """Sentences end at a terminator; list items and lines without one are fair to count as sentences as well."""
    count = counting.sentences(answer)
    if demand.most is not None and count.low > demand.most:  # one item may be one sentence, whatever its inner stops
        count = Count(min(count.low, counting.list_items(answer) or count.low), count.high)
    kept = within(count.low, demand) or within(count.high, demand)
    clear = _is_clear(count, demand, _slack(demand))
    span = Span(0, 0) if kept or not clear else last_sentence(answer)
    return Outcome(kept, bounds_text(demand, "sentences"), counted(count, "sentences"), span, clear)


def _slack(demand: Demand) -> float:
    small = (demand.most or demand.least or 0) <= _SMALL
    if demand.strictness == "about":
        return 0.35
    return 0.0 if demand.strictness != "plain" or small else 0.2


def number_paragraphs(answer: str, _question: str, demand: Demand) -> Outcome:
    """Paragraphs are parted by blank lines, or by the divider that the question names."""
    if demand.text == "\n\n":
        count = counting.blocks(answer)
    elif demand.text:
        found = len(counting.parts(answer, demand.text))
        count = Count(found, found)
    else:
        count = counting.paragraphs(answer)
    kept = within(count.low, demand) or within(count.high, demand)
    noun, by = ("parts", f" divided by {demand.text}") if demand.text.strip() else ("paragraphs", "")
    clear = _is_clear(count, demand, _slack(demand))
    return Outcome(kept, bounds_text(demand, noun) + by, counted(count, noun) + by, last_sentence(answer), clear)


def number_bullet_lists(answer: str, _question: str, demand: Demand) -> Outcome:
    """Bullet points are lines that begin with a bullet, else numbered items, else lines."""
    counts = counting.bullets(answer)
    kept = any(within(count, demand) for count in counts)
    found = (
        " or ".join(counted(count, "bullet points") for count in sorted(counts)) if any(counts) else "no bullet points"
    )
    asked = bounds_text(demand, "bullet points")
    return Outcome(kept, asked, found, last_sentence(answer), bool(answer.strip()))


def nth_paragraph_first_word(answer: str, question: str, demand: Demand) -> Outcome:
    """The paragraph's first words, without case, quotation marks and markup. Paragraphs are blocks, else lines."""
    text = answer[: counting.LOOKED_AT]
    blocks = [block for block in re.split(r"\n[ \t\r]*\n\s*", text.strip()) if block.strip()]
    lines = [line for line in text.split("\n") if line.strip()]
    at = demand.nth - 1 if demand.nth > 0 else demand.nth
    openings = [some[at] for some in (blocks, lines) if -len(some) <= at < len(some)]
    asked = f"{'paragraph ' + str(demand.nth) if demand.nth > 0 else 'the last paragraph'} begins {demand.text!r}"
    # A title may stand before, unless the question says that all that blank lines part is a paragraph.
    titled = bool(blocks) and _is_title(blocks[0]) and not _DIVIDED.search(question)
    if demand.nth == 1 or (demand.nth > 1 and titled):
        openings += lines[at + 1 : at + 2] + blocks[at + 1 : at + 2]
    kept = any(_plain(opening).startswith(_plain(demand.text)) for opening in openings)
    found = openings[0].strip().split("\n", 1)[0][:40].rstrip() if openings else ""
    start = answer.find(found)
    return Outcome(
        kept,
        asked,
        repr(found) if found else "no such paragraph",
        Span(start, start + len(found)),
        bool(_plain(demand.text)),
    )


def _is_title(block: str) -> bool:
    """Whether a block may be the title of what follows: one short line that is no sentence."""
    return (
        "\n" not in block and len(block) <= _TITLE and not block.rstrip("\"'”’*_ ").endswith((".", "!", "?", ",", ";"))
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text[:2000].replace("’", "'").casefold()))
