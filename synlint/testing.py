"""For rule authors: run a rule on texts without a corpus file, and run the examples that a rule carries.

assert_flags(rule, "Certainly! Use a set.", span=(0, 10))
assert_clean(rule, "Use a set.")
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from synlint.corpora.problems import UNUSED
from synlint.corpora.read import Corpus
from synlint.engine.options import RunOptions
from synlint.engine.plan import Plan
from synlint.engine.row_pass import look_at_rows
from synlint.engine.run import run
from synlint.features.compute import with_features
from synlint.model import TEXT_FIELDS, Conclusion, Example, Hit, Rule
from synlint.rulebook.fixes import apply_fix
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import CorpusCheck, LoadedRule, ProblemCheck
from synlint.rulebook.select import what_is_missing
from synlint.rulebook.yaml_rules import load_yaml_rule

Row = Mapping[str, str | None]
_TOLD = 3  # places at which an example was flagged that a message names


def frame_of(rows: Sequence[Row]) -> pl.DataFrame:
    """A batch frame as the engine hands it to rules; fields that a row does not give are null (not applicable)."""
    numbers = pl.Series("row", range(len(rows)), dtype=pl.UInt64)
    texts = {name: pl.Series(name, [row.get(name) for row in rows], dtype=pl.String) for name in TEXT_FIELDS}
    nothing = pl.Series([None] * len(rows), dtype=pl.String)
    return pl.DataFrame(
        {
            "row": numbers,
            "line": numbers + 1,
            "pair": pl.Series("pair", [0] * len(rows), dtype=pl.UInt32),
            **texts,
            "source_id": nothing,
            "source": nothing,
            "group": nothing,
            "path": pl.Series([row.get("path") or "rows.jsonl" for row in rows], dtype=pl.String),
        }
    )


def hits_of(loaded: LoadedRule, rows: Sequence[Row]) -> list[Hit]:
    """What a row rule finds in these rows. Raises AssertionError with the cause if the rule crashes."""
    plan = Plan.of([loaded])
    outcome = look_at_rows(plan.prepared(frame_of(rows)), plan, frozenset())
    assert not outcome.crashes, f"{loaded.code} crashed: {outcome.crashes[loaded.code]}"
    return sorted(outcome.hits.get(loaded.code, []), key=lambda hit: (hit.at, hit.field or "", hit.start or 0))


def conclusion_of(loaded: LoadedRule, parts: Sequence[Sequence[Row]]) -> Conclusion:
    """What a corpus rule concludes from these rows, observed in as many parts and merged in that order."""
    assert isinstance(loaded.check, CorpusCheck)
    state: Any = None
    for rows in parts:
        frame = with_features(frame_of(rows), loaded.rule.needs)
        seen = loaded.check.observe(frame, loaded.check.params)
        state = seen if state is None else state.merge(seen)
    return loaded.check.conclusion(state)


def problem_kinds(raw: str) -> list[str]:
    """The problems that the reader meets in a JSONL text, read as question/answer rows."""
    with _read(raw) as corpus:
        return [problem.kind for batch in corpus.batches() for problem in batch.problems]


def tells_of_unused(loaded: LoadedRule, raw: str) -> bool:
    """Whether a rule over unused suppressions fires on a JSONL text that all built-in rules have looked at."""
    rules = [rule for rule in load_rules() if rule.code != loaded.code and what_is_missing(rule) is None]
    with _read(raw) as corpus:
        report = run(corpus, [*rules, loaded], RunOptions(exhibits=0, second_pass=False))
    return any(result.code == loaded.code and result.findings for result in report.rules)


@contextmanager
def _read(raw: str) -> Iterator[Corpus]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.jsonl"
        path.write_bytes(raw.encode("utf-8", "surrogateescape"))
        yield open_corpus([str(path)], ReadOptions(layout=_layout_of(raw)))


def _layout_of(raw: str) -> str:
    return "messages" if '"messages"' in raw else "question-answer"


def fires(loaded: LoadedRule, example: Example) -> list[Hit] | bool:
    """The hits of an example, or for rules over problems and corpora whether they fire."""
    if isinstance(loaded.check, ProblemCheck):
        if UNUSED in loaded.check.kinds and tells_of_unused(loaded, example.raw or ""):
            return True
        return bool(loaded.check.kinds & set(problem_kinds(example.raw or "")))
    if isinstance(loaded.check, CorpusCheck):
        return bool(conclusion_of(loaded, [example.rows]).hits)
    return hits_of(loaded, [example.fields])


def check_examples(loaded: LoadedRule) -> list[str]:
    """What is wrong with the rule's own examples, one sentence each; empty when all hold."""
    rule = loaded.rule
    wrong = []
    if len(rule.examples_match) < 2 or len(rule.examples_no_match) < 2:
        wrong.append("needs at least 2 matching and 2 non-matching examples")
    for number, example in enumerate(rule.examples_match, 1):
        wrong += _wrong_match(loaded, number, example)
    for number, example in enumerate(rule.examples_no_match, 1):
        if fires(loaded, example):
            wrong.append(f"no_match example {number} is flagged{_told(fires(loaded, example))}")
    if "TODO" in f"{rule.summary}{rule.message}{rule.description}{rule.rationale}":
        wrong.append("a TODO remains in its text")
    return wrong + _wrong_fixes(loaded)


