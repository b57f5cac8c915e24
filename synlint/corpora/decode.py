"""Bytes of one record to a Python object, strictly; and a second look that says what is wrong with a bad one."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NoReturn

from synlint.corpora.block import Block
from synlint.corpora.problems import clip
from synlint.model import Problem

SPACED_COLON = re.compile(rb'"[ \t\r\n]+:')


def decode_into(block: Block, raws: Sequence[bytes], rows: Sequence[int], lines: Sequence[int]) -> None:
    """Decode raw records into a block; bad ones become problems and never stop the others."""
    import orjson

    loads, refused = orjson.loads, orjson.JSONDecodeError
    values: list[Any] = []
    append = values.append
    bad: dict[int, str] = {}
    at, end = 0, len(raws)
    pending = iter(raws)
    while at < end:
        try:
            for value in map(loads, pending):
                append(value)
        except refused as err:
            bad[len(values)] = str(err)
            append(None)
        at = len(values)
    block.seen += end
    if not bad and set(map(type, values)) <= {dict}:
        block.rows += rows
        block.records += values
        if block.lines is not None:
            block.lines += lines
    else:
        _sort_out(block, raws, rows, lines, values, bad)
    _screen_duplicate_keys(block, raws, values, rows, lines)


def _sort_out(
    block: Block,
    raws: Sequence[bytes],
    rows: Sequence[int],
    lines: Sequence[int],
    values: Sequence[Any],
    bad: dict[int, str],
) -> None:
    for i, value in enumerate(values):
        if i in bad:
            block.refuse(rows[i], lines[i], raws[i], *classify(raws[i], bad[i]))
        elif type(value) is not dict:
            block.refuse(rows[i], lines[i], raws[i], "not-an-object", f"it is {_json_name(value)}")
        else:
            block.rows.append(rows[i])
            block.records.append(value)
            if block.lines is not None:
                block.lines.append(lines[i])


def _json_name(value: object) -> str:
    names = {list: "a list", str: "a string", int: "a number", float: "a number", bool: "a boolean"}
    return names.get(type(value), "null")


class _NotFinite(ValueError):
    pass


def classify(raw: bytes, error: str) -> tuple[str, str]:
    """Kind and detail of a record that the strict parser refused with `error`."""
    if b"\x00" in raw:
        return "nul-byte", f"NUL at byte {raw.index(0) + 1} of the record"
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as err:
        return "invalid-utf8", f"byte 0x{raw[err.start]:02x} at byte {err.start + 1} of the record"
    if "depth limit" in error:
        return "too-deep", "nested deeper than 1,024 levels"
    if "control character" in error:
        return "nul-byte", "unescaped control character " + error[error.find("column") :].split(" (")[0]
    if "surrogate" in error:
        return "lone-surrogate", "half of a surrogate pair in a \\u escape"
    try:
        json.loads(text, parse_constant=_refuse_constant)
    except _NotFinite as err:
        return "nan-or-infinity", str(err)
    except RecursionError:
        return "too-deep", "nested too deep"
    except json.JSONDecodeError as err:
        if err.msg == "Extra data":
            return "not-json", f"more text after the end of the record, at column {err.pos + 1}"
        said = f"{err.msg[:1].lower()}{err.msg[1:]}".removesuffix(" at")
        return "not-json", f"{clip(said)} at column {err.pos + 1}"
    if "infinity" in error:
        return "nan-or-infinity", "a number too large for a double"
    return "not-json", clip(error)


def _refuse_constant(name: str) -> NoReturn:
    raise _NotFinite(name)


def _screen_duplicate_keys(
    block: Block, raws: Sequence[bytes], values: Sequence[Any], rows: Sequence[int], lines: Sequence[int]
) -> None:
    """Count `":` against the keys that arrived, and parse again only where the counts differ.

    Most flat records settle at the first count. An escaped quote before a colon is text, not the end of a key; where a
    key ends in a backslash the two look alike, and where there is white space before a colon the count is too low.
    """
    laid_out = _has_line_ends_or_tabs(raws)
    for i, (raw, value) in enumerate(zip(raws, values, strict=True)):
        if type(value) is not dict:
            continue
        if not ((laid_out or b" :" in raw) and SPACED_COLON.search(raw)):
            ends = raw.count(b'":')
            if ends == len(value):
                continue
            if b'\\\\":' not in raw and ends - raw.count(b'\\":') == count_keys(value):
                continue
        for pointer in duplicate_keys(raw):
            block.problems.append(
                Problem("duplicate-key", rows[i], lines[i], pointer, f"{clip(pointer)} is there twice")
            )


def _has_line_ends_or_tabs(raws: Sequence[bytes]) -> bool:
    """Whether any record is laid out over lines or with tabs; one look at all of them is faster than one at each."""
    whole = b"".join(raws)
    return any(mark in whole for mark in (b"\t", b"\n", b"\r"))


def count_keys(value: object) -> int:
    """Number of keys in a JSON value, at every depth."""
    if isinstance(value, dict):
        return len(value) + sum(count_keys(v) for v in value.values() if type(v) is dict or type(v) is list)
    if isinstance(value, list):
        return sum(count_keys(v) for v in value if type(v) is dict or type(v) is list)
    return 0


class _Doubled(dict[str, Any]):
    """An object that remembers which of its keys came twice."""

    doubled: tuple[str, ...] = ()


def _pairs(pairs: list[tuple[str, Any]]) -> _Doubled:
    out = _Doubled(pairs)
    if len(out) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        out.doubled = tuple(key for key, n in counts.items() if n > 1)
    return out


def duplicate_keys(raw: bytes) -> list[str]:
    """JSON pointers of keys that appear twice in one object."""
    try:
        value = json.loads(raw, object_pairs_hook=_pairs)
    except RecursionError:  # deeper than Python's parser goes, though the strict one read it
        return []
    return list(_doubled(value, ""))


def _doubled(value: object, at: str) -> list[str]:
    found: list[str] = []
    if isinstance(value, _Doubled):
        found += [f"{at}/{escape(key)}" for key in value.doubled]
        for key, inner in value.items():
            found += _doubled(inner, f"{at}/{escape(key)}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            found += _doubled(inner, f"{at}/{i}")
    return found


def escape(key: str) -> str:
    """A key as one segment of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")
