"""Stored bytes: digests, compression by content, reading in any step."""

from __future__ import annotations

import gzip
import hashlib
import random

import pytest
import zstandard

from synlint.corpora.source import head_of, opened, read_fully, source_of
from synlint.errors import CorpusError
from tests.synlint.corpora.reading import Write

TEXT = random.Random(0).randbytes(300_000) + b"end"


@pytest.mark.parametrize("step", [1000, 4096, 1 << 20])
@pytest.mark.parametrize("kind", ["", "gzip", "zstd"])
def test_reading_in_any_step(write: Write, kind: str, step: int) -> None:
    stored = {"": TEXT, "gzip": gzip.compress(TEXT), "zstd": zstandard.compress(TEXT)}[kind]
    source = source_of(write("misleading.suffix", stored), "shown")
    assert (source.compression, source.size) == (kind, len(stored))
    assert source.digest == hashlib.blake2b(stored, digest_size=16).hexdigest()
    with opened(source) as stream:
        assert b"".join(iter(lambda: stream.read(step), b"")) == TEXT
        assert stream.consumed == len(stored)


def test_the_head_is_whole_or_as_long_as_asked(write: Write) -> None:
    source = source_of(write("a", gzip.compress(TEXT)), "a")
    assert head_of(source, 1000) == TEXT[:1000]
    with opened(source) as stream:
        assert read_fully(stream, 10**9) == TEXT


def test_truncated_zstd_hands_on_what_it_has(write: Write) -> None:
    stored = zstandard.compress(TEXT)
    source = source_of(write("a", stored[: len(stored) // 2]), "a")
    got = b""
    with opened(source) as stream, pytest.raises(CorpusError, match="the zstd data ends early"):
        while data := stream.read():
            got += data
    assert 100_000 < len(got) < len(TEXT) and TEXT.startswith(got)
