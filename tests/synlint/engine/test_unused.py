"""Suppressions that suppress nothing: found where it is certain, and no false alarm anywhere else."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from synlint.corpora.problems import UNUSED
from synlint.engine.options import RunOptions
from synlint.engine.run import run
from synlint.engine.unused import meant
from synlint.model import Conclusion, CorpusHit, Report
from synlint.rulebook.loaded import LoadedRule, ProblemCheck
from synlint.rulebook.matchers.phrases import Phrases
from synlint.states import CountTable
from synlint.suppressions.ignore_file import Entry
from synlint.suppressions.ignores import ignores_of
from tests.synlint.commands.conftest import write_rows
from tests.synlint.making import check, counting, found, gated, looking, matching, pairs, rule

WORD = matching(Phrases(("word",)), "LEX101", name="one-word", aliases=("old-word",))
OTHER = matching(Phrases(("other",)), "LEX102", name="another")
TYPES = LoadedRule(rule("INT101"), ProblemCheck(frozenset({"wrong-type"})))
JUDGE = gated(
    LoadedRule(rule("INT111", severity="info"), ProblemCheck(frozenset({UNUSED}))), by="share", warn=1.0, min_rows=1
)
CORPUS = counting(lambda batch, p: CountTable.of(batch["answer"]), lambda s, p: Conclusion(), "TPL101", name="whole")
RULES = [WORD, OTHER, TYPES, JUDGE, CORPUS]
# LEX103 and LEX2.. are not selected in these runs
WORDS = (*((r.code, r.rule.name, *r.rule.aliases) for r in RULES), ("LEX103", "not-run"), ("LEX201", "grammar"))


def said(report: Report) -> list[tuple[int | None, str]]:
    frame = report.findings.filter(pl.col("rule") == "INT111")
    return [(row, text) for row, text in frame.select("row", "evidence").rows()]


def unused(ignore: Any, answer: str = "a word", rules: list[LoadedRule] = RULES, **options: Any) -> list[str]:
    rows = [*pairs(["fine"]), *pairs([answer], _synlint={"ignore": ignore}, source="here")]
    return [text for _, text in said(check(rules, rows, rulebook=WORDS, **options))]


@pytest.mark.parametrize(
    ("ignore", "reported"),
    [
        (["LEX101"], []),
        (["one-word"], []),
        (["old-word"], []),
        (["LEX"], []),
        (["LEX10"], []),
        (["LEX102"], ["LEX102 finds nothing in this row"]),
        (["another"], ["another finds nothing in this row"]),
        ("LEX102", ["LEX102 finds nothing in this row"]),
        (["LEX101", "LEX102"], ["LEX102 finds nothing in this row"]),
        (["LEX102", "LEX102"], ["LEX102 finds nothing in this row"] * 2),
        (["INT101"], ["INT101 finds nothing in this row"]),
        (["INT10"], ["INT10 finds nothing in this row"]),
        (["LEX103"], []),  # did not run
        (["LEX2"], []),
        (["TPL101"], []),  # judges the corpus
        (["TPL"], []),
        (["ALL"], []),
        (["INT"], []),  # means the judge itself
        (["INT111"], []),
        (["DUP"], []),  # a family without rules is a word
        (["LEX901"], []),  # a rule of one's own, not loaded this time
        (["LEX"], []),
        (["lex101"], ["'lex101' names no rule (did you mean 'LEX101'?)"]),
        (["one-wrd"], ["'one-wrd' names no rule (did you mean 'one-word'?)"]),
        ([""], ["'' names no rule"]),
        (["our-very-own"], []),  # may be a rule in a folder that is not read this time
        (["QQQ", "QQQ123"], []),  # or in a pack of another distribution
        (["LEX777777"], ["'LEX777777' names no rule"]),
        (["x" * 60], [f"'{'x' * 39}…' names no rule"]),
        ([], []),
    ],
)
def test_a_rows_selectors(ignore: Any, reported: list[str]) -> None:
    assert unused(ignore) == reported


def test_a_prefix_is_unused_when_all_that_it_means_ran_and_found_nothing() -> None:
    words = tuple(entry for entry in WORDS if entry[0] not in ("LEX103", "LEX201"))
    rows = pairs(["fine"], _synlint={"ignore": ["LEX"]})
    assert said(check(RULES, rows, rulebook=words)) == [(0, "LEX finds nothing in this row")]
    assert said(check(RULES, rows, rulebook=WORDS)) == []


@pytest.mark.parametrize(
    "options",
    [
        {"sample": 0.5},
        {"per_file_ignores": {"*": frozenset({"LEX102"})}},
        {"per_source_ignores": {"here": frozenset({"LEX102"})}},
    ],
)
def test_nothing_is_said_where_the_rule_did_not_look(options: dict[str, Any]) -> None:
    assert unused(["LEX102"])
    assert not unused(["LEX102"], **options)


def test_a_problem_that_is_silenced_uses_its_selector() -> None:
    rows = [{"question": 5, "answer": "x", "_synlint": {"ignore": ["INT101"]}}, *pairs(["y"])]
    report = check(RULES, rows, rulebook=WORDS)
    assert not found(report, "INT101") and not said(report)


def test_one_pair_of_a_conversation_is_enough() -> None:
    turns = [
        {"role": role, "content": text}
        for role, text in zip(("user", "assistant") * 2, ["q", "x", "r", "a word"], strict=True)
    ]
    row = {"messages": turns, "_synlint": {"ignore": ["LEX101", "LEX102"]}}
    report = check(RULES, [row], rulebook=WORDS)
    assert said(report) == [(0, "LEX102 finds nothing in this row")]
    [finding] = report.findings.filter(pl.col("rule") == "INT111").rows(named=True)
    assert (finding["pointer"], finding["pair"]) == ("/_synlint/ignore/1", None)


def test_one_branch_of_preference_pairs_says_nothing_of_the_other() -> None:
    row = {"prompt": "q", "chosen": "x", "rejected": "a word", "_synlint": {"ignore": ["LEX101"]}}
    for branch in ("chosen", "rejected"):
        report = check(RULES, [row] * 3, read=ReadOptions(branch=branch), rulebook=WORDS)
        assert report.corpus.layout == "preference" and not said(report)


@pytest.mark.parametrize("batch_rows", [1, 2, 100])
def test_nothing_is_said_when_a_rule_crashes(batch_rows: int) -> None:
    def look(batch: pl.DataFrame, p: Any) -> list[Any]:
        if batch["answer"].str.contains("boom").any():
            raise ValueError("boom")
        return []

    rows = [*pairs(["x"] * 3, _synlint={"ignore": ["LEX102"]}), *pairs(["boom"])]
    report = check([*RULES, looking(look, "FMT102")], rows, read=ReadOptions(batch_rows=batch_rows), rulebook=WORDS)
    assert report.exit_code == 2 and not said(report)
    assert "INT111" not in {line.code for line in report.rules}
    assert ("INT111", "not judged: a rule crashed") in report.skipped


def test_it_never_fails_a_build_by_itself() -> None:
    rows = pairs(["fine"] * 3, _synlint={"ignore": ["LEX102"]})
    report = check(RULES, rows, rulebook=WORDS, fail_on="info")
    assert report.exit_code == 0 and len(said(report)) == 3


def test_selectors_mean_what_silencing_makes_of_them() -> None:
    assert meant("LEX10", WORDS) == {"LEX101", "LEX102", "LEX103"}
    assert meant("ALL", WORDS) == {entry[0] for entry in WORDS}
    assert meant("lex", WORDS) == meant("", WORDS) == frozenset()


# ------------------------------------------------------------------------------------------------------ ignore files


NOTHING = "0" * 16


def entries(folder: Path, *given: Entry, rows: dict[str, list[dict[str, Any]]] | None = None, **options: Any) -> Report:
    files = rows or {"a.jsonl": pairs(["a word"]), "b.jsonl": pairs(["fine"])}
    paths = [(write_rows(folder / name, content), name) for name, content in files.items()]
    numbered = [Entry(e.key, e.rule, e.path, "", line) for line, e in enumerate(given, 1)]
    ignores = ignores_of(numbered, "ignored", folder, WORDS, paths)
    corpus = open_corpus([str(path) for path, _ in paths], ReadOptions())
    rules: list[LoadedRule] = options.pop("rules", RULES)
    return run(corpus, rules, RunOptions(ignores=ignores, rulebook=WORDS, **options))


def test_an_entry_that_ignores_nothing_is_a_finding_in_the_ignore_file(tmp_path: Path) -> None:
    report = entries(tmp_path, Entry(NOTHING, "LEX101", "b.jsonl"), Entry(NOTHING, "LEX102", "a.jsonl"))
    frame = report.findings.filter(pl.col("rule") == "INT111")
    assert frame.select("path", "line", "row", "evidence").rows() == [
        ("ignored", 1, None, "LEX101 finds nothing like it in b.jsonl"),
        ("ignored", 2, None, "LEX102 finds nothing like it in a.jsonl"),
    ]
    assert len(set(frame["id"])) == len(set(frame["fingerprint"])) == 2
    [line] = [line for line in report.rules if line.code == "INT111"]
    assert (line.rows, line.findings, line.verdict) == (2, 2, "under")


def test_an_entry_that_ignores_something_is_not(tmp_path: Path) -> None:
    first = entries(tmp_path).findings.row(0, named=True)
    for key in (first["fingerprint"], first["id"]):
        report = entries(tmp_path, Entry(key, "one-word", "a.jsonl"))
        assert report.known.ignore_file == 1 and not said(report)


def test_an_entry_for_what_the_row_itself_silences_is_not_unused(tmp_path: Path) -> None:
    """Either of the two may go, but not because nothing is found."""
    types = {"question": 5, "answer": "x"}
    plain = {"a.jsonl": [*pairs(["a word"]), types, *pairs(["fine"])]}
    found = {rule: (key, path) for rule, key, path in findings_of(entries(tmp_path, rows=plain))}
    assert found.keys() == {"LEX101", "INT101"}
    own = [{"_synlint": {"ignore": [code]}} for code in ("LEX101", "INT101")]
    silent = {"a.jsonl": [{**row, **key} for row, key in zip(plain["a.jsonl"], [*own, {}], strict=True)]}
    given = [Entry(key, rule, path) for rule, (key, path) in found.items()]
    report = entries(tmp_path, *given, rows=silent)
    assert not said(report) and (report.known.row_keys, report.known.ignore_file) == (2, 0)
    assert len(said(entries(tmp_path, *given, rows={"a.jsonl": pairs(["fine"])}))) == 2


def findings_of(report: Report) -> list[tuple[str, str, str]]:
    return report.findings.select("rule", "fingerprint", "path").rows()


@pytest.mark.parametrize(
    "entry",
    [
        Entry(NOTHING, "LEX101", "c.jsonl"),  # not checked
        Entry(NOTHING, "LEX101", "../a.jsonl"),
        Entry(NOTHING, "LEX101"),  # a note tells of it
        Entry(NOTHING, "LEX103", "a.jsonl"),  # did not run
        Entry(NOTHING, "TPL101", "a.jsonl"),  # judges the corpus
        Entry(NOTHING, "LEX901", "a.jsonl"),
    ],
)
def test_nothing_is_said_of_what_was_not_looked_for(tmp_path: Path, entry: Entry) -> None:
    assert not said(entries(tmp_path, entry))


@pytest.mark.parametrize(
    "options",
    [
        {"sample": 0.5},
        {"per_file_ignores": {"a*": frozenset({"LEX101"})}},
        {"per_source_ignores": {"x": frozenset({"LEX101"})}},
        {"rules": [OTHER, JUDGE]},
        {"rules": [WORD, looking(lambda batch, p: 1 / 0, "FMT102"), JUDGE]},  # type: ignore[arg-type, return-value]
        {"rows": {"a.jsonl": [{"prompt": "q", "chosen": "x", "rejected": "y"}]}},
        {"rules": [WORD]},
    ],
)
def test_no_false_alarm_of_an_entry(tmp_path: Path, options: dict[str, Any]) -> None:
    assert said(entries(tmp_path, Entry(NOTHING, "LEX101", "a.jsonl")))
    assert not said(entries(tmp_path, Entry(NOTHING, "LEX101", "a.jsonl"), **options))


def test_a_file_that_breaks_off_is_not_judged(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "a.jsonl.gz"
    chance = random.Random(0)
    lines = [f'{{"question": "q", "answer": "a word {chance.randbytes(30).hex()}"}}\n' for _ in range(5_000)]
    whole = gzip.compress("".join(lines).encode())
    path.write_bytes(whole[:-20])
    ignores = ignores_of([Entry(NOTHING, "LEX101", "a.jsonl.gz", "", 1)], "f", tmp_path, WORDS, [(path, "a.jsonl.gz")])
    report = run(open_corpus([str(path)], ReadOptions()), RULES, RunOptions(ignores=ignores, rulebook=WORDS))
    assert report.failures and report.corpus.rows and not said(report)


def test_a_name_that_means_no_rule_is_always_told(tmp_path: Path) -> None:
    report = entries(tmp_path, Entry(NOTHING, "one-wrd"), Entry(NOTHING, "LEX104", "c.jsonl"))
    assert [text for _, text in said(report)] == [
        "'one-wrd' names no rule (did you mean 'one-word'?)",
        "'LEX104' names no rule (did you mean 'LEX101'?)",
    ]


def test_the_aggregate_and_the_corpus_use_entries_too(tmp_path: Path) -> None:
    hit = CorpusHit("x", 0.5, 0.1, 1, "answer")
    loud = counting(lambda b, p: CountTable.of(b["answer"]), lambda s, p: Conclusion([hit]), "TPL101", name="whole")
    report = entries(tmp_path, rules=[loud])
    key = report.findings["fingerprint"][0]
    report = entries(tmp_path, Entry(key, "TPL101"), rules=[loud, JUDGE])
    assert not len(report.findings) and not [note for note in report.notes if "ignored nothing" in note]
