"""Too many answers of the corpus begin with the same words.

A generator with a favourite first sentence teaches its students the same tic: they open every answer with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.model import Conclusion, CorpusHit, Example, Rule
from synlint.states import CountTable

_TOPICS = ("tides", "bread", "clouds", "trains", "bees", "salt", "wool", "chess", "maps", "glue")
_OPENERS = [f"{first} {verb} often" for first in _TOPICS for verb in ("can", "will", "may", "do", "did")]


def _rows(favourite: str, every: int) -> list[dict[str, str]]:
    """A small corpus in which every n-th answer begins with `favourite`, and the others in fifty ways."""
    rows = []
    for n in range(300):
        opener_here = favourite if n % every == 0 else _OPENERS[n % len(_OPENERS)]
        topic = _TOPICS[n // 30]
        rows.append({"question": f"{topic}, {n}?", "answer": f"{opener_here} {topic} and number {n} of our list"})
    return rows


RULE = Rule(
    code="TPL001",
    name="opener-concentration",
    summary="many answers begin with the same words",
    message="{value:.1%} of the answers begin with {evidence!r}",
    description=(
        "The three words that begin an answer (six characters in scripts without spaces) are the same in more than a "
        "tenth of the answers. Case and punctuation are ignored. Answers of fewer than eight words are not counted, "
        "since labels and one-line answers repeat by nature. In seven human-written corpora the commonest opener stays "
        'below 7 %, although people have favourites too ("First find the" opens 4 % of GSM8K).'
    ),
    rationale=(
        "A generator with a favourite first sentence teaches its students the same tic: they open every answer so, "
        "and sampling at a higher temperature does not help, because the first words decide the rest."
    ),
    severity="warning",
    confidence="high",
    scope="corpus",
    fields=("answer",),
    min_rows=200,
    examples_match=(
        Example(rows=_rows("Here is what we know about", 1), note="one opener for all"),
        Example(rows=_rows("Sure, here are facts about", 7), note="a seventh of the answers"),
        Example(rows=_rows("这是一个关于食物的问题，我们来看看", 5), note="no spaces between words"),
    ),
    examples_no_match=(
        Example(rows=_rows(_OPENERS[0], 50), note="fifty openers"),
        Example(rows=_rows("First find the", 25), note="4 %, as people do"),
        Example(
            rows=[{"question": f"Is {n} even?", "answer": "Yes" if n % 2 == 0 else "No"} for n in range(300)],
            note="labels",
        ),
    ),
    references=(
        (
            "Shaib et al. 2024, Detection and Measurement of Syntactic Templates in Generated Text",
            "https://arxiv.org/abs/2407.00211",
        ),
    ),
)


@dataclass(frozen=True)
class Params:
    """What counts as an opener, and how common it may be."""

    words: Annotated[int, "how many leading words make an opener"] = 3
    characters: Annotated[int, "how many leading characters do, in scripts without spaces"] = 6
    min_words: Annotated[int, "shorter texts are not counted"] = 8
    max_share: Annotated[float, "largest share of the texts that one opener may have"] = 0.10
    error_share: Annotated[float, "from this share on it is an error"] = 0.50


_SPACELESS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_MARKS = r"[^\p{L}\p{N}]*"  # quotes, bullets, punctuation and white space
_HEAD = 160  # characters that hold the first eight words of nearly every text


def opener(p: Params) -> pl.Expr:
    """The answer's opener, lower-cased and without punctuation; null where the answer is too short to count."""
    head = pl.col("answer").str.head(_HEAD)
    more_words, more_characters = max(p.min_words - p.words, 0), max(p.min_words - p.characters, 0)
    words = head.str.extract(rf"^{_MARKS}(\S+(?:\s+\S+){{{p.words - 1}}})(?:\s+\S+){{{more_words}}}")
    character = rf"{_MARKS}{_SPACELESS}"
    spaceless = head.str.extract(
        rf"^((?:{character}){{{p.characters}}})(?:{_MARKS}[\p{{L}}\p{{N}}]){{{more_characters}}}"
    )
    # Punctuation is taken off the few characters that are left, not off the texts: half the cost.
    plain = words.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}'’]+", " ").str.strip_chars(" '’")
    return pl.coalesce(spaceless.str.replace_all(r"[^\p{L}\p{N}]+", ""), plain)


def observe(batch: pl.DataFrame, p: Params) -> CountTable:
    return CountTable.of(batch.select(opener(p)).to_series().drop_nulls())


def conclude(state: CountTable, p: Params) -> Conclusion:
    if state.rows < RULE.min_rows:
        return Conclusion()
    common = state.above(p.max_share)
    commonest = state.table()["n"].item(0) / state.rows
    return Conclusion(
        hits=[_hit(key, count, share, p) for key, count, share in common.iter_rows()],
        mark=opener(p).is_in(common["key"].to_list()) if len(common) else None,
        evidence=opener(p),
        metrics={"top_opener_share": commonest},
    )


def _hit(key: str, count: int, share: float, p: Params) -> CorpusHit:
    ratio = share / p.max_share if p.max_share > 0 else 1e9
    return CorpusHit(
        evidence=key,
        value=share,
        threshold=p.max_share,
        rows=count,
        field="answer",
        score=ratio / (1 + ratio),
        severity="error" if share >= p.error_share else None,
    )
