"""Cuts a stream of JSON text into its outer elements, without holding more of it than one element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synlint.corpora.block import Block, Limits
from synlint.corpora.decode import decode_into
from synlint.corpora.source import CHUNK, Source, Stream
from synlint.errors import CorpusError

# Everything up to and including the next bracket outside strings. Possessive, so a long text cannot backtrack.
TO_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+([\[\]{}])', re.S)
STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.S)
SCALAR = re.compile(rb"[^\s,\[\]{}\"]++")
SPACE = re.compile(rb"[ \t\r\n]*")
BOM = b"\xef\xbb\xbf"


class Elements:
    """A cursor over JSON text. `line` is the physical line of the cursor."""

    def __init__(self, source: Source, stream: Stream, longest: int) -> None:
        self._shown = source.shown
        self._stream = stream
        self._longest = longest
        self._buffer = b""
        self._at = 0
        self._ended = False
        self.line = 1
        self._fill()
        self._buffer = self._buffer.removeprefix(BOM)

    def _fill(self) -> bool:
        """More text behind the cursor; twice as much each time, so that a huge element is not rescanned often."""
        if self._ended:
            return False
        data = self._stream.read(max(CHUNK, len(self._buffer) - self._at))
        self._ended = not data
        self._buffer = self._buffer[self._at :] + data
        self._at = 0
        return not self._ended

    def peek(self) -> bytes:
        """The next byte that is no white space; empty at the end of the file."""
        while True:
            space = SPACE.match(self._buffer, self._at)
            end = self._at if space is None else space.end()
            self.line += self._buffer.count(b"\n", self._at, end)
            self._at = end
            if end < len(self._buffer):
                return self._buffer[end : end + 1]
            if not self._fill():
                return b""

    def take(self) -> bytes:
        """The byte that `peek` saw, consumed."""
        byte = self.peek()
        self._at += len(byte)
        return byte

    def element(self, what: str) -> tuple[bytes, int]:
        """The raw bytes of the value at the cursor, and the line it starts on."""
        first, line = self.peek(), self.line
        end = self._bracketed(what) if first in (b"{", b"[") else self._plain(STRING if first == b'"' else SCALAR, what)
        raw = self._buffer[self._at : end]
        self.line += raw.count(b"\n")
        self._at = end
        return raw, line

    def comma(self, number: int, closing: bytes) -> int:
        """The line of the comma after a record, which is consumed; 0 where the text is closed or ends instead."""
        after, line = self.peek(), self.line
        if after == b",":
            self.take()
            return line
        if after not in (closing, b""):
            raise self.error(f"a comma is missing after record {number:,}, or a quote inside it is not escaped")
        return 0

    def _bracketed(self, what: str) -> int:
        depth, offset = 0, 0
        while True:
            match = TO_BRACKET.match(self._buffer, self._at + offset)
            if match is None:
                self._grow(what)
                continue
            offset = match.end() - self._at
            depth += 1 if match[1] in b"[{" else -1
            if depth == 0:
                return match.end()

    def _plain(self, pattern: re.Pattern[bytes], what: str) -> int:
        while True:
            match = pattern.match(self._buffer, self._at)
            if match is not None and (match.end() < len(self._buffer) or self._ended):
                return match.end()
            if match is None and len(self._buffer) > self._at and pattern is SCALAR:
                raise self.error(f"{what} is no JSON value")
            if self._ended and match is None:
                raise self.error(f"{what} is never closed: the file is cut off, or a quote or bracket is missing")
            self._grow(what) if match is None else self._fill()

    def _grow(self, what: str) -> None:
        if len(self._buffer) - self._at > self._longest:
            raise self.error(f"{what} is longer than {self._longest:,} bytes")
        if not self._fill():
            raise self.error(f"{what} is never closed: the file is cut off, or a quote or bracket is missing")

    def error(self, problem: str, line: int | None = None) -> CorpusError:
        """A `CorpusError` at the cursor, or at another line."""
        return CorpusError(self._shown, problem, line=self.line if line is None else line)


def collected(elements: Iterator[tuple[bytes, int]], limits: Limits, stream: Stream) -> Iterator[tuple[Block, int]]:
    """Blocks of decoded elements. When the file turns out to be broken, what was read before is still handed on."""
    raws: list[bytes] = []
    lines: list[int] = []
    row, size = 0, 0
    broken: CorpusError | None = None
    while True:
        element = None
        try:
            element = next(elements, None)
        except CorpusError as err:
            broken = err
        if element is not None:
            raws.append(element[0])
            lines.append(element[1])
            size += len(element[0])
        if raws and (element is None or limits.full(len(raws), size)):
            block = Block()
            decode_into(block, raws, list(range(row, row + len(raws))), lines)
            row += len(raws)
            raws, lines, size = [], [], 0
            yield block, stream.consumed
        if broken is not None:
            raise broken
        if element is None:
            return
