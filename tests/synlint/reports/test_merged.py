from __future__ import annotations

from dataclasses import replace

import polars as pl

from synlint.model import CorpusInfo, CorpusValue, FileInfo, Known, Report
from synlint.reports.merged import merged, name_of, named_after_its_file, summary, worst_exit_code


def of_file(report: Report, path: str, **changes: object) -> Report:
    """The report as one about a file of this name."""
    info = FileInfo(path, f"digest of {path}", "jsonl", "alpaca")
    corpus = CorpusInfo((path,), 100, 110, "alpaca", "f", (info,))
    return replace(report, corpus=corpus, **{"failures": (), **changes})  # type: ignore[arg-type]


def test_one_report_is_itself(report: Report) -> None:
    assert merged([report]) is report


def test_sums_and_the_worst_of_each_rule(report: Report) -> None:
    good = of_file(report, "a.jsonl", verdict="clean", exit_code=0)
    tame = tuple(replace(rule, value=0.0, share=0.0, verdict="clean") for rule in report.rules)
    bad = of_file(report, "b.jsonl", verdict="findings", exit_code=1)
    both = merged([replace(good, rules=tame), bad])
    assert (both.verdict, both.exit_code, both.corpus.rows, both.corpus.pairs) == ("findings", 1, 200, 220)
    assert both.corpus.paths == ("a.jsonl", "b.jsonl") and len(both.corpus.files) == 2
    before = {rule.code: rule for rule in report.rules}
    assert [rule.code for rule in both.rules] == sorted(before)
    for rule in both.rules:
        assert rule == replace(before[rule.code], rows=2 * rule_rows(report, rule.code), findings=rule.findings)
        assert rule.findings == 2 * before[rule.code].findings
    assert "each checked as a corpus of its own" in both.notes[0]


def rule_rows(report: Report, code: str) -> int:
    return next(rule.rows for rule in report.rules if rule.code == code)


def test_the_fingerprint_knows_no_order(report: Report) -> None:
    a, b = of_file(report, "a"), of_file(report, "b")
    assert merged([a, b]).corpus.fingerprint == merged([b, a]).corpus.fingerprint
    assert merged([a, b]).corpus.fingerprint != merged([a, a]).corpus.fingerprint


def test_findings_are_those_of_all_in_order(report: Report) -> None:
    both = merged([report, report])
    once, twice = report.store.frame(), both.store.frame()
    assert len(both.store) == twice.height == 2 * once.height
    assert twice.equals(pl.concat([once, once]))
    assert pl.concat(both.store.parts()).equals(twice) and both.store.scan().collect().equals(twice)
    for n in (0, 2, once.height, once.height + 2):
        assert both.store.head(n).equals(twice.head(n))


def test_findings_about_the_whole_bear_the_name_of_their_file(report: Report) -> None:
    named = named_after_its_file(of_file(report, "data/a.jsonl"))
    about_the_whole = pl.col("row").is_null()
    assert set(named.findings.filter(about_the_whole)["path"]) == {"data/a.jsonl"}
    assert named.findings.filter(~about_the_whole).equals(report.findings.filter(~about_the_whole))
    assert named.store.head(1)["path"].to_list() == ["data/a.jsonl"]
    assert pl.concat(named.store.parts()).equals(named.findings)
    assert named.store.scan().collect().equals(named.findings)
    assert len(named.store) == len(report.store)


def test_a_rule_is_skipped_where_no_file_let_it_judge(report: Report) -> None:
    a = of_file(report, "a", skipped=(("PAR004", "needs nlp"), ("TPL001", "too few")))
    b = of_file(report, "b", skipped=(("PAR004", "needs nlp"),))
    assert merged([a, b]).skipped == (("PAR004", "needs nlp"),)


def test_summary(report: Report) -> None:
    good = of_file(report, "a.jsonl", verdict="clean", exit_code=0)
    bad = [of_file(report, f"b{n}.jsonl", verdict="findings", exit_code=1) for n in range(5)]
    torn = replace(of_file(report, "c.jsonl", verdict="error", exit_code=2))
    left = replace(good, corpus=CorpusInfo((), 0, 0, "", "", skipped=(("p.jsonl", "is a pointer"),)))
    assert summary([good, good]) == "2 files: all are clean."
    assert summary([good, left]) == "2 files: 1 clean, 1 skipped."
    assert summary([good, bad[0]]) == "1 of 2 files has findings: b0.jsonl."
    assert summary([good, *bad]) == "5 of 6 files have findings: b0.jsonl, b1.jsonl, b2.jsonl and 2 more."
    assert summary([good, torn]) == "1 of 2 files could not be checked: c.jsonl."
    assert summary([torn, bad[0], left]) == (
        "1 of 3 files has findings: b0.jsonl; 1 could not be checked: c.jsonl; 1 skipped."
    )
    assert name_of(left) == "p.jsonl"
    assert worst_exit_code([good, bad[0]]) == 1 and worst_exit_code([bad[0], torn]) == 2 and worst_exit_code([]) == 0


def test_what_is_left_out_is_summed_and_rates_are_the_worst(report: Report) -> None:
    def values(*pairs: tuple[str, float, float]) -> tuple[CorpusValue, ...]:
        return tuple(CorpusValue("TPL001", key, value, threshold, 9) for key, value, threshold in pairs)

    one = of_file(report, "a", known=Known(1, 2, 3), corpus_values=values(("x", 0.2, 0.1), ("low", 0.2, 0.5)))
    two = of_file(report, "b", known=Known(10, 20, 30), corpus_values=values(("x", 0.3, 0.1), ("low", 0.1, 0.5)))
    for both in (merged([one, two]), merged([two, one])):
        assert both.known == Known(11, 22, 33)
        assert {at.fingerprint: at.value for at in both.corpus_values} == {"x": 0.3, "low": 0.1}
