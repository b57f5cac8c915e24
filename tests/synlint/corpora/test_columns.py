"""Ids, sources and groups beside the texts."""

from __future__ import annotations

from typing import Any

import pytest

from synlint.corpora.columns import as_text, bind_extras
from synlint.corpora.options import ReadOptions


@pytest.mark.parametrize(
    ("value", "expected"), [("x", "x"), (5, "5"), (True, "true"), (None, None), (1.5, "1.5"), (["a"], '["a"]')]
)
def test_labels_are_texts(value: Any, expected: str | None) -> None:
    assert as_text(value) == expected


def test_keys_are_chosen_from_the_sample() -> None:
    sample = [{"question_id": i, "corpus": "c", "meta": {"model": "m"}} for i in range(3)]
    extras = bind_extras(sample, ReadOptions(group_by="generator"))
    assert (extras.id_key, extras.source_key, extras.group_key) == ("question_id", "corpus", "meta.model")
    assert set(extras.keys) == {"question_id", "corpus", "meta"}
    assert extras.columns(sample[:1]) == {"source_id": ["0"], "source": ["c"], "group": ["m"]}


def test_a_rare_id_is_no_id() -> None:
    assert bind_extras([{"id": 1}, {}, {}], ReadOptions()).id_key is None


def test_a_key_of_that_very_name_comes_before_the_usual_ones() -> None:
    sample: list[dict[str, Any]] = [{"generator": {"nested": 1}, "model": "m"}, {"generator": "g"}]
    assert bind_extras(sample, ReadOptions(group_by="generator")).group_key == "generator"
    assert bind_extras(sample[:1], ReadOptions(group_by="generator")).group_key == "model"


def test_options_name_keys_outright() -> None:
    sample: list[dict[str, Any]] = [{"source": "s", "origin": "o", "my": "1"}]
    extras = bind_extras(sample, ReadOptions(source_field="origin", fields={"id": "my", "answer": "x"}))
    assert (extras.id_key, extras.source_key) == ("my", "origin")
