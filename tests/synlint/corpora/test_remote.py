"""Files that polars fetches: here from a local address, as no test needs the network."""

from __future__ import annotations

import polars as pl
import pytest

from synlint.corpora import remote
from synlint.corpora.open import open_corpus
from synlint.errors import CorpusError
from tests.synlint.corpora.reading import Write, causes, pairs

ROWS = pl.DataFrame({"question": ["q"], "answer": ["a"]})


@pytest.mark.parametrize("kind", ["parquet", "ipc", "csv", "ndjson"])
def test_rows_of_every_kind(write: Write, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    local = write(f"a.{kind}", b"")
    getattr(ROWS, f"write_{kind}")(local)
    url = f"s3://bucket/a.{kind}"
    real = remote.scan
    monkeypatch.setattr(remote, "scan", lambda address: real(str(local)) if address == url else real(address))
    corpus = open_corpus([url])
    assert pairs(corpus) == pairs(corpus) == [("q", None, "a", None)]
    assert [(file.path, file.container) for file in corpus.files] == [(url, "remote")]


def test_formats_that_cannot_be_read_from_afar() -> None:
    with pytest.raises(CorpusError, match="download the file"):
        remote.scan("s3://bucket/a.json")


def test_what_cannot_be_fetched_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(url: str) -> pl.LazyFrame:
        raise pl.exceptions.ComputeError("no such bucket\nwith a trace")

    monkeypatch.setattr(remote, "scan", fail)
    assert causes(open_corpus(["s3://bucket/a.parquet"])) == [
        "s3://bucket/a.parquet: cannot be fetched: no such bucket"
    ]
