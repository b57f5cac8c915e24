"""The settings of a run: one frozen object, built once from file and command line, and passed down.

The fields of `Settings` are the only list of settings there is: the keys a settings file may hold (with `-` for `_`),
the `config` command, `--show-settings` and the JSON Schema are all read off it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

from synlint.errors import RuleOptionError, SettingsError, SynlintError, UsageError, did_you_mean
from synlint.model import Severity
from synlint.settings_digests import of_files, of_model, of_rule_files
from synlint.settings_files import Layer, file_layers, find_ignore_file, find_settings_file, inline_layer
from synlint.values import checked


@dataclass(frozen=True, slots=True)
class Selection:
    """What one layer (a settings file, the command line) says about which rules count; `select=None`: nothing."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of a check. Fields without `Annotated` are bookkeeping, not settings."""

    select: Annotated[
        tuple[str, ...] | None, "rules to check, by code, code prefix, name or ALL (unset: the default selection)"
    ] = None
    extend_select: Annotated[tuple[str, ...], "rules to check in addition"] = ()
    ignore: Annotated[tuple[str, ...], "rules not to check; the longer selector wins over a shorter one"] = ()
    per_file_ignores: Annotated[Mapping[str, tuple[str, ...]], "glob of corpus files = rules to ignore in them"] = (
        field(default_factory=dict)
    )
    per_source_ignores: Annotated[
        Mapping[str, tuple[str, ...]], "value of the rows' source field = rules to ignore in those rows"
    ] = field(default_factory=dict)
    preview: Annotated[bool, "let prefixes and ALL select preview rules too"] = False
    rules: Annotated[tuple[str, ...], "rule files and folders of your own, relative to the settings file"] = ()
    rule: Annotated[
        Mapping[str, Mapping[str, Any]], "one table per rule: severity, max-share and the rule's own parameters"
    ] = field(default_factory=dict)
    spacy_model: Annotated[
        str, "spaCy model of the rules that need one: an installed package, or a folder relative to the settings file"
    ] = "en_core_web_sm"
    encoder: Annotated[
        str,
        "what turns texts into vectors: bundled, or an id or folder of a sentence-transformers model (extra semantic)",
    ] = "bundled"
    paths: Annotated[
        tuple[str, ...], "what `synlint check` checks where it is given no path, relative to the settings file"
    ] = ()
    skip_unsupported: Annotated[
        bool, "pass over Git LFS pointers and files of unknown layout with a note; damaged files stay errors"
    ] = False
    layout: Annotated[str | None, "layout of the records (unset: detected from the content)"] = None
    fields: Annotated[Mapping[str, str], 'text field = key of the records, such as question = "prompt"'] = field(
        default_factory=dict
    )
    source_field: Annotated[str | None, "key that says where a record comes from (unset: found by its name)"] = None
    group_by: Annotated[str | None, "give a verdict per value of this key: source, generator, topic, ..."] = None
    branch: Annotated[Literal["chosen", "rejected"], "which answer of preference pairs is checked"] = "chosen"
    sample: Annotated[
        int | float | str | None, 'check a random sample only: a number of rows, or a share such as "5%"'
    ] = None
    seed: Annotated[int, "seed of the sample"] = 0
    allow_empty: Annotated[bool, "a corpus of 0 rows is clean, not an error"] = False
    against: Annotated[
        tuple[str, ...], "benchmark and test files that no row may stand in: what rules of the family CON compare with"
    ] = ()
    reference: Annotated[
        str | None, "profile or corpus that the corpus is held against: what rules of the family DST compare with"
    ] = None
    baseline: Annotated[
        str | None, "leave out the findings in this baseline or earlier JSON report, relative to the settings file"
    ] = None
    ignore_file: Annotated[
        str | None, "file of ignored findings (unset: .synlintignore beside the settings file, or above the corpus)"
    ] = None
    fail_on: Annotated[
        Literal["error", "warning", "info", "never"], "lowest severity that makes the exit code 1; or never"
    ] = "warning"
    max_warnings: Annotated[int | None, "more warnings than this make the exit code 1"] = None
    exit_zero: Annotated[bool, "exit 0 in spite of findings (2 stays 2)"] = False
    output: Annotated[
        tuple[str, ...],
        "reports to write, FORMAT or FORMAT=FILE: full, brief, concise, json, jsonl, findings, templates, sarif, "
        "junit, github, gitlab, markdown",
    ] = ()
    statistics: Annotated[
        Literal["counts", "time"] | None, "add counts per rule, or the processor time of each rule"
    ] = None
    max_findings: Annotated[int, "findings listed in a report; the sidecar always has all"] = 1000
    color: Annotated[Literal["auto", "always", "never"], "colour of the report on the terminal"] = "auto"
    width: Annotated[int | None, "columns of the report (unset: those of the terminal)"] = None
    quiet: Annotated[bool, "print nothing but findings and errors"] = False
    progress: Annotated[bool, "show a progress bar on a terminal when a check takes longer than a second"] = True
    cache: Annotated[bool, "keep what was found, so that unchanged files are not checked again, and for `explain`"] = (
        True
    )
    cache_dir: Annotated[str | None, "where it is kept (unset: .synlint_cache beside the settings file)"] = None
    cache_size: Annotated[int, "MiB that it may take; what was used least recently goes first"] = 1024

    inherited: tuple[Selection, ...] = ()  # selections of the layers below, lowest first
    file: Path | None = field(default=None, compare=False)  # the settings file that was found or named
    ignores: Path | None = field(default=None, compare=False)  # the ignore file that was found or named
    origins: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)  # field -> where it was set

    @property
    def selections(self) -> tuple[Selection, ...]:
        """What counts of all layers, lowest first: a layer that has `select` makes those below it void."""
        layers = [*self.inherited, Selection(self.select, self.extend_select, self.ignore)]
        start = max((i for i, layer in enumerate(layers) if layer.select is not None), default=0)
        return tuple(layer for layer in layers[start:] if layer != Selection())

    def effective(self, name: str) -> Any:
        """The value of a setting as a user sees it, the lists of rules taken over all layers."""
        if name == "select":
            return next((layer.select for layer in self.selections if layer.select is not None), None)
        if name in ("extend_select", "ignore"):
            return tuple(selector for layer in self.selections for selector in getattr(layer, name))
        return getattr(self, name)

    @property
    def gate(self) -> tuple[Severity, bool]:
        """The lowest severity that counts, and whether the exit code is 0 in spite of it."""
        return ("warning", True) if self.fail_on == "never" else (self.fail_on, self.exit_zero)

    def digest(self) -> str:
        """Hash of everything that can change a finding: not of how or where results are shown, nor of any path.

        Nor of what is known or ignored already: the digest of a run with a baseline is made of this one and its own.
        """
        kept = {name: getattr(self, name) for name in setting_names() if name not in _OUTSIDE_DIGEST}
        kept["selections"] = [[layer.select, layer.extend_select, layer.ignore] for layer in self.selections]
        kept["rules"] = of_rule_files(self.rules)
        kept["spacy_model"] = of_model(self.spacy_model)
        kept["encoder"] = of_model(self.encoder)
        kept["against"] = of_files(self.against)
        kept["reference"] = of_files([self.reference] if self.reference else [])
        text = json.dumps(kept, sort_keys=True, separators=(",", ":"), default=str)
        return blake2b(text.encode(), digest_size=16).hexdigest()


