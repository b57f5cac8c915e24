"""From counts to verdicts: which rules pass their gate, for the corpus or for one slice of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from synlint.engine.languages import language_named
from synlint.engine.options import RunOptions
from synlint.engine.quiet import SortedHits, sorted_hits
from synlint.engine.tally import Tally
from synlint.model import SEVERITIES, Conclusion, CorpusHit, RuleResult, Severity
from synlint.rulebook.loaded import CorpusCheck, LoadedRule, ProblemCheck

Verdict = Literal["over", "under", "clean", "skipped"]
_ROWS_TO_TELL = 20  # rows needed to tell a corpus's language
_FEW = 0.05  # a corpus with a smaller share of rows in a rule's languages than this is in another


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule's line of the table, and what it says about the corpus as a whole: told, and left out."""

    result: RuleResult
    hits: SortedHits = field(default_factory=SortedHits)

    @property
    def corpus_hits(self) -> tuple[CorpusHit, ...]:
        return self.hits.shown


def judge(loaded: LoadedRule, tally: Tally, conclusion: Conclusion | None, options: RunOptions) -> Judged:
    """The verdict of one rule over `tally`; `conclusion` is given for corpus rules."""
    if isinstance(loaded.check, CorpusCheck):
        return _judge_corpus(loaded, tally, conclusion or Conclusion(), options)
    return _judge_rows(loaded, tally, options)


def denominator(loaded: LoadedRule, tally: Tally) -> int:
    """Rows the rule could have fired on: all for rules over records, else those that have one of its fields."""
    if isinstance(loaded.check, ProblemCheck) or not loaded.rule.fields:
        return tally.rows
    return tally.applicable[loaded.rule.fields]


def judgeable(loaded: LoadedRule, tally: Tally) -> bool:
    """Whether the rule's silence means anything: see `why_not`."""
    return why_not(loaded, tally) is None


def why_not(loaded: LoadedRule, tally: Tally) -> str | None:
    """Why the rule cannot judge these rows (they lack a field, or its language, or are too few); None if it can."""
    n = denominator(loaded, tally)
    if isinstance(loaded.check, CorpusCheck) and n < loaded.rule.min_rows:
        return f"too few rows to judge: {n:,} of at least {loaded.rule.min_rows:,}"
    if loaded.rule.fields and not n and tally.pairs:
        return f"not applicable: no row has the field {' or '.join(loaded.rule.fields)}"
    foreign = _foreign(loaded.rule.languages, tally)
    if foreign is not None:
        return f"knows {foreign} only, and hardly any row looks {foreign}"
    return None if n or not tally.rows or not loaded.rule.fields else "no rows"


def _foreign(languages: tuple[str, ...], tally: Tally) -> str | None:
    """The names of a rule's languages where hardly any row looks like one; None if some may be there."""
    known = [language_named(code) for code in languages]
    named = [name for name in known if name is not None]
    if not named or len(named) < len(known) or tally.rows < _ROWS_TO_TELL:
        return None
    looks = sum(tally.languages[code] for code in languages)
    return " and ".join(named) if looks < _FEW * tally.rows else None


def _judge_rows(loaded: LoadedRule, tally: Tally, options: RunOptions) -> Judged:
    rule, gate = loaded.rule, loaded.rule.gate
    n, hit = denominator(loaded, tally), tally.hit_rows[rule.code]
    share = hit / n if n else 0.0
    limit = loaded.limit()
    severity: Severity = rule.severity
    if gate.by == "count":
        over = hit > limit
        if gate.error is not None and hit > gate.error:
            over, severity = True, "error"
    else:
        limit = 0.0 if n < gate.min_rows else limit  # a small file cannot show that a habit is rare
        over = share > limit
        if gate.error is not None and share > gate.error and n >= gate.min_rows:
            over, severity = True, "error"
    hits = sorted_hits(rule, _aggregated(loaded, hit + tally.known_rows[rule.code], n), n, options)
    for told in hits.shown:
        over, severity = True, max(severity, told.severity or severity, key=SEVERITIES.index)
    verdict: Verdict = "over" if over else "under" if hit else "clean" if judgeable(loaded, tally) else "skipped"
    value = float(hit) if gate.by == "count" else share if n else None
    result = _result(loaded, tally, severity, hit, share if n else None, value, limit, verdict, len(hits.shown))
    return Judged(result, hits)


