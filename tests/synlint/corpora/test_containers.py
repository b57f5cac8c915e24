"""Every container: the same rows from each, lines where there are lines, and how broken files end."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
import zstandard

from synlint.corpora.containers.csv import delimiter_of
from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from tests.synlint.corpora.reading import Write, causes, jsonl, pairs, problems, rows

RECORDS = [
    {"id": f"r{i}", "question": f'q{i} "x", [y]\nz', "context": "é" * (i % 3), "answer": f"a{i}: {{}} \\ 😀"}
    for i in range(25)
]


def as_csv(records: list[dict[str, Any]], delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(records[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


def as_frame(method: str) -> Callable[[list[dict[str, Any]]], bytes]:
    def write(records: list[dict[str, Any]]) -> bytes:
        out = io.BytesIO()
        getattr(pl.DataFrame(records), method)(out)
        return out.getvalue()

    return write


WRITERS: dict[str, tuple[str, Callable[[list[dict[str, Any]]], bytes]]] = {
    "a.jsonl": ("jsonl", lambda r: jsonl(r).encode()),
    "a.ndjson": ("jsonl", lambda r: jsonl(r).rstrip("\n").encode()),
    "a.json": ("json-array", lambda r: json.dumps(r).encode()),
    "b.json": ("json-array", lambda r: json.dumps(r, indent=2, ensure_ascii=False).encode()),
    "c.json": ("keyed-object", lambda r: json.dumps({str(x["id"]): x for x in r}, indent=1).encode()),
    "d.json": ("concatenated", lambda r: "\n".join(json.dumps(x, indent=2) for x in r).encode()),
    "e.json": ("jsonl", lambda r: jsonl(r).encode()),  # the content decides, not the suffix
    "a.csv": ("csv", as_csv),
    "a.tsv": ("csv", lambda r: as_csv(r, "\t")),
    "b.csv": ("csv", lambda r: as_csv(r, ";")),
    "a.parquet": ("parquet", as_frame("write_parquet")),
    "a.arrow": ("ipc", as_frame("write_ipc")),
    "stream.arrow": ("ipc", as_frame("write_ipc_stream")),
}
PACK: dict[str, Callable[[bytes], bytes]] = {"": lambda b: b, ".gz": gzip.compress, ".zst": zstandard.compress}


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("name", WRITERS)
def test_every_container_gives_the_same_rows(write: Write, name: str, packing: str) -> None:
    container, encode = WRITERS[name]
    corpus = open_corpus([str(write(name + packing, PACK[packing](encode(RECORDS))))])
    plain = open_corpus([str(write("plain.jsonl", jsonl(RECORDS)))])
    assert (corpus.files[0].container, corpus.layout) == (container, "question-answer")
    assert (problems(corpus), causes(corpus)) == ([], [])
    without_line = [(*row[:1], *row[2:]) for row in rows(corpus)]
    assert without_line == [(*row[:1], *row[2:]) for row in rows(plain)]
    assert [row[7] for row in rows(corpus)] == [record["id"] for record in RECORDS]


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("name", WRITERS)
def test_two_passes_and_any_batch_size_agree(write: Write, name: str, packing: str) -> None:
    path = str(write(name + packing, PACK[packing](WRITERS[name][1](RECORDS))))
    corpus = open_corpus([path], ReadOptions(batch_rows=7))
    assert [batch.records for batch in corpus.batches()] == [7, 7, 7, 4]
    expected = rows(open_corpus([path]))
    assert rows(corpus) == rows(corpus) == expected
    assert rows(open_corpus([path], ReadOptions(batch_rows=1))) == expected
    assert rows(open_corpus([path], ReadOptions(batch_bytes=300))) == expected


def test_two_passes_at_the_same_time(write: Write) -> None:
    corpus = open_corpus([str(write("a.jsonl.gz", gzip.compress(jsonl(RECORDS).encode())))], ReadOptions(batch_rows=5))
    assert all(a.frame.equals(b.frame) for a, b in zip(corpus.batches(), corpus.batches(), strict=True))


@pytest.mark.parametrize(
    ("name", "content", "lines"),
    [
        ("a.jsonl", '{"question": "q", "answer": "a"}\n\n\n{"question": "q", "answer": "a"}', [1, 4]),
        ("a.json", '[\n{"question": "q", "answer": "a"}, {"question":\n"q", "answer": "a"},\n\n'
                   '{"question": "q", "answer": "a"}]', [2, 2, 5]),
        ("a.csv", 'question,answer\n"q\nr",a\n\nq,a\n', [2, 5]),
    ],
)  # fmt: skip
def test_physical_lines(write: Write, name: str, content: str, lines: list[int]) -> None:
    [batch] = open_corpus([str(write(name, content))]).batches()
    assert batch.frame["line"].to_list() == lines


def test_tables_have_no_lines(write: Write) -> None:
    [batch] = open_corpus([str(write("a.parquet", WRITERS["a.parquet"][1](RECORDS)))]).batches()
    assert batch.frame["line"].null_count() == 25


R = '{"question": "q", "answer": "a"}'
BROKEN = [  # content, rows read before it breaks, end of the sentence
    (f"[{R},\n{R},\n]", 2, ":2: trailing comma before the closing bracket, which JSON does not allow; remove it"),
    (f"[{R},\n{R}", 2, ":2: the array is never closed: the file is cut off after record 2; fetch it again"),
    (f'[{R},\n{{"question": "q", "ans', 1, ":2: record 2 is never closed"),
    (f"[{R}\n{R}]", 1, ":2: a comma is missing after record 1"),
    (f"[{R},\n,{R}]", 1, ":2: two commas in a row"),
    (f"[{R},\n{R}]\n[{R}]", 2, ":3: there is more text after the closing bracket"),
    (f'{{"k": {R},\n"l": {R},\n}}', 2, ":2: trailing comma before the closing brace"),
    (f'{{"k": {R},\n"l": {R}', 2, ":2: the object is never closed: the file is cut off after record 2"),
    (f'{{"k": {R},\n"l" {R}}}', 1, ":2: a colon is missing after the key of record 2"),
    (f'{{"k": {R},\nl: {R}}}', 1, ":2: a key in double quotes was expected"),
]


@pytest.mark.parametrize(("content", "read", "sentence"), BROKEN)
@pytest.mark.parametrize("batch_rows", [1, 8192])
def test_broken_json_ends_with_its_line(write: Write, content: str, read: int, sentence: str, batch_rows: int) -> None:
    corpus = open_corpus([str(write("a.json", content))], ReadOptions(batch_rows=batch_rows))
    assert len(pairs(corpus)) == read
    [cause] = causes(corpus)
    assert cause.startswith(f"a.json{sentence}")


@pytest.mark.parametrize(
    ("element", "kind"),
    [('{"question": "q" "answer": "a"}', "not-json"), ("5", "not-an-object"), ('"x, ]"', "not-an-object"),
     ("[1, [2]]", "not-an-object"), ("nul", "not-json")],
)  # fmt: skip
def test_a_bad_element_of_an_array_is_a_problem(write: Write, element: str, kind: str) -> None:
    corpus = open_corpus([str(write("a.json", f"[{R},\n{element},\n{R}]"))])
    assert problems(corpus) == [(kind, 1, 2, None)]
    assert (len(pairs(corpus)), causes(corpus)) == (2, [])


def test_records_that_cross_the_chunks_of_a_stream(write: Write) -> None:
    records = [{"question": f"q{i}", "answer": '}]",{[' * (200_000 * (i % 2) + 1)} for i in range(6)]
    for name, text in (("a.json", json.dumps(records)), ("a.jsonl", jsonl(records))):
        found = pairs(open_corpus([str(write(name, text))]))
        assert found == [(r["question"], None, r["answer"], None) for r in records]


def test_an_array_element_above_the_limit(write: Write) -> None:
    content = f'[{R},\n{{"question": "{"x" * 5_000_000}", "answer": "a"}}]'
    [cause] = causes(open_corpus([str(write("a.json", content))], ReadOptions(max_record_bytes=2_000_000)))
    assert cause == "a.json:2: record 2 is longer than 2,000,000 bytes"


def test_keys_of_a_keyed_object(write: Write) -> None:
    corpus = open_corpus([str(write("a.json", f'{{"k1": {R}, "é": {R},\n"k1": {R}}}'))])
    [batch] = corpus.batches()
    assert batch.frame["source_id"].to_list() == ["k1", "é", "k1"]
    assert problems(corpus) == [("duplicate-key", 2, 2, None)]


@pytest.mark.parametrize(
    ("row", "kind"),
    [("q", "ragged-row"), ("q,a,b", "ragged-row"), ('"q"x,a', "ragged-row"), ("q,\x00", "nul-byte")],
)
def test_a_bad_row_of_a_csv(write: Write, row: str, kind: str) -> None:
    corpus = open_corpus([str(write("a.csv", f"question,answer\nq,a\n{row}\nq,a\n"))])
    assert (problems(corpus), len(pairs(corpus))) == ([(kind, 1, 3, None)], 2)


def test_invalid_utf8_in_a_csv(write: Write) -> None:
    corpus = open_corpus([str(write("a.csv", b"question,answer\nq,a\nq,\xff\nq,a\n"))])
    assert (problems(corpus), len(pairs(corpus))) == ([("invalid-utf8", 1, 3, None)], 2)


def test_a_quote_that_is_never_closed(write: Write) -> None:
    corpus = open_corpus([str(write("a.csv", 'question,answer\nq,a\nq,"a\nq,a\n'))])
    assert len(pairs(corpus)) == 1
    assert causes(corpus) == ["a.csv:3: a quote that opens in this row is never closed"]


def test_doubled_columns(write: Write) -> None:
    [cause] = causes(open_corpus([str(write("a.csv", "question,question,answer\nq,r,a\n"))]))
    assert cause == "a.csv:1: two columns are called 'question'; rename one"


@pytest.mark.parametrize(
    ("header", "name", "expected"),
    [("a,b", "x.csv", ","), ("a;b", "x.csv", ";"), ("a\tb", "x.csv", "\t"), ("a,b", "x.tsv.gz", "\t"),
     ("a", "x.csv", ","), ('"a;b;c",d', "x.csv", ",")],
)  # fmt: skip
def test_delimiters(header: str, name: str, expected: str) -> None:
    assert delimiter_of(header, name) == expected


def test_nested_columns_of_a_table(write: Write) -> None:
    turns = [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]
    record = {"messages": turns, "blob": b"\x00"}
    corpus = open_corpus([str(write("a.parquet", as_frame("write_parquet")([record])))])
    assert (corpus.layout, pairs(corpus)) == ("messages", [("q", None, "a", None)])


def test_null_in_a_table_is_a_problem(write: Write) -> None:
    records: list[dict[str, Any]] = [{"question": "q", "answer": "a"}, {"question": "q", "answer": None}]
    corpus = open_corpus([str(write("a.parquet", as_frame("write_parquet")(records)))])
    assert problems(corpus) == [("null-field", 1, None, "/answer")]
    assert pairs(corpus) == [("q", None, "a", None), ("q", None, None, None)]
