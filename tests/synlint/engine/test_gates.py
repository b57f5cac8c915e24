"""From counts to verdicts and exit codes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from synlint.corpora.options import ReadOptions
from synlint.model import Conclusion, CorpusHit, RuleResult, Severity
from synlint.rulebook.human import rate_of
from synlint.rulebook.loaded import Aggregate, LoadedRule, ProblemCheck
from synlint.rulebook.matchers.phrases import Phrases
from synlint.states import CountTable
from tests.synlint.making import check, counting, found, gated, matching, pairs, rule

WORD = matching(Phrases(("word",)))


def answers(hit: int, of: int) -> list[dict[str, Any]]:
    return pairs(["a word" if n < hit else "none" for n in range(of)])


def result(loaded: LoadedRule, hit: int, of: int) -> RuleResult:
    [line] = check([loaded], answers(hit, of)).rules
    return line


@pytest.mark.parametrize(
    ("gate", "hit", "of", "verdict", "severity"),
    [
        ({"by": "count"}, 0, 300, "clean", "warning"),
        ({"by": "count"}, 1, 300, "over", "warning"),
        ({"by": "count", "warn": 2}, 2, 300, "under", "warning"),
        ({"by": "count", "warn": 2}, 3, 300, "over", "warning"),
        ({"by": "count", "warn": 1, "error": 5}, 5, 300, "over", "warning"),
        ({"by": "count", "warn": 1, "error": 5}, 6, 300, "over", "error"),
        ({"by": "share", "warn": 0.01}, 3, 300, "under", "warning"),
        ({"by": "share", "warn": 0.01}, 4, 300, "over", "warning"),
        ({"by": "share", "warn": 0.01, "error": 0.1}, 30, 300, "over", "warning"),
        ({"by": "share", "warn": 0.01, "error": 0.1}, 31, 300, "over", "error"),
        ({"by": "share", "warn": 0.5, "error": 0.1}, 31, 300, "over", "error"),
        ({"by": "share", "warn": 0.5}, 1, 199, "over", "warning"),  # too few rows to judge a share
        ({"by": "share", "warn": 0.5}, 0, 199, "clean", "warning"),
        ({"by": "share", "warn": 0.5}, 1, 200, "under", "warning"),
        ({"by": "share", "warn": 0.5, "error": 0.6, "min_rows": 10}, 9, 9, "over", "warning"),
        ({"by": "share", "warn": 0.5, "min_rows": 10}, 1, 10, "under", "warning"),
        ({"by": "share", "warn": 0.0}, 1, 300, "over", "warning"),
        ({"by": "share", "warn": 1.0}, 300, 300, "under", "warning"),
        ({"by": "share"}, 1, 1000, "under", "warning"),  # the floor: 0.1 %
        ({"by": "share"}, 2, 1000, "over", "warning"),
    ],
)
def test_verdicts(gate: dict[str, Any], hit: int, of: int, verdict: str, severity: str) -> None:
    line = result(gated(WORD, **gate), hit, of)
    assert (line.verdict, line.severity) == (verdict, severity)
    assert (line.rows, line.findings, line.share) == (hit, hit, hit / of)


def test_value_and_threshold_are_of_one_kind() -> None:
    by_count = result(gated(WORD, by="count", warn=2), 3, 300)
    assert (by_count.value, by_count.threshold) == (3.0, 2)
    by_share = result(gated(WORD, warn=0.02), 3, 300)
    assert (by_share.value, by_share.threshold) == (0.01, 0.02)


def test_the_limit_is_the_human_upper_bound_with_a_floor() -> None:
    rare = rate_of({"a": (0, 100_000)})
    common = rate_of({"a": (50, 1000)})
    assert rare is not None
    assert common is not None
    assert rare.upper < 0.001
    assert replace(WORD, human=rare).limit() == 0.001
    assert replace(WORD, human=common).limit() == common.upper
    assert result(replace(WORD, human=common), 19, 300).verdict == "under"
    over = result(replace(WORD, human=common), 20, 300)
    assert (over.verdict, over.human_rate) == ("over", 0.05)
    assert gated(replace(WORD, human=common), warn=0.5).limit() == 0.5


def test_a_share_is_of_the_rows_that_have_one_of_the_fields() -> None:
    either = matching(Phrases(("word",)), fields=("question", "context"))
    rows = [{"question": "a word?", "answer": "x"}] * 2 + [{"question": None, "context": "a word", "answer": "x"}] * 2
    rows += [{"question": None, "answer": "x"}] * 4
    [line] = check([either], rows).rules
    assert (line.rows, line.share) == (4, 1.0)


def test_a_row_with_several_pairs_counts_once() -> None:
    turns = [{"role": role, "content": "a word"} for role in ("user", "assistant") * 3]
    rows: list[dict[str, Any]] = [{"messages": turns}, {"messages": turns[:2]}]
    report = check([WORD], rows)
    [line] = report.rules
    assert (line.rows, line.findings, line.share) == (2, 4, 1.0)
    assert (report.corpus.rows, report.corpus.pairs) == (2, 4)


def test_integrity_is_a_share_of_all_records() -> None:
    loaded = LoadedRule(
        rule("INT901", gate=gated(WORD, by="share", warn=0.2).rule.gate), ProblemCheck(frozenset({"wrong-type"}))
    )
    rows = [{"question": 5, "answer": "x"}, *pairs(["x"] * 3)]
    [line] = check([loaded], rows).rules
    assert (line.rows, line.share) == (1, 0.25)


@pytest.mark.parametrize(
    ("hit", "of", "severity", "findings"),
    [(1, 10, None, 1), (2, 10, "warning", 3), (4, 10, "warning", 5), (5, 10, "error", 6), (5, 9, None, 5)],
)
def test_an_aggregate_is_a_corpus_finding_too(hit: int, of: int, severity: Severity | None, findings: int) -> None:
    loaded = replace(gated(WORD, warn=1.0, min_rows=1), aggregate=Aggregate(0.2, 0.5, min_rows=10))
    report = check([loaded], answers(hit, of))
    corpus = report.findings.filter(pl.col("row").is_null())
    assert corpus["severity"].to_list() == ([] if severity is None else [severity])
    [line] = report.rules
    assert line.findings == findings == len(report.findings)
    assert line.verdict == ("under" if severity is None else "over")
    if severity is not None:
        assert corpus["score"][0] == pytest.approx(hit / of / 0.2 / (1 + hit / of / 0.2), abs=1e-4)
        assert line.severity == severity


@pytest.mark.parametrize(
    ("severity", "fail_on", "exit_code"),
    [
        ("info", "info", 1),
        ("info", "warning", 0),
        ("info", "error", 0),
        ("warning", "info", 1),
        ("warning", "warning", 1),
        ("warning", "error", 0),
        ("error", "error", 1),
    ],
)
def test_fail_on(severity: Severity, fail_on: Severity, exit_code: int) -> None:
    report = check([matching(Phrases(("word",)), severity=severity)], answers(1, 1), fail_on=fail_on)
    assert report.exit_code == exit_code
    assert report.verdict == ("findings" if exit_code else "clean")
    assert len(report.findings) == 1
    lenient = check([matching(Phrases(("word",)), severity=severity)], answers(1, 1), fail_on=fail_on, exit_zero=True)
    assert (lenient.exit_code, lenient.verdict) == (0, report.verdict)


def test_max_warnings_counts_findings_that_pass_no_gate_too() -> None:
    quiet = gated(WORD, warn=1.0, min_rows=1)
    assert check([quiet], answers(3, 10)).exit_code == 0
    assert check([quiet], answers(3, 10), max_warnings=3).exit_code == 0
    assert check([quiet], answers(3, 10), max_warnings=2).exit_code == 1
    info = matching(Phrases(("word",)), severity="info", gate=quiet.rule.gate)
    assert check([info], answers(3, 10), max_warnings=0).exit_code == 0


def test_no_rows_are_no_clean_bill() -> None:
    read = ReadOptions(allow_empty=True)
    assert check([WORD], [], read=read).exit_code == 2
    assert check([WORD], [], read=read, allow_empty=True).exit_code == 0


def test_rules_that_have_nothing_to_look_at_are_skipped_with_the_reason() -> None:
    absent = matching(Phrases(("word",)), "LEX902", fields=("context",))
    few = counting(lambda batch, p: CountTable(), lambda state, p: Conclusion([CorpusHit("x", 1, 1, 1)]), min_rows=11)
    report = check([absent, few, WORD], answers(1, 10))
    assert dict(report.skipped) == {
        "LEX902": "not applicable: no row has the field context",
        "TPL903": "too few rows to judge: 10 of at least 11",
    }
    assert report.exit_code == 1
    assert not found(report, "TPL903")
    assert len(check([few], answers(0, 11)).findings) == 1


@pytest.mark.parametrize(
    ("severity", "verdict"), [("info", "under"), (None, "over"), ("warning", "over"), ("error", "over")]
)
def test_a_finding_that_the_rule_takes_back_to_information_is_within_the_limit(
    severity: Severity | None, verdict: str
) -> None:
    hits = [CorpusHit("a", 0.05, 0.1, 2, severity=severity)]
    rule = counting(lambda batch, p: CountTable(), lambda state, p: Conclusion(hits))
    found = check([rule], pairs(["a"] * 4))
    assert found.rules[0].verdict == verdict and len(found.store) == 1
    assert found.exit_code == (verdict == "over")


def test_the_worst_hit_of_a_corpus_rule_tells_value_and_severity() -> None:
    hits = [CorpusHit("a", 0.2, 0.1, 2, score=0.6), CorpusHit("b", 0.4, 0.1, 4, score=0.8, severity="error")]
    loaded = counting(lambda batch, p: CountTable(), lambda state, p: Conclusion(hits))
    [line] = check([loaded], answers(0, 10)).rules
    assert (line.verdict, line.severity, line.rows, line.value, line.threshold, line.findings) == (
        "over", "error", 4, 0.4, 0.1, 2,
    )  # fmt: skip
