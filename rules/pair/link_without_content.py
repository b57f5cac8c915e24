"""The row gives a web address where the text or picture itself should be.

The generator never read the page, so what the answer says of it is invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from synlint.analysis.material import declines, only_links
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR008",
    name="link-without-content",
    summary="a bare link stands where the text or picture should be",
    message="only the link {evidence!r} is given, not what it leads to",
    description=(
        "The context is nothing but web addresses (bare, labelled, or as Markdown or HTML pictures), or the "
        "question asks "
        "about an article, page or picture and ends in an address. In a context, a bare address is reported whatever "
        "the task is, for tasks about the address itself (its domain, its parts) are few; labelled and several "
        "addresses only where the task is not about programs, links or citations. Questions that offer a tool to open "
        "the link, or whose answer says that it cannot be opened, are not meant."
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
_TOOL = re.compile(r"\w\((?:url|link|page|query|address|website)\)|\btoolformer\b", re.IGNORECASE)
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
        if span := _in_context(question or "", context):
            hits.append(Hit(at, "context", *span, context[span[0] : span[1]][:80], score=0.9))
        elif not (context or "").strip() and (span := _in_question(question)) and not declines(answer):
            hits.append(Hit(at, "question", *span, question[span[0] : span[1]][:80], score=0.8))
    return hits


def _in_context(question: str, context: str | None) -> tuple[int, int] | None:
    if not context or not (span := only_links(context)):
        return None
    return span if _BARE.fullmatch(context) or not _ABOUT_LINKS.search(question) else None


def _in_question(question: str | None) -> tuple[int, int] | None:
    if not question or len(question) > _LONGEST or not (found := _ENDS_IN_LINK.search(question)):
        return None
    asked = question[: found.start(1)]
    single = asked.count("\n") <= 2 and len(asked) <= 400
    return found.span(1) if single and _ASKS_TO_READ.search(asked) and not _ABOUT_CODE.search(asked) else None


_ABOUT_CODE = re.compile(
    r"\b(?:urls|domains?|https?|api|requests?|crawl\w*|scrap\w*|programs?|python|javascript|html|codes?|scripts?"
    r"|functions?"
    r"|regex|cite|citations?|citation|apa|mla|redirect)\b",
    re.IGNORECASE,
)
