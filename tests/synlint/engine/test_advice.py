from __future__ import annotations

import shlex
from collections import Counter

from synlint.engine.advice import actions, sentence
from synlint.engine.gates import Verdict
from synlint.engine.options import RunOptions
from synlint.engine.tally import Tally
from synlint.model import Failure, RuleResult, Scope, Severity

SOME = Tally(rows=1000, applicable=Counter({("answer",): 1000}))


def result(
    code: str, rows: int, verdict: Verdict = "over", severity: Severity = "warning", scope: Scope = "row"
) -> RuleResult:
    about = (f"rule-{code}", f"summary of {code}", severity, scope, rows, 2 * rows, rows / 1000)
    return RuleResult(code, *about, 0.1, 0.05, None, verdict, None)


def said(
    *results: RuleResult,
    tally: Tally = SOME,
    failures: tuple[Failure, ...] = (),
    flagged: int = 500,
    fail_on: Severity = "warning",
) -> str:
    return sentence(results, tally, failures, flagged, RunOptions(fail_on=fail_on))


def test_nothing_found() -> None:
    told = said(result("A", 0, "clean"), result("B", 0, "skipped"))
    assert told == "Yes, as far as these rules see: nothing found (1 rule looked at 1,000 rows)."


def test_findings_under_every_gate_are_counted_as_findings() -> None:
    assert "26 findings, no rule over its limit" in said(result("A", 10, "under"), result("B", 3, "under"))


def test_the_worst_two_are_named_by_severity_and_share() -> None:
    told = said(result("A", 100), result("B", 5, severity="error"), result("C", 200), result("D", 300, "under"))
    assert told.startswith("Not yet: ")
    assert told.index("summary of B in 5 rows (0.50 %, B)") < told.index("summary of C in 200 rows (20.0 %, C)")
    assert "and 1 more" in told
    assert "summary of A" not in told


def test_a_few_rows_are_to_be_mended() -> None:
    assert said(result("A", 20), flagged=20).startswith("Almost: ")
    assert said(result("A", 20), flagged=21).startswith("Not yet: ")
    assert said(result("A", 20), result("B", 900, scope="corpus"), flagged=20).startswith("Not yet: ")


def test_what_does_not_fail_is_a_matter_of_care() -> None:
    told = said(result("A", 1), fail_on="error")
    assert told.startswith("Probably, with care: nothing at or above error, but summary of A in 1 row (0.10 %, A)")


def test_a_corpus_without_answers_is_not_called_good() -> None:
    assert said(result("A", 0, "clean"), tally=Tally(rows=5)).startswith("Cannot say much: no row has an answer")


def test_what_could_not_be_checked_is_said_whatever_else_is() -> None:
    broken = (Failure("boom", rule="A"), Failure("gone", path="x"), Failure("gone", path="y"))
    for results in ((), (result("A", 1),), (result("A", 1, "under"),)):
        told = said(*results, failures=broken)
        assert told.startswith("Cannot say for all of it: 2 files and 1 rule could not be checked; ")
        assert ("summary of A" in told) == any(entry.verdict == "over" for entry in results)
    assert said(failures=broken, tally=Tally()) == "Cannot say: 2 files and 1 rule could not be checked."


def test_commands_can_be_typed() -> None:
    mine = "synlint check 'my data.jsonl' --select LEX,SEC --rules 'my rules'"
    options = RunOptions(shown_command=mine, shown_paths=("my data.jsonl",), rules_off=3)
    for given in ([result("A", 100)], [result("A", 0, "clean")]):
        told = actions(given, SOME, 100, options)
        assert 1 <= len(told) <= 3
        for action in told:
            words = shlex.split(action.command)
            assert words[0] == "synlint"
            assert "my data.jsonl" in words or words[1:3] == ["rules", "show"]


def test_rows_kept_are_those_not_flagged() -> None:
    told = actions([result("A", 100)], SOME, 120, RunOptions())
    assert [action.rows_kept for action in told if action.rows_kept is not None] == [880]
    assert not actions([], Tally(), 0, RunOptions())


def test_corpus_rules_alone_flag_no_row() -> None:
    told = actions([result("A", 100, scope="corpus")], SOME, 0, RunOptions())
    assert not [action for action in told if action.rows_kept is not None]
    assert any("rules show A" in action.command for action in told)
