"""What a corpus or a command line can get wrong: one clear sentence and exit code 2, or a finding with its line."""

from __future__ import annotations

import codecs
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from synlint.cli import main

GOOD = b'{"question": "What boils at 100 degrees?", "answer": "Water does."}\n'


def lines(*extra: bytes) -> bytes:
    """Good rows with the extra lines after the first."""
    return GOOD + b"".join(line + b"\n" for line in extra) + GOOD


def sentence(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command; it must exit 2 with one sentence that is no traceback. Returns the sentence."""
    assert main(list(arguments)) == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.err + said.out
    assert len(said.err.strip().splitlines()) == 1, said.err
    return said.err


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty.jsonl": (b"", r"is empty.*--allow-empty"),
    "blank.jsonl": (b" \n\n", "nothing but white space"),
    "binary.jsonl": (bytes(range(256)) * 40, "binary"),
    "program.jsonl": (b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00\x01\x00\x00\x00" * 300, "binary"),
    "utf16.jsonl": (codecs.BOM_UTF16_LE + GOOD.decode().encode("utf-16-le"), "UTF-16.*iconv"),
    "pointer.jsonl": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12\n",
        "Git LFS pointer.*git lfs pull",
    ),
    "unknown.jsonl": (b'{"utterance": "Hi there", "reply": "Hello to you"}\n' * 5, "utterance.*--field"),
    "two.jsonl": (
        GOOD * 5 + b'{"instruction": "Say hello.", "output": "Hello."}\n' * 5,
        "--layout alpaca.*--layout question-answer",
    ),
    "comma.json": (b'[\n{"question": "a b", "answer": "c"},\n]\n', r"comma.json:2: trailing comma"),
    "cut.jsonl.gz": (gzip.compress(GOOD * 500)[:-20], "cut.jsonl.gz.*(truncated|cut|ends)"),
    "cut.jsonl.zst": (zstandard.compress(bytes(range(32, 127)) + GOOD * 500)[:-20], "cut.jsonl.zst"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:

    content, wanted = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(content)
    code = main(["check", str(path), "--no-cache", "--isolated", "--width", "240"])
    said = capsys.readouterr()
    assert code == 2
    assert "Traceback" not in said.err + said.out
    assert re.search(wanted, said.err + said.out, re.DOTALL), said.err + said.out
    assert path.read_bytes() == content


FLAGGED: dict[str, tuple[bytes, str, int]] = {
    "not JSON": (lines(b'{"question": "a", "answer": """"}'), "INT001", 2),
    "invalid UTF-8": (lines(b'{"question": "a\xff", "answer": "b"}'), "INT001", 2),
    "NUL bytes": (lines(b"\x00\x00\x00"), "INT001", 2),
    "deep nesting": (lines(b'{"question": "a", "answer": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "INT001", 2),
    "NaN": (lines(b'{"question": "a", "answer": "b", "score": NaN}'), "INT001", 2),
    "Infinity": (lines(b'{"question": "a", "answer": "b", "score": -Infinity}'), "INT001", 2),
    "lone surrogate": (lines(b'{"question": "a", "answer": "b \\ud800"}'), "INT001", 2),
    "not an object": (lines(b'["a", "b"]'), "INT001", 2),
    "missing field": (GOOD * 40 + b'{"question": "a b c"}\n', "INT002", 41),
    "null": (GOOD * 40 + b'{"question": "a b c", "answer": null}\n', "INT002", 41),
    "wrong type": (GOOD * 40 + b'{"question": "a b c", "answer": 7}\n', "INT003", 41),
    "another layout": (GOOD * 40 + b'{"instruction": "Say hello.", "output": "Hello."}\n', "INT004", 41),
    "duplicate keys": (lines(b'{"question": "a b c", "answer": "d", "answer": "e"}'), "INT006", 2),
}


@pytest.mark.parametrize("case", FLAGGED)
def test_a_bad_row_is_a_finding_with_its_line_and_the_rest_is_checked(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, rule, line = FLAGGED[case]
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    code = main(["check", str(path), "--output", "json", "--no-cache", "--isolated"])
    said = capsys.readouterr()
    report = json.loads(said.out)
    assert code == report["exit_code"] == 1
    assert [(found["rule"], found["line"]) for found in report["findings"] if found["rule"].startswith("INT")] == [
        (rule, line)
    ]
    assert report["corpus"]["rows"] == content.count(b"\n")


@pytest.mark.parametrize(
    "content",
    [codecs.BOM_UTF8 + GOOD * 3, GOOD.replace(b"\n", b"\r\n") * 3, GOOD * 3 + GOOD.rstrip(b"\n")],
    ids=["BOM", "CRLF", "no final line end"],
)
def test_harmless_habits_are_accepted(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    assert main(["check", str(path), "--no-cache", "--isolated"]) == 0
    assert "CLEAN" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("--field", "question=question", "--field", "answer=anser"), "no record has the key 'anser'.*'answer'"),
        (("--group-by", "meta"), "--group-by meta: meta is an object; try --group-by meta.category"),
        (("--group-by", "metal"), r"--group-by metal: no record has such a key \(did you mean 'meta'\?\)"),
        (("--branch", "rejected"), "--branch rejected: only preference pairs"),
    ],
)
def test_an_option_that_names_nothing_in_the_corpus(
    options: tuple[str, ...], wanted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"question": "a b", "answer": "c", "meta": {"category": "d"}}\n' * 3)
    assert re.search(wanted, sentence(capsys, "check", str(path), "--no-cache", "--isolated", *options))


def test_one_line_of_50_megabytes_is_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.jsonl"
    words = " ".join(f"word{n}" for n in range(6_000_000))[:50_000_000]
    path.write_bytes(lines(b'{"question": "Say many words.", "answer": "' + words.encode() + b'."}'))
    assert main(["check", str(path), "--output", "json", "--no-cache", "--isolated"]) in (0, 1)
    assert json.loads(capsys.readouterr().out)["corpus"]["rows"] == 3


ARGUMENTS: dict[str, tuple[Callable[[Path], list[str]], str]] = {
    "missing path": (lambda here: ["check", str(here / "nowhere.jsonl")], "nowhere.jsonl"),
    "folder without corpora": (lambda here: ["check", str(here / "notes")], "notes"),
    "unknown rule": (lambda here: ["check", str(here / "good.jsonl"), "--select", "LEX9999"], "LEX9999"),
    "unknown setting": (
        lambda here: ["check", str(here / "good.jsonl"), "--config", "selct=1"],
        "did you mean 'select'",
    ),
    "settings file": (
        lambda here: ["check", str(here / "good.jsonl"), "--config", str(here / "bad.toml")],
        "bad.toml:1: unknown key 'ignor'.*'ignore'",
    ),
    "broken rule file": (
        lambda here: ["check", str(here / "good.jsonl"), "--rules", str(here / "bad_rule.yaml")],
        r"bad_rule.yaml:3:1: unknown key 'sumary' \(did you mean 'summary'\?\)",
    ),
    "full disk": (
        lambda here: ["check", str(here / "good.jsonl"), "--output", "json=/dev/full"],
        "/dev/full: the disk is full",
    ),
    "unknown format": (lambda here: ["check", str(here / "good.jsonl"), "--output", "jsn"], "jsn.*json"),
    "no such output folder": (
        lambda here: ["check", str(here / "good.jsonl"), "--output", f"json={here}/none/x.json"],
        "none",
    ),
    "unknown layout name": (lambda here: ["check", str(here / "good.jsonl"), "--layout", "mesages"], "messages"),
    "unknown group": (lambda here: ["check", str(here / "good.jsonl"), "--group-by", "sorce"], "sorce"),
    "no corpus": (lambda here: ["check"], "synlint check PATH"),
}


@pytest.mark.parametrize("case", ARGUMENTS)
def test_a_wrong_argument_is_one_sentence(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:

    (tmp_path / "good.jsonl").write_bytes(GOOD)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "read.me").write_text("no corpus here")
    (tmp_path / "bad.toml").write_text('ignor = ["LEX"]\n')
    (tmp_path / "bad_rule.yaml").write_text("code: LEX901\nname: bad-rule\nsumary: x\n")
    arguments, wanted = ARGUMENTS[case]
    said = sentence(capsys, *arguments(tmp_path))
    assert re.search(wanted, said), said


def test_a_bad_file_among_good_ones_does_not_cost_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.jsonl").write_bytes(GOOD * 3)
    (tmp_path / "bad.jsonl").write_bytes(bytes(range(256)) * 40)
    code = main(["check", str(tmp_path), "--output", "json", "--no-cache", "--isolated"])
    report = json.loads(capsys.readouterr().out)
    assert code == report["exit_code"] == 2
    assert report["verdict"] == "error"
    assert report["corpus"]["rows"] == 3
    assert "bad.jsonl" in report["failures"][0]["cause"]
