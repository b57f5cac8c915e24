"""Corpora and batches: row ids, suppressions, fingerprints, samples, groups, progress."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from synlint.corpora.read import parse_note
from synlint.errors import UsageError
from synlint.model import Batch
from tests.synlint.corpora.reading import Write, causes, jsonl, pairs, rows

RECORDS = [
    {"question": f"q{i}", "answer": f"a{i}", "source": "xy"[i % 2], "meta": {"model": f"m{i % 3}"}} for i in range(300)
]


def test_a_batch_is_what_the_engine_expects(write: Write) -> None:
    [batch] = open_corpus([str(write("a.jsonl", jsonl(RECORDS)))]).batches()
    as_protocol: Batch = batch
    assert {name: str(kind) for name, kind in as_protocol.frame.schema.items()} == {
        "row": "UInt64", "line": "UInt64", "pair": "UInt32", "question": "String", "context": "String",
        "answer": "String", "system": "String", "source_id": "String", "source": "String", "group": "String",
        "question_turn": "Int32", "context_turn": "Int32", "answer_turn": "Int32",
    }  # fmt: skip


SAME: list[dict[str, Any]] = [
    {"question": "q", "context": "c", "answer": "a", "id": 5},
    {"instruction": "q", "input": "c", "output": "a", "label": "good"},
    {
        "messages": [
            {"role": "user", "content": "q"},
            {"role": "tool", "content": "c"},
            {"role": "assistant", "content": "a"},
        ]
    },
    {
        "conversations": [
            {"from": "human", "value": "q"},
            {"from": "observation", "value": "c"},
            {"from": "gpt", "value": "a"},
        ]
    },
    {"prompt": "q", "context": "c", "completion": "a"},
    {"prompt": "q", "context": "c", "chosen": "a", "rejected": "b"},
    {"text": "### Instruction:\nq\n\n### Input:\nc\n\n### Response:\na"},
]


def test_the_row_id_is_of_the_content_only(write: Write) -> None:
    expected = hashlib.blake2b(b'[["user","q"],["context","c"],["assistant","a"]]', digest_size=16).hexdigest()
    for record in SAME:
        [batch] = open_corpus([str(write("a.jsonl", jsonl([record])))]).batches()
        assert batch.row_id(0) == expected, record


@pytest.mark.parametrize(
    "other", [{"question": "q", "answer": "b"}, {"question": "r", "answer": "a"}, {"question": "qa", "answer": ""}]
)
def test_other_content_has_another_row_id(write: Write, other: dict[str, str]) -> None:
    [batch] = open_corpus([str(write("a.jsonl", jsonl([{"question": "q", "answer": "a"}, other])))]).batches()
    assert batch.row_id(0) != batch.row_id(1)


def test_an_absent_context_and_an_empty_one_are_the_same_row(write: Write) -> None:
    records = [{"question": "q", "answer": "a"}, {"question": "q", "context": "", "answer": "a"}]
    [batch] = open_corpus([str(write("a.jsonl", jsonl(records)))]).batches()
    assert batch.row_id(0) == batch.row_id(1)


def test_a_row_that_is_not_there_has_no_id(write: Write) -> None:
    [batch] = open_corpus([str(write("a.jsonl", jsonl(RECORDS[:3])))]).batches()
    with pytest.raises(KeyError):
        batch.row_id(3)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ({"ignore": ["LEX001"], "reason": "quoted"}, (("LEX001",), "quoted")),
        ({"ignore": "LEX"}, (("LEX",), "")),
        ('{"ignore": ["LEX001"]}', (("LEX001",), "")),
        ({"ignore": [1]}, None),
        ({}, None),
        ("LEX001", None),
        (True, None),
    ],
)
def test_suppressions(note: Any, expected: Any) -> None:
    assert parse_note(note) == expected


def test_suppressed_rows_of_a_batch(write: Write) -> None:
    records = [RECORDS[0], {**RECORDS[1], "_synlint": {"ignore": ["INT"], "reason": "r"}}]
    [batch] = open_corpus([str(write("a.jsonl", jsonl(records)))]).batches()
    assert batch.suppressed() == {1: (("INT",), "r")}


def test_the_order_of_paths_does_not_matter(write: Write) -> None:
    paths = [
        str(write(name, jsonl(RECORDS[i : i + 3]))) for i, name in enumerate(("b.jsonl", "a.jsonl", "sub/c.jsonl"))
    ]
    one, other = open_corpus(paths), open_corpus(paths[::-1] + paths)
    assert one.files == other.files and [file.path for file in one.files] == ["a.jsonl", "b.jsonl", "sub/c.jsonl"]
    assert rows(one) == rows(other)
    assert [batch.file for batch in one.batches()] == [0, 1, 2]


def test_the_fingerprint_is_of_the_bytes(write: Write) -> None:
    first = open_corpus([str(write("a.jsonl", jsonl(RECORDS))), str(write("b.jsonl", jsonl(RECORDS[:5])))])
    renamed = open_corpus([str(write("z.jsonl", jsonl(RECORDS))), str(write("y.jsonl", jsonl(RECORDS[:5])))])
    changed = open_corpus([str(write("z.jsonl", jsonl(RECORDS[1:]))), str(write("y.jsonl", jsonl(RECORDS[:5])))])
    assert first.fingerprint == renamed.fingerprint != changed.fingerprint


def test_files_of_different_layouts_are_one_corpus(write: Write, tmp_path: Any) -> None:
    write("a.jsonl", jsonl([{"question": "q", "answer": "a"}]))
    write("b.json", json.dumps([{"instruction": "q", "output": "a"}]))
    corpus = open_corpus([str(tmp_path)])
    assert corpus.layout == "alpaca+question-answer"
    assert pairs(corpus) == [("q", None, "a", None)] * 2


def test_progress_ends_at_the_total(write: Write, tmp_path: Any) -> None:
    write("a.jsonl", jsonl(RECORDS))
    write("b.jsonl", jsonl(RECORDS))
    corpus = open_corpus([str(tmp_path)], ReadOptions(batch_rows=50))
    seen = [corpus.progress[0] for _ in corpus.batches()]
    assert seen == sorted(seen) and corpus.progress == (corpus.bytes_total, corpus.bytes_total)


@pytest.mark.parametrize(
    ("group_by", "expected"),
    [
        ("source", ["x", "y", "x"]),
        ("generator", ["m0", "m1", "m2"]),
        ("meta.model", ["m0", "m1", "m2"]),
        ("question", ["q0", "q1", "q2"]),
    ],
)
def test_groups(write: Write, group_by: str, expected: list[str]) -> None:
    corpus = open_corpus([str(write("a.jsonl", jsonl(RECORDS[:3])))], ReadOptions(group_by=group_by))
    assert next(corpus.batches()).frame["group"].to_list() == expected


@pytest.mark.parametrize("options", [ReadOptions(group_by="topic"), ReadOptions(source_field="origin")])
def test_a_group_that_no_row_has(write: Write, options: ReadOptions) -> None:
    with pytest.raises(UsageError, match="no record has such a key"):
        open_corpus([str(write("a.jsonl", jsonl(RECORDS)))], options)


@pytest.mark.parametrize("sample", [0.3, 40])
def test_a_sample_does_not_depend_on_batches(write: Write, sample: float) -> None:
    path = str(write("a.jsonl", jsonl(RECORDS) + "broken\n"))
    chosen = rows(open_corpus([path], ReadOptions(sample=sample, seed=1)))
    assert chosen == rows(open_corpus([path], ReadOptions(sample=sample, seed=1, batch_rows=7)))
    assert chosen != rows(open_corpus([path], ReadOptions(sample=sample, seed=2)))
    assert set(chosen) < set(rows(open_corpus([path])))
    assert 60 < len(chosen) < 120 if sample < 1 else 39 <= len(chosen) <= 40  # the broken row may be drawn too
    corpus = open_corpus([path], ReadOptions(sample=sample, seed=1))
    if sample > 1:
        assert sum(batch.records for batch in corpus.batches()) == 40


def test_a_sample_over_several_files(write: Write, tmp_path: Any) -> None:
    write("a.jsonl", jsonl(RECORDS))
    write("b.jsonl", jsonl({**record, "question": "other"} for record in RECORDS))
    corpus = open_corpus([str(tmp_path)], ReadOptions(sample=100))
    counts = dict.fromkeys(range(2), 0)
    for batch in corpus.batches():
        counts[batch.file] += batch.records
    assert sum(counts.values()) == 100 and min(counts.values()) > 20


@pytest.mark.parametrize("sample", [0, 1.5, -3, 0.0])
def test_samples_that_make_no_sense(write: Write, sample: float) -> None:
    corpus = open_corpus([str(write("a.jsonl", jsonl(RECORDS)))], ReadOptions(sample=sample))
    with pytest.raises(UsageError, match="give a share between 0 and 1"):
        next(corpus.batches())


def test_a_file_that_vanishes_between_passes_fails_once(write: Write) -> None:
    path = write("a.jsonl", jsonl(RECORDS))
    corpus = open_corpus([str(path)])
    assert len(pairs(corpus)) == 300
    path.unlink()
    assert pairs(corpus) == []
    assert causes(corpus) == causes(corpus) == ["a.jsonl: cannot be opened: No such file or directory"]