# `select` and its kin enter the digest as `selections`; what only changes the display or the exit code stays out.
_OUTSIDE_DIGEST = frozenset(
    {"select", "extend_select", "ignore", "rules", "allow_empty", "fail_on", "exit_zero", "output"}
    | {"baseline", "ignore_file"}
    | {"max_warnings", "statistics", "max_findings", "color", "width", "quiet", "cache", "cache_dir"}
    | {"paths", "skip_unsupported", "progress", "cache_size"}
)
BUNDLED = "bundled"  # the encoder that comes with the package
GIVEN = "command line"  # origin of what was not read from a file
MIN_WIDTH = 60  # columns below which a report would say nothing
LEAST = {"seed": 0, "max_findings": 0, "max_warnings": 0, "width": MIN_WIDTH, "cache_size": 0}  # smallest values
_SELECTION = ("select", "extend_select", "ignore")
_RULE_KEYS = {"severity": Severity, "max_share": float}


def setting_types() -> dict[str, Any]:
    """Field name -> `Annotated[type, "meaning"]` of every setting, in the order of the class."""
    hints = get_type_hints(Settings, include_extras=True)
    return {item.name: hints[item.name] for item in fields(Settings) if hasattr(hints[item.name], "__metadata__")}


def setting_names() -> list[str]:
    """Field names of every setting, in the order of the class."""
    return list(setting_types())


