"""`check --against`, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.synlint.commands.conftest import Call, call, folder, write_rows  # noqa: F401


@pytest.fixture
def corpus(folder: Path) -> Path:  # noqa: F811
    rows = [{"question": f"What became of ship {n}?", "answer": f"It sailed to port {n * 7}."} for n in range(30)]
    return write_rows(
        folder / "corpus.jsonl", [*rows, {"question": "Which river crosses the old town?", "answer": "?"}]
    )


def test_rows_are_shown_with_the_items(corpus: Path, call: Call) -> None:  # noqa: F811
    Path("bench.csv").write_text("prompt,response\nwhich river crosses the OLD town,The Salzach\n")
    write_rows(Path("more.jsonl"), [{"messages": [{"role": "user", "content": "What became of ship 7?"}]}])
    done = call(
        "check",
        "corpus.jsonl",
        "--select",
        "CON",
        "--against",
        "bench.csv",
        "--against",
        "more.jsonl",
        "--output",
        "concise",
    )
    assert done.code == 1, done.err
    assert "the question of bench.csv:2" in done.out or "the question of bench.csv:row 0" in done.out
    assert "the question of more.jsonl:1" in done.out


def test_a_missing_file_is_one_sentence(corpus: Path, call: Call) -> None:  # noqa: F811
    done = call("check", "corpus.jsonl", "--against", "bensh.jsonl")
    assert done.code == 2
    assert done.err.startswith("synlint: error: --against: bensh.jsonl: no such file")
    assert done.err.count("\n") == 1


def test_a_file_that_cannot_be_read_is_one_sentence(corpus: Path, call: Call) -> None:  # noqa: F811
    Path("bench.json").write_text('[{"question": ')
    done = call("check", "corpus.jsonl", "--against", "bench.json")
    assert done.code == 2 and "--against: bench.json" in done.err


def test_without_it_the_rules_are_skipped_with_the_reason(corpus: Path, call: Call) -> None:  # noqa: F811
    done = call("check", "corpus.jsonl", "--select", "CON", "--width", "100")
    assert done.code == 0
    assert "CON002, CON003, CON004: needs the files to compare with: --against FILE" in done.out
    assert call("check", "corpus.jsonl", "--select", "CON002").code == 2


def test_it_can_stand_in_the_settings(corpus: Path, call: Call) -> None:  # noqa: F811
    Path("refs").mkdir()
    write_rows(Path("refs/bench.jsonl"), [{"question": "Which river crosses the old town?"}])
    Path("synlint.toml").write_text('against = ["refs/bench.jsonl"]\n')
    done = call("check", "corpus.jsonl", "--select", "CON002", "--output", "json")
    report = json.loads(done.out)
    assert [row["line"] for row in report["findings"] if row["row"] is not None] == [31]


def test_another_content_is_another_result(corpus: Path, call: Call) -> None:  # noqa: F811
    """The second run may come from the cache; not when the file to compare with has changed."""
    bench = write_rows(Path("bench.jsonl"), [{"question": "Who is it, then?"}])
    arguments = ("check", "corpus.jsonl", "--select", "CON002", "--against", "bench.jsonl")
    assert [call(*arguments).code for _ in range(2)] == [0, 0]
    write_rows(bench, [{"question": "Which river crosses the old town?"}])
    assert [call(*arguments).code for _ in range(2)] == [1, 1]
