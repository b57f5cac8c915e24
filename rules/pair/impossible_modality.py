"""The row needs eyes, ears or hands: a picture that is words in brackets, a web search, a chart as an answer.

A text model cannot see, hear, draw or browse, so what the answer says of it is made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from synlint.analysis.material import (
    MEDIA_NOUNS,
    TOOL_CALL,
    declines,
    is_blank,
    missing_reference,
    reference_pattern,
    stand_in,
)
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR011",
    name="impossible-modality",
    summary="task needs sight, sound or the web, which text has not",
    message="{evidence}",
    description=(
        'The context is words in brackets instead of a picture, sound or file ("[Photo of a bridge]"); or the question '
        'is about "the attached photo" and nothing is attached, or asks to search the web for what is only there or '
        "changes with the day: articles, reviews, prices, what is near; or the answer is words in brackets or an "
        "invented picture link where a drawing, chart or sound was asked for. A web search for what a model may know "
        "(a definition, a fact of geography), answers that say what cannot be done, drawings as text (ASCII, SVG, "
        "Mermaid, code), tasks about HTML or Markdown, and rows that offer a tool are not meant. Pictures that are "
        "given as a link: link-without-content."
    ),
    rationale=(
        "The answer describes what nobody saw, or hands over a file that does not exist. A model trained on such rows "
        "learns to claim abilities that it does not have."
    ),
    severity="warning",
    confidence="high",
    fields=("context", "question", "answer"),
    languages=("en",),
    examples_match=(
        Example(
            fields={
                "question": "Which colours do you see?",
                "context": "[Photo of a red barn]",
                "answer": "The barn is red.",
            },
            span=Span(0, 21),
        ),
        Example(
            fields={
                "question": "Describe the attached photo in one sentence.",
                "context": "",
                "answer": "Two children play by a lake.",
            },
            span=Span(9, 27),
        ),
        Example(fields={"question": "Make a bar chart of the sales.", "answer": "[Bar chart of the sales]"}),
        Example(
            fields={
                "question": "Draw a logo for a bakery.",
                "answer": "![Bakery logo](https://img.example.org/logo-123.png)",
            }
        ),
        Example(
            fields={
                "question": "Search the web for the best rated bakery in Lyon.",
                "context": "",
                "answer": "It is Chez Luc.",
            }
        ),
    ),
    examples_no_match=(
        Example(
            fields={
                "question": "Describe the attached photo.",
                "context": "",
                "answer": "I can't see a photo. Please describe it to me.",
            }
        ),
        Example(fields={"question": "Draw a cat as ASCII art.", "answer": "( o.o )"}),
        Example(fields={"question": "Which conclusion can you draw from this?", "answer": "That it will rain."}),
        Example(
            fields={
                "question": "Write Markdown for an image.",
                "answer": "![alt text](https://example.org/a.png)",
            },
            note="the markup is the answer",
        ),
        Example(
            fields={"question": "Edit my film review.", "answer": "The plot is thin.\n![x.png](attachment:x.png)"},
            note="words were asked for",
        ),
        Example(
            fields={
                "question": "Which mood do the lyrics create?",
                "context": "(Lyrics to a song)",
                "answer": "A sad one.",
            },
            note="words in brackets for words: placeholder-context",
        ),
        Example(fields={"question": "Name a painting by Monet.", "answer": "Water Lilies"}),
        Example(fields={"question": "How do search engines search the web?", "answer": "They follow links."}),
        Example(
            fields={"question": "Search the web and define the word fjord.", "answer": "A long inlet of the sea."},
            note="nobody needs the web for it",
        ),
        Example(fields={"question": "Which tag shows a photo?", "answer": "<img src='a.png'>"}),
    ),
    references=(
        (
            "AlpacaDataCleaned: instructions that a text model cannot follow",
            "https://github.com/gururise/AlpacaDataCleaned",
        ),
    ),
)
_MEDIA = (
    *("picture", "photo", "image", "drawing", "painting", "sketch", "screenshot", "cartoon", "figure", "diagram"),
    *("chart", "illustration", "art", "audio", "video", "recording", "clip", "podcast", "comic", "meme", "graph"),
    *("map", "logo", "flag", "music", "song", "poster", "visual", "link", "document", "file", "sound", "rendering"),
    *("collage", "melody"),
)
KEYWORDS = {
    "context": (
        *(f"{mark}{noun}" for noun in ("photo", "image", "picture") for mark in "[<("),
        *(f"{noun}{mark}" for noun in _MEDIA for mark in "]>)"),
        *("[figure", "photo of", "photos of", "picture of", "image of", "image from", "image include", "audio of"),
        "video of",
    ),
    "question": (
        *("search the", "search online", "browse the", "photo", "image", "painting", "picture", "drawing", "cartoon"),
        *("figure", "video", "logo", "chart", "diagram", "recording", "screenshot", "comic"),
    ),
    "answer": (
        *("![", "<img", "<image", "<audio", "<video", "[insert", "<insert", "[image", "[picture", "[photo", "[graph"),
        *("[flow", "chart]", "image]", "logo>", "drawing>", "audio>", "included)", "image)", "[a ", "[an ", "<a "),
        *("<graph", "[screenshot", "[meme", "[visual", "<data ", "design>", "design]"),
    ),
}
_REFERENCE = reference_pattern(MEDIA_NOUNS)
_SEARCH = re.compile(
    r"\A\W*(?:please |can you |could you |use google to |go online and )?((?:perform an? (?:\w+ )?)?(?:search|browse"
    r"|look up)"
    r" (?:on |through )?(?:the (?:web|internet|net)|online|google)\b)",
    re.IGNORECASE,
)
# What is only on the web, or changes with the day; a definition or a fact of long standing is neither.
_ON_THE_WEB = re.compile(
    r"\b(?:articles?|news|headlines?|blogs?|posts?|tutorials?|reviews?|ratings?|(?:top|best|highest)[ -]rated"
    r"|web ?sites?|web ?pages?|urls?|links?|sources?|videos?|images?|pictures?|photos?|quot(?:es?|ations?)"
    r"|near(?:est|by)?|closest|restaurants?|hotels?|shops?|stores?|prices?|cheap(?:est)?|deals?|offers?|jobs?"
    r"|licen[cs]es?|events?|weather|forecast|stocks?|tickets?|flights?|products?|cameras?|phones?|laptops?"
    r"|trend\w*|current\w*|latest|recent\w*|today\w*|this (?:week|month|year)|estimated|statistics|survey\w*"
    r"|examples? of an?)\b",
    re.IGNORECASE,
)
_TOOL = re.compile(rf"{TOOL_CALL}|\btools?\b|\bplug-?ins?\b", re.IGNORECASE)
_MARKUP_TASK = re.compile(
    r"\b(?:html|markdown|mark-?up|web ?pages?|web ?sites?|readme|tags?|urls?|links?|css|latex|bbcode|embed|code|snippet"
    r"|templates?|react|component|github|blog|ascii|svg|mermaid|unicode|text-based)\b",
    re.IGNORECASE,
)
# "edit a movie review", "write the script of a video" ask for words.
_OF_WORDS = re.compile(
    r"\b(?:movie|film|video) (?:reviews?|summar(?:y|ies)|scripts?)\b"
    r"|\b(?:reviews?|summar(?:y|ies)|scripts?) (?:of|for|about) (?:\w+ ){0,2}(?:movie|film|video)\b",
    re.IGNORECASE,
)
_FAKE_PICTURE = re.compile(
    r"!\[[^\]\n]{0,200}\]\(\s*([^)\s]{1,500})[^)\n]{0,100}\)|\A\s*<(?:img|audio"
    r"|video)\b[^>\n]{1,300}>\s*(?:</\w+>)?\s*\Z"
)
_MAKES = re.compile(
    r"\b(?:draw\w*|sketch\w*|paint\w*|design\w*|creat\w*|mak\w*|generat\w*|produc\w*|compos\w*|construct\w*|build\w*"
    r"|visuali[sz]\w*"
    r"|illustrat\w*|plot\w*|show\w*|present\w*|provide\w*|post\w*|render\w*|recreate\w*|redesign\w*|edit\w*|crop\w*"
    r"|convert\w*|transform\w*"
    r"|take|play\w*|record\w*|add\w*|color\w*|colour\w*|select\w*|come up|give|develop\w*|depict\w*|turn)\b",
    re.IGNORECASE,
)


_STANDS_IN = "stands where the material itself should be"
_MISSING = "is asked about, and nothing is attached"
_OF_THE_WEB = "is what the task says, and text alone cannot do that"
_NOT_MADE = "stands where what was asked for should be"


def look(batch: pl.DataFrame, p: None) -> Sequence[Hit]:
    hits = []
    columns = batch.select("question", "context", "answer", pl.col("pair") == 0)
    for at, (question, context, answer, first) in enumerate(columns.iter_rows()):
        question = question or ""
        if len(question) > 20_000 or not (found := _impossible(question, context, answer, first)):
            continue
        if _TOOL.search(question) or (answer is not None and declines(answer) and stand_in(answer) is None):
            continue
        field, (start, end), reason = found
        text = {"question": question, "context": context, "answer": answer}[field] or ""
        hits.append(Hit(at, field, start, end, f"{text[start:end][:60]!r} {reason}", score=0.8))
    return hits


def _impossible(
    question: str, context: str | None, answer: str | None, first: bool
) -> tuple[str, tuple[int, int], str] | None:
    """The field that needs or fakes another medium, where, and what is wrong there; None if none does."""
    if context and question and "://" not in context and (span := stand_in(context)):
        return "context", span, _STANDS_IN
    # A later pair of a conversation may point back to what an earlier one gave.
    if first and is_blank(context) and (span := missing_reference(question, _REFERENCE)):
        return "question", span, _MISSING
    if answer and (found := _SEARCH.match(question)) and _ON_THE_WEB.search(question, found.end()):
        return "question", found.span(1), _OF_THE_WEB
    if answer and (span := _fake(question, context, answer)):
        of_words = _MARKUP_TASK.search(question) or _OF_WORDS.search(question)
        wanted = _MAKES.search(question) and not of_words
        return ("answer", span, _NOT_MADE) if wanted else None
    return None


def _fake(question: str, context: str | None, answer: str) -> tuple[int, int] | None:
    if span := stand_in(answer):
        return span
    found = _FAKE_PICTURE.search(answer, 0, 5_000)
    if found is None or (found[1] and (found[1] in question or found[1] in (context or ""))):
        return None
    return found.span()
