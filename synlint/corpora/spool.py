"""Temporary files for input that can be read only once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from typing import IO

from synlint.errors import CorpusError


def spool(chunks: Iterable[bytes], suffix: str = "") -> IO[bytes]:
    """Write the chunks to a file that is deleted when the returned object goes."""
    file: IO[bytes] = tempfile.NamedTemporaryFile(prefix="synlint-", suffix=suffix)  # noqa: SIM115 - kept open on purpose
    try:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
    except OSError as err:
        file.close()
        raise CorpusError(file.name, f"the temporary copy cannot be written: {err.strerror or err}") from err
    return file
