from __future__ import annotations

import dataclasses
import io
import math
import pickle
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.cache.codec import Unfit, decode, encode, frame_bytes, frame_from, table_of
from synlint.model import Span
from synlint.states import CountTable, Joined, Sums


@dataclasses.dataclass
class Own:
    """A state of somebody's rule."""

    seen: dict[tuple[str, int], float]
    table: pl.DataFrame


class Place(NamedTuple):
    at: int


CLASSES = table_of(Own, Place, Span, CountTable, Joined, Sums)


def there_and_back(value: Any) -> Any:
    import json

    parts: dict[str, bytes] = {}

    def keep(data: bytes) -> str:
        parts[f"p{len(parts)}"] = data
        return f"p{len(parts) - 1}"

    text = json.dumps(encode(value, CLASSES, keep))
    return decode(json.loads(text), CLASSES, parts.__getitem__)


SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False) | st.binary(max_size=9)
HASHABLE = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(HASHABLE, inner, max_size=3)
        | st.frozensets(HASHABLE, max_size=3)
        | st.sets(HASHABLE, max_size=3)
    ),
    max_leaves=9,
)


@given(VALUES)
def test_values_come_back_as_they_were(value: Any) -> None:
    back = there_and_back(value)
    assert back == value
    assert repr(type(back)) == repr(type(value))


@given(st.dictionaries(st.text(), st.integers(min_value=1)))
def test_counters_keep_their_order(counts: dict[str, int]) -> None:
    back = there_and_back(Counter(counts))
    assert type(back) is Counter and list(back.items()) == list(counts.items())


def test_numbers_that_json_does_not_know() -> None:
    assert math.isnan(there_and_back(math.nan))
    assert there_and_back([math.inf, -0.0, 1e-320]) == [math.inf, -0.0, 1e-320]


def test_frames_series_and_arrays() -> None:
    frame = pl.DataFrame(
        {"a": ["x", None], "b": [[1], []], "c": [{"s": 1.5}, None], "d": [2**64 - 1, 0]},
        schema_overrides={"d": pl.UInt64},
    )
    assert there_and_back(frame).equals(frame) and there_and_back(frame).schema == frame.schema
    assert there_and_back(frame["a"]).equals(frame["a"]) and there_and_back(frame["a"]).name == "a"
    array = np.arange(12, dtype=np.uint64).reshape(3, 4)
    back = there_and_back({"signatures": array})["signatures"]
    assert back.dtype == array.dtype and np.array_equal(back, array)


def test_classes_of_the_table() -> None:
    own = Own({("a", 1): 0.5}, pl.DataFrame({"n": [1]}))
    back = there_and_back(Joined({"one": own, "two": Sums({"x": 3}), "three": Place(4)}))
    assert back["one"].seen == own.seen and back["one"].table.equals(own.table)
    assert back["two"] == Sums({"x": 3}) and back["three"] == Place(4)


class Stranger:
    pass


@dataclasses.dataclass
class Namesake:
    at: int


Namesake.__name__ = "Place"


@dataclasses.dataclass
class Computed:
    total: int = dataclasses.field(init=False, default=0)


@pytest.mark.parametrize(
    "value",
    [
        Stranger(),
        Namesake(3),
        len,
        pl.col("a"),
        np.float64(1.0),
        pl.Series([Stranger()], dtype=pl.Object),
        1j,
        range(3),
    ],
    ids=lambda value: type(value).__name__,
)
def test_other_kinds_are_refused(value: Any) -> None:
    with pytest.raises(Unfit):
        there_and_back([value])


def test_classes_that_are_more_than_their_fields_are_refused() -> None:
    with pytest.raises(Unfit, match="fields alone"):
        encode(Computed(), table_of(Computed), lambda data: "")


def test_arrays_of_objects_are_refused() -> None:
    with pytest.raises(Unfit):
        there_and_back(np.array([Stranger()]))


@pytest.mark.parametrize(
    "node",
    [
        {"class": ["Stranger", {}]},
        {"class": ["subprocess.Popen", {"args": "true"}]},
        {"object": []},
        {"tuple": [], "list": []},
        {"dict": {}, "x": 1},
    ],
    ids=str,
)
def test_what_was_never_stored_is_refused(node: Any) -> None:
    with pytest.raises(Unfit):
        decode(node, CLASSES, {}.__getitem__)


def test_nothing_is_run(tmp_path: Path) -> None:
    """Bytes that pickle would run are refused by the readers of frames and arrays."""
    mark = tmp_path / "run"

    class Evil:
        def __reduce__(self) -> tuple[Any, ...]:
            return Path.touch, (mark,)

    out = io.BytesIO()
    np.save(out, np.array([Evil()], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError):
        decode({"ndarray": "p"}, {}, lambda name: out.getvalue())
    with pytest.raises(pl.exceptions.PolarsError):
        decode({"DataFrame": "p"}, {}, lambda name: pickle.dumps(Evil()))
    assert not mark.exists()


def test_frames_of_nothing() -> None:
    frame = pl.DataFrame(schema={"a": pl.String, "n": pl.Int64})
    assert frame_from(frame_bytes(frame)).schema == frame.schema