def load_settings(
    start: Path,
    config: Sequence[str] = (),
    isolated: bool = False,
    overrides: Mapping[str, Any] | None = None,
) -> Settings:
    """Settings for a run that begins at `start` (a file or a folder).

    Later layers win: the file named by `extend`, the settings file, `--config KEY=VALUE`, then `overrides` (field name
    -> value, from the command line). A `--config FILE` takes the place of the file that would have been found.
    """
    named = [text for text in config if not _is_assignment(text)]
    if len(named) > 1:
        raise UsageError(f"--config names two files, '{named[0]}' and '{named[1]}'; use extend in one of them")
    path = _settings_file(start, named, isolated)
    layers = file_layers(path, discovered=not named) if path else []
    layers += [inline_layer(text) for text in config if _is_assignment(text)]
    settings = _merge(layers, overrides or {}, path)
    if settings.ignore_file is not None:
        return replace(settings, ignores=Path(settings.ignore_file).expanduser())
    return settings if isolated else replace(settings, ignores=find_ignore_file(start, path))


def _settings_file(start: Path, named: Sequence[str], isolated: bool) -> Path | None:
    if named:
        return Path(named[0])
    return None if isolated else find_settings_file(start)


def _is_assignment(text: str) -> bool:
    key, equals, _ = text.partition("=")
    return bool(equals) and all(part.replace("-", "_").isidentifier() for part in key.strip().split("."))


def _merge(layers: Sequence[Layer], overrides: Mapping[str, Any], path: Path | None) -> Settings:
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    selections: list[Selection] = []
    for layer in layers:
        read = _read_layer(layer)
        selections.append(Selection(**{key: read.pop(key) for key in _SELECTION if key in read}))
        for key in layer.table:
            origins[key.replace("-", "_")] = layer.place(key)
        for code, table in read.get("rule", {}).items():
            origins[f"rule.{code}"] = layer.place("rule", code)
            origins |= {f"rule.{code}.{name}": layer.place("rule", code, _spelt(layer, code, name)) for name in table}
        _overlay(values, read)
    given = {name: _checked_setting(GIVEN, name, value) for name, value in overrides.items()}
    origins.update(dict.fromkeys(given, GIVEN))
    _overlay(values, {name: value for name, value in given.items() if name not in _SELECTION})
    own = {name: given[name] for name in _SELECTION if name in given}
    kept = tuple(selection for selection in selections if selection != Selection())
    return _finished(Settings(**values, **own, inherited=kept, file=path, origins=origins))


def _spelt(layer: Layer, code: str, name: str) -> str:
    """The key of a rule's table as the file spells it: `max-share` or `max_share`."""
    return next((key for key in layer.table["rule"][code] if key.replace("-", "_") == name), name)


def placed(error: SynlintError, settings: Settings) -> SynlintError:
    """An error about a rule's table, led by the file and line that set it; any other error as it is."""
    if isinstance(error, RuleOptionError):
        key = f"rule.{error.code}.{error.option}"
    elif isinstance(error, SettingsError) and error.file.startswith("rule."):
        key = error.file
    else:
        return error
    place = settings.origins.get(key, "")
    return SettingsError(place, f"{key}: {error.problem}") if place else SettingsError(key, error.problem)


def _overlay(values: dict[str, Any], read: Mapping[str, Any]) -> None:
    """Tables merge key by key, a rule's table too; everything else is replaced."""
    for name, value in read.items():
        if name == "rule":
            below = values.get(name, {})
            values[name] = below | {code: {**below.get(code, {}), **table} for code, table in value.items()}
        elif isinstance(value, dict):
            values[name] = {**values.get(name, {}), **value}
        else:
            values[name] = value


