"""From settings to what a run needs: how to read, which rules, which options. One place for the command and the API."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synlint import __version__
from synlint.corpora.options import ReadOptions
from synlint.engine.options import RunOptions
from synlint.errors import UsageError, did_you_mean
from synlint.rulebook.loaded import CorpusCheck, LoadedRule
from synlint.rulebook.select import Selected, file_ignores, idle_globs, named, select, source_ignores
from synlint.settings import BUNDLED, Settings, load_settings
from synlint.settings_files import shown_path
from synlint.suppressions.baseline import Baseline
from synlint.suppressions.baseline_file import read_baseline
from synlint.suppressions.ignore_file import parse
from synlint.suppressions.ignores import Ignores, ignores_of

if TYPE_CHECKING:
    from synlint.analysis.contamination.reference import Reference
    from synlint.analysis.profiles.profile import Profile
    from synlint.corpora.read import Corpus


@dataclass(frozen=True, slots=True)
class Session:
    """Everything about a run but the data."""

    settings: Settings
    read_options: ReadOptions
    rules: Sequence[LoadedRule]
    run_options: RunOptions


def selected_rules(settings: Settings) -> Selected:
    """Load the rulebook and choose. Raises UsageError when the settings leave no rule."""
    from synlint.rulebook.load import load_rules  # slow to import: a report from the cache needs no rule

    models = {"spacy_model": settings.spacy_model, "encoder": settings.encoder}
    selected = select(load_rules(settings.rules, settings.rule, models=models), settings)
    if not selected.rules and selected.skipped:
        code, reason = selected.skipped[0]
        raise UsageError(f"no rule that the settings select can run: {code} {reason}")
    if not selected.rules:
        raise UsageError("the settings select no rule; 'synlint rules list' shows all rules")
    _load_encoders(selected)
    return _held_against(selected, settings)


def _load_encoders(selected: Selected) -> None:
    """Load what the rules turn texts into vectors with, so that what is wrong with it is said before anything is read.

    Raises MissingExtra, MissingModel.
    """
    checks = (entry.check for entry in selected.rules)
    names = {getattr(check.params, "encoder", "") for check in checks if isinstance(check, CorpusCheck)} - {"", BUNDLED}
    if names:
        from synlint.analysis.encoders.encoder import load_encoder  # imports the tokenisers of models

        for name in sorted(names):
            load_encoder(name)


def _held_against(selected: Selected, settings: Settings) -> Selected:
    """The rules, those that compare the corpus with other files given these files.

    Raises CorpusError, ProfileError, UsageError.
    """
    checks = [entry.check for entry in selected.rules if isinstance(entry.check, CorpusCheck)]
    items = _reference(settings.against) if any(check.against is not None for check in checks) else None
    profile = _profile(settings.reference) if any(check.profile is not None for check in checks) else None
    return selected._replace(rules=[_holding(entry, items, profile) for entry in selected.rules])


def _holding(entry: LoadedRule, items: Reference | None, profile: Profile | None) -> LoadedRule:
    check = entry.check
    if isinstance(check, CorpusCheck) and check.against is not None and items is not None:
        return replace(entry, check=check.holding(items))
    if isinstance(check, CorpusCheck) and check.profile is not None and profile is not None:
        return replace(entry, check=check.beside(profile))
    return entry


def _profile(path: str | None) -> Profile:
    """The profile in a file, or that of a corpus in any layout."""
    from synlint.analysis.profiles.profile import Profile, is_profile

    assert path is not None  # rules that need one are left out where none is named
    file = Path(path)
    if file.is_file():
        try:
            data = file.read_bytes()
        except OSError as error:
            raise UsageError(f"--reference: {path} cannot be read: {(error.strerror or str(error)).lower()}") from None
        if is_profile(data):
            return Profile.from_bytes(data, path)
        del data
    return profile_of([path], "--reference")


def profile_of(paths: Sequence[str], option: str) -> Profile:
    """The profile of files in any layout. Raises CorpusError; UsageError, which names `option`."""
    from synlint.analysis.corpus_texts import CorpusTexts, observe
    from synlint.analysis.profiles.profile import Profile
    from synlint.corpora.open import open_corpus

    corpus, state = open_corpus(list(paths), ReadOptions(allow_empty=True)), CorpusTexts()
    for batch in corpus.batches():
        state = state.merge(observe(batch.frame, None))
    if corpus.failures:
        raise UsageError(f"{option}: {corpus.failures[0].cause}")
    if not state.answer.rows and not state.question.rows:
        raise UsageError(f"{option}: {', '.join(paths)}: no question and no answer to compare with")
    return Profile.of(state, name=", ".join(paths))


def _reference(paths: Sequence[str]) -> Reference:
    """The items of files in any layout; each file its own, since they need not be of one kind."""
    from synlint.analysis.contamination.reference import Reference
    from synlint.corpora.open import open_corpus

    batches = []
    for path in paths:
        corpus = open_corpus([path], ReadOptions(allow_empty=True))
        batches += [(_shown_reference(path, corpus, batch.file), batch.frame) for batch in corpus.batches()]
        if corpus.failures:
            raise UsageError(f"--against: {corpus.failures[0].cause}")
        if not corpus.files:
            raise UsageError(f"--against: {path}: no file that can be compared with")
    return Reference.of(batches)


def _shown_reference(path: str, corpus: Corpus, number: int) -> str:
    """The name of a reference file: as it was typed, and below it for one of a folder."""
    shown = corpus.files[number].path
    return shown_path(Path(path)) if Path(path).is_file() else f"{shown_path(Path(path))}/{shown}"


def read_options(settings: Settings) -> ReadOptions:
    """How the corpus is read under these settings."""
    assert not isinstance(settings.sample, str)  # load_settings has turned "5%" into 0.05
    return ReadOptions(
        layout=settings.layout,
        fields=settings.fields,
        source_field=settings.source_field,
        group_by=settings.group_by,
        branch=settings.branch,
        sample=settings.sample,
        seed=settings.seed,
        allow_empty=settings.allow_empty,
        skip_unsupported=settings.skip_unsupported,
    )


def run_options(
    settings: Settings,
    selected: Selected,
    shown_paths: Sequence[str],
    files: Iterable[tuple[Path, str]] = (),
    shown_command: str | None = None,
) -> RunOptions:
    """How the engine runs under these settings; `files` (real path, shown name) is needed for per-file-ignores."""
    baseline, remarks = known_before(settings)
    files = list(files)
    return RunOptions(
        fail_on=settings.gate[0],
        exit_zero=settings.gate[1],
        max_warnings=settings.max_warnings,
        per_file_ignores=file_ignores(selected.rules, settings, files) if settings.per_file_ignores else {},
        per_source_ignores=source_ignores(selected.rules, settings),
        group_by=settings.group_by,
        settings_digest=digest_with(settings, baseline),
        skipped=tuple(selected.skipped),
        masks=selected.masks,
        named=named(selected.rules, settings),
        shown_paths=tuple(shown_paths),
        shown_command=shown_command or shlex.join(["synlint", "check", *(shown_paths or ["CORPUS"])]),
        rules_off=selected.off,
        sample=None if isinstance(settings.sample, str) else settings.sample,
        seed=settings.seed,
        allow_empty=settings.allow_empty,
        baseline=baseline,
        ignores=ignores_for(settings, selected, files),
        rulebook=selected.words,
        remarks=(*remarks, *_idle(settings, shown_paths, files)),
    )


def _idle(settings: Settings, shown_paths: Sequence[str], files: Sequence[tuple[Path, str]]) -> Iterator[str]:
    """A note on globs of per-file-ignores without a file: only where a folder is checked, which they could be about."""
    if settings.per_file_ignores and files and any(os.path.isdir(path) for path in shown_paths):
        for pattern in idle_globs(settings, files):
            yield f"per-file-ignores: '{pattern}' matches none of the {len(files):,} files checked"


def options_without_rules(settings: Settings, shown_paths: Sequence[str], shown_command: str) -> RunOptions:
    """What the options of a run hold before any rule is loaded; the rest of them follows from settings and rules."""
    without = replace(settings, per_file_ignores={}, per_source_ignores={})
    return run_options(without, Selected([], []), shown_paths, (), shown_command)


def known_before(settings: Settings) -> tuple[Baseline | None, tuple[str, ...]]:
    """The baseline of these settings, and what a reader of the report should know of it. Raises BaselineError."""
    if settings.baseline is None:
        return None, ()
    known = read_baseline(settings.baseline, shown_path(Path(settings.baseline)))
    remarks = []
    if known.synlint != __version__:
        remarks.append(
            f"the baseline {known.name} was written by synlint {known.synlint}, and this is {__version__}: "
            "rules may find more or less than they did"
        )
    elif known.settings_digest != settings.digest():
        remarks.append(
            f"the baseline {known.name} was written with other settings, rules or parameters: "
            "what is new may come from them"
        )
    return known, tuple(remarks)


def digest_with(settings: Settings, baseline: Baseline | None) -> str:
    """The digest of a run: two with different baselines are not to be compared. What was ignored does not enter."""
    if baseline is None:
        return settings.digest()
    return blake2b(f"{settings.digest()} {baseline.digest}".encode(), digest_size=16).hexdigest()


def ignores_for(settings: Settings, selected: Selected, files: Iterable[tuple[Path, str]]) -> Ignores | None:
    """The entries of the ignore file; `files` (real path, shown name) are what entries may name."""
    if settings.ignores is None:
        return None
    name = Path(os.path.relpath(settings.ignores)).as_posix()
    return ignores_of(parse(settings.ignores, name), name, settings.ignores.parent, selected.words, files)


def session_of(given: Mapping[str, Any], *, shown_paths: Sequence[str] = ()) -> Session:
    """A session from keyword settings, as Python callers give them. No settings file is read unless `config` names it.

    Raises UsageError for a name that is no setting, and what the settings and rule files raise.
    """
    from synlint.settings import setting_names

    given = dict(given)
    config = given.pop("config", None)
    for name in given:
        if name not in setting_names():
            raise UsageError(f"unknown setting {name!r}{did_you_mean(name, setting_names())}")
    overrides = {name: _plain(value) for name, value in given.items() if value is not None}
    named = [] if config is None else [str(config)]
    settings = load_settings(Path(), named, config is None, overrides)
    selected = selected_rules(settings)
    return Session(
        settings,
        read_options(settings),
        selected.rules,
        run_options(settings, selected, shown_paths, _files(settings, shown_paths)),
    )


def _plain(value: Any) -> Any:
    """Sets and tuples as lists, which is what the settings layer knows."""
    return sorted(value) if isinstance(value, set | frozenset) else list(value) if isinstance(value, tuple) else value


def _files(settings: Settings, shown_paths: Sequence[str]) -> Iterable[tuple[Path, str]]:
    from synlint.corpora.paths import find

    needed = settings.per_file_ignores or settings.ignores
    return find(shown_paths).files if needed and shown_paths else ()
