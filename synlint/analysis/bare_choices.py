"""Answers that are nothing but a choice: yes or no, true or false, the letter of an option.

A key such as `yes/no|yes` or `4 options|B` names the choice and the set it was made from, so that counts of keys are
all that is needed to compare a corpus with even shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

import polars as pl

LETTERS = "ABCDEFGHIJ"
_OPTION = r"(?:^|\s)\(?[A-J][).:]"
_UNBROKEN = "^(" + "(?:".join(LETTERS) + ")?" * (len(LETTERS) - 1) + ")"  # A, AB, ABC ...: up to the first gap
_PAIRS = (("yes", "no"), ("true", "false"), ("是", "否"), ("正确", "错误"), ("对", "错"))
_MOST_BYTES = 60  # of an answer that is only a choice, "The correct answer is (B)." with its leaked end token included
_CHOICE = (
    r"(?i)^\W*(?:(?:the )?(?:(?:correct|right|best|final) )?(?:answer|option|choice)(?: is)?\W+)?"
    rf"({'|'.join(word for pair in _PAIRS for word in pair)}|[a-j])\W*(?:<\|endoftext\|>\W*)?$"
)
_SET = {word: "/".join(pair) for pair in _PAIRS for word in pair}


def choice() -> pl.Expr:
    """The choice that the answer is, as a key, over the columns question, context and answer; null if it is more.

    A letter counts only where the question offers it, so that the answer "A" to a question about vitamins does not.
    """
    short = pl.when(pl.col("answer").str.len_bytes() <= _MOST_BYTES).then(pl.col("answer"))
    word = short.str.extract(_CHOICE, 1).str.to_lowercase()
    place = word.replace_strict(list(LETTERS.lower()), range(1, len(LETTERS) + 1), default=None, return_dtype=pl.Int64)
    offered = _letters_offered(place.is_not_null())
    lettered = pl.when((offered >= 2) & (place <= offered)).then(
        pl.concat_str(offered.cast(pl.String), pl.lit(" options|"), word.str.to_uppercase())
    )
    worded = word.replace_strict(_SET, default=None, return_dtype=pl.String) + pl.lit("|") + word
    return pl.coalesce(lettered, worded)


def choices(batch: pl.DataFrame) -> pl.Series:
    """`choice` of the rows of `batch` that have one."""
    short = batch.filter(pl.col("answer").str.len_bytes() <= _MOST_BYTES)
    return short.filter(pl.col("answer").str.contains(_CHOICE)).select(choice()).to_series().drop_nulls()


def _letters_offered(where: pl.Expr) -> pl.Expr:
    """How many options the question or its context offers: A, B ... without a gap; null if it offers none."""
    text = pl.when(where).then(pl.concat_str("question", "context", separator="\n", ignore_nulls=True))
    letters = text.str.extract_all(_OPTION).list.eval(pl.element().str.extract("([A-J])")).list.unique().list.sort()
    return letters.list.join("").str.extract(_UNBROKEN).str.len_chars().cast(pl.Int64)


@dataclass(frozen=True, slots=True)
class Balance:
    """How evenly the choices of one kind are spread.

    `effect` is Cohen's w: the square root of chi-square, against equal shares of the options that each question
    offers, over the number of answers. 0 is even; two options at 70 : 30 have 0.4.
    """

    kind: str
    answers: int
    effect: float
    counts: Mapping[str, int]

    @property
    def top(self) -> str:
        """The choice that is furthest above its even share; the first by name of several."""
        return max(sorted(self.counts), key=lambda name: self.counts[name])


def balances(counts: Iterable[tuple[str, int]]) -> list[Balance]:
    """One balance per kind of choice: pairs of words each for itself, letters of any number of options together."""
    by_kind: dict[str, dict[str, dict[str, int]]] = {}
    for key, n in sorted(counts):
        offered, _, chosen = key.partition("|")
        kind = "letters" if offered.endswith(" options") else offered
        by_kind.setdefault(kind, {}).setdefault(offered, {})[chosen] = n
    return [_balance(kind, sets) for kind, sets in sorted(by_kind.items())]


def _balance(kind: str, sets: Mapping[str, Mapping[str, int]]) -> Balance:
    expected: dict[str, float] = {}
    counts: dict[str, int] = {}
    for offered, chosen in sorted(sets.items()):
        names = offered.split("/") if kind != "letters" else list(LETTERS[: int(offered.split()[0])])
        for name in names:
            expected[name] = expected.get(name, 0.0) + sum(chosen.values()) / len(names)
            counts[name] = counts.get(name, 0) + chosen.get(name, 0)
    answers = sum(counts.values())
    chi_square = sum((counts[name] - share) ** 2 / share for name, share in sorted(expected.items()))
    return Balance(kind, answers, sqrt(chi_square / answers), counts)
