"""Outputs for services, as a CI job asks for them: one scan, many files, names from the root of the repository."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import junitparser
import polars as pl
import pytest
from sarif_kit.validate import validation_errors

from tests.synlint.commands.conftest import Call
from tests.synlint.reports.formats.test_github import parsed
from tests.synlint.reports.formats.test_gitlab import SCHEMA

FORMATS = {"sarif": "r.sarif", "junit": "r.xml", "gitlab": "r.codequality.json", "markdown": "r.md", "github": "r.txt"}
ALL = [f"--output={name}={file}" for name, file in FORMATS.items()]


@pytest.fixture(autouse=True)
def no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the job that runs these tests."""
    for name in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


def valid(folder: Path) -> dict[str, str]:
    """The texts of all five files, each read by what it is made for."""
    texts = {name: (folder / file).read_text(encoding="utf-8") for name, file in FORMATS.items()}
    assert validation_errors(json.loads(texts["sarif"])) == []
    jsonschema.validate(json.loads(texts["gitlab"]), SCHEMA)
    assert list(junitparser.JUnitXml.fromstring(texts["junit"].encode()))
    assert all(parsed(line) for line in texts["github"].splitlines())
    return texts


@pytest.fixture
def corpus(folder: Path, corpora: Path) -> Path:
    """data/ü #1.jsonl, data/50%.parquet and data/c.json: 300 rows each of a real corpus, in a git repository."""
    subprocess.run(["git", "init", "-q", "."], check=True)
    (folder / "data").mkdir()
    with gzip.open(corpora / "codealpaca_2k.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [line for line, _ in zip(lines, range(300), strict=False)]
    (folder / "data" / "ü #1.jsonl").write_text("".join(rows), encoding="utf-8")
    records = [{"question": str(n), "answer": f"As an AI language model, I cannot say {n}."} for n in range(300)]
    pl.DataFrame(records).write_parquet(folder / "data" / "50%.parquet")
    (folder / "data" / "c.json").write_text(json.dumps(records))
    return folder


def test_one_scan_writes_them_all(corpus: Path, call: Call) -> None:
    assert call("check", "data", "--isolated", "--no-cache", *ALL, "--output", "concise").code == 1
    texts = valid(corpus)
    artifacts = json.loads(texts["sarif"])["runs"][0]["artifacts"]
    names = [artifact["location"]["uri"] for artifact in artifacts]
    assert names == ["data/50%25.parquet", "data/c.json", "data/%C3%BC%20%231.jsonl"]
    suites = [suite.name for suite in junitparser.JUnitXml.fromstring(texts["junit"].encode())]
    assert suites == ["data/50%.parquet", "data/c.json", "data/ü #1.jsonl", "(corpus)"]
    assert {entry["location"]["path"] for entry in json.loads(texts["gitlab"])} <= set(suites)
    assert str(corpus) not in "".join(texts.values())


def test_bytes_are_equal_from_anywhere_and_for_any_seed(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = Path(sys.executable).with_name("synlint")
    made = []
    (corpus / "deep").mkdir()
    orders = [(["data/c.json", "data/ü #1.jsonl", "data/50%.parquet"], "."), (["../data"], "deep")]
    for seed, (paths, where) in enumerate(orders):
        outputs = [f"--output={name}={corpus / file}" for name, file in FORMATS.items()]
        command = [str(script), "check", *paths, "--isolated", "--no-cache", *outputs, "-q", "--output", "concise"]
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        subprocess.run(command, cwd=corpus / where, env=environment, capture_output=True, check=False)
        made.append(valid(corpus))
    for name in ("sarif", "junit", "gitlab", "github"):
        assert made[0][name] == made[1][name]


def test_a_broken_file_is_told_by_all_of_them(folder: Path, call: Call) -> None:
    Path("broken.jsonl").write_bytes(b"\x00\x01\x02")
    assert call("check", "broken.jsonl", "--isolated", *ALL).code == 2
    assert all("binary data" in text for text in valid(folder).values())


def test_a_crashed_rule_is_told_by_all_of_them(folder: Path, call: Call) -> None:
    Path("crash.py").write_text(
        "from synlint.model import Rule\n"
        "RULE = Rule('LEX950', 'crash', 'crashes', '', 'D.', 'R.')\n"
        "def look(batch, params):\n    raise ValueError('no luck')\n"
    )
    assert call("check", "dirty.jsonl", "--isolated", "--rules", "crash.py", *ALL).code == 2
    assert all("LEX950" in text and "no luck" in text for text in valid(folder).values())


def test_standard_input_has_a_name_and_no_file(folder: Path) -> None:
    script = Path(sys.executable).with_name("synlint")
    with open("dirty.jsonl", "rb") as rows:
        done = subprocess.run(
            [str(script), "check", "-", "--isolated", *ALL], stdin=rows, capture_output=True, check=False
        )
    assert done.returncode == 1
    texts = valid(folder)
    found = json.loads(texts["sarif"])["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert found["artifactLocation"] == {"uri": "stdin", "uriBaseId": "CORPUS"}
    assert "file=" not in texts["github"] and "(stdin:" in texts["github"]


def test_suppressed_findings_are_in_none_of_them(folder: Path, call: Call) -> None:
    note = {"ignore": ["LEX001"], "reason": "about assistants"}
    row = {"question": "Who are you?", "answer": "As an AI language model, I am a program.", "_synlint": note}
    Path("noted.jsonl").write_text(json.dumps(row) + "\n")
    assert call("check", "noted.jsonl", "--isolated", "--select", "LEX001", *ALL).code == 0
    texts = valid(folder)
    assert json.loads(texts["sarif"])["runs"][0]["results"] == json.loads(texts["gitlab"]) == []


def test_the_summary_of_a_step_is_added_to(folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    (folder / "summary.md").write_text("before\n")
    done = call("check", "dirty.jsonl", "--isolated", "--output", "github")
    assert done.code == 1 and done.err == "" and done.out.startswith("::")
    assert (folder / "summary.md").read_text().startswith("before\n\n\n<!-- synlint report -->")


def test_names_that_are_hard_to_write(folder: Path, call: Call) -> None:
    names = [os.fsdecode(b"data/caf\xe9.jsonl"), "data/a\nb,c:d%.jsonl"]
    (folder / "data").mkdir()
    for name in names:
        Path(name).write_text('{"question": "Q?", "answer": "As an AI language model, I cannot say."}\n')
    assert call("check", "data", "--isolated", "--no-cache", "--select", "LEX001", *ALL).code == 1
    texts = valid(folder)
    results = json.loads(texts["sarif"])["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
    assert places == ["data/a%0Ab%2Cc%3Ad%25.jsonl", "data/caf%E9.jsonl"], "the bytes of the name"
    shown = ["data/a\\nb,c:d%.jsonl", "data/caf\\udce9.jsonl"]
    assert [entry["location"]["path"] for entry in json.loads(texts["gitlab"])] == shown
    assert [parsed(line)[1].get("file") for line in texts["github"].splitlines()] == [*shown, None]
