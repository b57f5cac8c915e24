"""Which findings of the last run a word means: a place, the id of a finding, the id of a row, or a rule."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from synlint.errors import UsageError
from synlint.model import SEVERITIES

if TYPE_CHECKING:
    import polars as pl

    from synlint.console.last_run import LastRun

_MOST = 100_000  # findings looked up at once
_ROW_ID_LEAST = 6  # characters of a row's id that name it; reports show twelve
_PLACE = re.compile(r"(.+?):(row *)?(\d+)")


def findings_called(word: str, kept: LastRun) -> list[list[dict[str, Any]]]:
    """The findings that a place, an id of a finding or of a row means, the worst first: a list for each id."""
    place = _PLACE.fullmatch(word)
    at_place = _findings_at(place[1], bool(place[2]), int(place[3]), kept) if place else []
    groups = at_place or _findings_with(word, kept) or _findings_of_row(word, kept)
    if groups:
        return sorted(groups, key=lambda group: _urgency(group[0], kept))
    from synlint.reports.wording import plural

    again = kept.command or "synlint check"
    why = ""
    if place and not _called(place[1], list(kept.digests)):
        if not os.path.exists(place[1]):
            why = f"there is no file {place[1]} here; "
        elif os.path.isfile(place[1]):
            why = f"{place[1]} was not part of the last run; "
            again = shlex.join(["synlint", "check", place[1]])
    left = f"; its baseline left out {plural(kept.left_out, 'finding')}" if kept.left_out else ""
    raise UsageError(
        f"{why}no finding {'at' if place else 'or row called'} {word}: {kept.told()}{left}; "
        f"every finding with its place: {again} --output concise"
    )


def findings_of_rule(code: str, kept: LastRun) -> list[dict[str, Any]]:
    """The findings of one rule."""
    import polars as pl

    return _rows(kept, pl.col("rule") == code)


def findings_beside(finding: Mapping[str, Any], kept: LastRun) -> list[dict[str, Any]]:
    """The findings on rows of the same rule and cluster: of one template or group, itself among them."""
    import polars as pl

    same = (pl.col("cluster") == finding["cluster"]) & (pl.col("rule") == finding["rule"])
    return _rows(kept, same & pl.col("row").is_not_null())


def here(kept: LastRun) -> dict[str, str]:
    """What the run called a file -> the path that leads to it from the current folder."""
    from synlint.corpora.paths import find

    return find(kept.paths).here()


def _urgency(row: dict[str, Any], kept: LastRun) -> tuple[int, bool, float]:
    over = kept.judged.get(row["rule"], {}).get("verdict") == "over"
    return -SEVERITIES.index(row["severity"]), not over, -(row["score"] or 0.0)


def _findings_with(prefix: str, kept: LastRun) -> list[list[dict[str, Any]]]:
    """The findings of one id: several rows of equal content share one."""
    import polars as pl

    found = _rows(kept, pl.col("id").str.starts_with(prefix))
    ids = sorted({str(row["id"]) for row in found})
    if len(ids) > 1:
        raise UsageError(f"'{prefix}' begins several ids: {', '.join(ids[:5])}{', ...' if len(ids) > 5 else ''}")
    return [found] if found else []


def _findings_of_row(word: str, kept: LastRun) -> list[list[dict[str, Any]]]:
    """The findings of the row with that id in the corpus (`source_id`), or with that content (`row_id`)."""
    import polars as pl

    called = pl.col("source_id") == word
    if len(word) >= _ROW_ID_LEAST:
        called = called | pl.col("row_id").str.starts_with(word)
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(kept, called):
        groups.setdefault(row["id"], []).append(row)
    return list(groups.values())


def _findings_at(path: str, by_row: bool, number: int, kept: LastRun) -> list[list[dict[str, Any]]]:
    """The findings at `FILE:LINE` or `FILE:row N`; in a file whose records have no lines, `FILE:N` is row N too.

    The file may be named from here, or as reports name it, from the common root of the run's inputs.
    """
    import polars as pl

    row = pl.col("row") == number
    there = row if by_row else (pl.col("line") == number) | (pl.col("line").is_null() & row)
    exact = _exactly(path, kept)
    names = pl.col("path") == exact if exact else pl.col("path").str.ends_with(os.path.basename(path))
    return [[row] for row in _rows(kept, there & names) if exact or _called(path, [row["path"]])]


def _exactly(path: str, kept: LastRun) -> str | None:
    """What the run called the file that is at this path, seen from here; or the path, if the run called a file so."""
    from synlint.corpora.paths import find

    meant = os.path.realpath(path)
    files = {os.path.realpath(file): shown for file, shown in find(kept.paths).files}
    return files.get(meant) or (path if path in kept.digests else None)


def _called(path: str, shown: Sequence[str]) -> bool:
    return any(f"/{path}".endswith(f"/{name}") for name in shown)


def _rows(kept: LastRun, wanted: pl.Expr) -> list[dict[str, Any]]:
    import polars as pl

    try:
        return pl.scan_parquet(kept.findings).filter(wanted).head(_MOST).collect().to_dicts()
    except (pl.exceptions.PolarsError, OSError):
        raise UsageError("the findings of the last run cannot be read: run 'synlint check' again") from None
