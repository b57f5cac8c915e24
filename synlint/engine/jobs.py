"""What each row rule does to a batch: a screen over whole columns, and an exact look at the rows that pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl

from synlint.engine.checked import checked_hits
from synlint.isolate import isolated
from synlint.model import Hit
from synlint.rulebook.loaded import LoadedRule, MatchCheck, PythonRowCheck
from synlint.rulebook.matchers.base import NO_LIMIT


@dataclass(frozen=True, slots=True)
class Job:
    """One rule on one field, or on the row as a whole for Python rules. `mask` is boolean without nulls.

    `needs` are the feature columns that `find` reads beside the columns of the corpus.
    """

    loaded: LoadedRule
    key: str
    mask: pl.Expr
    find: Callable[[pl.DataFrame], Sequence[Hit]]
    needs: frozenset[str] = frozenset()


def match_jobs(loaded: LoadedRule, check: MatchCheck) -> list[Job]:
    """One job per field of a YAML rule."""
    return [
        Job(
            loaded,
            f"{loaded.code}|{name}",
            _clean(check.matcher.screen(name) & pl.col(name).is_not_null(), f"{loaded.code}|{name}"),
            partial(_match, check, name, loaded.rule.mask),
            check.matcher.needs(name),
        )
        for name in loaded.rule.fields
    ]


def python_job(loaded: LoadedRule, check: PythonRowCheck) -> Job:
    """The job of a Python row rule. A screen that crashes is reported when the rule first runs."""
    make: Callable[[Any], object] | None = check.screen
    screen, crash = isolated(make, check.params) if make else (None, None)
    if screen is not None and not isinstance(screen, pl.Expr):
        screen, crash = None, f"it returned {type(screen).__name__}, not a polars expression"
    wanted = [screen] if screen is not None else []
    if check.terms:
        wanted.append(pl.any_horizontal([pl.col(term.column) for term in check.terms]))
    mask = _clean(pl.all_horizontal(wanted) if wanted else pl.lit(True), loaded.code)
    return Job(loaded, loaded.code, mask, partial(_look, check, crash), frozenset(loaded.rule.needs))


def _match(check: MatchCheck, name: str, every: bool, rows: pl.DataFrame) -> Sequence[Hit]:
    # Of a secret every occurrence must be known, to be masked; the findings are cut to max_hits later.
    return check.matcher.find(rows, name, NO_LIMIT if every else check.max_hits)


def _look(check: PythonRowCheck, crash: str | None, rows: pl.DataFrame) -> Sequence[Hit]:
    if crash is not None:
        raise RuntimeError(f"screen: {crash}")
    return checked_hits(check.look(rows, check.params), rows)


def _clean(screen: pl.Expr, key: str) -> pl.Expr:
    return screen.cast(pl.Boolean).fill_null(False).alias(key)
