"""The answer breaks off into another script.

Multilingual generators slip into the characters of another language in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.languages import foreign_run, main_script
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="PAR013",
    name="mixed-script",
    summary="answer slips into another script",
    message="the answer slips into another script: {evidence!r}",
    description=(
        "Letters of a script that neither the rest of the answer nor the question and context are written in, outside "
        "brackets and quotation marks (Chinese characters in an English answer, Cyrillic in a Chinese one). Latin "
        "letters are at home in every text. Questions about languages, characters, names, words and translation, "
        "single letters (as "
        "in formulas), and foreign words that the answer explains in brackets or quotes are not meant."
    ),
    rationale="A model trained on such rows mixes languages in the middle of a sentence, where nobody can read on.",
    severity="warning",
    confidence="medium",
    stability="preview",
    examples_match=(
        Example(
            fields={"question": "How do I keep bread fresh?", "answer": "Wrap the bread in a cloth 然后放进 a box."},
            span=Span(26, 30),
        ),
        Example(fields={"question": "怎样保存面包？", "answer": "把面包放在盒子里，потому что 这样不会变干。"}),
        Example(fields={"question": "How do I keep cheese?", "answer": "Keep it in the fridge, но не дольше a week."}),
    ),
    examples_no_match=(
        Example(fields={"question": "Translate bread.", "answer": "The word is 面包 in this case."}),
        Example(
            fields={"question": "Where does tofu come from?", "answer": "It comes from China (豆腐, dòufu)."},
            note="a gloss in brackets",
        ),
        Example(
            fields={"question": "什么是 API？", "answer": "API 是应用程序接口 (application programming interface)。"}
        ),
        Example(
            fields={"question": "Give the area of a circle.", "answer": "It is π times r squared, with Δ as error."}
        ),
    ),
)


@dataclass(frozen=True)
class Params:
    """How long a run must be."""

    min_letters: Annotated[int, "letters of the other script in a row"] = 2


_ASKED = re.compile(
    r"translat|languag|\b(?:chinese|japanese|korean|russian|arabic|hindi|greek|hebrew|thai|mandarin|sanskrit"
    r"|ukrain\w*|persian|urdu|farsi|tamil"
    r"|characters?|scripts?|unicode|alphabet|foreign|pronounc\w*|spell\w*|words?|names?|called|etymolog\w*|origin\w*"
    r"|emoji|kanji)\b|翻译|译|语|文|字|词|单词|英",
    re.IGNORECASE,
)
_GLOSS = re.compile(r"[(（\[【《«“\"'‘「『*/:：][^()（）{}\n]{0,40}\Z")
_LOOKED_AT = 50_000


def screen(p: Params) -> pl.Expr:
    """Any letter that is not Latin in an answer whose question has none, or one outside Chinese in a Chinese answer."""
    answer = pl.col("answer")
    strange = answer.str.contains(
        r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Cyrillic}\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Thai}\p{Greek}]"
    )
    return (answer.str.len_bytes() > answer.str.len_chars()) & strange


def look(batch: pl.DataFrame, p: Params) -> Sequence[Hit]:
    hits = []
    for at, (question, answer, context) in enumerate(batch.select("question", "answer", "context").iter_rows()):
        if not answer or not question or _ASKED.search(question[:2_000]):
            continue
        text = answer[:_LOOKED_AT]
        main = main_script(text)
        found = foreign_run(text, main) if main else None
        if found is None or found[1] - found[0] < (3 if found[2] == "Greek" else p.min_letters):
            continue
        start, end, _ = found
        if foreign_run(question + " " + (context or ""), main or "") or _GLOSS.search(text[max(start - 80, 0) : start]):
            continue
        hits.append(Hit(at, "answer", start, end, text[start:end][:60], score=0.7))
    return hits
