"""All templates of a field, and the rows of one of them: also where each row has another template that is longer."""

from __future__ import annotations

import polars as pl

from synlint.analysis.corpus_texts import observe
from synlint.analysis.uniformity.browsing import Browsing, conclude
from synlint.model import Measure
from synlint.rulekit import free_text

OUTER = "Is this something that you would say? I {}."


def frame() -> pl.DataFrame:
    """200 questions of one template; in 60 of them a second one goes on."""
    texts = [
        OUTER.format(f"believe that all people should {free_text(n)}" if n % 10 < 3 else free_text(n))
        for n in range(200)
    ]
    rows = {"question": texts, "context": [None] * 200, "answer": [free_text(n + 500) for n in range(200)]}
    return pl.DataFrame(rows, schema_overrides={"context": pl.String}).with_columns(path=pl.lit("a.jsonl"))


def test_every_template_is_told_and_none_is_judged() -> None:
    told = conclude(observe(frame(), None), Browsing("question"))
    assert not told.hits and told.marker is None and told.judged
    shares = {template["text"]: template["share"] for template in told.templates}
    assert 1.0 in shares.values() and 0.3 in shares.values()
    measure = told.metrics["templated_question_share"]
    assert isinstance(measure, Measure) and (measure.value, measure.n) == (1.0, 200)


def test_the_rows_of_one_are_marked_though_they_have_a_longer_one() -> None:
    state = observe(frame(), None)
    templates = conclude(state, Browsing("question")).templates
    for share, rows in ((1.0, 200), (0.3, 60)):
        [ident] = [template["id"] for template in templates if template["share"] == share]
        told = conclude(state, Browsing("question", ident))
        assert told.marker is not None and [hit.cluster for hit in told.hits] == [ident]
        marked = told.marker(frame())
        assert len(marked) == rows and set(marked["cluster"]) == {ident}


def test_a_field_without_texts_or_templates() -> None:
    state = observe(frame(), None)
    assert conclude(state, Browsing("answer")).templates == ()
    empty = conclude(observe(frame().head(0), None), Browsing("question", "t-"))
    assert empty.templates == () and not empty.hits
