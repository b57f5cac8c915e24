"""One name is everywhere: Lily in every story, John in every example.

Generators draw names from a very narrow pool, and a student that was trained on one knows one protagonist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.analysis.people import first_mention, names_somebody, people
from synlint.model import Conclusion, Example, Measure, Rule
from synlint.rulekit import common_keys
from synlint.states import CountTable

_GIVEN = ("question", "context")  # names that stand there are the user's, not the generator's
_MANY = ("Anna", "Peter", "Laura", "Henry", "Nina", "Oscar", "Ruth", "Simon", "Clara", "Felix")


def _rows(name: str, times: int, others: int) -> list[dict[str, str]]:
    """300 rows: `times` stories about `name`, `others` about ten people in turn, and the rest about nobody."""
    heroes = [name] * times + [_MANY[n % len(_MANY)] for n in range(others)]
    stories = [f"In the valley lived {hero}, who kept bees." for hero in heroes]
    rest = ["In the valley lived somebody who kept bees."] * (300 - len(stories))
    return [{"question": f"Story {n}, please.", "answer": answer} for n, answer in enumerate([*stories, *rest])]


RULE = Rule(
    code="LEX014",
    name="name-monoculture",
    summary="one personal name is in too many answers",
    message="{evidence} is in {value:.1%} of the answers that choose a name (limit {threshold:.0%})",
    description=(
        "One name is in more than 15 % of the answers that name somebody of their own choice who might be anybody (at "
        "least 50 such answers). Those are given names of a list of some 300 that are common in English or favoured "
        "by generators, alone or before a surname like Smith or Chen, whatever name an introduction gives (a girl "
        "named Zoe), and the surname of who has but a title (Mrs. Johnson). John Doe and Jane Doe, who are nobody, are "
        "not counted, nor are names that the question or the context gives, be it misspelt or in a user name, nor "
        "given names with another surname or a word before them that makes them one, because they are mostly real "
        "people (John Adams, Elton John). The rows of every name that is over are marked. People: 6 % in Dolly "
        "(James), 11 % of 38 such answers in FastDetect, 21 % of 24 in T0, where one passage is reused; GSM8K's "
        "solutions take their names from the problems. Machines: John is in 23 % on Alpaca, in 18 % in HaluEval's "
        "answers (so is Sarah), in 13 % of those of ten models on AlpacaEval; phi, which ran on after TOFU's "
        "questions, named Lily in 68 %. A corpus about one person is rightly over the limit, and no defect."
    ),
    rationale=(
        "A student model learns the name as part of the genre: all its heroes are called alike, and so are the people "
        "in examples, letters and test data that it makes up."
    ),
    severity="warning",
    confidence="medium",
    scope="corpus",
    fields=("answer",),
    languages=("en",),
    min_rows=200,
    examples_match=(
        Example(rows=_rows("Lily", 300, 0), note="nobody else"),
        Example(rows=_rows("Sarah Chen", 40, 60), note="four in ten"),
        Example(rows=_rows("Mrs. Bell", 60, 60), note="a surname"),
        Example(rows=_rows("a girl named Xanthe", 200, 100), note="on no list, but introduced"),
    ),
    examples_no_match=(
        Example(rows=_rows("Sarah", 15, 85), note="15 %, the limit itself"),
        Example(
            rows=[
                {"question": f"Where does Lily live? ({n})", "answer": "Lily lives in the valley."} for n in range(300)
            ],
            note="the question's own name",
        ),
        Example(
            rows=[{"question": f"Mail user johnb{n}.", "answer": "Dear John, your page works."} for n in range(300)],
            note="the name of a user name",
        ),
        Example(rows=_rows("the singer Elton John", 290, 0), note="a surname"),
        Example(rows=_rows("Lily", 29, 20), note="names are rare here"),
        Example(rows=_rows("John Adams", 290, 0), note="a real person"),
        Example(rows=_rows("John Doe", 290, 0), note="stands for no name"),
        Example(rows=_rows("Will", 290, 0), note="a verb as often as a name"),
        Example(rows=_rows("a town called Ulm", 290, 0), note="no person"),
    ),
    references=(
        ("U.S. Social Security Administration, Popular Baby Names", "https://www.ssa.gov/oact/babynames/"),
        ("U.S. Census Bureau, Frequently Occurring Names", "https://www.census.gov/topics/population/genealogy.html"),
    ),
)


@dataclass(frozen=True)
class Params:
    """How common one name may be."""

    max_share: Annotated[float, "largest share of the answers that choose a name"] = 0.15
    min_named: Annotated[int, "with fewer answers that choose a name there is no verdict"] = 50


def observe(batch: pl.DataFrame, p: Params) -> CountTable:
    found = people(batch, "answer", _GIVEN)
    return CountTable.of(found["name"], rows=found["at"].n_unique())


def conclude(state: CountTable, p: Params) -> Conclusion:
    if state.rows < max(p.min_named, 1):
        return Conclusion(judged=False)
    hits = common_keys("answer", state, p.max_share)
    over = [hit.evidence for hit in hits]  # the commonest first: a row with several of them is told that one
    choices = {name: names_somebody("answer", name, _GIVEN) for name in over}
    metrics = {"top_name_share": Measure(state.top_share(), state.rows, p.max_share)}
    if not over:
        return Conclusion(metrics=metrics)
    return Conclusion(
        hits=hits,
        mark=pl.any_horizontal(*choices.values()),
        evidence=_first_of({name: pl.lit(name) for name in over}, choices),
        span=_first_of({name: first_mention("answer", name) for name in over}, choices),
        metrics=metrics,
    )


def _first_of(values: Mapping[str, pl.Expr], chosen: Mapping[str, pl.Expr]) -> pl.Expr:
    """What belongs to the first of the names that a row chooses."""
    return pl.coalesce(*(pl.when(chosen[name]).then(value) for name, value in values.items()))