def _told(hits: Sequence[Hit] | bool) -> str:
    """Where and for what a rule fired: ` in answer at 3-9 ('as an AI')`; nothing where it says no more than that."""
    if isinstance(hits, bool):
        return ""
    places = []
    for hit in hits[:_TOLD]:
        at = "" if hit.start is None else f" at {hit.start}-{hit.end}"
        places.append(f"{hit.field or 'the row'}{at}" + (f" ({hit.evidence!r})" if hit.evidence else ""))
    more = f" and {len(hits) - _TOLD} more" if len(hits) > _TOLD else ""
    return f" in {', '.join(places)}{more}"


def _wrong_match(loaded: LoadedRule, number: int, example: Example) -> list[str]:
    hits = fires(loaded, example)
    if not hits:
        return [f"match example {number} is not flagged"]
    if example.span is None or isinstance(hits, bool):
        return []
    spans = [(hit.start, hit.end) for hit in hits]
    return (
        []
        if tuple(example.span) in spans
        else [f"match example {number} is flagged at {_ranges(spans)}, not at {_ranges([example.span])}"]
    )


def _ranges(spans: Sequence[Sequence[int | None]]) -> str:
    return ", ".join("no place" if start is None else f"{start}-{end}" for start, end in spans)


def _wrong_fixes(loaded: LoadedRule) -> list[str]:
    if loaded.rule.fix is None or isinstance(loaded.check, ProblemCheck | CorpusCheck):
        return []
    wrong = []
    for number, (before, after) in enumerate(loaded.fix_tests, 1):
        fixed = fixed_row(loaded, before)
        if fixed != dict(after):
            wrong.append(f"fix example {number} gives {_row_told(fixed)}, not {_row_told(after)}")
    for number, example in enumerate(loaded.rule.examples_match, 1):
        fixed = fixed_row(loaded, example.fields)
        if fixed is not None and fixed_row(loaded, fixed) != fixed:
            wrong.append(f"the fix of match example {number} is not idempotent")
        elif fixed is not None and hits_of(loaded, [fixed]):
            wrong.append(f"the fix of match example {number} leaves the finding")
    return wrong


def _row_told(row: Mapping[str, str | None] | None) -> str:
    return "no row" if row is None else ", ".join(f"{name}: {text!r}" for name, text in row.items())


def fixed_row(loaded: LoadedRule, row: Row) -> dict[str, str | None] | None:
    """The row after the rule's own fix; None if the fix drops it."""
    assert loaded.rule.fix is not None
    result = dict(row)
    hits = hits_of(loaded, [row])
    for name in {hit.field for hit in hits if hit.field}:
        spans = [
            (hit.start, hit.end) for hit in hits if hit.field == name and hit.start is not None and hit.end is not None
        ]
        mended = apply_fix(loaded.rule.fix, row.get(name) or "", spans)
        if mended is None:
            return None
        result[name] = mended
    return result


def assert_flags(loaded: LoadedRule, text: str, span: tuple[int, int] | None = None, **others: str) -> None:
    """The rule flags `text` in its first field (at `span`, if given). `others` are further fields of the pair."""
    hits = hits_of(loaded, [{loaded.rule.fields[0]: text, **others}])
    assert hits, f"{loaded.code} is silent on {text!r}"
    if span is not None:
        assert span in [(hit.start, hit.end) for hit in hits], f"{loaded.code} flags {hits}, not {span}"


def assert_clean(loaded: LoadedRule, text: str, **others: str) -> None:
    """The rule is silent on `text`."""
    hits = hits_of(loaded, [{loaded.rule.fields[0]: text, **others}])
    assert not hits, f"{loaded.code} flags {hits} in {text!r}"


def yaml_rule(path: str | Path) -> LoadedRule:
    """Load one YAML rule file for a test."""
    return load_yaml_rule(Path(path), str(path), {})


__all__ = [
    "Rule",
    "assert_clean",
    "assert_flags",
    "check_examples",
    "conclusion_of",
    "fixed_row",
    "hits_of",
    "yaml_rule",
]
