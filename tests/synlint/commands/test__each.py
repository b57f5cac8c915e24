from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.synlint.commands.conftest import Call, write_rows

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n"


def said(text: str) -> str:
    """The text with its lines joined: where they are broken depends on the width."""
    return " ".join(text.split())


def test_every_file_has_its_verdict_and_the_worst_is_the_exit_code(folder: Path, call: Call) -> None:
    one = call("check", "--each", "clean.jsonl", "--select", "LEX")
    assert (one.code, one.out, one.err) == (0, "✓ clean.jsonl: clean (12 rows)\n", "")
    both = call("check", "--each", "dirty.jsonl", "clean.jsonl", "--select", "LEX001")
    assert both.code == 1
    lines = both.out.splitlines()
    assert lines[0] == "✓ clean.jsonl: clean (12 rows)"
    assert lines[1].startswith("✗ dirty.jsonl: findings: Not yet: answer speaks of itself as an AI in 4 rows")
    assert lines[-2] == "  more: synlint check dirty.jsonl --select LEX001"
    assert lines[-1] == "1 of 2 files has findings: dirty.jsonl."
    Path("torn.jsonl").write_text('{"question": "Where?"\n')
    assert call("check", "--each", ".", "--select", "LEX001").code == 2
    assert call("check", "--each", ".", "--select", "LEX001", "--exit-zero").code == 2
    assert call("check", "--each", "dirty.jsonl", "--select", "LEX001", "--exit-zero").code == 0


def test_one_bad_file_hides_no_other(folder: Path, call: Call) -> None:
    Path("a torn.jsonl").write_text('{"question": "Where?"\n')
    Path("b.jsonl").write_text("")
    done = call("check", "--each", "gone.jsonl", ".", "--group-by", "source", "--select", "LEX001")
    assert done.code == 2
    text = said(done.out)
    assert "! error: gone.jsonl: no such file or folder" in text
    assert "! error: a torn.jsonl:1: its only record cannot be read" in text
    assert "! error: b.jsonl: is empty" in text
    assert "✓ clean.jsonl: clean" in text and "✗ dirty.jsonl: findings" in text
    assert text.endswith("3 could not be checked: gone.jsonl, a torn.jsonl, b.jsonl.")


def test_what_is_wrong_for_one_file_only_stays_with_that_file(folder: Path, call: Call) -> None:
    """A key to group by that one file lacks is an error of the usage there, and no reason to leave the rest alone."""
    write_rows(Path("plain.jsonl"), [{"question": "Where?", "answer": "Here."}])
    done = call("check", "--each", ".", "--group-by", "topic.name", "--select", "LEX001")
    assert done.code == 2
    assert done.out.count("! error: ") == 3 and "Traceback" not in done.err


def test_each_file_is_judged_by_its_own_settings(folder: Path, call: Call) -> None:
    Path("lenient").mkdir()
    os.replace("dirty.jsonl", "lenient/dirty.jsonl")
    Path("lenient/synlint.toml").write_text('ignore = ["LEX"]\n')
    write_rows(Path("other.jsonl"), [{"question": "Who?", "answer": "As an AI language model, I am nobody."}])
    done = call("check", "--each", "lenient/dirty.jsonl", "other.jsonl", "--output", "concise")
    assert "lenient/dirty.jsonl" not in done.out and "other.jsonl:1: LEX001" in done.out
    assert call("check", "lenient/dirty.jsonl", "other.jsonl", "--output", "concise").code == 0, "one corpus, one file"
    Path("lenient/synlint.toml").write_text("ignor = []\n")
    assert call("check", "--each", "lenient", "other.jsonl").err.startswith(
        "synlint: error: lenient/synlint.toml:1: unknown key 'ignor'"
    )


