"""A rule that is ready to run: its metadata, its check with parameters bound, and what it does on human text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from synlint.model import Conclusion, Gate, Hit, Rule, State

if TYPE_CHECKING:
    import polars as pl

    from synlint.analysis.contamination.reference import Reference
    from synlint.analysis.profiles.held import Held
    from synlint.analysis.profiles.profile import Profile
    from synlint.rulebook.matchers.base import Matcher, ScreenTerm


# Settings that every rule has. A rule may have an option `max_share` of its own, which then is the one that is meant.
GENERAL_OPTIONS = ("severity", "max_share")
GENERAL_KEYS = ("severity", "max-share")  # as settings files spell them


@dataclass(frozen=True, slots=True)
class MatchCheck:
    """A YAML row rule: one matcher, tried on each of the rule's fields."""

    matcher: Matcher
    max_hits: int = 20


@dataclass(frozen=True, slots=True)
class ProblemCheck:
    """A rule over the problems that the reader met."""

    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class PythonRowCheck:
    """A Python row rule. `screen` and `terms` narrow the rows that `look` is given: both must let a row through.

    `terms` are the literals of the module's KEYWORDS, by field; one of them, in any of these fields, is enough.
    """

    look: Callable[[pl.DataFrame, Any], Sequence[Hit]]
    params: Any
    screen: Callable[[Any], pl.Expr] | None = None
    terms: tuple[ScreenTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusCheck:
    """A Python corpus rule: observe each batch, merge the states in any order, conclude once.

    Rules that name the same `shared` state have it made and kept once for all of them, without params. Rules with
    `against` hold the corpus against other files, those with `profile` against a reference profile: until they are
    given the user's, against that of their examples.
    """

    observe: Callable[[pl.DataFrame, Any], State]
    conclude: Callable[..., Conclusion]  # of state, params and, where there is one, reference
    params: Any
    shared: str | None = None
    against: Reference | None = None
    profile: Held | None = None

    def holding(self, reference: Reference) -> CorpusCheck:
        """The check against that reference."""
        return replace(self, against=reference)

    def beside(self, profile: Profile) -> CorpusCheck:
        """The check with that reference profile."""
        from synlint.analysis.profiles.held import Held

        return replace(self, profile=Held(profile))

    def conclusion(self, state: Any) -> Conclusion:
        """What the rule concludes from a state."""
        if self.profile is not None:
            return self.conclude(state, self.params, self.profile.profile)
        if self.against is None:
            return self.conclude(state, self.params)
        return self.conclude(state, self.params, self.against)


Check = MatchCheck | ProblemCheck | PythonRowCheck | CorpusCheck


@dataclass(frozen=True, slots=True)
class HumanRate:
    """Firing rate on human corpora: the median corpus's share of rows, and the Wilson 95 % upper bound there."""

    share: float
    upper: float
    corpora: Mapping[str, tuple[int, int]]  # corpus -> (rows hit, rows applicable)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A YAML rule's `aggregate:` block: the row rule's share of rows as a corpus finding."""

    warn: float
    error: float | None = None
    min_rows: int = 200


@dataclass(frozen=True, slots=True)
class LoadedRule:
    """One rule of the rulebook, bound to its parameters."""

    rule: Rule
    check: Check
    human: HumanRate | None = None
    machine: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # corpus -> (rows hit, rows looked at)
    aggregate: Aggregate | None = None
    pack: str = "synlint"
    by_path: bool = False  # the user named its file or folder
    options: Mapping[str, tuple[str, Any, str]] = field(default_factory=dict)  # name -> (type, value, help)
    fix_tests: tuple[tuple[Mapping[str, Any], Mapping[str, Any]], ...] = ()
    line: int | None = None  # where its code stands in the rule file, for messages

    @property
    def code(self) -> str:
        return self.rule.code

    def limit(self) -> float:
        """The share (or count) of rows above which the rule counts against the corpus."""
        gate: Gate = self.rule.gate
        if gate.warn is not None:
            return gate.warn
        if gate.by == "count":
            return 0.0
        return max(self.human.upper if self.human else 0.0, 0.001)
