from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from synlint.errors import SynlintError, UsageError
from synlint.model import Report
from synlint.reports.files import OutputError
from synlint.reports.options import ReportOptions
from synlint.reports.write import Output, check_outputs, parse_outputs, write_outputs

OPTIONS = ReportOptions(width=80)


def test_requests_are_formats_with_or_without_a_file() -> None:
    requests = ["full", "json=out/r=1.json", "findings=F.PARQUET"]
    assert parse_outputs(requests) == (Output("full"), Output("json", "out/r=1.json"), Output("findings", "F.PARQUET"))


@pytest.mark.parametrize(
    ("requests", "sentence"),
    [
        (
            ["jsn"],
            r"unknown output format 'jsn' \(did you mean 'json'\?\); known: brief, concise, .*sarif",
        ),
        (["full", "json"], "only one output can go to standard output, not full and json: .*--output json=FILE"),
        (["json="], "--output json= names no file"),
        (["report.json"], "--output report.json names a file but no format: write --output json=report.json"),
        (["out/f.PARQUET"], "write --output findings=out/f.PARQUET"),
        (["findings"], r"--output findings=FILE: it needs a file that ends in one of \.parquet, \.jsonl, \.ndjson"),
        (["findings=f.csv"], r"--output findings=FILE: f\.csv ends in none of \.parquet"),
        (["json=/dev/stdout", "full"], "only one output can go to standard output, not json and full"),
        (["json=a", "jsonl=./a"], "two outputs name the same file, a: give each its own"),
    ],
)
def test_a_request_that_cannot_be_honoured_is_one_sentence(requests: list[str], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        parse_outputs(requests)


def test_several_outputs_of_one_run(report: Report, tmp_path: Path) -> None:
    outputs = parse_outputs(
        ["concise", f"json={tmp_path}/r.json", f"full={tmp_path}/r.txt", f"findings={tmp_path}/f.parquet"]
    )
    stdout = io.StringIO()
    check_outputs(outputs)
    write_outputs(report, outputs, OPTIONS, stdout)
    assert len(stdout.getvalue().splitlines()) == len(report.store)
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["verdict"] == "error"
    assert "\x1b" not in (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert (tmp_path / "f.parquet").read_bytes()[:4] == b"PAR1"
    assert sorted(os.listdir(tmp_path)) == ["f.parquet", "r.json", "r.txt"]


def test_one_bad_file_does_not_cost_the_others(report: Report, tmp_path: Path) -> None:
    stdout = io.StringIO()
    outputs = [Output("json", f"{tmp_path}/no/r.json"), Output("jsonl", f"{tmp_path}/r.jsonl"), Output("concise")]
    with pytest.raises(OutputError, match="the folder does not exist"):
        write_outputs(report, outputs, OPTIONS, stdout)
    assert stdout.getvalue()
    assert (tmp_path / "r.jsonl").exists()


def test_all_bad_files_are_named(report: Report, tmp_path: Path) -> None:
    outputs = [Output("json", f"{tmp_path}/a/r"), Output("jsonl", f"{tmp_path}/b/r")]
    with pytest.raises(SynlintError, match=r"a/r: .*; cannot write .*b/r: "):
        write_outputs(report, outputs, OPTIONS, io.StringIO())


def test_a_missing_folder_is_found_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the folder does not exist; create it first"):
        check_outputs(parse_outputs([f"json={tmp_path}/no/r.json"]))


class Closed(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


@pytest.mark.parametrize("name", ["full", "concise", "json", "jsonl"])
def test_a_closed_pipe_is_passed_on_after_the_files_are_written(name: str, report: Report, tmp_path: Path) -> None:
    outputs = [Output(name), Output("json", f"{tmp_path}/r.json")]
    with pytest.raises(BrokenPipeError):
        write_outputs(report, outputs, OPTIONS, Closed())
    assert (tmp_path / "r.json").exists()


@pytest.mark.parametrize("name", ["full", "concise", "json", "jsonl"])
def test_a_terminal_without_unicode_gets_every_character_spelt_out(name: str, report: Report) -> None:
    raw = io.BytesIO()
    stdout = io.TextIOWrapper(raw, encoding="ascii")
    write_outputs(report, [Output(name)], OPTIONS, stdout)
    written = raw.getvalue()
    if name in ("json", "jsonl"):
        assert "東京".encode() in written or "AIとして".encode() in written  # programs are promised UTF-8
    else:
        assert written.isascii()


_CHILD = """
import io, sys
from synlint.model import CorpusInfo, Report
from synlint.reports.options import ReportOptions
from synlint.reports.write import Output, write_outputs
class Nothing:
    def __len__(self): return 0
    def parts(self): return iter(())
    def head(self, n):
        import polars
        return polars.DataFrame(schema=["row", "rule", "path", "line", "severity", "group", "score"])
report = Report("clean", 0, CorpusInfo((), 0, 0, "", ""), "", "Yes.", (), (), Nothing())
try:
    write_outputs(report, [Output("full")], ReportOptions(), sys.stdout)
except Exception as error:
    sys.stderr.write(f"{type(error).__name__}: {error}")
    sys.exit(2)
"""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output_is_one_sentence_and_exit_2() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-c", _CHILD], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == (
        "OutputError: cannot write standard output: the disk is full; free some space or write elsewhere"
    )


def test_a_pipe_named_by_its_descriptor_is_written(report: Report) -> None:
    reading, writing = os.pipe()
    outputs = parse_outputs([f"concise=/dev/fd/{writing}"])
    check_outputs(outputs)
    write_outputs(report, outputs, OPTIONS, io.StringIO())
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        assert len(pipe.read().splitlines()) == len(report.store)


class _Closed(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_a_closed_pipe_does_not_hide_that_a_file_could_not_be_written(report: Report, tmp_path: Path) -> None:
    missing = Output("json", str(tmp_path / "none" / "r.json"))
    with pytest.raises(OutputError, match="the folder does not exist"):
        write_outputs(report, [missing, Output("full")], OPTIONS, _Closed())
    with pytest.raises(BrokenPipeError):
        write_outputs(report, [Output("full")], OPTIONS, _Closed())
