from __future__ import annotations

import pickle

import pytest

from synlint.engine.plan import Plan, with_screens
from synlint.features.compute import with_features
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import LoadedRule, ProblemCheck
from synlint.rulebook.matchers.base import ScreenTerm
from synlint.rulebook.matchers.metric import Metric
from synlint.rulebook.matchers.phrases import Phrases
from synlint.rulebook.matchers.regex import Regex
from synlint.states import CountTable
from synlint.testing import frame_of
from tests.synlint.making import counting, looking, matching, rule

RULES = [
    matching(Phrases(("cat", "a dog")), "LEX903", fields=("question", "answer")),
    matching(Regex("x", keywords=("cat",)), "LEX902"),
    matching(Metric("answer.words", above=2, minima={"answer.chars": 1}), "LEX901"),
    looking(lambda batch, p: [], "LEX904", needs=("context.lines",)),
    counting(lambda batch, p: CountTable(), lambda state, p: None, "TPL901"),  # type: ignore[arg-type, return-value]
    LoadedRule(rule("INT901", fields=()), ProblemCheck(frozenset({"not-json"}))),
]


def test_rules_are_sorted_by_kind_and_code() -> None:
    plan = Plan.of(RULES)
    assert [loaded.code for loaded in plan.rules] == sorted(loaded.code for loaded in RULES)
    assert [loaded.code for loaded, _ in plan.matching] == ["LEX901", "LEX902", "LEX903"]
    assert [[loaded.code for loaded, _ in part] for part in (plan.looking, plan.problems, plan.corpus)] == [
        ["LEX904"],
        ["INT901"],
        ["TPL901"],
    ]
    assert plan.field_sets == {("question", "answer"), ("answer",)}


def test_only_what_is_asked_for_is_computed() -> None:
    assert Plan.of(RULES).needs == {
        "question.norm", "answer.norm", "answer.words", "answer.chars", "context.lines",
    }  # fmt: skip
    assert Plan.of([]).needs == frozenset()
    frame = frame_of([{"answer": "x"}])
    assert Plan.of([]).prepared(frame).columns == frame.columns


def test_a_screen_column_is_true_where_any_of_its_literals_is() -> None:
    terms = [
        ScreenTerm.of("answer", ["cat", "a dog"]),
        ScreenTerm.of("answer", ["cats"]),
        ScreenTerm.of("answer", ["s"]),
    ]
    rows = ["CATS", "A\u00a0\n Dog", None, "", "concatenate", "dog"]
    frame = with_screens(with_features(frame_of([{"answer": row} for row in rows]), ["answer.norm"]), terms)
    assert [frame[term.column].to_list() for term in terms] == [
        [True, True, False, False, True, False],
        [True, False, False, False, False, False],
        [True, False, False, False, False, False],
    ]


def test_an_empty_batch_is_prepared() -> None:
    plan = Plan.of(RULES)
    prepared = plan.prepared(frame_of([]))
    assert prepared.is_empty()
    assert {term.column for term in plan.terms} <= set(prepared.columns)


def test_the_built_in_rules_travel_to_workers() -> None:
    plan = Plan.of(load_rules())
    assert plan.needs
    assert [loaded.code for loaded in pickle.loads(pickle.dumps(plan)).rules] == [loaded.code for loaded in plan.rules]


@pytest.mark.parametrize("extra", [0, 2_500], ids=["by regex", "by Aho-Corasick"])
def test_literals_are_found_literally_however_many_there_are(extra: int) -> None:
    """Every character that a regex gives a meaning, in both ways of looking for literals."""
    wanted = ["a.b", "c+", "(d)", "[e]", "{f}", "^g$", "h|i", "j\\k", "l*?", "m-n", "o~p&q#", "é’ü"]
    rows = [f"before {literal} after" for literal in wanted] + ["axb", "cc", "d", "e", "f", "g", "h", "jk", "mn", ""]
    term = ScreenTerm.of("answer", [*wanted, *(f"unseen words {n}" for n in range(extra))])
    frame = with_screens(with_features(frame_of([{"answer": row} for row in rows]), ["answer.norm"]), [term])
    assert frame[term.column].to_list() == [True] * len(wanted) + [False] * (len(rows) - len(wanted))
