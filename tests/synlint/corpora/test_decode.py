"""Strict decoding, and the second look at what was refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from synlint.corpora.block import Block
from synlint.corpora.decode import classify, count_keys, decode_into, duplicate_keys, escape

SCALARS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8)
KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


def decoded(raws: list[bytes]) -> Block:
    block = Block()
    decode_into(block, raws, list(range(len(raws))), list(range(1, len(raws) + 1)))
    return block


@settings(deadline=None)
@given(
    st.lists(st.dictionaries(KEYS, VALUES, max_size=4), max_size=5),
    st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : ")]),
)
def test_valid_records_come_back_without_problems(
    records: list[dict[str, object]], separators: tuple[str, str]
) -> None:
    block = decoded([json.dumps(record, separators=separators).encode() for record in records])
    assert block.records == records
    assert (block.problems, block.rows, block.seen) == ([], [*range(len(records))], len(records))


@settings(deadline=None)
@given(
    st.text(max_size=6),
    st.dictionaries(KEYS, VALUES, min_size=1, max_size=3),
    st.sampled_from([":", ": ", " : ", "  :", "\t:", "\r\n : "]),
)
@example("", {"": None, "\\": None}, ":")
@example("\\", {"\\": '": x'}, " :")
@example('a": b', {"k": "v"}, "  :")
def test_a_doubled_key_is_found_however_it_is_spaced(text: str, record: dict[str, object], colon: str) -> None:
    body = json.dumps(record, ensure_ascii=False)[:-1]
    key = next(iter(record))
    raw = f"{body}, {json.dumps(key, ensure_ascii=False)}{colon}{json.dumps(text, ensure_ascii=False)}}}"
    block = decoded([raw.encode("utf-8", "replace")])
    assert [(p.kind, p.pointer) for p in block.problems] == [("duplicate-key", f"/{escape(key)}")]


def test_bad_records_among_good_ones() -> None:
    block = decoded([b'{"a": 1}', b"x", b"[]", b'{"a": 2}', b""])
    assert (block.rows, block.lines, block.seen) == ([0, 3], [1, 4], 5)
    assert [(p.kind, p.row, p.line) for p in block.problems] == [
        ("not-json", 1, 2), ("not-an-object", 2, 3), ("not-json", 4, 5)
    ]  # fmt: skip
    assert set(block.unreadable) == {1, 2, 4}


@pytest.mark.parametrize(
    ("raw", "detail"),
    [
        (b'{"a": 1,}', "expecting property name enclosed in dou… at column 9"),
        (b'{"a": 1} {"b": 2}', "more text after the end of the record, at column 10"),
        (b'{"a": "x', "unterminated string starting at column 7"),
    ],
)
def test_details_name_the_column(raw: bytes, detail: str) -> None:
    assert classify(raw, "")[1] == detail


def test_keys_are_counted_and_compared_at_every_depth() -> None:
    assert count_keys({"a": {"b": [{"c": 1}, 2]}, "d": 3}) == 4
    assert duplicate_keys(b'{"a": {"b": 1, "b": 2}, "c": [{"d~/": 1, "d~/": 1}], "c": 1}') == ["/c", "/a/b"]
