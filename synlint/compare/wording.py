"""What a comparison says in words and numbers: the same in every output for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from synlint.compare.intervals import TOLERANCE
from synlint.compare.model import Comparison, Difference, MetricChange, Quantity, RuleChange, RuleSide, Side
from synlint.model import SEVERITIES
from synlint.reports.wording import count, number, percent, plural

_MOST_DIGITS = 6
_NAMED = 2  # rules that the sentence tells of; the others are counted
LABELS = {"better": "BETTER", "worse": "WORSE", "mixed": "MIXED", "same": "SAME", "error": "ERROR"}


def label(comparison: Comparison) -> str:
    """The verdict in a word, with the exit code where it lets something worse pass."""
    word = LABELS[comparison.verdict]
    passed = comparison.verdict in ("worse", "mixed") and comparison.exit_code == 0
    return f"{word} (exit 0)" if passed else word


def sentence_of(comparison: Comparison) -> str:
    """One sentence that answers "did it get better?"."""
    body = _answer(comparison)
    if comparison.failures:
        more = f" and {len(comparison.failures) - 1} more" if len(comparison.failures) > 1 else ""
        body = f"Cannot say for all of it: {comparison.failures[0]}{more}; in the rest: {body[0].lower()}{body[1:]}"
    return f"{body} ({_compared(comparison)})."


def _answer(comparison: Comparison) -> str:
    """What moved: two rules by name where all moved one way, else one each way; the others are counted."""
    worse, better = worst_first(comparison.of("worse")), worst_first(comparison.of("better"))
    passing = _why_it_passes(worse, comparison)
    if worse and better:
        return f"Worse: {_several(worse, 1)}{passing}; better: {_several(better, 1)}"
    if worse:
        return f"Worse: {_several(worse)}{passing}; nothing is better"
    if better:
        return f"Better: {_several(better)}; nothing is worse"
    return "The same: no rule finds more or less than chance explains"


def _why_it_passes(worse: Sequence[RuleChange], comparison: Comparison) -> str:
    """Why rules that are worse are no regression, where none is."""
    if not worse or any(rule.regression for rule in comparison.rules):
        return ""
    least = SEVERITIES.index(comparison.fail_on)
    if all(SEVERITIES.index(rule.severity) < least for rule in worse):
        return f", nothing at {comparison.fail_on} or above"
    return f", which may be chance among {plural(comparison.looks, 'rule')}"


def _compared(comparison: Comparison) -> str:
    unjudged = len(comparison.of("not-judged"))
    metrics = sum(metric.change != "not-judged" for metric in comparison.metrics)
    parts = [plural(len(comparison.rules) - unjudged, "rule"), *[plural(metrics, "metric")] * bool(metrics)]
    return f"{' and '.join(parts)} compared" + (f", {plural(unjudged, 'rule')} not judged" if unjudged else "")


def _several(rules: Sequence[RuleChange], most: int = _NAMED) -> str:
    named = [_saying(rule) for rule in rules[:most]]
    if len(rules) > most:
        return f"{', '.join(named)}, and {len(rules) - most} more"
    return " and ".join(named)


def _saying(rule: RuleChange) -> str:
    old, new = values_of(rule)
    if rule.scope == "corpus":
        return f"{rule.summary} ({new}, before {old}; {rule.code})"
    rows = "row" if rule.new == 1 else "rows"
    if rule.moves is not None and rule.moves.came and rule.moves.went:
        return f"{rule.summary} in {new} {rows} ({count(rule.moves.came)} new; before {old}; {rule.code})"
    of_rows = rows if rule.quantity == "count" else "of rows"
    return f"{rule.summary} in {new} {of_rows} (before {old}; {rule.code})"


def worst_first(rules: Iterable[RuleChange]) -> list[RuleChange]:
    """The most severe first, then by how far the share of rows moved; ties by code."""
    return sorted(rules, key=lambda rule: (-SEVERITIES.index(rule.severity), -_moved(rule), rule.code))


def _moved(rule: RuleChange) -> float:
    shares = [side.share or 0.0 if side is not None else 0.0 for side in (rule.old_side, rule.new_side)]
    return abs(shares[1] - shares[0])


def values_of(rule: RuleChange) -> tuple[str, str]:
    """Old and new in the rule's own unit, with the digits that tell them apart; `none` where a rule found nothing."""
    old, new = pair_of(rule.old, rule.new, rule.quantity)
    return _or_none(old, rule.old, rule.old_side), _or_none(new, rule.new, rule.new_side)


def _or_none(shown: str, value: float | None, side: RuleSide | None) -> str:
    """A rule about the corpus that judged and found nothing has no value: that is not the same as not judged."""
    return "none" if value is None and side is not None and side.judged and side.verdict == "clean" else shown


