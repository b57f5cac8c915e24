"""A YAML file -> a rule with its matcher. Options (`${name}`) are filled in before anything is compiled."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from synlint.errors import RuleFileError, RuleOptionError
from synlint.features.compute import is_feature
from synlint.model import Example, Fix, Gate, Rule, Span
from synlint.rulebook.keys import MATCH, RULE_SCHEMA
from synlint.rulebook.loaded import (
    GENERAL_KEYS,
    GENERAL_OPTIONS,
    Aggregate,
    Check,
    LoadedRule,
    MatchCheck,
    ProblemCheck,
)
from synlint.rulebook.matchers.base import Matcher
from synlint.rulebook.matchers.compose import Compose
from synlint.rulebook.matchers.echo import Echo
from synlint.rulebook.matchers.metric import Metric
from synlint.rulebook.matchers.phrases import Phrases
from synlint.rulebook.matchers.regex import Regex, refusal_of
from synlint.rulebook.matchers.tokens import tokens_of, uses_tokens
from synlint.rulebook.metadata import faults, no_feature
from synlint.rulebook.yaml_source import Marks, read_yaml, suggest, validate

_OPTION = re.compile(r"\$\{(\w+)\}")
_OPTION_TYPES = {"int": int, "float": float, "str": str, "bool": bool}
# The whole schema but for `match`, which is judged once its options are filled in.
_UNFILLED_SCHEMA = {**RULE_SCHEMA, "properties": {**RULE_SCHEMA["properties"], "match": {"type": "object"}}}
_LEAF_KINDS = ("phrases", "regex", "tokens", "metric", "echo", "problem")
_GROUPS = {"any": "any", "all": "all", "none": "none", "except": "excepting", "unless_question": "unless_question"}


@dataclasses.dataclass(frozen=True, slots=True)
class _Source:
    """Where we are in a rule file, for error messages.

    The patterns of a `proven` file were all compiled before it was published, by our tests.
    """

    shown: str
    marks: Marks
    proven: bool = False

    def fail(self, problem: str, *path: str | int) -> RuleFileError:
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return RuleFileError(self.shown, problem, line=line, column=column)


def load_yaml_rule(
    path: Path, shown: str, overrides: Mapping[str, Mapping[str, Any]], *, proven: bool = False
) -> LoadedRule:
    """Read one rule file. Raises RuleFileError with file:line:column.

    With `proven`, patterns are not compiled here as a test, which is half of the time that the built-in rules take to
    load; what the user's settings put into them still is.
    """
    data, marks = read_yaml(path, shown)
    validate(data, _UNFILLED_SCHEMA, marks, shown)
    given = overrides.get(data["code"], {})
    source = _Source(shown, marks, proven and not given)
    options = _options(data, given, source)
    data["match"] = _fill(data["match"], {name: value for name, (_, value, _) in options.items()}, source, ("match",))
    validate(data["match"], MATCH, marks, shown, ("match",))
    kind, check = _check(data, source)
    rule = _rule(data, kind, shown)
    if isinstance(check, MatchCheck) and uses_tokens(check.matcher) and "nlp" not in rule.requires:
        rule = dataclasses.replace(rule, requires=(*rule.requires, "nlp"))
    _refuse_faults(rule, path, source)
    if "aggregate" in data and data["aggregate"]["warn"] <= 0:
        raise source.fail("aggregate.warn must be above 0: a share of rows", "aggregate", "warn")
    aggregate = (
        Aggregate(**{k: v for k, v in data["aggregate"].items() if k != "metric"}) if "aggregate" in data else None
    )
    fixes = tuple((entry["in"], entry["out"]) for entry in data["tests"].get("fix", ()))
    return LoadedRule(rule, check, aggregate=aggregate, options=options, fix_tests=fixes, line=marks[("code",)][0])


def _refuse_faults(rule: Rule, path: Path, source: _Source) -> None:
    for key, problem in faults(rule, path.stem):
        raise source.fail(problem, key)


def _options(data: dict[str, Any], given: Mapping[str, Any], source: _Source) -> dict[str, tuple[str, Any, str]]:
    declared = data.get("options", {})
    for name in given:
        if name not in declared and name not in GENERAL_OPTIONS:
            problem = f"rule {data['code']} has no option {name!r}{suggest(name, [*declared, *GENERAL_KEYS])}"
            raise RuleOptionError(source.shown, data["code"], name, problem)
    result = {}
    for name, spec in declared.items():
        value = given.get(name, spec["default"])
        wanted = _OPTION_TYPES[spec["type"]]
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted:
            problem = f"option {data['code']}.{name} must be {spec['type']}, not {value!r}"
            if name in given:
                raise RuleOptionError(source.shown, data["code"], name, problem)
            raise source.fail(problem, "options", name)
        result[name] = (spec["type"], value, spec.get("help", ""))
    return result


def _fill(value: Any, options: Mapping[str, Any], source: _Source, path: tuple[str | int, ...]) -> Any:
    """Replace `${name}`: a value that is nothing else takes the option's type, otherwise its text.

    In a rule without options `${name}` is a text like any other; in one with options it must be one of them.
    """
    if isinstance(value, dict):
        return {key: _fill(item, options, source, (*path, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill(item, options, source, (*path, index)) for index, item in enumerate(value)]
    if not isinstance(value, str) or not options:
        return value
    for name in _OPTION.findall(value):
        if name not in options:
            raise source.fail(f"no option {name!r}{suggest(name, list(options))}", *path)
    whole = _OPTION.fullmatch(value)
    return options[whole[1]] if whole else _OPTION.sub(lambda found: str(options[found[1]]), value)


def _check(data: dict[str, Any], source: _Source) -> tuple[str, Check]:
    match = data["match"]
    kinds = [kind for kind in _LEAF_KINDS if kind in match]
    groups = [key for key in _GROUPS if key in match]
    if "problem" in match:
        if len(match) > 1:
            raise source.fail("match: 'problem' cannot be combined with other kinds", "match")
        return "problem", ProblemCheck(frozenset(match["problem"]["kinds"]))
    if len(kinds) + ("any" in match) + ("all" in match) != 1:
        raise source.fail("match needs exactly one of phrases, regex, tokens, metric, echo, problem, any, all", "match")
    if not groups:
        matcher: Matcher = _leaf(kinds[0], match[kinds[0]], source, ("match", kinds[0]))
        return kinds[0], MatchCheck(matcher, data.get("max_hits", 20))
    parts = {
        _GROUPS[key]: tuple(_part(entry, source, ("match", key, i)) for i, entry in enumerate(match[key]))
        for key in groups
    }
    if kinds:
        parts["any"] = (_leaf(kinds[0], match[kinds[0]], source, ("match", kinds[0])),)
    label = kinds[0] if kinds else next(iter(match.get("any", match.get("all"))[0]))
    return label, MatchCheck(Compose(**parts), data.get("max_hits", 20))


def _part(entry: dict[str, Any], source: _Source, path: tuple[str | int, ...]) -> Matcher:
    if len(entry) != 1:
        raise source.fail("each part has exactly one kind of match", *path)
    kind, body = next(iter(entry.items()))
    return _leaf(kind, body, source, (*path, kind))


def _leaf(kind: str, body: dict[str, Any], source: _Source, path: tuple[str | int, ...]) -> Matcher:
    if kind == "phrases":
        return _phrases(body, source, path)
    if kind == "regex":
        return _regex(body, source, path)
    if kind == "metric":
        return _metric(body, source, path)
    if kind == "tokens":
        return _tokens(body, source, path)
    return Echo(body["of"], body.get("where", "equal"), body.get("min_chars", 20))


def _phrases(body: dict[str, Any], source: _Source, path: tuple[str | int, ...]) -> Phrases:
    for index, item in enumerate(body["items"]):
        if not item.strip():
            raise source.fail("a phrase is empty", *path, "items", index)
    made = Phrases(tuple(body["items"]), body.get("at", "anywhere"), body.get("case", False), body.get("words", True))
    refusal = None if source.proven else refusal_of(made.pattern())
    if refusal:
        raise source.fail(f"{len(made.items):,} phrases are too many for one rule: {refusal}", *path, "items")
    return made


def _regex(body: dict[str, Any], source: _Source, path: tuple[str | int, ...]) -> Regex:
    pattern = body["pattern"] if body.get("case", True) else f"(?i){body['pattern']}"
    refusal = None if source.proven else refusal_of(pattern, body.get("group", 0))
    if refusal:
        raise source.fail(f"pattern refused: {refusal}", *path, "pattern")
    for index, keyword in enumerate(body.get("keywords", ())):
        if not keyword.strip():
            raise source.fail("a keyword is empty", *path, "keywords", index)
    return Regex(pattern, body.get("group", 0), tuple(body.get("keywords", ())))


def _tokens(body: dict[str, Any], source: _Source, path: tuple[str | int, ...]) -> Matcher:
    try:
        return tokens_of(body, proven=source.proven)
    except ValueError as error:
        raise source.fail(str(error), *path, "patterns") from None


def _metric(body: dict[str, Any], source: _Source, path: tuple[str | int, ...]) -> Metric:
    numerator, _, denominator = (part.strip() for part in body["value"].partition("/"))
    minima = body.get("min", {})
    for name in [numerator, *([denominator] if denominator else []), *minima]:
        if not is_feature(name):
            raise source.fail(no_feature(name), *path, *(("min", name) if name in minima else ("value",)))
    above, below = body.get("above"), body.get("below")
    if above is None and below is None and not body.get("odd"):
        raise source.fail("a metric needs 'above', 'below' or 'odd'", *path)
    return Metric(numerator, denominator or None, above, below, minima, body.get("odd", False))


def _rule(data: dict[str, Any], kind: str, shown: str) -> Rule:
    by_count = data["code"][:3] in ("INT", "SEC")
    gate = {"by": "count" if by_count else "share", **data.get("gate", {})}
    tests = data["tests"]
    plain = ("code", "name", "severity", "confidence", "stability", "since", "mask")
    lists = ("fields", "languages", "requires", "needs", "aliases")
    given: dict[str, Any] = {key: data[key] for key in plain if key in data}
    given |= {key: tuple(data[key]) for key in lists if key in data}
    given |= {key: " ".join(data[key].split()) for key in ("summary", "message", "description", "rationale")}
    return Rule(
        **given,
        gate=Gate(**gate),
        fix=Fix(**data["fix"]) if "fix" in data else None,
        examples_match=tuple(_example(entry) for entry in tests.get("match", ())),
        examples_no_match=tuple(_example(entry) for entry in tests.get("no_match", ())),
        todo=tuple(_example(entry) for entry in tests.get("todo", ())),
        references=tuple((entry["title"], entry["url"]) for entry in data.get("references", ())),
        kind=kind,
        origin=shown,
    )


def _example(entry: dict[str, Any]) -> Example:
    span = Span(*entry["span"][:2]) if "span" in entry else None
    fields = {key: value for key, value in entry.items() if key not in ("span", "note", "raw", "rows")}
    return Example(fields, tuple(entry.get("rows", ())), entry.get("raw"), span, None, entry.get("note", ""))
