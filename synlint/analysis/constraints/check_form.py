"""Checkers of form: pure functions of the answer and the demand."""

from __future__ import annotations

import json
import re

from synlint.analysis.constraints import counting
from synlint.analysis.constraints.check_length import bounds_text, first_line, last_sentence, within
from synlint.analysis.constraints.counting import Count
from synlint.analysis.constraints.model import Demand, Outcome
from synlint.model import Span

LOOKED_AT = counting.LOOKED_AT


def _count_outcome(answer: str, demand: Demand, count: Count, noun: str) -> Outcome:
    kept = within(count.low, demand) or within(count.high, demand)
    many = demand.most if demand.most is not None else count.low
    clear = (count.high < (demand.least or 0) or count.low > many) and bool(answer.strip())
    return Outcome(kept, bounds_text(demand, noun), f"{count} {noun}", first_line(answer), clear)


def number_placeholders(answer: str, _question: str, demand: Demand) -> Outcome:
    """Texts in square brackets; braces and angle brackets count if that helps."""
    return _count_outcome(answer, demand, counting.placeholders(answer), "placeholders")


def number_highlighted_sections(answer: str, _question: str, demand: Demand) -> Outcome:
    """Stretches between asterisks, underscores or tags; any of them counts."""
    found = counting.highlights(answer)
    return _count_outcome(answer, demand, Count(found, found), "highlighted sections")


def multiple_sections(answer: str, _question: str, demand: Demand) -> Outcome:
    """Lines that begin with the section's marker and a number or letter."""
    marker = re.escape(demand.text)
    pattern = re.compile(rf"^[ \t#*_>\"“]*+{marker}[ \t]*[\w(]", re.IGNORECASE | re.MULTILINE)
    low = len(pattern.findall(answer[:LOOKED_AT]))
    high = len(re.findall(rf"\b{marker}[ \t]*[\w(]", answer[:LOOKED_AT], re.IGNORECASE))
    return _count_outcome(answer, demand, Count(min(low, high), max(low, high)), f"{demand.text!r} marks")


_MARKERS = {"P.S.": r"p\.?\s?s\b|post ?script", "P.P.S": r"p\.?\s?p\.?\s?s\b"}


def postscript(answer: str, _question: str, demand: Demand) -> Outcome:
    """The marker stands somewhere, at the beginning of a line or sentence or not."""
    found = re.search(rf"(?<!\w)(?:{_MARKERS[demand.text]})", answer[-LOOKED_AT:], re.IGNORECASE)
    asked = f"a postscript ({demand.text})"
    return Outcome(
        found is not None,
        asked,
        repr(found[0]) if found else "no postscript",
        last_sentence(answer),
        bool(answer.strip()),
    )


_TITLE = re.compile(r"<<[^<>\n]+>>")


def title(answer: str, _question: str, _demand: Demand) -> Outcome:
    """A text between << and >>."""
    found = _TITLE.search(answer[:LOOKED_AT])
    return Outcome(
        found is not None,
        "a title as <<title>>",
        found[0][:40] if found else "no title",
        first_line(answer),
        bool(answer.strip()),
    )


_FENCED = re.compile(r"```[\w-]*\s*\n?(.*?)```", re.DOTALL)


def json_format(answer: str, _question: str, _demand: Demand) -> Outcome:
    """The answer, a fenced block of it, or what lies between its first and last bracket is JSON."""
    text = answer.strip()
    candidates = [text, *(block for block in _FENCED.findall(text[:LOOKED_AT]))]
    starts = [at for at in (text.find("{"), text.find("[")) if at >= 0]
    if starts:
        first = min(starts)
        candidates.append(text[first : max(text.rfind("}"), text.rfind("]")) + 1])
    if any(_is_json(candidate) for candidate in candidates):
        return Outcome(True, "JSON", "JSON", first_line(answer))
    found = "text that does not parse" if starts else "no JSON"
    return Outcome(False, "JSON", found, first_line(answer), bool(text) and not _EXCUSED.search(text[:LOOKED_AT]))


# Cut for show, or a program that makes the JSON.
_EXCUSED = re.compile(r"\.\.\.|…|json\.dumps|JSON\.stringify|\bimport json\b|to_json")


def _is_json(text: str) -> bool:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return _are_several(text)
    return True


def _are_several(text: str) -> bool:
    """JSON values one after the other, as in JSON lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not 2 <= len(lines) <= 200 or not all(line.lstrip()[:1] in "{[" for line in lines):
        return False
    try:
        for line in lines:
            json.loads(line.strip().rstrip(","), strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def two_responses(answer: str, _question: str, demand: Demand) -> Outcome:
    """Exactly two different parts on the two sides of ******."""
    found = counting.parts(answer, demand.text)
    kept = len(found) == 2 and found[0] != found[1]
    what = "two equal parts" if len(found) == 2 else f"{len(found)} parts"
    return Outcome(kept, "two different responses, parted by ******", what, first_line(answer), bool(answer.strip()))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text[:LOOKED_AT].casefold()))


def repeat_prompt(answer: str, _question: str, demand: Demand) -> Outcome:
    """The request's words stand at the beginning of the answer; in it at all, the breach is not clear."""
    said, asked = _plain(answer[: 4 * len(demand.text) + 1000]), _plain(demand.text)
    kept = said.startswith(asked)
    shown = answer.strip()[:40]
    start = answer.find(shown)
    return Outcome(kept, "the request repeated first", repr(shown), Span(start, start + len(shown)), asked not in said)


def constrained_response(answer: str, _question: str, demand: Demand) -> Outcome:
    """One of the options stands in the answer."""
    said = f" {_plain(answer)} "
    kept = any(f" {_plain(option)} " in said for option in demand.words)
    asked = "one of " + ", ".join(repr(option) for option in demand.words)
    return Outcome(kept, asked, repr(answer.strip()[:40]), first_line(answer), bool(answer.strip()))


def end_checker(answer: str, _question: str, demand: Demand) -> Outcome:
    """The answer's last words are the phrase, whatever the punctuation and the quotation marks."""
    said, asked = _plain(answer[-2 * len(demand.text) - 200 :]), _plain(demand.text)
    kept = said.endswith(asked)
    shown = answer.rstrip()[-40:]
    start = len(answer.rstrip()) - len(shown)
    return Outcome(
        kept,
        f"the end {demand.text!r}",
        f"the end {shown!r}",
        Span(start, start + len(shown)),
        bool(asked) and bool(said),
    )


_MARKS = "\"“”„«»'‘’"


def quotation(answer: str, _question: str, demand: Demand) -> Outcome:
    """The answer begins and ends with a quotation mark, a double one if that was asked for."""
    text = answer.strip()
    marks = _MARKS[:-3] if "double" in demand.wording.lower() else _MARKS
    kept = len(text) > 1 and text[0] in marks and text.rstrip(".")[-1:] in marks
    return Outcome(
        kept, "wrapped in quotation marks", f"{text[:10]!r} ... {text[-10:]!r}", first_line(answer), bool(text)
    )
