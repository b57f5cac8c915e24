"""Values as JSON with binary parts beside it, and back again, without running anything that a file names.

A cache folder can come with somebody's data. So classes are only looked up in the table that the caller gives, frames
and arrays are stored as Arrow and npy files, and there is no pickle anywhere. A value of any other kind is refused.
"""

from __future__ import annotations

import dataclasses
import io
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    import numpy as np

Classes = Mapping[str, type[Any]]  # dataclasses and named tuples that may be stored, by name
_PLAIN = (type(None), bool, int, float, str)


class Unfit(ValueError):
    """A value that cannot be stored, or stored data that is no such value."""


def table_of(*classes: type[Any]) -> dict[str, type[Any]]:
    """The classes by their names."""
    return {kind.__name__: kind for kind in classes}


def encode(value: Any, classes: Classes, keep: Callable[[bytes], str]) -> Any:
    """`value` as what JSON can say; `keep` takes the bytes of a frame or an array and says what to call them.

    Raises Unfit for a value of any kind that `decode` could not bring back exactly.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is list:
        return [encode(item, classes, keep) for item in value]
    if classes.get(kind.__name__) is kind:
        return _tagged("class", [kind.__name__, {n: encode(v, classes, keep) for n, v in _members(value).items()}])
    if kind in (tuple, set, frozenset):
        items = [encode(item, classes, keep) for item in value]
        return _tagged(kind.__name__, items if kind is tuple else sorted(items, key=repr))
    if kind in (dict, Counter):
        return _tagged(kind.__name__, [[encode(k, classes, keep), encode(v, classes, keep)] for k, v in value.items()])
    if kind.__name__ in _BINARY and kind.__module__.split(".")[0] in ("polars", "numpy", "builtins"):
        return _tagged(kind.__name__, keep(_BINARY[kind.__name__][0](value)))
    raise Unfit(f"{kind.__name__} cannot be kept")


def decode(node: Any, classes: Classes, part: Callable[[str], bytes]) -> Any:
    """The value that `encode` made `node` of; `part` gives the bytes of that name. Raises Unfit for anything else."""
    if type(node) in _PLAIN:
        return node
    if type(node) is list:
        return [decode(item, classes, part) for item in node]
    if type(node) is not dict or len(node) != 1:
        raise Unfit("neither a value nor a tag")
    ((tag, body),) = node.items()
    if tag == "class" and body[0] in classes:
        return classes[body[0]](**{str(name): decode(item, classes, part) for name, item in body[1].items()})
    if tag in _SEQUENCES:
        return _SEQUENCES[tag](decode(item, classes, part) for item in body)
    if tag in _MAPPINGS:
        return _MAPPINGS[tag]({decode(k, classes, part): decode(v, classes, part) for k, v in body})
    if tag in _BINARY:
        return _BINARY[tag][1](part(body))
    raise Unfit(f"unknown kind {tag!r}")


def _tagged(tag: str, body: Any) -> dict[str, Any]:
    return {tag: body}


def _members(value: Any) -> dict[str, Any]:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return dict(value._asdict())
    if not dataclasses.is_dataclass(value) or not all(item.init for item in dataclasses.fields(value)):
        raise Unfit(f"{type(value).__name__} is not made of its fields alone")
    return {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}


def frame_bytes(frame: pl.DataFrame) -> bytes:
    """A frame as an Arrow file. Raises Unfit for columns of Python objects."""
    if any(kind == pl.Object for kind in frame.dtypes):
        raise Unfit("a column of Python objects cannot be kept")
    out = io.BytesIO()
    frame.write_ipc(out, compression="zstd")
    return out.getvalue()


def frame_from(data: bytes) -> pl.DataFrame:
    """The frame of an Arrow file."""
    return pl.read_ipc(io.BytesIO(data))


def _array_bytes(array: np.ndarray[Any, Any]) -> bytes:
    import numpy as np

    if array.dtype.hasobject:
        raise Unfit("an array of Python objects cannot be kept")
    out = io.BytesIO()
    np.save(out, array, allow_pickle=False)
    return out.getvalue()


def _array_from(data: bytes) -> np.ndarray[Any, Any]:
    import numpy as np

    array: np.ndarray[Any, Any] = np.load(io.BytesIO(data), allow_pickle=False)
    return array


_SEQUENCES: Mapping[str, Callable[..., Any]] = {"tuple": tuple, "set": set, "frozenset": frozenset}
_MAPPINGS: Mapping[str, Callable[..., Any]] = {"dict": dict, "Counter": Counter}
_BINARY: Mapping[str, tuple[Callable[[Any], bytes], Callable[[bytes], Any]]] = {
    "DataFrame": (frame_bytes, frame_from),
    "Series": (lambda series: frame_bytes(series.to_frame()), lambda data: frame_from(data).to_series()),
    "ndarray": (_array_bytes, _array_from),
    "bytes": (bytes, bytes),
}
