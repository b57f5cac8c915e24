"""Rules and runs for tests of the engine and the rulebook: a rule file in one call, a rule without a file, a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from synlint.corpora.frames import corpus_of
from synlint.corpora.options import ReadOptions
from synlint.engine.options import RunOptions
from synlint.engine.run import run
from synlint.model import Conclusion, Gate, Hit, Report, Rule, Scope, State
from synlint.rulebook.loaded import Check, CorpusCheck, LoadedRule, MatchCheck, PythonRowCheck
from synlint.rulebook.matchers.base import Matcher
from synlint.rulebook.yaml_rules import load_yaml_rule

BASE: Mapping[str, Any] = {
    "code": "LEX901",
    "name": "made-up",
    "summary": "text holds a word",
    "message": "found {evidence!r}",
    "description": "The word is found.",
    "rationale": "It is a word.",
    "match": {"phrases": {"items": ["word"]}},
    "tests": {"match": [{"answer": "a word"}], "no_match": [{"answer": "none"}]},
}


def write_rule(folder: Path, file: str = "made_up.yaml", **changes: Any) -> Path:
    """A rule file that is right but for `changes`; a change to None leaves the key out."""
    data = {key: value for key, value in {**BASE, **changes}.items() if value is not None}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def yaml_rule(folder: Path, overrides: Mapping[str, Any] | None = None, **changes: Any) -> LoadedRule:
    """The rule of such a file, with settings for it."""
    path = write_rule(folder, **changes)
    code = changes.get("code", BASE["code"])
    return load_yaml_rule(path, path.name, {code: overrides or {}})


def rule(code: str = "LEX901", *, scope: Scope = "row", **given: Any) -> Rule:
    """Metadata; what a test does not care about is filled in."""
    filled = {"name": f"rule-{code.lower()}", "summary": "a rule", "message": "{evidence}", **given}
    return Rule(code=code, scope=scope, description="D.", rationale="R.", **filled)


def matching(matcher: Matcher, code: str = "LEX901", *, max_hits: int = 20, **given: Any) -> LoadedRule:
    """A rule of one matcher."""
    return LoadedRule(rule(code, **given), MatchCheck(matcher, max_hits))


def looking(
    look: Callable[[pl.DataFrame, Any], Sequence[Hit]],
    code: str = "LEX902",
    *,
    screen: Callable[[Any], pl.Expr] | None = None,
    **given: Any,
) -> LoadedRule:
    """A Python row rule."""
    return LoadedRule(rule(code, **given), PythonRowCheck(look, None, screen))


def counting(
    observe: Callable[[pl.DataFrame, Any], State],
    conclude: Callable[[Any, Any], Conclusion],
    code: str = "TPL903",
    **given: Any,
) -> LoadedRule:
    """A Python corpus rule."""
    check: Check = CorpusCheck(observe, conclude, None)
    return LoadedRule(rule(code, scope="corpus", **given), check)


def gated(loaded: LoadedRule, **gate: Any) -> LoadedRule:
    """The rule with another gate."""
    return replace(loaded, rule=replace(loaded.rule, gate=Gate(**gate)))


def pairs(answers: Iterable[str | None], **more: Any) -> list[dict[str, Any]]:
    """Question-answer rows with these answers."""
    return [{"question": f"Question {n}?", "answer": answer, **more} for n, answer in enumerate(answers)]


def check(
    rules: Iterable[LoadedRule], rows: Sequence[Mapping[str, Any]], *, read: ReadOptions | None = None, **options: Any
) -> Report:
    """A run over rows in memory."""
    return run(corpus_of([dict(row) for row in rows], read or ReadOptions()), rules, RunOptions(**options))


def found(report: Report, code: str) -> list[tuple[int, str | None, int | None, int | None]]:
    """(row, field, start, end) of a rule's findings on rows."""
    frame = report.findings.filter((pl.col("rule") == code) & pl.col("row").is_not_null())
    return frame.select("row", "field", "start", "end").rows()


def everything(report: Report) -> str:
    """All that any output could show of a report, as one text."""
    frame = report.findings.rows()
    return repr((frame, report.rules, report.exhibits, report.failures, report.notes, report.sentence, report.slices))
