"""One JSON object whose keys are the ids of its records, read one record at a time."""

from __future__ import annotations

from collections.abc import Iterator

from synlint.corpora.block import Block, Limits
from synlint.corpora.containers.elements import Elements, collected
from synlint.corpora.problems import clip
from synlint.corpora.source import Source, opened
from synlint.model import Problem

NAME = "keyed-object"


def blocks(source: Source, limits: Limits) -> Iterator[tuple[Block, int]]:
    """Blocks of the object's values; each record gets its key as `id`, unless it has one."""
    seen: set[bytes] = set()  # of keys; all that grows with the file
    with opened(source) as stream:
        keys: list[bytes] = []
        for block, consumed in collected(_elements(Elements(source, stream, limits.record), keys), limits, stream):
            first = min((*block.rows[:1], *block.unreadable), default=0)
            for at, row in enumerate(block.rows):
                block.records[at].setdefault("id", _text(keys[row - first]))
            for at, key in enumerate(keys):
                if key in seen:
                    line = next((p for p, r in enumerate(block.rows) if r == first + at), None)
                    detail = f"the key {clip(_text(key))!r} is there twice in the file"
                    block.problems.append(
                        Problem("duplicate-key", first + at, None if line is None else block.line(line), None, detail)
                    )
                seen.add(key)
            keys.clear()
            yield block, consumed


def _text(key: bytes) -> str:
    import orjson

    try:
        return str(orjson.loads(key))
    except orjson.JSONDecodeError:
        return key.decode("utf-8", "replace")


def _elements(text: Elements, keys: list[bytes]) -> Iterator[tuple[bytes, int]]:
    text.take()
    number, comma_line = 0, 0
    while (first := text.peek()) != b"}":
        if first == b"":
            raise text.error(f"the object is never closed: the file is cut off after record {number:,}; fetch it again")
        if first != b'"':
            raise text.error("a key in double quotes was expected here")
        number += 1
        key, _ = text.element(f"the key of record {number:,}")
        if text.peek() != b":":
            raise text.error(f"a colon is missing after the key of record {number:,}")
        text.take()
        if text.peek() == b"":
            raise text.error(f"record {number:,} has a key but no value: the file is cut off")
        element = text.element(f"record {number:,}")
        keys.append(key)
        yield element
        comma_line = text.comma(number, b"}")
    if comma_line:
        raise text.error("trailing comma before the closing brace, which JSON does not allow; remove it", comma_line)
    text.take()
    if text.peek():
        raise text.error("there is more text after the closing brace of the object")
