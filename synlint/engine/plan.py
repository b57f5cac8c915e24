"""What one batch has to go through: the screens that all rules share, the features, and each rule's own part."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from synlint.corpora.problems import UNUSED
from synlint.engine.jobs import Job, match_jobs, python_job
from synlint.engine.options import RunOptions
from synlint.features.compute import with_features
from synlint.rulebook.loaded import CorpusCheck, LoadedRule, MatchCheck, ProblemCheck, PythonRowCheck
from synlint.rulebook.matchers.base import ScreenTerm

_REGEX_UP_TO = 2_000
_META = re.compile(r"[\\.+*?()|\[\]{}^$#&~-]")  # what the Rust regex syntax gives a meaning


@dataclass(frozen=True)
class Plan:
    """The selected rules by kind of check. Frozen and without state: any engine may copy it to its workers."""

    rules: tuple[LoadedRule, ...]

    @classmethod
    def of(cls, rules: Iterable[LoadedRule]) -> Plan:
        return cls(tuple(sorted(rules, key=lambda loaded: loaded.code)))

    @cached_property
    def by_code(self) -> dict[str, LoadedRule]:
        return {loaded.code: loaded for loaded in self.rules}

    @cached_property
    def matching(self) -> tuple[tuple[LoadedRule, MatchCheck], ...]:
        return tuple((rule, rule.check) for rule in self.rules if isinstance(rule.check, MatchCheck))

    @cached_property
    def looking(self) -> tuple[tuple[LoadedRule, PythonRowCheck], ...]:
        return tuple((rule, rule.check) for rule in self.rules if isinstance(rule.check, PythonRowCheck))

    @cached_property
    def problems(self) -> tuple[tuple[LoadedRule, ProblemCheck], ...]:
        return tuple((rule, rule.check) for rule in self.rules if isinstance(rule.check, ProblemCheck))

    @cached_property
    def judges_suppressions(self) -> bool:
        """Whether a rule asks for suppressions that suppress nothing."""
        return any(UNUSED in check.kinds for _, check in self.problems)

    @cached_property
    def corpus(self) -> tuple[tuple[LoadedRule, CorpusCheck], ...]:
        return tuple((rule, rule.check) for rule in self.rules if isinstance(rule.check, CorpusCheck))

    def sharing(self, loaded: LoadedRule, options: RunOptions) -> str:
        """The key of a corpus rule's state: rules that name the same, and are off in the same places, share one."""
        if not isinstance(loaded.check, CorpusCheck) or loaded.check.shared is None:
            return loaded.code
        off = [
            pattern
            for ignores in (options.per_file_ignores, options.per_source_ignores)
            for pattern, codes in sorted(ignores.items())
            if loaded.code in codes
        ]
        return "\x1f".join([f"shared:{loaded.check.shared}", *off])

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        matched = [job for loaded, check in self.matching for job in match_jobs(loaded, check)]
        return (*matched, *(python_job(loaded, check) for loaded, check in self.looking))

    @cached_property
    def terms(self) -> tuple[ScreenTerm, ...]:
        found = {
            term.column: term
            for rule, check in self.matching
            for field in rule.rule.fields
            for term in check.matcher.terms(field)
        }
        found |= {term.column: term for _, check in self.looking for term in check.terms}
        return tuple(found[column] for column in sorted(found))

    @cached_property
    def needs(self) -> frozenset[str]:
        asked: set[str] = {f"{term.field}.norm" for term in self.terms}
        for rule, check in self.matching:
            for field in rule.rule.fields:
                asked |= check.matcher.needs(field)
        for rule in self.rules:
            asked |= set(rule.rule.needs)
        return frozenset(asked)

    @cached_property
    def field_sets(self) -> frozenset[tuple[str, ...]]:
        """The fields of each rule: a share is of the rows that have at least one of them."""
        return frozenset(rule.rule.fields for rule in self.rules if rule.rule.fields)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that rules of this plan are limited to: what rows are looked at for."""
        return frozenset(code for rule in self.rules for code in rule.rule.languages)

    def prepared(self, frame: pl.DataFrame, cpu: dict[str, float] | None = None) -> pl.DataFrame:
        """`frame` with every feature and screen column that the rules of this plan ask for.

        With `cpu`, the processor seconds of both steps are added to it: no rule's own time has what rules share.
        """
        started = time.process_time()
        frame = with_features(frame, self.needs)
        middle = time.process_time()
        frame = with_screens(frame, self.terms)
        if cpu is not None:
            cpu["shared.features"] = cpu.get("shared.features", 0.0) + middle - started
            cpu["shared.search"] = cpu.get("shared.search", 0.0) + time.process_time() - middle
        return frame


def with_screens(frame: pl.DataFrame, terms: Sequence[ScreenTerm]) -> pl.DataFrame:
    """Add one boolean column per term: one Aho-Corasick pass per field finds the rows, a second the phrases in them."""
    columns: list[pl.Series] = []
    for field in sorted({term.field for term in terms}):
        mine = [term for term in terms if term.field == field]
        columns += _screen_field(frame[f"{field}.norm"], mine)
    return frame.with_columns(columns) if columns else frame


def _screen_field(folded: pl.Series, terms: Sequence[ScreenTerm]) -> list[pl.Series]:
    owners: dict[str, list[str]] = {}
    for term in terms:
        for literal in term.literals:
            owners.setdefault(literal, []).append(term.column)
    masks = {term.column: np.zeros(len(folded), dtype=np.bool_) for term in terms}
    literals = sorted(owners)
    rows = _contains_any(folded, literals).fill_null(False).to_numpy().nonzero()[0]
    if len(rows):
        found = folded.gather(rows).str.extract_many(literals, overlapping=True).to_list()
        for row, matched in zip(rows.tolist(), found, strict=True):
            for literal in set(matched):
                for column in owners[literal]:
                    masks[column][row] = True
    return [pl.Series(column, mask) for column, mask in masks.items()]


def _contains_any(texts: pl.Series, literals: Sequence[str]) -> pl.Series:
    """Whether a text holds one of the literals. Up to some thousands, the regex engine's own literal searcher is up to
    four times faster than `contains_any` (0.03 against 0.14 s for 138 literals in 14 MB); then they draw level.
    """
    if len(literals) > _REGEX_UP_TO:
        return texts.str.contains_any(list(literals))
    return texts.str.contains("|".join(_META.sub(r"\\\g<0>", literal) for literal in literals))
