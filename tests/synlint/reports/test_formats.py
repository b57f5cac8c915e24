from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from synlint.model import Report
from synlint.reports.formats import brief, concise, findings, full, github, gitlab, jsonl, junit, markdown, sarif
from synlint.reports.formats import json as json_format
from synlint.reports.options import ReportOptions

OPTIONS = ReportOptions(color=False, width=80)


def text_of(module: object, report: Report, options: ReportOptions = OPTIONS) -> str:
    out = io.StringIO()
    module.write(report, out, options)  # type: ignore[attr-defined]
    return out.getvalue()


def test_concise_is_one_line_per_finding_and_nothing_else(report: Report) -> None:
    lines = text_of(concise, report).splitlines()
    assert len(lines) == len(report.store)
    assert lines[0] == "corpus: TPL001 warning 7.1 % of answers begin with 'Here are some'"
    assert "alpaca_data.jsonl:52001: PAR001 error answer gives the question back" in lines


def test_concise_says_row_where_a_file_has_no_lines(report: Report) -> None:
    from_parquet = replace(report.store, table=report.store.frame().with_columns(line=None))  # type: ignore[type-var]
    assert "alpaca_data.jsonl:row 52000: PAR001" in text_of(concise, replace(report, store=from_parquet))


def test_concise_with_statistics_adds_a_table_with_a_header(report: Report) -> None:
    plain = text_of(concise, report)
    shown = text_of(concise, report, replace(OPTIONS, statistics="time"))
    assert shown.startswith(plain + "\nrows\tfindings\tshare\tseconds\tcode\tname\n")
    lines = shown.removeprefix(plain).splitlines()
    assert lines[2] == "1768\t1768\t3.4 %\t0.120\tLEX001\tassistant-self-reference", "the dearest rule comes first"
    assert lines[-1] == "-\t-\t-\t0.050\t-\tsearch for all literals"


def test_concise_takes_like_findings_of_one_text_together(
    report: Report, store_of: Callable[[Iterable[dict[str, Any]]], Any]
) -> None:
    base = dict.fromkeys(report.store.frame().columns) | {
        "id": "x", "rule": "FMT004", "severity": "info", "path": "a.jsonl", "row": 0, "line": 1, "pair": 0,
    }  # fmt: skip
    said = [("answer", "U+200B"), ("answer", "U+00AD"), ("answer", "U+200B"), ("question", "U+200B")]
    rows = [{**base, "field": field, "message": message} for field, message in said]
    rows += [{**base, "row": 1, "line": 2, "field": "answer", "message": "U+200B"}]
    rows += [{**base, "row": 1, "line": 2, "pair": 1, "field": "answer", "message": "U+200B"}]
    assert text_of(concise, replace(report, store=store_of(rows))).splitlines() == [
        "a.jsonl:1: FMT004 info U+200B [answer] (2 places)",
        "a.jsonl:1: FMT004 info U+200B [question]",
        "a.jsonl:1: FMT004 info U+00AD",
        "a.jsonl:2: FMT004 info U+200B [pair 0 answer]",
        "a.jsonl:2: FMT004 info U+200B [pair 1 answer]",
    ]


@pytest.mark.parametrize("module", [concise, full, json_format, jsonl, github, gitlab, junit, markdown, sarif])
def test_no_format_lets_a_control_character_of_the_corpus_through(module: object, report: Report) -> None:
    evil = "\x1b]0;pwned\x07 \u202e \x9b2J \r"
    table = report.store.frame().with_columns(
        pl.lit(evil).alias("message"),
        pl.lit(evil).alias("path"),
        pl.lit(evil).alias("name"),
        pl.lit(evil).alias("group"),
    )
    hostile = replace(
        report,
        store=replace(report.store, table=table),  # type: ignore[type-var]
        sentence=evil,
        notes=(evil,),
        skipped=((evil, evil),),
        actions=tuple(replace(action, command=evil, why=evil, expected=evil) for action in report.actions),
        failures=tuple(replace(failure, cause=evil, path=evil) for failure in report.failures),
        rules=tuple(replace(result, name=evil, summary=evil) for result in report.rules),
        exhibits=tuple(replace(exhibit, path=evil, source_id=evil, field=evil) for exhibit in report.exhibits),
        slices={evil: {evil: {"rows": 1, "verdict": "findings", "rules": list(report.rules)}}},
    )
    for options in (OPTIONS, replace(OPTIONS, width=140), replace(OPTIONS, statistics="time")):
        shown = text_of(module, hostile, options)
        assert not {c for c in shown if c < " " and c not in "\n\t"}
        assert not {c for c in shown if "\x7f" <= c <= "\x9f" or c == "\u202e"}


def test_rich_markup_and_emoji_codes_are_plain_text(report: Report) -> None:
    shown = text_of(full, replace(report, sentence="[bold]no[/bold] :smile: [link=x]y[/link]"))
    assert "[bold]no[/bold] :smile: [link=x]y[/link]" in shown


