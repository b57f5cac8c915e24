"""Which rules count: selectors (code, code prefix, name, ALL) over all layers of the settings."""

from __future__ import annotations

import fnmatch
import importlib.util
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from synlint.analysis.token_search import DEFAULT_MODEL, missing_model
from synlint.errors import MissingExtra, MissingModel, MissingReference, SettingsError, UsageError, did_you_mean
from synlint.model import FAMILIES, Rule
from synlint.rulebook.loaded import CorpusCheck, LoadedRule, MatchCheck
from synlint.rulebook.matchers.tokens import models_of
from synlint.settings import GIVEN, Selection, Settings

ALL = "ALL"
_EXACT = 100  # rank of a full code, a name or an alias; a prefix ranks by its length, ALL below every prefix
# A module per extra that tells whether the extra is installed.
_PROBES = {
    "nlp": "spacy",
    "semantic": "sentence_transformers",
    "repair": "peft",
    "rewrite": "openai",
    "report": "plotly",
    "hf": "datasets",
    "fast": "numba",
    "ray": "ray",
}


class Selected(NamedTuple):
    """The rules to run, those asked for by prefix or ALL that cannot (and why), and how many were not asked for."""

    rules: list[LoadedRule]
    skipped: list[tuple[str, str]]
    off: int = 0
    masks: tuple[LoadedRule, ...] = ()  # every rule whose matches are secret, selected or not
    words: tuple[tuple[str, ...], ...] = ()  # code, name and aliases of every rule, selected or not


def select(rules: Sequence[LoadedRule], settings: Settings) -> Selected:
    """The rules that the settings choose.

    Raises UsageError or SettingsError for a selector or rule table that means no rule, and MissingExtra when a rule
    that was named in full needs a package that is not installed.
    """
    _check_selectors(rules, settings)
    ranks = _ranks(rules, settings)
    selected: list[LoadedRule] = []
    skipped: list[tuple[str, str]] = []
    for loaded in rules:
        rank = ranks.get(loaded.code)
        if rank is None:
            continue
        lacking = what_is_missing(loaded) or _without_reference(loaded, settings)
        if lacking is None:
            selected.append(loaded)
        elif rank == _EXACT:
            raise lacking
        else:
            skipped.append((loaded.code, lacking.needs))
    off = [entry for entry in rules if entry.rule.stability == "preview" and entry not in selected]
    masks = tuple(entry for entry in rules if entry.rule.mask and what_is_missing(entry) is None)
    words = tuple((entry.code, entry.rule.name, *entry.rule.aliases) for entry in rules)
    return Selected(selected, skipped, len(off), masks, words)


def what_is_missing(loaded: LoadedRule) -> MissingExtra | MissingModel | None:
    """Why a rule cannot run here: a package, or a spaCy model, that is not installed."""
    label = f"rule {loaded.code} ({loaded.rule.name})"
    for extra in loaded.rule.requires:
        if not _installed(extra):
            return MissingExtra(label, extra)
    for model in _models_of(loaded):
        problem = missing_model(model)
        if problem is not None:
            return MissingModel(label, problem)
    return None


def _without_reference(loaded: LoadedRule, settings: Settings) -> MissingReference | None:
    """Why a rule that compares the corpus with other files cannot run."""
    label = f"rule {loaded.code} ({loaded.rule.name})"
    if not isinstance(loaded.check, CorpusCheck):
        return None
    if loaded.check.profile is not None and not settings.reference:
        return MissingReference(label, "needs a reference to compare with: --reference FILE")
    return MissingReference(label) if loaded.check.against is not None and not settings.against else None


def _models_of(loaded: LoadedRule) -> Iterable[str]:
    """The spaCy models that a rule reads with."""
    if isinstance(loaded.check, MatchCheck):
        return models_of(loaded.check.matcher)
    model = getattr(loaded.check.params, "spacy_model", None) if isinstance(loaded.check, CorpusCheck) else None
    return () if model is None else (model or DEFAULT_MODEL,)


def named(rules: Iterable[LoadedRule], settings: Settings) -> frozenset[str]:
    """Codes that the settings select one by one, by full code or name: those must run, or the check has failed."""
    ranks = _ranks(list(rules), settings)
    return frozenset(code for code, rank in ranks.items() if rank == _EXACT)


def codes_of(rules: Iterable[LoadedRule], selectors: Iterable[str]) -> frozenset[str]:
    """Codes of the rules that any of the selectors means."""
    wanted = list(selectors)
    return frozenset(
        loaded.code for loaded in rules if any(_rank(selector, loaded.rule) is not None for selector in wanted)
    )


def find_rules(rules: Sequence[LoadedRule], selectors: Iterable[str]) -> list[LoadedRule]:
    """The rules that the selectors mean, for commands about rules; UsageError for one that means none."""
    wanted = list(selectors)
    for selector in wanted:
        _check_selector(selector, rules, "")
    codes = codes_of(rules, wanted)
    return [loaded for loaded in rules if loaded.code in codes]


def source_ignores(rules: Sequence[LoadedRule], settings: Settings) -> dict[str, frozenset[str]]:
    """Codes that are off for each value of the rows' source field."""
    return {source: codes_of(rules, selectors) for source, selectors in settings.per_source_ignores.items()}


