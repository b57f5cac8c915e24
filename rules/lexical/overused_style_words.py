"""The answer is thick with words that chat models over-use: delve, tapestry, testament, intricate, ...

A model that is trained on such prose writes it about everything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

import polars as pl

from synlint.model import Example, Hit, Rule, Span
from synlint.rulekit import score_of

_TOWN = (
    "Nestled between two hills, the bustling town is a testament to its weavers, and its vibrant market never sleeps."
)
_ESSAY = (
    "Tea has a rich tapestry of customs. Delving into its intricate past shows a profound bond with the people who "
    "grew it, and its resilience underscores the pivotal part that it plays."
)
_MINUTES = (
    "The board met on Monday. It is crucial that the pump is mended before the rain, and the crew has a robust plan. "
    "Furthermore, the yard needs a new gate, and additionally a bolt. Moreover, the cook asked for a larger pot."
)
_LONG = (
    "The captivating part comes first. "
    + "We walk to the sea, look at the boats, and eat what the last one brought in. " * 20
    + "Then comes a profound silence, and a vibrant evening."
)

RULE = Rule(
    code="LEX010",
    name="overused-style-words",
    summary="answer is thick with style words that chat models over-use",
    message="over-used style words: {evidence}",
    description=(
        "Three or more different words of a list of some sixty (delve, tapestry, testament, intricate, pivotal, "
        "underscore, showcase, seamless ...), and at least five for every four hundred words. Some are plain "
        "words of business prose as well (comprehensive, enhance, leverage, resilience ...): five are needed where all "
        "are such words, and where two of three "
        "are, the three must stand twice as close. Words that the question or the context uses are not counted, "
        "nor are tapestries, symphonies and what is robust where the question speaks of textiles, music or machines, "
        "what is vibrant where it speaks of colours, and what is showcased in a frame or on a wall. "
        "One word over and over is one, and questions that ask for adjectives or synonyms are left out. Any of these "
        "words alone is good English; only their crowding is meant. The first 20,000 characters of an answer are "
        "looked at."
    ),
    rationale=(
        "These words jumped when people began to write with chat models: Kobak et al. could tell from them alone that "
        "at least a tenth of the biomedical abstracts of 2024 were written so. A model that is trained on such prose "
        "writes it about everything."
    ),
    severity="info",
    confidence="medium",
    languages=("en",),
    examples_match=(
        Example(fields={"answer": _TOWN}, span=Span(0, 59)),
        Example(fields={"answer": _ESSAY}),
        Example(fields={"question": "What is yoga?", "answer": "A timeless, holistic and transformative habit."}),
    ),
    examples_no_match=(
        Example(fields={"answer": _MINUTES}, note="two of the words, and connectives that people use as well"),
        Example(fields={"answer": _LONG}, note="three of them in more than 300 words"),
        Example(
            fields={"answer": "The course is comprehensive, enhances safety and ends in a robust test."},
            note="three plain words",
        ),
        Example(
            fields={"answer": f"The pivotal test is crucial and robust. {_LONG[29:200]} {_LONG[29:480]}"},
            note="two plain words and one other in 136",
        ),
        Example(
            fields={
                "question": "How did the composer change the music of his time?",
                "answer": "Each symphony was groundbreaking: a pivotal work, and loud.",
            },
            note="symphonies are what it is about",
        ),
        Example(
            fields={"answer": "Your embrace is solace, your step unwavering; who would go?"}, note="an embrace of arms"
        ),
        Example(
            fields={"question": "Give me adjectives for a market.", "answer": "Vibrant, bustling, timeless, loud."},
            note="words were asked for",
        ),
        Example(fields={"answer": "Crucial, crucial, crucial: the dose."}, note="one word, over and over"),
        Example(
            fields={
                "question": "Use the words vibrant, bustling and nestled.",
                "answer": "The vibrant, bustling port is nestled in a bay.",
            },
            note="the question's own words",
        ),
        Example(
            fields={"answer": "Harness the horse, then foster the foal; the realm is at peace."}, note="plain meanings"
        ),
    ),
    references=(
        (
            "Kobak et al. 2024, Delving into ChatGPT usage in academic writing through excess vocabulary",
            "https://arxiv.org/abs/2406.07016",
        ),
        (
            "Liang et al. 2024, Monitoring AI-modified content at scale: a case study on peer reviews",
            "https://arxiv.org/abs/2403.07183",
        ),
    ),
)

# What stands before the bracket is the word's stem. Words in excess after 2022 in the papers above, and others that
# were at least twice as common in the answers of chat models as in people's (1.6 and 0.7 million words).
_STRONG = r"""
awe-inspiring breathtaking bustling commendable cutting-edge ethereal ever-changing ever-evolving
groundbreaking indelible interplay multifaceted nestled pivotal
plethora quintessential solace testament timeless transformative unparalleled unwavering whimsical game-chang(?:er|ing)
captivat(?:e|es|ed|ing) delv(?:e|es|ed|ing) embark(?:s|ed|ing)?
enchanting(?:ly)? evocative(?:ly)? exemplif(?:y|ies|ied) intrica(?:cies|te|tely) juxtapos(?:es|ing|ition)
mesmeriz(?:e|es|ed|ing) meticulous(?:ly)? poignan(?:t|tly|cy) seamless(?:ly)?
showcas(?:e|es|ed|ing) symphony tapestr(?:y|ies) underscor(?:es|ed|ing) vibrant(?:ly)?
"""
# The verb "embrace" is meant, and told by its object, which is no part of what is reported.
# Plain words of business, medicine and teaching as well: a few of them, among themselves, show nothing.
_WEAK = r"""
comprehensive(?:ly)? crucial(?:ly)?
embrac(?:e\s(?:an?|his|its|her|my|our|the|their|this|your)|es|ed|ing)
empower(?:s|ed|ing|ment)? enhanc(?:e|es|ed|ing|ement)
foster(?:s|ing) harnessing holistic invaluable leverag(?:es|ed|ing) nuance(?:s|d) paramount profound(?:ly)?
resilien(?:t|ce) resonat(?:e|es|ed|ing) revolutioniz(?:e|es|ed|ing)
robust(?:ness)? streamlin(?:e|es|ed|ing)
"""
_WORDS = (*_STRONG.split(), *_WEAK.split())
_STEMS = tuple(word.partition("(")[0] for word in _WORDS)
_PLAIN = frozenset(_STEMS[len(_STRONG.split()) :])
# Where the question speaks of the thing itself, its name is no figure of speech.
_LITERALLY = {
    "symphony": re.compile(
        r"(?i)\b(?:music\w*|orchestr\w*|compos(?:ers?|itions?)|symphon\w*|concerts?|beethoven|mozart)\b"
    ),
    "tapestr": re.compile(r"(?i)\b(?:textiles?|weav\w*|woven|fabrics?|embroider\w*|looms?|rugs?|castles?)\b"),
    "vibrant": re.compile(r"(?i)\b(?:decorat\w*|d[eé]cor|interiors?|colou?r\w*|palettes?|paints?|dyes?)\b"),
    "robust": re.compile(r"(?i)\b(?:hardware|machin\w*|engines?|instruments?|pianos?|statistic\w*|software|code)\b"),
}
# Where words are asked for, they are the answer and no style.
_ASKS_FOR_WORDS = re.compile(
    r"(?i)\b(?:adjectives?|adverbs?|synonyms?|antonyms?|buzzwords?|vocabulary|(?:describing|descriptive) words?)\b"
)
# So does its sentence: what hangs on a wall or lies in a case is showcased.
_BESIDE = {
    "showcas": re.compile(
        r"(?i)\b(?:frames?|shel(?:f|ves)|walls?|display (?:cases?|cabinets?)|glass cases?|exhibitions?|galler(?:y|ies)"
        r"|museums?)\b"
    )
}
_SENTENCE_ENDS = re.compile(r"[.!?\n]")
_PATTERN = rf"(?i)\b(?:{'|'.join(_WORDS)})\b"
_COMPILED = re.compile(_PATTERN)
_SENTENCE = 200  # characters on either side that may belong to it
_LOOKED_AT = 20_000  # characters: bounds the time for huge answers
KEYWORDS = {"answer": _STEMS}


@dataclass(frozen=True)
class Params:
    """How many such words are too many."""

    words: Annotated[int, "how many different words it takes"] = 3
    plain_words: Annotated[int, "how many, if all of them are plain words as well (robust, enhance)"] = 5
    per_hundred: Annotated[float, "and how many different ones for every hundred words of the answer"] = 1.25


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    head = pl.col("answer").str.head(_LOOKED_AT)
    found = batch.select(
        "answer",
        asked=pl.concat_str(pl.col("question", "context").str.head(_LOOKED_AT), separator=" ", ignore_nulls=True),
        words=head.str.count_matches(r"\S+"),
        matched=head.str.extract_all(_PATTERN),
    ).with_row_index("at")
    # Most rows have one or two: they end here, before Python sees them.
    crowded = found.filter(pl.col("matched").list.len() >= p.words)
    hits = []
    for at, text, asked, words, _ in crowded.iter_rows():
        found_here = _counted(text[:_LOOKED_AT], (asked or "").lower())
        seen: dict[str, str] = {}
        for stem, form, _ in found_here:
            seen.setdefault(stem, form)
        density = 100 * len(seen) / max(words, 1)
        least = p.plain_words if seen.keys() <= _PLAIN else p.words
        # With no more than one word that tells by itself, so few must stand closer.
        close = 2 if len(seen) == p.words and len(seen.keys() - _PLAIN) < 2 else 1
        if len(seen) < max(least, 1) or density < close * p.per_hundred or _ASKS_FOR_WORDS.search(asked or ""):
            continue
        start, end = _densest(found_here, min(p.words, len(seen)))
        rate = f"{density:.1f} in 100 words (limit {close * p.per_hundred:g})"
        evidence = f"{', '.join(seen.values())[:150]}; {rate}"
        hits.append(Hit(at, "answer", start, end, evidence, density, score_of(density, p.per_hundred)))
    return hits


def _counted(text: str, asked: str) -> list[tuple[str, str, int]]:
    """Stem, first word and place of every style word that is one here: neither asked for nor meant literally."""
    found = []
    for match in _COMPILED.finditer(text):
        stem, form = _stem(match[0].lower()), match[0].lower().split()[0]
        literally = _LITERALLY.get(stem)
        if stem not in asked and not (literally and literally.search(asked)) and not _is_plain(stem, match, text):
            found.append((stem, form, match.start()))
    return found


def _is_plain(stem: str, match: re.Match[str], text: str) -> bool:
    """Whether the rest of its sentence says that the word is meant as it stands."""
    beside = _BESIDE.get(stem)
    if beside is None:
        return False
    before, after = max(match.start() - _SENTENCE, 0), match.end() + _SENTENCE
    start = max((end.end() for end in _SENTENCE_ENDS.finditer(text, before, match.start())), default=before)
    stop = _SENTENCE_ENDS.search(text, match.end(), after)
    return beside.search(text, start, stop.start() if stop else after) is not None


@lru_cache(maxsize=1024)
def _stem(form: str) -> str:
    return max((stem for stem in _STEMS if form.startswith(stem)), key=len)


def _densest(found: Sequence[tuple[str, str, int]], words: int) -> tuple[int, int]:
    """The shortest stretch of the text that holds so many different words; of equals, the first."""
    best: tuple[int, int] | None = None
    last: dict[str, int] = {}  # where each word was met last
    for stem, form, start in found:
        last.pop(stem, None)
        last[stem] = start
        if len(last) >= words:
            stretch = list(last.values())[-words], start + len(form)
            best = stretch if best is None or stretch[1] - stretch[0] < best[1] - best[0] else best
    assert best is not None, "there are at least so many"
    return best
