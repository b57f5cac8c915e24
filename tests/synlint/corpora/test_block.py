"""Blocks and content hashes."""

from __future__ import annotations

from synlint.corpora.block import Block, Limits, content_id, turns_id


def test_keeping_rows_keeps_what_belongs_to_them() -> None:
    block = Block(rows=[0, 2], lines=[1, 3], records=[{"a": 1}, {"a": 2}], seen=3)
    block.refuse(1, 2, b"x", "not-json", "detail")
    kept = block.keep({1, 2}.__contains__)
    assert (kept.rows, kept.lines, kept.records, kept.seen) == ([2], [3], [{"a": 2}], 2)
    assert [problem.row for problem in kept.problems] == [1] == list(kept.unreadable)


def test_ids_are_128_bits_and_tell_roles_apart() -> None:
    assert len(content_id(b"")) == 32
    assert turns_id([["user", "a"]]) != turns_id([["assistant", "a"]])


def test_limits_by_rows_and_by_size() -> None:
    limits = Limits(rows=2, size=10, record=100)
    assert [limits.full(1, 9), limits.full(2, 0), limits.full(1, 10)] == [False, True, True]
