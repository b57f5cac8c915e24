from __future__ import annotations

from synlint.engine.advice import actions, sentence
from synlint.engine.gates import Verdict
from synlint.engine.options import RunOptions
from synlint.engine.tally import Tally
from synlint.model import Failure, RuleResult, Scope, Severity

SOME = Tally(rows=1000)


def result(
    code: str, rows: int, verdict: Verdict = "over", severity: Severity = "warning", scope: Scope = "row"
) -> RuleResult:
    return RuleResult(
        code,
        f"rule-{code}",
        f"summary of {code}",
        severity,
        scope,
        rows,
        2 * rows,
        rows / 1000,
        0.1,
        0.05,
        None,
        verdict,
        None,
    )


def said(*results: RuleResult, tally: Tally = SOME, failures: tuple[Failure, ...] = (), **options: Severity) -> str:
    return sentence(results, tally, failures, RunOptions(**options))  # type: ignore[arg-type]


def test_nothing_found() -> None:
    assert (
        said(result("A", 0, "clean")) == "Yes, as far as these rules see: nothing found (1 rules looked at 1,000 rows)."
    )


def test_findings_under_every_gate_are_counted_as_findings() -> None:
    assert "26 findings, no rule over its limit" in said(result("A", 10, "under"), result("B", 3, "under"))


def test_the_worst_two_are_named_by_severity_and_share() -> None:
    told = said(result("A", 100), result("B", 5, severity="error"), result("C", 200), result("D", 300, "under"))
    assert told.startswith(
        "Not yet: summary of B in 5 rows (0.50 %, B), summary of C in 200 rows (20.0 %, C), and 1 more"
    )


def test_what_does_not_fail_is_a_matter_of_care() -> None:
    assert said(result("A", 1), fail_on="error").startswith("Probably, with care: summary of A in 1 row (0.10 %, A)")


def test_what_could_not_be_checked_is_said_whatever_else_is() -> None:
    broken = (Failure("boom", rule="A"), Failure("gone", path="x"), Failure("gone", path="y"))
    for told in (
        said(failures=broken),
        said(result("A", 1), failures=broken),
        said(result("A", 1, "under"), failures=broken),
    ):
        assert told.endswith("2 files and 1 rule could not be checked, so this is not the whole answer.")
    assert said(failures=broken, tally=Tally()) == "Cannot say: 2 files and 1 rule could not be checked."


def test_commands_can_be_typed() -> None:
    options = RunOptions(shown_paths=("my data.jsonl", "b.jsonl"))
    for given in ([result("A", 100)], [result("A", 0, "clean")]):
        for action in actions(given, SOME, 100, options):
            if "check" in action.command:
                assert "'my data.jsonl' b.jsonl" in action.command


def test_rows_kept_are_those_not_flagged() -> None:
    told = actions([result("A", 100)], SOME, 120, RunOptions())
    assert [action.rows_kept for action in told if action.rows_kept is not None] == [880]
    assert 1 <= len(told) <= 3
    assert not actions([], Tally(), 0, RunOptions())


def test_corpus_rules_alone_flag_no_row() -> None:
    told = actions([result("A", 100, scope="corpus")], SOME, 0, RunOptions())
    assert not [action for action in told if action.rows_kept is not None]
    assert any("rules show A" in action.command for action in told)
