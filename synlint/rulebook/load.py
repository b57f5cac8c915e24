"""Find and read every rule: the built-in pack, packs of other distributions (entry points), and the user's paths."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from synlint.errors import RuleFileError, SettingsError
from synlint.isolate import isolated
from synlint.model import SEVERITIES, Gate, Rule
from synlint.rulebook.human import human_rates, machine_counts
from synlint.rulebook.loaded import GENERAL_OPTIONS, CorpusCheck, LoadedRule, MatchCheck
from synlint.rulebook.matchers.tokens import uses_tokens, with_model
from synlint.rulebook.python_rules import import_packed_rule, import_rule_file, load_python_rule
from synlint.rulebook.yaml_rules import load_yaml_rule

BUILT_IN = "synlint_rules"
ENTRY_POINT_GROUP = "synlint.rules"
_SUFFIXES = (".yaml", ".yml", ".py")
Overrides = Mapping[str, Mapping[str, Any]]


def load_rules(
    paths: Sequence[str] = (),
    overrides: Overrides | None = None,
    *,
    only_paths: bool = False,
    models: Mapping[str, str | None] | None = None,
) -> list[LoadedRule]:
    """All rules by code. `overrides`: rule code -> {severity, max_share, or an option of the rule}.

    `models`: what rules read with that name nothing of their own: `spacy_model` and `encoder`, each a name or a folder.

    Raises RuleFileError for a malformed file, two rules of one code, or an option that a rule does not have.
    """
    tables = {
        code: {key.replace("-", "_"): value for key, value in table.items()}
        for code, table in (overrides or {}).items()
    }
    rules: dict[str, LoadedRule] = {}
    for loaded in _all(paths, tables, only_paths):
        _refuse_taken(loaded, rules)
        rules[loaded.code] = _with_models(_overridden(loaded, tables.get(loaded.code, {})), models or {})
    return [rules[code] for code in sorted(rules)]


def _with_models(loaded: LoadedRule, models: Mapping[str, str | None]) -> LoadedRule:
    """The rule with the models of the settings, where its own options name none."""
    check = loaded.check
    if isinstance(check, CorpusCheck):
        unset = {name: model for name, model in models.items() if model and getattr(check.params, name, None) == ""}
        params = dataclasses.replace(check.params, **unset) if unset else check.params
        return dataclasses.replace(loaded, check=dataclasses.replace(check, params=params))
    model = models.get("spacy_model")
    if model is None or not isinstance(check, MatchCheck) or not uses_tokens(check.matcher):
        return loaded
    bound = dataclasses.replace(check, matcher=with_model(check.matcher, model))
    return dataclasses.replace(loaded, check=bound)


def _refuse_taken(loaded: LoadedRule, rules: Mapping[str, LoadedRule]) -> None:
    line = loaded.line
    previous = rules.get(loaded.code)
    if previous is not None:
        raise RuleFileError(loaded.rule.origin, f"code {loaded.code} is taken by {previous.rule.origin}", line=line)
    mine = {loaded.rule.name, *loaded.rule.aliases}
    for other in rules.values():
        for name in sorted(mine & {other.rule.name, *other.rule.aliases}):
            raise RuleFileError(loaded.rule.origin, f"name {name!r} is taken by {other.rule.origin}", line=line)


def _all(paths: Sequence[str], options: Overrides, only_paths: bool) -> Iterator[LoadedRule]:
    if not only_paths:
        yield from _package(BUILT_IN, options)
        for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name):
            yield from _package(point.value, options)
    for path in paths:
        yield from _path(Path(path), options)


def _package(name: str, options: Overrides) -> Iterator[LoadedRule]:
    package, crash = isolated(importlib.import_module, name)
    if package is None:
        raise RuleFileError(name, f"rule pack cannot be imported: {crash}")
    if not hasattr(package, "__path__"):
        raise RuleFileError(name, "a rule pack is a package: a folder with rule files, not a module")
    for folder in package.__path__:
        root = Path(folder)
        rates, machine = human_rates(root), machine_counts(root)
        for file in _rule_files(root):
            shown = f"{root.name if name != BUILT_IN else 'rules'}/{file.relative_to(root).as_posix()}"
            if file.suffix == ".py":
                dotted = ".".join((name, *file.relative_to(root).with_suffix("").parts))
                loaded = load_python_rule(import_packed_rule(dotted, file, shown), shown, options)
            else:
                loaded = load_yaml_rule(file, shown, options, proven=name == BUILT_IN)
            counts = machine.get(loaded.code, {})
            yield dataclasses.replace(loaded, human=rates.get(loaded.code), machine=counts, pack=name)


def _path(path: Path, options: Overrides) -> Iterator[LoadedRule]:
    if not path.exists():
        raise RuleFileError(str(path), "no such rule file or folder")
    if not path.is_dir() and path.suffix not in _SUFFIXES:
        raise RuleFileError(str(path), f"is no rule file ({', '.join(_SUFFIXES)})")
    root = path if path.is_dir() else path.parent
    files = list(_rule_files(path)) if path.is_dir() else [path]
    if not files:
        raise RuleFileError(str(path), f"holds no rule files ({', '.join(_SUFFIXES)})")
    rates, machine = human_rates(root.resolve()), machine_counts(root.resolve())
    for file in files:
        if file.suffix == ".py":
            loaded = load_python_rule(import_rule_file(file, str(file)), str(file), options)
        else:
            loaded = load_yaml_rule(file, str(file), options)
        counts = machine.get(loaded.code, {})
        loaded = dataclasses.replace(loaded, human=rates.get(loaded.code), machine=counts)
        yield dataclasses.replace(loaded, pack=str(path), by_path=True)


def _rule_files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.suffix in _SUFFIXES and not file.name.startswith(("_", ".")) and file.is_file():
            yield file


def _overridden(loaded: LoadedRule, table: Mapping[str, Any]) -> LoadedRule:
    general = {key: table[key] for key in GENERAL_OPTIONS if key in table and key not in loaded.options}
    rule: Rule = loaded.rule
    severity = general.get("severity", rule.severity)
    if severity not in SEVERITIES:
        raise SettingsError(f"rule.{rule.code}", f"severity must be one of {', '.join(SEVERITIES)}, not {severity!r}")
    share = general.get("max_share")
    if share is not None and (isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1):
        raise SettingsError(f"rule.{rule.code}", f"max-share must be a number between 0 and 1, not {share!r}")
    if share is not None and rule.scope == "corpus":
        hint = f"its options are {', '.join(loaded.options)}" if loaded.options else "it has no options"
        raise SettingsError(f"rule.{rule.code}", f"a corpus rule has no max-share of rows; {hint}")
    loaded = dataclasses.replace(loaded, rule=dataclasses.replace(rule, severity=severity))
    return loaded if share is None else _tolerating(loaded, float(share))


def _tolerating(loaded: LoadedRule, share: float) -> LoadedRule:
    """The rule with that limit: what it says of fewer rows does not count, nor as a finding of the corpus."""
    error, block = loaded.rule.gate.error, loaded.aggregate
    gate = Gate("share", share, error if error is not None and error > share else None, min_rows=0)
    if block is not None:
        block = dataclasses.replace(block, warn=max(block.warn, share))
    return dataclasses.replace(loaded, rule=dataclasses.replace(loaded.rule, gate=gate), aggregate=block)
