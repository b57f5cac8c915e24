"""The row gives a web address where the text or picture itself should be.

The generator never read the page, so what the answer says of it is invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from synlint.analysis.material import TOOL_CALL, declines, only_links
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR008",
    name="link-without-content",
    summary="a bare link stands where the text or picture should be",
    message="only the link {evidence!r} is given, not what it leads to",
    description=(
        "The context is nothing but web addresses (bare, labelled, or as Markdown or HTML pictures), or the "
        "question asks "
        "about an article, page or picture and ends in an address. A bare address in a context is reported unless the "
        "task is to work on the address (parse, validate, shorten, encode it, extract its parameters) or to write a "
        "program that does; other tasks that the address alone would do for are few. Labelled and several addresses "
        "are reported only where the task is not about programs, links or citations. Questions that offer a tool to "
        "open the link, and answers that say that it cannot be opened or pictures not be handled, are not meant."
    ),
    rationale=(
        "Nobody read the page when the answer was written: it is made up from the words of the address. A model "
        "trained on such rows learns to claim that it opened links and to invent what they say."
    ),
    severity="warning",
    confidence="high",
    fields=("context", "question"),
    examples_match=(
        Example(
            fields={
                "question": "Sum up the article.",
                "context": " https://example.org/news/bridge-reopens\n",
                "answer": "The old bridge is open to traffic again.",
            },
            span=Span(1, 40),
        ),
        Example(
            fields={
                "question": "What is the mood of this painting?",
                "context": "![painting](https://example.org/p/77.png)",
                "answer": "It is calm.",
            }
        ),
        Example(
            fields={
                "question": "Compare the two reviews.",
                "context": "Review 1: https://example.org/1\nReview 2: www.example.org/2",
                "answer": "The first praises the acting, the second does not.",
            }
        ),
        Example(
            fields={
                "question": "Summarise this article in a sentence:\nhttps://example.org/frogs",
                "answer": "Frogs are getting louder.",
            },
            span=Span(38, 63),
        ),
    ),
    examples_no_match=(
        Example(
            fields={
                "question": "Sum up the text.",
                "context": "The bridge is open again, says https://example.org/news.",
                "answer": "The bridge is open.",
            },
            note="a text with a link in it",
        ),
        Example(
            fields={
                "question": "Write a Python program that reads the headlines.",
                "context": "URL: https://example.org/",
                "answer": "import urllib.request",
            },
            note="the link is what the program works on",
        ),
        Example(
            fields={
                "question": "Summarise this article: https://example.org/frogs",
                "answer": "I cannot open links. Please paste the text.",
            }
        ),
        Example(
            fields={
                "question": "tools: request(url)\nGet the text of the page.",
                "context": "https://example.org/",
                "answer": "request('https://example.org/')",
            },
            note="a tool can open it",
        ),
        Example(
            fields={
                "question": "Write a function that parses a URL into its parts.",
                "context": "https://example.org/a?b=c",
                "answer": "def parts(url): return urlsplit(url)",
            },
            note="the address is a sample of the input",
        ),
        Example(
            fields={
                "question": "Blur the faces in this photo.",
                "context": "https://example.org/p/78.jpg",
                "answer": "I am a language model and cannot edit images.",
            },
        ),
        Example(
            fields={"question": "Send a request to https://example.org/api", "answer": "curl https://example.org/api"}
        ),
    ),
    references=(
        (
            "AlpacaDataCleaned: instructions that point to data on the internet",
            "https://github.com/gururise/AlpacaDataCleaned",
        ),
    ),
)
KEYWORDS = {"context": ("http", "www."), "question": ("http", "www.")}

_BARE = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_TOOL = re.compile(TOOL_CALL, re.IGNORECASE)
# Work on an address itself; "output the domain of a URL" and its like are rare, and left in.
_ON_ADDRESS = re.compile(
    r"\b(?:pars(?:e|es|ing)|validat(?:e|es|ing)|shorten(?:s|ing)?|encod(?:e|es|ing)|decod(?:e|es|ing)"
    r"|escap(?:e|es|ing)|tokeni[sz](?:e|es|ing)|split(?:s|ting)?)\b[^.?!\n]{0,40}\b(?:urls?|uris?|links?|hyperlinks?"
    r"|(?:web )?address(?:es)?)\b"
    r"|\bextract\w*\b[^.?!\n]{0,30}\b(?:sub-?domain|host ?name|protocol|query string|parameters?)\b"
    r"|\b(?:is|whether|if) (?:the |this |a )?(?:given )?(?:url|uri|link) is (?:valid|well-formed)\b",
    re.IGNORECASE,
)
_CANNOT_HANDLE = re.compile(
    r"\b(?:can(?:not|'t| not)|unable to|not able to|not capable of|(?:do not|don't|lack) (?:have )?(?:the |any )?"
    r"(?:ability|capability|capabilities)(?: to| of)?)[^.\n]{0,40}?\b(?:edit|manipulat|process|view|see|modif|alter"
    r"|display|access|open|handl|analy[sz])\w*\b[^.\n]{0,30}\b(?:images?|photos?|pictures?|links?|urls?|web ?sites?"
    r"|web ?pages?|files?|internet)\b",
    re.IGNORECASE,
)
_HEAD = 400  # characters in which an answer says what it cannot do
_ABOUT_LINKS = re.compile(
    r"\b(?:urls?|uri|links?|domains?|https?|api|requests?|crawl\w*|scrap\w*|programs?|python|javascript|java|php"
    r"|c\+\+|html"
    r"|codes?|scripts?|functions?|regex|cite|citations?|bibliograph\w*|references? list|apa|mla|redirect|qr)\b",
    re.IGNORECASE,
)
_ENDS_IN_LINK = re.compile(r"(?:\A|[\s:(<\[\"])((?:https?://|www\.)[^\s<>\"]+)[)>\]\".\s]*\Z", re.IGNORECASE)
_ASKS_TO_READ = re.compile(
    r"\b(?:summar\w+|articles?|pages?|blog|posts?|story|papers?|passage|document|review|video|trailer|song"
    r"|paintings?|photo\w*"
    r"|pictures?|images?|artworks?|read|describe|key points|main (?:points?|ideas?)|critique|evaluate|rate)\b",
    re.IGNORECASE,
)
_LONGEST = 2_000


def look(batch: pl.DataFrame, p: None) -> Sequence[Hit]:
    hits = []
    for at, (question, context, answer) in enumerate(batch.select("question", "context", "answer").iter_rows()):
        if (question is not None and len(question) > 20_000) or _TOOL.search(question or ""):
            continue
        if (span := _in_context(question or "", context)) and not _cannot(answer):
            hits.append(Hit(at, "context", *span, context[span[0] : span[1]][:80], score=0.9))
        elif not (context or "").strip() and (span := _in_question(question)) and not declines(answer):
            hits.append(Hit(at, "question", *span, question[span[0] : span[1]][:80], score=0.8))
    return hits


def _cannot(answer: str | None) -> bool:
    """Whether the answer says in its own words that it cannot do anything with the link or the picture."""
    return answer is not None and _CANNOT_HANDLE.search(answer[:_HEAD].replace("’", "'")) is not None


def _in_context(question: str, context: str | None) -> tuple[int, int] | None:
    if not context or not (span := only_links(context)):
        return None
    other_task = _ON_ADDRESS if _BARE.fullmatch(context) else _ABOUT_LINKS
    return None if other_task.search(question) else span


def _in_question(question: str | None) -> tuple[int, int] | None:
    if not question or len(question) > _LONGEST or not (found := _ENDS_IN_LINK.search(question)):
        return None
    asked = question[: found.start(1)]
    single = asked.count("\n") <= 2 and len(asked) <= 400
    if not single or not _ASKS_TO_READ.search(asked) or _ABOUT_CODE.search(asked):
        return None
    return found.start(1), found.start(1) + len(_without_closing(found[1]))


def _without_closing(link: str) -> str:
    """The address without the stop or bracket that closes the text around it: not its own `(film)`."""
    while link[-1] in ".,;:!?'" or (link[-1] in _PAIRS and link.count(link[-1]) > link.count(_PAIRS[link[-1]])):
        link = link[:-1]
    return link


_PAIRS = {")": "(", "]": "[", "}": "{"}


_ABOUT_CODE = re.compile(
    r"\b(?:urls|domains?|https?|api|requests?|crawl\w*|scrap\w*|programs?|python|javascript|html|codes?|scripts?"
    r"|functions?"
    r"|regex|cite|citations?|citation|apa|mla|redirect)\b",
    re.IGNORECASE,
)
