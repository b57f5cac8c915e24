"""Ids, sources and groups beside the texts."""

from __future__ import annotations

from typing import Any

import pytest

from synlint.corpora.columns import as_text, bind_extras, check_group
from synlint.corpora.options import ReadOptions
from synlint.errors import UsageError


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


NESTED: list[dict[str, Any]] = [
    {"id": n, "meta": {"url": f"u{n}", "category": "ab"[n % 2], "deep": {"kind": "k"}}, "tags": ["x"], "none": None}
    for n in range(30)
]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("meta", "--group-by meta: meta is an object; try --group-by meta.category (or meta.url)"),
        ("meta.deep", "--group-by meta.deep: meta.deep is an object; try --group-by meta.deep.kind"),
        ("tags", "--group-by tags: tags is a list, not a text or a number"),
        ("none", "--group-by none: none is null in every record seen (keys seen: id, meta, tags, none)"),
        ("mata", "--group-by mata: no record has such a key (did you mean 'meta'?) (keys seen: id, meta, tags, none)"),
    ],
)
def test_a_key_that_is_no_label(wanted: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_group([bind_extras(NESTED, ReadOptions(group_by=wanted))])
    assert str(caught.value) == sentence


def test_one_file_with_the_key_is_enough() -> None:
    options = ReadOptions(group_by="meta.category", source_field="id")
    check_group([bind_extras(NESTED, options), bind_extras([{"id": "x"}], options)])
    with pytest.raises(UsageError, match="--source-field id: no record"):
        check_group([bind_extras([{"meta": {"category": "a"}}], options)])


def test_a_group_of_one_row_each_is_remarked() -> None:
    remark = bind_extras(NESTED, ReadOptions(group_by="meta.url")).remark
    assert remark is not None and "each of the first 30 rows has a value of its own" in remark
    assert bind_extras(NESTED, ReadOptions(group_by="meta.category")).remark is None
    assert bind_extras(NESTED[:19], ReadOptions(group_by="meta.url")).remark is None
    assert bind_extras(NESTED, ReadOptions()).remark is None
