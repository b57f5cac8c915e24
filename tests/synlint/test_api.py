"""`synlint.check` on paths, frames, datasets and iterables: one corpus, one answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import polars as pl
import pytest

import synlint
from synlint.errors import SynlintError, UsageError

ROWS = [
    {"question": "Name a prime above ten.", "answer": "Certainly! Eleven is a prime number."},
    {"question": "What boils at 100 °C?", "answer": "Water does, at sea level."},
    {"question": "Who wrote it?", "answer": ""},
]


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in ROWS))
    return path


def found(report: synlint.Report) -> list[tuple[object, ...]]:
    return report.findings.select("rule", "row", "field", "start", "end", "evidence", "row_id").rows()


def test_a_path_gives_findings_rules_and_a_verdict(jsonl: Path) -> None:
    report = synlint.check(jsonl)
    assert report.verdict == "findings"
    assert report.exit_code == 1
    codes = {(rule, row) for rule, row, *_ in found(report)}
    assert {("LEX004", 0), ("PAR001", 2)} <= codes
    assert report.corpus.rows == 3
    assert report.corpus.layout == "question-answer"


def test_every_kind_of_input_gives_the_same_findings(jsonl: Path) -> None:
    import datasets  # the dev extra installs it; users of the core need not

    expected = found(synlint.check(jsonl))
    assert expected

    def stream() -> Iterator[dict[str, str]]:
        yield from ROWS

    inputs = {
        "str": str(jsonl),
        "list of paths": [jsonl],
        "list of dicts": ROWS,
        "generator": stream(),
        "DataFrame": pl.DataFrame(ROWS),
        "LazyFrame": pl.LazyFrame(ROWS),
        "Dataset": datasets.Dataset.from_list(ROWS),
        "IterableDataset": datasets.Dataset.from_list(ROWS).to_iterable_dataset(),
    }
    for kind, data in inputs.items():
        assert found(synlint.check(data)) == expected, kind


def test_nested_conversations_of_a_dataset_are_read() -> None:
    import datasets  # the dev extra installs it; users of the core need not

    turns = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Certainly! Hello there."}]
    report = synlint.check(datasets.Dataset.from_list([{"messages": turns}] * 3), select=["LEX004"])
    assert report.corpus.layout == "messages"
    assert report.findings["pointer"].to_list() == ["/messages/1/content"] * 3


def test_settings_are_given_by_name() -> None:
    report = synlint.check(ROWS, select=["PAR"])
    assert {rule.code[:3] for rule in report.rules} == {"PAR"}
    assert synlint.check(ROWS, select=["PAR"], fail_on="error").exit_code in (0, 1)


def test_an_unknown_setting_is_named_with_the_likely_one() -> None:
    with pytest.raises(UsageError, match="unknown setting 'selct'.*'select'"):
        synlint.check(ROWS, selct=["PAR"])


def test_no_settings_file_is_read_unless_named(jsonl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (jsonl.parent / "synlint.toml").write_text('select = ["SEC"]\n')
    monkeypatch.chdir(jsonl.parent)
    assert {rule.code[:3] for rule in synlint.check(jsonl).rules} > {"SEC"}
    named = synlint.check(jsonl, config=jsonl.parent / "synlint.toml")
    assert {rule.code[:3] for rule in named.rules} == {"SEC"}


def test_nothing_readable_raises_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SynlintError, match="missing.jsonl"):
        synlint.check(tmp_path / "missing.jsonl")


def test_detection_does_not_change_the_data() -> None:
    frame = pl.DataFrame(ROWS)
    before = frame.clone()
    synlint.check(frame)
    assert frame.equals(before)
