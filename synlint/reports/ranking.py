"""Which findings go to services that keep only some of them: the worst ones, and none of the rules without a word.

A finding's weight is severity (error 4, warning 2, info 1, and 0.5 for any rule that stays under its limit) times score
times rarity, 1 / (1 + log10(findings of the rule)): ten findings of one rule tell more than the last ten of a million.
Ties keep the report's order. The findings are read part by part, so memory does not grow with their number.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from synlint.model import Report

if TYPE_CHECKING:
    import polars as pl

Row = dict[str, Any]
Level = Literal["error", "warning", "note"]
SAMPLES = 100  # rows that a finding about the corpus points at: as many locations as GitHub shows of one result
_SEVERITY = {"error": 4.0, "warning": 2.0, "info": 1.0}
_TOLERATED = 0.5
_WORST: Any = {"descending": [True, False]}
_LEVELS: dict[str, Level] = {"error": "error", "warning": "warning", "info": "note"}


@dataclass(frozen=True, slots=True)
class Ranked:
    """The findings that were chosen, and how many there are.

    `rows` are at most `limit`, the heaviest first. `best` holds the heaviest of each rule, one of a row.
    `samples` has rows for findings about the corpus, by rule and evidence; a rule's other rows are under (rule, None).
    Rows that a corpus rule marks are such samples and nothing else: they are not counted, nor chosen.
    """

    rows: list[Row]
    best: dict[str, list[Row]]
    counts: Mapping[tuple[str, Level], int]
    samples: Mapping[tuple[str, str | None], list[Row]]

    @property
    def total(self) -> int:
        """Findings that could have been chosen."""
        return sum(self.counts.values())


def tolerated(report: Report) -> frozenset[str]:
    """Rules with findings that stay under their limit: what they found does not count against the corpus."""
    return frozenset(result.code for result in report.rules if result.verdict == "under")


def level_of(rule: str, severity: str, lenient: Collection[str]) -> Level:
    """How bad a finding is for those who only know levels; what is tolerated is a note, whatever its severity."""
    return "note" if rule in lenient else _LEVELS[severity]


def ranked(report: Report, limit: int, per_rule: int = 1) -> Ranked:
    """Choose `limit` findings, at least one of every rule (as far as the limit goes), and `per_rule` best of each."""
    chooser = _Chooser(report, limit, per_rule)
    for part in report.store.parts():
        chooser.add(part)
    return chooser.ranked()


@dataclass(slots=True)
class _Chooser:
    report: Report
    limit: int
    per_rule: int
    seen: int = 0
    top: pl.DataFrame | None = None
    each: pl.DataFrame | None = None
    counts: dict[tuple[str, Level], int] = field(default_factory=dict)
    samples: dict[tuple[str, str | None], list[Row]] = field(default_factory=dict)
    evidences: set[tuple[str, str]] = field(default_factory=set)  # of findings about the corpus

    def add(self, part: pl.DataFrame) -> None:
        """Take in the next findings, in the report's order."""
        import polars as pl

        part = part.with_row_index("at", offset=self.seen)
        self.seen += len(part)
        about_corpus = part.filter(pl.col("row").is_null() & pl.col("path").is_null())
        self.evidences.update(about_corpus.select("rule", pl.col("evidence").fill_null("")).iter_rows())
        self._sample(part)
        marking = [result.code for result in self.report.rules if result.scope == "corpus"]
        part = part.filter(pl.col("row").is_null() | ~pl.col("rule").is_in(marking))
        if len(part):
            self._count(part)
            self._choose(part.with_columns(self._weight().alias("weight")))

    def ranked(self) -> Ranked:
        """What was chosen."""
        if self.top is None or self.each is None:
            return Ranked([], {}, {}, {})
        best: dict[str, list[Row]] = {}
        for row in self.each.drop("at", "weight").iter_rows(named=True):
            best.setdefault(row["rule"], []).append(row)
        return Ranked(self._with_every_rule(self.top), best, self.counts, self.samples)

    def _weight(self) -> pl.Expr:
        import polars as pl

        rare = {result.code: 1 / (1 + math.log10(max(result.findings, 1))) for result in self.report.rules}
        severity = pl.col("severity").replace_strict(_SEVERITY, default=1.0, return_dtype=pl.Float64)
        lenient = pl.col("rule").is_in(list(tolerated(self.report)))
        score = pl.col("score").cast(pl.Float64).fill_nan(None).fill_null(0.5)
        rarity = pl.col("rule").replace_strict(rare, default=1.0, return_dtype=pl.Float64) if rare else pl.lit(1.0)
        return pl.when(lenient).then(_TOLERATED).otherwise(severity) * score * rarity

    def _choose(self, part: pl.DataFrame) -> None:
        import polars as pl

        def heaviest(held: pl.DataFrame | None, more: pl.DataFrame) -> pl.DataFrame:
            held = more if held is None else pl.concat([held, more])
            return held.sort("weight", "at", **_WORST)

        self.top = heaviest(self.top, part.top_k(self.limit, by=[pl.col("weight"), -pl.col("at").cast(pl.Int64)]))
        self.top = self.top.head(self.limit)
        # One finding of each row: a rule that finds three things in one row has more to show than that row.
        row = pl.when(pl.col("row").is_null()).then(-1 - pl.col("at").cast(pl.Int64)).otherwise(pl.col("row"))
        others = part.sort("weight", "at", **_WORST).unique(pl.struct("rule", "path", row.alias("of")), keep="first")
        self.each = heaviest(self.each, others).group_by("rule", maintain_order=True).head(self.per_rule)
        self.each = self.each.select(self.top.columns).sort("weight", "at", **_WORST)

    def _count(self, part: pl.DataFrame) -> None:
        lenient = tolerated(self.report)
        for rule, severity, number in part.group_by("rule", "severity").len().iter_rows():
            key = rule, level_of(rule, severity, lenient)
            self.counts[key] = self.counts.get(key, 0) + number

    def _sample(self, part: pl.DataFrame) -> None:
        """Keep the first rows of each rule that has something to say of the corpus."""
        import polars as pl

        about = {rule for rule, _ in self.evidences}
        rows = part.filter(pl.col("row").is_not_null() & pl.col("rule").is_in(list(about)))
        said = pl.concat_str("rule", pl.col("evidence").fill_null(""), separator="\x1f")
        common = pl.when(said.is_in(["\x1f".join(pair) for pair in self.evidences])).then(
            pl.col("evidence").fill_null("")
        )
        rows = rows.with_columns(common.alias("common"))
        for row in rows.group_by("rule", "common", maintain_order=True).head(SAMPLES).iter_rows(named=True):
            held = self.samples.setdefault((row["rule"], row["common"]), [])
            if len(held) < SAMPLES:
                held.append(row)

    def _with_every_rule(self, top: pl.DataFrame) -> list[Row]:
        """The heaviest findings; the last ones make room for rules that would have none."""
        import polars as pl

        assert self.each is not None
        first = (
            self.each.group_by("rule", maintain_order=True).head(1).select(top.columns).sort("weight", "at", **_WORST)
        )
        first = first.head(self.limit)
        others = top.join(first, on="at", how="anti", maintain_order="left").head(self.limit - len(first))
        return pl.concat([first, others]).sort("weight", "at", **_WORST).drop("at", "weight").to_dicts()
