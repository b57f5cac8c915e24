"""The sentence, the numbers and what is assumed."""

from __future__ import annotations

import pytest

from synlint.compare.judge import compare
from synlint.compare.model import Difference
from synlint.compare.wording import difference_of, label, method_of, moved_of, pair_of, points, values_of
from tests.synlint.compare.reporting import metric_of, rule_of, side, told


def sentence(old: list[tuple[str, int]], new: list[tuple[str, int]]) -> str:
    sides = [side(*(rule_of(code, rows) for code, rows in found)) for found in (old, new)]
    return compare(*sides, summaries={"LEX901": "answers open alike", "LEX902": "answers end alike"}).sentence


def test_sentences() -> None:
    assert sentence([("LEX901", 310)], [("LEX901", 120)]) == (
        "Better: answers open alike in 12 % of rows (before 31 %; LEX901); nothing is worse (1 rule compared)."
    )
    assert sentence([("LEX901", 5)], [("LEX901", 5)]) == (
        "The same: no rule finds more or less than chance explains (1 rule compared)."
    )
    mixed = sentence([("LEX901", 310), ("LEX902", 1)], [("LEX901", 120), ("LEX902", 200)])
    assert mixed.startswith(
        "Worse: answers end alike in 20 % of rows (before 0.1 %; LEX902); better: answers open alike"
    )
    many = [(f"LEX{n}", 200) for n in range(901, 906)]
    assert ", and 3 more; nothing is better" in sentence([(code, 1) for code, _ in many], many)
    assert "1 rule not judged" in sentence([("LEX901", 1)], [("LEX901", 1), ("LEX902", 1)])


def test_a_corpus_rule_that_finds_nothing_is_not_unjudged() -> None:
    fires = rule_of("TPL903", 310, scope="corpus", value=0.883)
    silent = rule_of("TPL903", 0, scope="corpus", value=None, threshold=None)
    metrics = {"m": metric_of(0.883, interval=[0.85, 0.91])}
    of = {"TPL903": "answers end at one length"}
    assert compare(side(fires, metrics=metrics), side(silent), summaries=of).sentence == (
        "Better: answers end at one length (none, before 88.3 %; TPL903); nothing is worse (1 rule compared)."
    )
    worse = compare(side(silent), side(fires, metrics=metrics), summaries=of)
    assert "Worse: answers end at one length (88.3 %, before none; TPL903)" in worse.sentence
    assert values_of(worse.rules[0]) == ("none", "88.3 %")
    left_out = compare(side(fires), side(rule_of("TPL903", 0, scope="corpus", value=None, verdict="skipped")))
    assert left_out.rules[0].change == "not-judged" and values_of(left_out.rules[0]) == ("-", "-")


def test_labels_tell_a_worse_that_passes() -> None:
    old, new = side(rule_of("LEX901", 1)), side(rule_of("LEX901", 100))
    assert label(compare(old, new)) == "WORSE"
    assert label(compare(old, new, "error")) == "WORSE (exit 0)"
    assert label(compare(new, old)) == "BETTER"


@pytest.mark.parametrize(
    ("difference", "shown"),
    [
        (Difference(0.291, 0.25, 0.33), ("+29.1", "+25.0 to +33.0")),
        (Difference(-0.0039, -0.0051, -0.0002), ("-0.39", "-0.51 to -0.02")),
        (Difference(0.000288, 0.0000005, 0.000589), ("+0.02880", "+0.00005 to +0.05890")),  # 0 is not in it
        (Difference(0.0, 0.0, 0.0), ("0.000", "0.000 to 0.000")),
    ],
)
def test_differences(difference: Difference, shown: tuple[str, str]) -> None:
    assert difference_of(difference, "share") == shown


def test_differences_that_are_no_shares() -> None:
    assert difference_of(Difference(3.0), "count") == ("+3", "-")
    assert difference_of(Difference(-0.413), "value") == ("-0.413", "-")
    assert difference_of(None, "share") == ("-", "-")
    assert points(-0.0000001) == "0.000"


def test_pairs_have_the_digits_that_tell_them_apart() -> None:
    assert pair_of(0.10004, 0.10013, "share") == ("10 %", "10.01 %")
    assert pair_of(3.0, 12345.0, "count") == ("3", "12,345")
    assert pair_of(None, 0.5, "share") == ("-", "50 %")


def test_remarks() -> None:
    mine, other = side(), side(settings_digest="ff" * 16, synlint="0.2.0")
    remarks = compare(mine, other).remarks
    assert "synlint 0.1.0, NEW by 0.2.0" in remarks[0] and "different settings" in remarks[1]
    assert remarks[2] == compare(mine, mine).remarks[0] == "OLD and NEW have the same content"


def test_the_method_says_what_is_assumed() -> None:
    assert "compare the corpora themselves" in method_of(None, 1, later_state=True)
    assert "share no row" in method_of(0, 1, later_state=False)
    assert "1 row that both have is compared with itself" in method_of(1, 1, later_state=True)
    assert "Bonferroni" in method_of(5, 2, later_state=True) and "Bonferroni" not in method_of(5, 1, later_state=True)
    for later_state in (True, False):
        assert ("one that OLD does not have is worse" in method_of(5, 1, later_state=later_state)) is later_state


def test_what_came_and_went_is_told() -> None:
    """Of two rows with an address one went, and another came: the number alone would hide it."""
    found = [told("SEC901", "1", 1), told("SEC901", "2", 2)], [told("SEC901", "2", 1), told("SEC901", "3", 2)]
    sides = [side(rule_of("SEC901", 2, value=2.0, threshold=0.0), findings=rows) for rows in found]
    comparison = compare(*sides)
    assert (comparison.exit_code, comparison.rules[0].moves) == (1, (1, 1))
    assert "in 2 rows (1 new; before 2; SEC901)" in comparison.sentence
    assert moved_of(comparison.rules[0]) == ("+1 -1", "-")
