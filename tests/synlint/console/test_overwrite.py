from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from synlint.cli import main
from synlint.console.overwrite import refuse_overwriting
from synlint.errors import UsageError
from synlint.reports.write import Output
from synlint.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """data/a.jsonl and data/b.jsonl; a link and a hard link to the first; settings that extend others; rules."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SYNLINT_CONFIG", raising=False)
    for folder in ("data", "rules"):
        Path(folder).mkdir()
    for name in ("data/a.jsonl", "data/b.jsonl", "rules/mine.yaml", "base.toml", "known.json", ".synlintignore"):
        Path(name).write_text("")
    Path("synlint.toml").write_text('extend = "base.toml"\nrules = ["rules"]\nbaseline = "known.json"\n')
    os.symlink("data/a.jsonl", "link.json")
    os.link("data/a.jsonl", "hard.json")
    os.symlink("data", "folder")
    return tmp_path


@pytest.mark.parametrize(
    ("target", "paths", "what"),
    [
        ("data/a.jsonl", ["data/a.jsonl"], "data/a.jsonl, the corpus to check"),
        ("./data/../data/a.jsonl", ["data/a.jsonl"], "data/a.jsonl, the corpus"),
        ("data/b.jsonl", ["data"], "b.jsonl, a file of the corpus"),
        ("data/b.jsonl", ["data/*.jsonl"], "b.jsonl, a file of the corpus"),
        ("folder/b.jsonl", ["data"], "b.jsonl, a file of the corpus"),
        ("link.json", ["data/a.jsonl"], "data/a.jsonl, the corpus"),
        ("hard.json", ["data"], "a.jsonl, a file of the corpus"),
        ("data/a.jsonl", ["link.json"], "link.json, the corpus"),
        ("new.json", ["new.json"], "new.json, the corpus"),  # not there yet
        ("synlint.toml", ["-"], "the settings file synlint.toml"),
        ("base.toml", ["-"], "the settings file base.toml"),
        ("rules/mine.yaml", ["-"], "the rule file rules/mine.yaml"),
        ("known.json", ["-"], "the baseline known.json"),
        (".synlintignore", ["-"], "the ignore file .synlintignore"),
    ],
)
def test_what_the_run_reads_is_not_overwritten(target: str, paths: list[str], what: str) -> None:
    with pytest.raises(UsageError) as caught:
        refuse_overwriting([Output("full"), Output("json", target)], paths, load_settings(Path()))
    assert str(caught.value).startswith(f"--output json={target} would overwrite {what}")
    assert str(caught.value).endswith("; name another file")


@pytest.mark.parametrize("second", ["hard.json", "link.json", "data/a.jsonl"])
def test_two_outputs_have_two_targets(second: str) -> None:
    outputs = [Output("json", "data/a.jsonl"), Output("jsonl", second)]
    with pytest.raises(UsageError, match=f"two outputs name the same file, json=data/a.jsonl and jsonl={second}"):
        refuse_overwriting(outputs, ["-"], Settings())


def test_other_files_may_be_replaced() -> None:
    outputs = [Output("json", "data/report.json"), Output("full", "/dev/null"), Output("concise", "/dev/null")]
    refuse_overwriting(outputs, ["data", "gone.jsonl", "hf://somebody/data"], load_settings(Path()))


def test_data_of_others_is_not_replaced_and_our_own_reports_are() -> None:
    Path("data/a.jsonl").write_text('{"question": "q", "answer": "a"}\n')
    with pytest.raises(UsageError, match="would overwrite a data file that synlint did not write"):
        refuse_overwriting([Output("json", "data/a.jsonl")], ["data/b.jsonl"], Settings())
    examples = Path(__file__).resolve().parents[3] / "examples" / "synthetic_qa.jsonl"
    formats = {"json": "r.json", "jsonl": "f.jsonl", "findings": "f.parquet", "gitlab": "g.json", "sarif": "s.json"}
    for _ in range(2):  # the second time over the reports of the first
        words = [f"--output={name}={file}" for name, file in formats.items()]
        assert main(["check", str(examples), "--isolated", "--no-cache", *words]) == 1
    assert main(["check", str(examples), "--isolated", "--no-cache", "--output", "findings=f.jsonl"]) == 1


def test_an_empty_list_is_nothing_to_lose() -> None:
    Path("data/clean.jsonl").write_text('{"question": "Where is Oslo?", "answer": "Oslo lies by the sea."}\n')
    for _ in range(2):
        assert main(["check", "data/clean.jsonl", "--isolated", "--no-cache", "--output=gitlab=g.json"]) == 0
        assert Path("g.json").read_text() == "[]\n"


def test_a_corpus_piped_in_from_its_file_is_not_overwritten() -> None:
    rows = '{"question": "q", "answer": "a"}\n'
    Path("data/a.jsonl").write_text(rows)
    with open("data/a.jsonl") as corpus:
        done = subprocess.run(
            [sys.executable, "-m", "synlint", "check", "-", "--isolated", "--output", "jsonl=data/a.jsonl"],
            stdin=corpus,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        "synlint: error: --output jsonl=data/a.jsonl would overwrite standard input; name another file\n"
    )
    assert Path("data/a.jsonl").read_text() == rows