def _read_layer(layer: Layer) -> dict[str, Any]:
    types = setting_types()
    known = {name.replace("_", "-"): name for name in types}
    read = {}
    for key, value in layer.table.items():
        if key == "rules" and isinstance(value, dict):
            code = next(iter(value), "CODE")
            raise SettingsError(layer.place(key), f"unknown table [rules.{code}] (did you mean [rule.{code}]?)")
        if key not in known:
            raise SettingsError(layer.place(key), _unknown_key(key, value, known))
        read[known[key]] = _checked_setting(layer.place(key), known[key], value, layer)
    if not layer.trusted:
        _refuse_writing(layer, read)
    if not read.get("spacy_model", "x").isidentifier():
        read["spacy_model"] = layer.model_path(read["spacy_model"])
    if read.get("encoder", BUNDLED) != BUNDLED:
        read["encoder"] = layer.encoder_path(read["encoder"])
    for name in ("paths", "against"):
        if name in read:
            read[name] = tuple(layer.corpus_path(text) for text in read[name])
    if read.get("reference"):
        read["reference"] = layer.corpus_path(read["reference"])
    for name in ("baseline", "ignore_file"):
        if read.get(name):
            read[name] = layer.file_path(read[name])
    if "rules" in read:
        read["rules"] = tuple(layer.rule_path(text) for text in read["rules"])
    return read


def _unknown_key(key: str, value: Any, known: Mapping[str, str]) -> str:
    if key == "tool" and isinstance(value, dict) and "synlint" in value:
        return "[tool.synlint] is for pyproject.toml; in synlint.toml the settings stand at the top, without a table"
    return f"unknown key '{key}'{did_you_mean(key, [*known, 'extend'])}"


def _refuse_writing(layer: Layer, read: Mapping[str, Any]) -> None:
    for request in read.get("output", ()):
        if "=" in request:
            raise layer.distrust("output", f"'{request}' writes a file")
    if read.get("cache_dir"):
        raise layer.distrust("cache-dir", "cache-dir says where to write")


def _checked_setting(place: str, name: str, value: Any, layer: Layer | None = None) -> Any:
    try:
        value = checked(setting_types()[name], value)
    except ValueError as error:
        raise _complaint(place, name, str(error)) from None
    if name == "rule":
        return {code: _checked_rule_table(place, code, table, layer) for code, table in value.items()}
    return value


def _checked_rule_table(place: str, code: str, table: Mapping[str, Any], layer: Layer | None) -> dict[str, Any]:
    read = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        try:
            read[name] = checked(_RULE_KEYS.get(name, Any), value)
            if name == "max_share" and not 0 <= read[name] <= 1:
                raise ValueError(f"expected a share between 0 and 1, got {value}")
        except ValueError as error:
            raise _complaint(
                layer.place("rule", code, key) if layer else place, f"rule.{code}.{key}", str(error)
            ) from None
    return read


def _finished(settings: Settings) -> Settings:
    """The ranges that types do not express."""
    for name, least in LEAST.items():
        value = getattr(settings, name)
        if value is not None and value < least:
            raise _complaint(settings.origins.get(name, ""), name, f"expected at least {least}, got {value}")
    if settings.sample is None:
        return settings
    try:
        return replace(settings, sample=sample_size(settings.sample))
    except ValueError as error:
        raise _complaint(settings.origins.get("sample", ""), "sample", str(error)) from None


def _complaint(place: str, name: str, problem: str) -> SettingsError:
    """Names the file and line, where there is a file; an option or a Python argument is place enough."""
    key = name.replace("_", "-")
    return SettingsError(key, problem) if place in ("", GIVEN) else SettingsError(place, f"{key}: {problem}")


def sample_size(value: int | float | str) -> int | float:
    """Rows (int) or share of rows (float) that `1000`, `0.05` or `5%` mean."""
    try:
        number: int | float
        if isinstance(value, str):
            text = value.strip()
            number = float(text[:-1]) / 100 if text.endswith("%") else int(text) if text.isdigit() else float(text)
        else:
            number = value
    except ValueError:
        raise ValueError(f"expected a number of rows or a share such as 5%, got '{value}'") from None
    if isinstance(number, int) and number >= 1:
        return number
    if isinstance(number, float) and 0 < number <= 1:
        return number
    raise ValueError(f"expected at least 1 row or a share above 0% and up to 100%, got '{value}'")


def settings_files(settings: Settings) -> list[Path]:
    """The settings file and those it extends; none where no file was read."""
    if settings.file is None:
        return []
    layers = file_layers(settings.file, discovered=False)
    return [layer.folder / Path(layer.name).name for layer in layers if layer.folder is not None]