def _aggregated(loaded: LoadedRule, hit: int, n: int) -> tuple[CorpusHit, ...]:
    """The finding of a rule's `aggregate:` block. It is of all rows, known or not, since it is compared by its rate."""
    block = loaded.aggregate
    share = hit / n if n else 0.0
    if block is None or n < block.min_rows or share < block.warn:
        return ()
    severity: Severity = "error" if block.error is not None and share >= block.error else loaded.rule.severity
    ratio = share / block.warn
    said, about = f"{share:.1%} of {n:,} rows", loaded.rule.fields[0]
    return (CorpusHit(said, share, block.warn, hit, about, ratio / (1 + ratio), severity, key=""),)


def _judge_corpus(loaded: LoadedRule, tally: Tally, conclusion: Conclusion, options: RunOptions) -> Judged:
    sides = sorted_hits(loaded.rule, conclusion.hits, denominator(loaded, tally), options)
    hits = sides.shown
    # A marked row counts once, however many of its pairs were marked; a hit's own number is all there is without marks.
    rows = tally.hit_rows[loaded.code] or max((hit.rows for hit in hits), default=0)
    n = denominator(loaded, tally)
    severities: list[Severity] = [hit.severity or loaded.rule.severity for hit in hits]
    severity = max(severities, key=SEVERITIES.index) if severities else loaded.rule.severity
    worst = max(hits, key=lambda hit: hit.score, default=None)
    share = rows / n if n and hits else (0.0 if n else None)
    # A rule that takes its finding back to information says that its limit holds.
    held = severity == "info" and loaded.rule.severity != "info"
    clean: Verdict = "clean" if judgeable(loaded, tally) and conclusion.judged else "skipped"
    verdict: Verdict = ("under" if held else "over") if hits else clean
    value, threshold = (worst.value, worst.threshold) if worst else (None, None)
    return Judged(
        _result(loaded, tally, severity, rows if hits else 0, share, value, threshold, verdict, len(hits)), sides
    )


def _result(
    loaded: LoadedRule,
    tally: Tally,
    severity: Severity,
    rows: int,
    share: float | None,
    value: float | None,
    threshold: float | None,
    verdict: Verdict,
    corpus_findings: int = 0,
) -> RuleResult:
    rule = loaded.rule
    return RuleResult(
        rule.code,
        rule.name,
        rule.summary,
        severity,
        rule.scope,
        rows,
        tally.findings[rule.code] + corpus_findings,
        share,
        value,
        threshold,
        loaded.human.share if loaded.human and rule.scope == "row" else None,
        verdict,
        rule.fix.applicability if rule.fix else None,
        denominator(loaded, tally),
    )


def fails(results: Sequence[RuleResult], fail_on: Severity) -> bool:
    """Whether any rule over its gate is at least as severe as `fail_on`."""
    least = SEVERITIES.index(fail_on)
    return any(result.verdict == "over" and SEVERITIES.index(result.severity) >= least for result in results)


def worst_first(results: Sequence[RuleResult]) -> list[RuleResult]:
    """Rules over their gate, most severe and most frequent first."""
    over = [result for result in results if result.verdict == "over"]
    return sorted(over, key=lambda r: (-SEVERITIES.index(r.severity), -(r.share or 0.0), r.code))


def slice_report(
    judged: Mapping[str, Sequence[RuleResult]], tallies: Mapping[str, Tally], fail_on: Severity
) -> dict[str, dict[str, object]]:
    """The `slices` block of one group-by key: rows, verdict and the rules that fired, by value."""
    return {
        value: {
            "rows": tallies[value].rows,
            "verdict": "findings" if fails(results, fail_on) else "clean",
            "rules": [result for result in results if result.verdict != "clean"],
        }
        for value, results in judged.items()
    }
