"""Files that polars fetches: here from a local address, as no test needs the network."""

from __future__ import annotations

from pathlib import Path

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
    assert [(file.path, file.container) for file in corpus.files] == [(url, "jsonl" if kind == "ndjson" else "remote")]


def test_formats_that_cannot_be_read_from_afar() -> None:
    with pytest.raises(CorpusError, match="download the file"):
        remote.scan("s3://bucket/a.xlsx")


def test_a_bad_line_from_afar_is_one_problem_with_its_line(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    good = '{"question": "q", "answer": "a"}\n'
    local = write("a.jsonl", (good + '{"question": """}\n' + good).encode())
    real = remote.scan
    monkeypatch.setattr(remote, "scan", lambda address: real(str(local)))
    corpus = open_corpus(["s3://bucket/a.jsonl"])
    problems = [(problem.kind, problem.line) for batch in corpus.batches() for problem in batch.problems]
    assert problems == [("not-json", 2)]
    assert pairs(corpus) == [("q", None, "a", None)] * 2


def test_an_object_that_is_not_there_is_named_by_its_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = remote.scan
    monkeypatch.setattr(remote, "scan", lambda address: real(str(tmp_path / "none.jsonl")))
    (cause,) = causes(open_corpus(["s3://bucket/none.jsonl"]))
    assert cause.startswith("s3://bucket/none.jsonl: cannot be fetched: ")


def test_what_cannot_be_fetched_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(url: str) -> pl.LazyFrame:
        raise pl.exceptions.ComputeError("no such bucket\nwith a trace")

    monkeypatch.setattr(remote, "scan", fail)
    assert causes(open_corpus(["s3://bucket/a.parquet"])) == [
        "s3://bucket/a.parquet: cannot be fetched: no such bucket"
    ]
