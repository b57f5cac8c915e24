"""Temporary copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from synlint.corpora.spool import spool
from synlint.errors import CorpusError


def test_the_copy_goes_with_its_handle() -> None:
    file = spool([b"a", b"b"])
    path = Path(file.name)
    assert path.read_bytes() == b"ab"
    file.close()
    assert not path.exists()


def test_a_full_disk_is_one_sentence() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"a"
        raise OSError(28, "No space left on device")

    with pytest.raises(CorpusError, match="the temporary copy cannot be written: No space left on device"):
        spool(chunks())