def test_files_are_called_as_one_types_them_here(folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("data/deep").mkdir(parents=True)
    os.replace("dirty.jsonl", "data/deep/dirty.jsonl")
    assert call("check", "data").out and "data/deep/dirty.jsonl:1: LEX001" in call("check", "--each", "data", "-q").out
    absolute = call("check", "--each", str(folder / "data"), "-q").out
    assert absolute == call("check", "--each", "data", "-q").out
    monkeypatch.chdir("data")
    assert "../clean.jsonl: clean" in call("check", "--each", "../clean.jsonl", "--select", "LEX").out
    elsewhere = call("check", "--each", str(folder / "clean.jsonl"), "--select", "LEX").out
    assert elsewhere == "✓ clean.jsonl: clean (12 rows)\n", "no path of the machine"


def test_skipped_files_are_told_and_damaged_ones_are_errors(folder: Path, call: Call) -> None:
    Path("big.parquet").write_text(POINTER)
    Path("log.jsonl").write_text('{"level": "info"}\n')
    Path("numbers.json").write_text("[1, 2, 3]\n")
    paths = ("big.parquet", "log.jsonl", "numbers.json", "clean.jsonl")
    assert call("check", "--each", *paths, "--select", "LEX").code == 2
    done = call("check", "--each", *paths, "--skip-unsupported", "--select", "LEX")
    assert done.code == 0
    text = said(done.out)
    assert "· big.parquet: skipped: is a Git LFS pointer" in text
    assert "· log.jsonl: skipped: unknown layout" in text
    assert "· numbers.json: skipped: " in text
    assert text.endswith("4 files: 1 clean, 3 skipped.")
    Path("big.parquet").write_bytes(b"PAR1 torn")
    done = call("check", "--each", "big.parquet", "--skip-unsupported")
    assert (done.code, "! error: big.parquet: is a Parquet file without its end" in done.out) == (2, True)
    concise = call("check", "--each", "log.jsonl", "clean.jsonl", "--skip-unsupported", "--output", "concise")
    assert concise.out == "" and "skipped log.jsonl: unknown layout" in concise.err


def test_findings_alone_go_to_stdout_and_verdicts_to_stderr(folder: Path, call: Call) -> None:
    done = call("check", "--each", ".", "--select", "LEX001", "--output", "concise")
    assert [line.split(": ")[:2] for line in done.out.splitlines()] == [
        [f"dirty.jsonl:{n}", "LEX001 warning answer speaks of itself as an AI"] for n in (1, 4, 7, 10)
    ]
    assert done.err.splitlines()[0].startswith("clean.jsonl: clean: Yes")
    assert done.err.splitlines()[1].startswith("dirty.jsonl: findings: Not yet")
    assert done.err.splitlines()[2] == "1 of 2 files has findings: dirty.jsonl."
    assert call("check", "--each", ".", "--select", "LEX001", "-q").err == ""


def test_full_reports_stand_under_the_file_name(folder: Path, call: Call) -> None:
    done = call("check", "--each", ".", "--select", "LEX001", "--output", "full", "--width", "100")
    lines = done.out.splitlines()
    assert lines[0] == "clean.jsonl" and lines[1].startswith("✓ CLEAN")
    assert lines[lines.index("dirty.jsonl") + 1].startswith("✗ FINDINGS")
    assert "one explained: synlint explain dirty.jsonl:1" in done.out


def test_a_document_is_of_all_files(folder: Path, call: Call) -> None:
    done = call("check", "--each", ".", "--select", "LEX001", "--output", "json")
    report = json.loads(done.out)
    assert (done.code, report["exit_code"], report["verdict"]) == (1, 1, "findings")
    assert report["corpus"]["paths"] == ["clean.jsonl", "dirty.jsonl"] and report["corpus"]["rows"] == 24
    assert {finding["path"] for finding in report["findings"]} == {"dirty.jsonl"}
    assert report["summary"]["sentence"] == "1 of 2 files has findings: dirty.jsonl."
    [rule] = report["rules"]
    assert (rule["rows"], rule["verdict"]) == (4, "over")
    assert done.err == ""


def test_outputs_in_files_hold_what_the_terminal_would(folder: Path, call: Call) -> None:
    outputs = (
        "--output",
        "concise=c.txt",
        "--output",
        "full=f.txt",
        "--output",
        "findings=f.jsonl",
        "--output",
        "brief",
    )
    assert call("check", "--each", ".", "--select", "LEX001", *outputs).code == 1
    assert Path("c.txt").read_text() == call("check", "--each", ".", "--select", "LEX001", "-q").out
    assert Path("f.txt").read_text().count("checked 12 rows") == 2
    header, *found = Path("f.jsonl").read_text().splitlines()
    assert json.loads(header)["findings"] == len(found) == 4
    before = Path("dirty.jsonl").read_bytes()
    assert "would overwrite" in call("check", "--each", ".", "--output", "json=dirty.jsonl").err
    assert Path("dirty.jsonl").read_bytes() == before
    done = call("check", "--each", ".", "--output", "concise=gone/c.txt")
    assert (done.code, done.out) == (2, "")


def test_the_bytes_do_not_depend_on_the_order_of_the_files(folder: Path, call: Call) -> None:
    runs = [
        call("check", "--each", *paths, "--output", "brief", "--output", "json=r.json")
        for paths in (("dirty.jsonl", "clean.jsonl"), ("clean.jsonl", "dirty.jsonl", "./dirty.jsonl"))
    ]
    assert runs[0].out == runs[1].out


def test_a_reader_that_leaves_changes_neither_exit_code_nor_documents(folder: Path) -> None:
    for n in range(3):
        write_rows(
            Path(f"more{n}.jsonl"), [{"question": "Who?", "answer": "As an AI language model, I am nobody."}] * 9
        )
    command = f"{sys.executable} -m synlint check --each . --select LEX --output full --output json=r.json | true"
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert len(json.loads(Path("r.json").read_text())["corpus"]["paths"]) == 5


def test_stdin_is_one_of_the_files(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "synlint", "check", "--each", "-", "clean.jsonl", "--select", "LEX"],
        input=Path("dirty.jsonl").read_text(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "✓ clean.jsonl: clean" in done.stdout and "✗ stdin: findings" in done.stdout


def test_real_corpora_get_the_verdict_that_they_get_alone(corpora: Path, call: Call, tmp_path: Path) -> None:
    names = ("codealpaca_2k.jsonl.gz", "tofu_generated.jsonl.gz", "selfinstruct_user_oriented_human.jsonl.gz")
    paths = [str(corpora / name) for name in names]
    each = call("check", "--isolated", "--each", *paths, "--output", "jsonl")
    alone = [call("check", "--isolated", "-n", path, "--output", "jsonl") for path in paths]
    assert each.code == max(done.code for done in alone)

    def found(text: str) -> list[tuple[object, ...]]:
        records = [json.loads(line) for line in text.splitlines()]
        return sorted((r["rule"], r["row"] if r["row"] is not None else -1, r["id"]) for r in records)

    assert found(each.out) == sorted(entry for done in alone for entry in found(done.out))


def test_findings_are_kept_for_explain_under_the_names_that_were_shown(folder: Path, call: Call) -> None:
    Path("data/deep").mkdir(parents=True)
    os.replace("dirty.jsonl", "data/deep/dirty.jsonl")
    call("check", "--each", "data", "clean.jsonl", "--select", "LEX001")
    done = call("explain", "data/deep/dirty.jsonl:1")
    assert done.code == 0 and "Where   data/deep/dirty.jsonl:1, row 0" in done.out
    assert "As an AI" in done.out and "LEX001 data/deep/dirty.jsonl  # why it is fine" in done.out
    missing = call("explain", "clean.jsonl:1")
    assert "the last run checked clean.jsonl, data/deep/dirty.jsonl (24 rows)" in missing.err
    assert "synlint check data clean.jsonl --each --select LEX001 --output concise" in missing.err


def test_files_with_rules_of_their_own_are_not_kept_as_one_run(folder: Path, call: Call) -> None:
    Path("own").mkdir()
    os.replace("dirty.jsonl", "own/dirty.jsonl")
    Path("own/synlint.toml").write_text("[rule.LEX001]\nmax-share = 0.5\n")
    call("check", "--each", ".", "--select", "LEX001")
    done = call("explain", "own/dirty.jsonl:1")
    assert done.code == 2 and "(of --each, only where one set of settings holds for all files)" in done.err


def test_templates_are_of_one_corpus(folder: Path, call: Call) -> None:
    done = call("check", "--each", "clean.jsonl", "dirty.jsonl", "--output", "templates=t.json")
    assert done.code == 2 and "with --each these are 2: leave out --each, or name one file" in done.err
    assert not Path("t.json").exists()
    assert call("check", "--each", "clean.jsonl", "--select", "LEX", "--output", "templates=t.json").code == 0
    assert json.loads(Path("t.json").read_text())["templates"] == []