def pair_of(old: float | None, new: float | None, quantity: Quantity) -> tuple[str, str]:
    """Two values of one quantity, with as many digits as it takes to tell them apart."""
    if quantity != "share":
        return number(old), number(new)
    shown = percent(old), percent(new)
    for digits in range(2, 9):
        if shown[0] != shown[1] or old == new:
            break
        shown = percent(old, digits), percent(new, digits)
    return shown


def metric_values_of(metric: MetricChange) -> tuple[str, str]:
    """Old and new of a metric."""
    old, new = (None if side is None else side.value for side in (metric.old, metric.new))
    return pair_of(old, new, quantity_of(metric))


def quantity_of(metric: MetricChange) -> Quantity:
    """Whether the metric is a share."""
    sides = [side for side in (metric.old, metric.new) if side is not None]
    return "share" if all(side.interval is not None for side in sides) else "value"


def difference_of(difference: Difference | None, quantity: Quantity) -> tuple[str, str]:
    """The difference and its interval: in percentage points for shares, else in the value's own unit."""
    if difference is None:
        return "-", "-"
    if quantity != "share":
        sign = "+" if difference.value > 0 else "-" if difference.value < 0 else ""
        return f"{sign}{number(abs(difference.value))}", "-"
    if difference.low is None or difference.high is None:
        return points(difference.value), "-"
    digits = _digits(max(abs(difference.low), abs(difference.high)))
    while digits < _MOST_DIGITS and any(end and not round(end * 100, digits) for end in difference[1:]):
        digits += 1  # on which side of 0 an interval ends is what it is shown for
    ends = f"{points(difference.low, digits)} to {points(difference.high, digits)}"
    return points(difference.value, digits), ends


def points(share: float, digits: int | None = None) -> str:
    """A difference of shares in percentage points, signed."""
    digits = _digits(share) if digits is None else digits
    shown = f"{share * 100:+.{digits}f}"
    return shown if float(shown) else shown.lstrip("+-")


def _digits(share: float) -> int:
    size = abs(share) * 100
    return 1 if size >= 1 else 2 if size >= 0.1 else 3


def moved_of(rule: RuleChange) -> tuple[str, str]:
    """The difference and its interval; of rules that count rows, what came and what went where both did."""
    if rule.moves is not None and rule.moves.came and rule.moves.went:
        return f"+{number(rule.moves.came)} -{number(rule.moves.went)}", "-"
    return difference_of(rule.difference, rule.quantity)


def remarks_of(old: Side, new: Side, unjudged: Sequence[RuleChange] = ()) -> tuple[str, ...]:
    """Why a difference may come from the checks and not from the rows.

    `unjudged` are rules of which one row is enough in a later state of a corpus, but not in another sample.
    """
    said = []
    if old.synlint != new.synlint:
        said.append(
            f"OLD was checked by synlint {old.synlint}, NEW by {new.synlint}: differences may come from changed rules"
        )
    if old.settings_digest != new.settings_digest:
        said.append("OLD and NEW were checked with different settings: differences may come from these")
    if old.fingerprint == new.fingerprint and old.fingerprint:
        said.append("OLD and NEW have the same content")
    if unjudged:
        said.append(_two_samples(unjudged))
    return tuple(said)


def _two_samples(rules: Sequence[RuleChange]) -> str:
    """What a rule that counts rows finds more of, where OLD and NEW have too little in common to call that new."""
    rows = [(rule.code, rule.new_side, rule.old_side) for rule in rules]
    found = [f"{code} ({plural(new.rows, 'row')}, before {count(old.rows)})" for code, new, old in rows if new and old]
    return (
        "OLD and NEW have too few rows in common for two states of one corpus; as two samples, one row more is no "
        f"regression: {', '.join(found)}"
    )


_INTERVAL = "Shares: better or worse where the 95 % interval of the difference (Newcombe's hybrid score) leaves out 0."
_LOOKS = "Of {} some move by chance: the exit code rests on intervals that hold for all of them at 95 % (Bonferroni)."
_REPORTS = (
    "OLD and NEW count as independent samples. Where they share rows, the intervals are too wide, and small changes "
    "read as the same: compare the corpora themselves, not reports, to see them."
)
_REST = f"Other values: the same up to {TOLERANCE * 100:.0f} %."
_COUNTS = "INT and SEC rules count rows: one that OLD does not have is worse."


def method_of(shared_rows: int | None, looks: int, *, later_state: bool) -> str:
    """How better and worse were told from chance, and what is assumed."""
    rest = f"{_REST} {_COUNTS}" if later_state else _REST
    shares = f"{_INTERVAL} {_LOOKS.format(plural(looks, 'rule'))}" if looks > 1 else _INTERVAL
    if shared_rows is None:
        return f"{shares} {_REPORTS} {rest}"
    if not shared_rows:
        return f"{shares} OLD and NEW share no row, and count as independent samples. {rest}"
    themselves = "is compared with itself" if shared_rows == 1 else "are compared with themselves"
    same = f"{plural(shared_rows, 'row')} that both have {themselves}"
    return f"{shares} {same}; all others count as independent samples. {rest}"
