"""What a baseline knows, when a rate is worse, and what pruning takes out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.rulebook.human import wilson
from synlint.rulebook.matchers.phrases import Phrases
from synlint.suppressions.baseline import Baseline, CorpusEntry, baseline_of, is_worse, pruned
from tests.synlint.making import check, matching, pairs

A, B, C = "a" * 16, "b" * 16, "c" * 16


def known(texts: dict[str, set[str]], corpus: dict[str, CorpusEntry] | None = None) -> Baseline:
    return Baseline("x", {code: frozenset(keys) for code, keys in texts.items()}, corpus or {}, files=1, rows=9)


@pytest.mark.parametrize(
    ("value", "n", "before", "threshold", "worse"),
    [
        (0.12, 1000, 0.12, 0.1, False),
        (0.13, 1000, 0.12, 0.1, False),  # within the interval: 11 to 15 %
        (0.16, 1000, 0.12, 0.1, True),
        (0.16, 100, 0.12, 0.1, False),  # of fewer texts, the same says nothing
        (0.11, 1000, 0.12, 0.1, False),
        (1.0, 50, 0.5, 0.1, True),
        (0.05, 1000, 0.12, 0.2, True),  # a share that is bad because it is low
        (0.12, 1000, 0.05, 0.2, False),
        (10.4, 10_000, 10.0, 5.0, False),  # no share: five percent of grace
        (10.6, 10_000, 10.0, 5.0, True),
        (9.0, 10_000, 10.0, 20.0, True),
        (11.5, 100, 10.0, 5.0, False),  # or what chance allows
        (12.5, 100, 10.0, 5.0, True),
        (-3.0, 1000, -2.0, -1.0, True),
        (-2.0, 1000, -3.0, -1.0, False),
    ],
)
def test_worse_is_surely_beyond_what_it_was(value: float, n: int, before: float, threshold: float, worse: bool) -> None:
    assert is_worse(value, n, before, threshold) is worse


@given(st.integers(1, 10**7), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_share_is_worse_only_when_its_interval_excludes_the_earlier_one(
    n: int, share: float, before: float, threshold: float
) -> None:
    value = round(share * n) / n
    low, high = wilson(round(share * n), n)
    if low <= before <= high:
        assert not is_worse(value, n, before, threshold)
    assert not is_worse(value, n, value, threshold)
    if value >= threshold and is_worse(value, n, before, threshold):
        assert before < value


def test_it_knows_a_text_by_rule_and_fingerprint() -> None:
    baseline = known({"LEX001": {A}})
    assert baseline.knows_text("LEX001", A)
    assert not baseline.knows_text("LEX001", B)
    assert not baseline.knows_text("LEX002", A)
    assert len(baseline) == 1


def test_it_knows_a_rate_until_it_climbs() -> None:
    baseline = known({}, {A: CorpusEntry("TPL001", 0.12, 0.1, 1000)})
    assert baseline.knows_rate(A, CorpusEntry("TPL001", 0.12, 0.1, 10_000))
    assert not baseline.knows_rate(A, CorpusEntry("TPL001", 0.14, 0.1, 10_000))
    assert baseline.knows_rate(A, CorpusEntry("TPL001", 0.14, 0.1, 10_000, grace=0.3))
    assert not baseline.knows_rate(B, CorpusEntry("TPL001", 0.12, 0.1, 10_000))


def test_the_digest_is_of_what_is_known_and_nothing_else() -> None:
    one = Baseline("one", {"B": frozenset({A, B}), "A": frozenset({C})}, {}, synlint="1", rows=1)
    two = Baseline("two", {"A": frozenset({C}), "B": frozenset({B, A})}, {}, synlint="2", rows=2)
    assert one.digest == two.digest
    rate = {A: CorpusEntry("TPL001", 0.12, 0.1, 1000)}
    others = [known({"A": {A, B}, "B": {C}}), known({"A": {C}}), known({"B": {A, B}, "A": {C}}, rate)]
    assert len({one.digest, *(other.digest for other in others)}) == 4


def test_a_report_becomes_a_baseline() -> None:
    rule = matching(Phrases(("word",)))
    report = check([rule], pairs(["a word", "a word, a word", "none"]), settings_digest="d")
    baseline = baseline_of(report, "f")
    assert baseline.texts == {"LEX901": frozenset(report.findings["fingerprint"])}
    assert (len(baseline), baseline.rows, baseline.files) == (2, 3, 1)
    assert baseline.rules["LEX901"].rows == 2
    assert not check([rule], pairs(["a word", "a word, a word"]), baseline=baseline).findings.height


def test_a_template_that_is_drawn_otherwise_takes_the_place_of_the_one_that_is_gone() -> None:
    old = known({}, {A: CorpusEntry("TPL003", 0.4, 0.05, 500), B: CorpusEntry("TPL003", 0.1, 0.05, 500)})
    now = {C: CorpusEntry("TPL003", 0.46, 0.05, 501, grace=0.3), B: CorpusEntry("TPL003", 0.1, 0.05, 501, grace=0.3)}
    assert old.stand_ins("TPL003", now) == {C: A}
    assert old.stand_ins("TPL003", now | {A: CorpusEntry("TPL003", 0.4, 0.05, 501, grace=0.3)}) == {}, "nothing is gone"
    assert old.stand_ins("TPL003", {C: CorpusEntry("TPL003", 0.6, 0.05, 500, grace=0.3)}) == {}, "worse than that"
    assert old.stand_ins("TPL003", {C: CorpusEntry("TPL003", 0.3, 0.05, 500)}) == {}, "of rules that know their own"
    new = pruned(old, Baseline("n", {}, now), {"TPL003"})
    assert set(new.corpus) == {B, C} and new.corpus[C].value == 0.4, "pruning takes it over, at the old rate"


def test_pruning_takes_out_lowers_and_never_adds() -> None:
    rate, other = CorpusEntry("TPL001", 0.2, 0.1, 100), CorpusEntry("TPL009", 0.3, 0.1, 100)
    old = known({"LEX001": {A, B}, "LEX002": {C}, "LEX009": {A}}, {A: rate, B: other, C: rate})
    lower, higher = CorpusEntry("TPL001", 0.15, 0.1, 200), CorpusEntry("TPL001", 0.3, 0.1, 200)
    now = known({"LEX001": {B, C}, "LEX003": {A}}, {A: lower, C: higher})
    new = pruned(old, now, {"LEX001", "LEX002", "LEX003", "TPL001"})
    assert new.texts == {"LEX001": frozenset({B}), "LEX009": frozenset({A})}
    assert new.corpus == {A: lower, B: other, C: rate}
    assert pruned(new, now, {"LEX001", "TPL001"}).digest == new.digest


@given(*(st.dictionaries(st.sampled_from(["X", "Y"]), st.frozensets(st.sampled_from([A, B, C]))) for _ in range(2)))
def test_whatever_is_pruned_knows_no_more(old: dict[str, frozenset[str]], now: dict[str, frozenset[str]]) -> None:
    new = pruned(Baseline("o", old, {}), Baseline("n", now, {}), {"X"})
    for code, keys in new.texts.items():
        assert keys <= old[code]
        assert code != "X" or keys <= now.get("X", frozenset())
    assert new.texts.get("Y", frozenset()) == old.get("Y", frozenset())