def test_json_is_the_same_twice_and_ends_with_a_newline(report: Report) -> None:
    once = text_of(json_format, report)
    assert once == text_of(json_format, report)
    assert once.endswith("}\n")
    assert json.loads(once)["version"] == 1
    assert len(json.loads(text_of(json_format, report, replace(OPTIONS, max_findings=2)))["findings"]) == 2


@dataclass(frozen=True)
class OnePartAtATime:
    """A store that fails when anyone asks for more than one part."""

    table: pl.DataFrame

    def __len__(self) -> int:
        return 50 * len(self.table)

    def head(self, n: int) -> pl.DataFrame:
        raise AssertionError("head")

    def frame(self) -> pl.DataFrame:
        raise AssertionError("frame")

    def scan(self) -> pl.LazyFrame:
        raise AssertionError("scan")

    def parts(self) -> Iterator[pl.DataFrame]:
        for _ in range(50):
            yield self.table


@pytest.mark.parametrize("module", [github, gitlab, junit, sarif])
def test_findings_are_read_part_by_part(module: object, report: Report) -> None:
    assert text_of(module, replace(report, store=OnePartAtATime(report.store.frame())))


@pytest.mark.parametrize("module", [jsonl, concise])
def test_findings_are_streamed(module: object, report: Report) -> None:
    store = OnePartAtATime(report.store.frame())
    lines = text_of(module, replace(report, store=store, failures=())).splitlines()
    assert len(lines) == len(store)


def test_jsonl_holds_every_finding_and_nothing_else(report: Report) -> None:
    rows = [json.loads(line) for line in text_of(jsonl, report).splitlines()]
    assert [row["id"] for row in rows] == report.store.frame()["id"].to_list()


@pytest.mark.parametrize("suffix", findings.SUFFIXES)
def test_the_sidecar_holds_every_finding_and_says_which_run_it_is_of(
    suffix: str, report: Report, tmp_path: Path
) -> None:
    path = tmp_path / "draft.tmp"  # the name says nothing: the suffix is given
    findings.write_path(report, path, OPTIONS, suffix=suffix)
    if suffix == ".parquet":
        header = json.loads(pl.read_parquet_metadata(path)["synlint"])
        table = pl.read_parquet(path)
    else:
        first, *rest = path.read_text(encoding="utf-8").splitlines()
        header = json.loads(first)
        table = pl.DataFrame([json.loads(line) for line in rest], schema=report.store.frame().schema)
    assert table.equals(report.store.frame())
    assert header == findings.header(report)
    assert (header["fingerprint"], header["settings_digest"], header["findings"]) == ("5f" * 16, "0d" * 16, 13)


def test_a_sidecar_without_findings_keeps_its_columns(clean: Report, tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    findings.write_path(clean, path, OPTIONS, suffix=".parquet")
    assert pl.read_parquet_schema(path) == clean.store.frame().schema


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("suffix", findings.SUFFIXES)
def test_a_full_disk_is_an_os_error_not_a_polars_error(suffix: str, report: Report) -> None:
    with pytest.raises(OSError, match="No space left"):
        findings.write_path(report, Path("/dev/full"), OPTIONS, suffix=suffix)


def test_brief_gives_the_verdict_a_finding_of_each_rule_over_its_limit_and_the_next_command(report: Report) -> None:
    lines = text_of(brief, report).splitlines()
    assert lines[0].startswith("! alpaca_data.jsonl: error: ")
    said = " ".join(" ".join(lines).split())
    assert "! error: rule LEX009 crashed" in said
    for place in ("corpus: TPL001 7.1 %", "alpaca_data.jsonl:52001: PAR001", "alpaca_data.jsonl:52002: SEC001"):
        assert place in said, place
    assert "LEX002" not in said, "within its limit"
    assert lines[-1] == f"  more: {OPTIONS.command}"
    assert all(len(line) <= 80 for line in lines) and len(lines) < 24


def test_brief_is_one_line_for_a_clean_corpus(clean: Report) -> None:
    [line] = text_of(brief, clean).splitlines()
    assert line.startswith("✓ ") and ": clean (" in line


def test_brief_lists_no_more_than_eight_rules(report: Report) -> None:
    over = next(rule for rule in report.rules if rule.code == "LEX001")
    many = tuple(replace(over, code=f"LEX{n:03}") for n in range(30))
    assert "  and 22 more rules" in text_of(brief, replace(report, rules=many)).splitlines()


def test_brief_does_not_let_the_corpus_steer_the_terminal(report: Report) -> None:
    hostile = replace(report.corpus, paths=("a\x1b[2J.jsonl",), skipped=(("b\x1b.jsonl", "is\x07 odd"),))
    shown = text_of(brief, replace(report, corpus=hostile))
    assert "\x1b" not in shown and "\x07" not in shown