def file_ignores(
    rules: Sequence[LoadedRule], settings: Settings, files: Iterable[tuple[Path, str]]
) -> dict[str, frozenset[str]]:
    """Codes that are off in each corpus file, by the file's shown name (`files`: real path, shown name).

    A glob is tried on the file's name, on its shown name, and on its path from the settings file: what a report calls a
    file depends on which other files were given, and an ignore must not.
    """
    off: dict[str, frozenset[str]] = {}
    for path, shown in files:
        names = _names_of(path, shown, settings)
        matching = [
            selectors
            for pattern, selectors in settings.per_file_ignores.items()
            if any(fnmatch.fnmatchcase(name, pattern) for name in names)
        ]
        if matching:
            off[shown] = codes_of(rules, [selector for selectors in matching for selector in selectors])
    return off


def idle_globs(settings: Settings, files: Iterable[tuple[Path, str]]) -> list[str]:
    """The globs of per-file-ignores that mean none of the files."""
    names = [name for path, shown in files for name in _names_of(path, shown, settings)]
    return [
        pattern
        for pattern in settings.per_file_ignores
        if not any(fnmatch.fnmatchcase(name, pattern) for name in names)
    ]


def _names_of(path: Path, shown: str, settings: Settings) -> tuple[str, str, str]:
    folder = (settings.file.parent if settings.file else Path()).resolve()
    real = path.resolve()
    return real.name, shown, real.relative_to(folder).as_posix() if real.is_relative_to(folder) else str(real)


def _rank(selector: str, rule: Rule) -> int | None:
    """How specific a selector is for a rule; None if it does not mean the rule."""
    if selector in (rule.code, rule.name, *rule.aliases):
        return _EXACT
    selector = _capital(selector)
    if selector == rule.code:
        return _EXACT
    if selector == ALL:
        return 0
    return len(selector) if selector.isupper() and rule.code.startswith(selector) else None


def _capital(selector: str) -> str:
    """`lex001`, `lex` and `all` in capitals; names of rules stay as they are."""
    upper = selector.upper()
    return upper if upper == ALL or (upper[:3] in FAMILIES and (upper[3:] or "0").isdigit()) else selector


def _ranks(loaded: Sequence[LoadedRule], settings: Settings) -> dict[str, int]:
    """Selected codes with the rank of the selector that chose each, over all layers, as ruff does it.

    Of a pack the stable rules that need only the core are on by default, so that no installed package changes a result;
    rules that the user names by path are on, preview or not.

    In a layer the most specific selector decides, and of two equal ones `ignore`. A later layer adds to and takes from
    the earlier ones, unless it has `select`, which starts anew.
    """
    rules = [entry.rule for entry in loaded]
    own = {entry.code for entry in loaded if entry.by_path}
    light = {rule.code for rule in rules if rule.stability == "stable" and not rule.requires}
    ranks = {rule.code: 0 for rule in rules if rule.code in light | own}
    for layer in settings.selections:
        if layer.select is not None:
            ranks = {}
        for rule in rules:
            _apply(layer, rule, ranks, settings.preview or rule.code in own)
    return ranks


def _apply(layer: Selection, rule: Rule, ranks: dict[str, int], preview: bool) -> None:
    for_it = [*(layer.select or ()), *layer.extend_select]
    wanted = max((rank for text in for_it if (rank := _rank(text, rule)) is not None), default=-1)
    unwanted = max((rank for text in layer.ignore if (rank := _rank(text, rule)) is not None), default=-1)
    if unwanted >= 0 and unwanted >= wanted:
        ranks.pop(rule.code, None)
    elif wanted == _EXACT or (
        wanted >= 0 and (rule.stability == "stable" or (preview and rule.stability == "preview"))
    ):
        ranks[rule.code] = wanted


def _check_selectors(rules: Sequence[LoadedRule], settings: Settings) -> None:
    for layer in settings.selections:
        for key in ("select", "extend_select", "ignore"):
            for selector in getattr(layer, key) or ():
                _check_selector(selector, rules, settings.origins.get(key, ""))
    for key, table in (
        ("per_file_ignores", settings.per_file_ignores),
        ("per_source_ignores", settings.per_source_ignores),
    ):
        for selectors in table.values():
            for selector in selectors:
                _check_selector(selector, rules, settings.origins.get(key, ""))
    codes = [loaded.code for loaded in rules]
    for code in settings.rule:
        if code not in codes:
            by_name = [loaded.code for loaded in rules if code in (loaded.rule.name, *loaded.rule.aliases)]
            hint = f" (use its code, {by_name[0]})" if by_name else did_you_mean(code, codes)
            place = settings.origins.get(f"rule.{code}", settings.origins.get("rule", ""))
            where = f"rule.{code}" if place in ("", GIVEN) else place
            raise SettingsError(where, f"no rule has the code '{code}'{hint}")


def _check_selector(selector: str, rules: Sequence[LoadedRule], place: str) -> None:
    # A family that has no rule yet is a word of the language, not a typing mistake.
    if _capital(selector) in (ALL, *FAMILIES) or any(_rank(selector, loaded.rule) is not None for loaded in rules):
        return
    words = [word for loaded in rules for word in (loaded.code, loaded.rule.name, *loaded.rule.aliases)]
    hint = did_you_mean(selector, [*words, *FAMILIES, ALL])
    problem = f"unknown rule '{selector}'{hint}; 'synlint rules list' shows all rules"
    raise SettingsError(place, problem) if place not in ("", GIVEN) else UsageError(problem)


def _installed(extra: str) -> bool:
    return importlib.util.find_spec(_PROBES.get(extra, extra)) is not None
