"""The central types that every part shares. Standard library only, so importing this costs nothing.

Words: a *row* is one record of a corpus file; a *pair* is one (question, answer) of it, numbered from 0; a *rule* is
metadata plus a check; a *finding* is what one rule saw in one place, or in the corpus as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    import polars as pl

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")  # weakest first
Scope = Literal["row", "corpus"]
TEXT_FIELDS = ("question", "context", "answer", "system")

FAMILIES: Mapping[str, str] = {
    "INT": "integrity",
    "LEX": "lexical",
    "PAR": "question-answer pair",
    "FMT": "format and markup",
    "DUP": "duplication",
    "TPL": "template uniformity",
    "EMB": "embedding collapse and diversity",
    "DST": "distribution against a reference",
    "DYN": "training dynamics and difficulty",
    "CON": "contamination and splits",
    "SEC": "personal data, secrets, prompt injection",
}


class Span(NamedTuple):
    """Half-open character range of a field's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a rule: the fields of a pair, or a raw JSONL text for rules about unreadable rows.

    `rows` holds several pairs (for corpus rules). `span` is the expected span of the first finding; `fixed` the
    fields after the rule's fix.
    """

    fields: Mapping[str, str | None] = field(default_factory=dict)
    rows: Sequence[Mapping[str, str | None]] = ()
    raw: str | None = None
    span: Span | None = None
    fixed: Mapping[str, str] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """How a finding of the rule can be mended. `kind` names an edit of `synlint/rulebook/fixes.py`."""

    kind: str
    applicability: Literal["safe", "unsafe"] = "safe"
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """When the findings of a row rule count against the corpus.

    `count`: more than `warn` rows (0 by default: one row is enough; used by INT and SEC). `share`: more than `warn` of
    the applicable rows. `warn=None` means the rule's human upper bound, floored at 0.1 %. Above `error`, if given, the
    verdict is an error whatever the rule's severity. No share is judged on fewer than `min_rows` rows: there one
    finding is enough, as a small file cannot show that the habit is rare.
    """

    by: Literal["count", "share"] = "share"
    warn: float | None = None
    error: float | None = None
    min_rows: int = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of a rule without running it; built from a YAML file or from `RULE = Rule(...)` in Python."""

    code: str
    name: str
    summary: str  # one line: what a user would call the problem
    message: str  # a template over the finding: {evidence}, {value}, {threshold}, {share}, {field}
    description: str  # what exactly is found, one paragraph
    rationale: str  # why it hurts a model that is trained on it
    severity: Severity = "warning"
    confidence: Literal["high", "medium", "low"] = "high"
    stability: Literal["preview", "stable", "deprecated"] = "stable"
    scope: Scope = "row"
    since: str = "0.1.0"
    fields: tuple[str, ...] = ("answer",)
    languages: tuple[str, ...] = ()  # empty: every language
    requires: tuple[str, ...] = ()  # extras of the package, such as "nlp"
    needs: tuple[str, ...] = ()  # feature columns, such as "answer.words"
    gate: Gate = field(default_factory=Gate)
    min_rows: int = 1  # corpus rules: fewer rows than this cannot be judged
    fix: Fix | None = None
    mask: bool = False  # the matched text is secret: no output may show it
    examples_match: tuple[Example, ...] = ()
    examples_no_match: tuple[Example, ...] = ()
    todo: tuple[Example, ...] = ()
    aliases: tuple[str, ...] = ()
    references: tuple[tuple[str, str], ...] = ()  # (title, url)
    kind: str = "python"  # phrases, regex, metric, echo, problem, python, ...
    origin: str = ""  # file the rule came from, relative to its pack where possible

    @property
    def family(self) -> str:
        return self.code.rstrip("0123456789")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a Python row rule returns: row `at` of the batch it was given (0-based), and what it saw there."""

    at: int
    field: str | None = None
    start: int | None = None
    end: int | None = None
    evidence: str = ""
    value: float | None = None
    score: float = 0.5
    cluster: str | None = None  # id of the template or copy group that the row belongs to
    spans: Sequence[Span] = ()  # where there is more to point at than one place


@dataclass(frozen=True, slots=True)
class CorpusHit:
    """What a corpus rule concludes about the corpus (or the slice) as a whole."""

    evidence: str
    value: float
    threshold: float
    rows: int
    field: str | None = None
    score: float = 0.5
    severity: Severity | None = None  # None: the rule's own
    group: str | None = None
    cluster: str | None = None  # id of the template or copy group that it is about
    key: str | None = None  # what it is known by from one version of the corpus to the next; None: its evidence
    grace: float = 0.0  # what was mined may come out otherwise for one row more: so much of the value means nothing


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric that says what it rests on. With `n`, it is a share of so many texts, and gets an interval; of texts
    that come in groups, `n` is the number of independent ones that would tell as much.

    `limit` is what the rule holds it against, and `worse` the side of the limit that is bad.
    """

    value: float
    n: int | None = None
    limit: float | None = None
    worse: Literal["higher", "lower"] = "higher"


class Marker(Protocol):
    """Tells the rows of a batch that a corpus finding is about.

    Returns a frame with one line per marked row: `at` (its position in the batch, rising), and where there is
    something to say `evidence` (a string), `start` and `end` (characters of the rule's first field), `value`, `score`,
    `cluster` (id of a template or copy group) and `spans` (a list of [start, end]).
    """

    def __call__(self, batch: pl.DataFrame, /) -> pl.DataFrame: ...


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Corpus findings, and optionally a boolean polars expression that marks the rows concerned (pass 2).

    `evidence`: a string expression over a marked row, what it has in common with the others. Where that text occurs in
    the rule's first field is the span of the row's finding, or where `span` says: an expression for a struct of `start`
    and `end` in characters. `marker` stands for all three. `templates` are for the report (Report.templates).
    """

    hits: Sequence[CorpusHit] = ()
    mark: pl.Expr | None = None
    evidence: pl.Expr | None = None
    span: pl.Expr | None = None
    marker: Marker | None = None
    templates: Sequence[Mapping[str, Any]] = ()
    judged: bool = True  # False: too few texts were fit to be judged (or as `why_not` says), so silence means nothing
    why_not: str = ""
    metrics: Mapping[str, float | Measure] = field(default_factory=dict)


StateT = TypeVar("StateT", bound="State")


class State(Protocol):
    """What a corpus rule remembers. `merge` is commutative and associative; an unused state is its identity."""

    def merge(self: StateT, other: StateT) -> StateT: ...


# ----------------------------------------------------------------------------------------------------------- corpora


class Problem(NamedTuple):
    """Something wrong with a record that the reader met; INT rules turn it into findings by its `kind`."""

    kind: str  # e.g. "not-json", "missing-field", "role-order": see synlint/corpora/problems.py
    row: int
    line: int | None
    pointer: str | None  # JSON pointer into the record
    detail: str  # a short phrase for the message, without corpus text beyond 40 characters


@dataclass(frozen=True, slots=True)
class FileInfo:
    """One file of a corpus. `path` is relative to the inputs' common root; `digest` is of the stored bytes."""

    path: str
    digest: str
    container: str
    layout: str


class Batch(Protocol):
    """Consecutive pairs of one file, in file order; what the engine hands to rules.

    `frame` has one line per pair with these columns: row u64, line u64 (null outside line-based files), pair u32,
    question, context, answer, system (String; null = this record cannot have it, "" = it is empty), source_id, source,
    group (String or null), question_turn, context_turn, answer_turn (i32 or null: index of the turn in conversations).
    A record that could not be read has no line in `frame`, only problems.
    """

    frame: pl.DataFrame
    problems: Sequence[Problem]
    file: int  # index into Corpus.files
    records: int  # readable and unreadable records of this batch

    @property
    def layout(self) -> str: ...  # the file's, by its public name
    def row_id(self, row: int) -> str: ...
    def pointer(self, field: str, turn: int | None) -> str | None: ...
    def suppressed(self) -> Mapping[int, tuple[tuple[str, ...], str]]: ...  # row -> (selectors, reason)


# ------------------------------------------------------------------------------------------------------------ report


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One line of the rules table.

    `verdict`: over (the gate was passed), under (findings, but the gate was not passed), clean, or skipped (the rule
    could not judge: no row has its fields, or there are too few rows).
    """

    code: str
    name: str
    summary: str
    severity: Severity
    scope: Scope
    rows: int
    findings: int
    share: float | None
    value: float | None
    threshold: float | None
    human_rate: float | None
    verdict: Literal["over", "under", "clean", "skipped"]
    fixable: str | None
    n: int | None = None  # rows that it could have fired on: `share` is of these


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A row worth showing: its text (secrets masked) and the spans that rules found in it."""

    path: str
    row: int
    line: int | None
    row_id: str
    source_id: str | None
    pair: int
    field: str
    text: str
    marks: tuple[tuple[str, str, int | None, int | None, str], ...]  # (code, name, start, end, message)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be checked: a rule that crashed, or a file that could not be read."""

    cause: str
    rule: str | None = None
    rows: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A next command worth typing, with what it keeps and changes."""

    command: str
    why: str
    rows_kept: int | None
    expected: str


@dataclass(frozen=True, slots=True)
class CorpusInfo:
    """What was checked. `paths` are relative to the inputs' common root; `fingerprint` is over the files' digests."""

    paths: tuple[str, ...]
    rows: int
    pairs: int
    layout: str  # several layouts are joined by "+"
    fingerprint: str
    files: tuple[FileInfo, ...] = ()
    sampled: int | None = None  # rows checked, when --sample was given
    skipped: tuple[tuple[str, str], ...] = ()  # (path, reason) of files that are no corpus (--skip-unsupported)


class Findings(Protocol):
    """All findings of a run, in the order (file, row, rule, pair, field, start); corpus findings (row null) first.

    Columns: id, rule, name, severity, path, row, line, row_id, source_id, pair, pointer, field, start, end, message,
    evidence, score, group, fix, fingerprint, cluster, spans. `evidence` and `message` of secret-matching
    rules are masked already.
    """

    def __len__(self) -> int: ...
    def head(self, n: int) -> pl.DataFrame: ...
    def parts(self) -> Iterator[pl.DataFrame]: ...  # in order, one at a time in memory
    def frame(self) -> pl.DataFrame: ...
    def scan(self) -> pl.LazyFrame: ...


@dataclass(frozen=True, slots=True)
class CorpusValue:
    """What a finding about the corpus measured: `value` of `n` texts, against `threshold`."""

    rule: str
    fingerprint: str
    value: float
    threshold: float
    n: int
    grace: float = 0.0  # see CorpusHit


@dataclass(frozen=True, slots=True)
class Known:
    """How many findings a report leaves out: those in its baseline, in an ignore file, in the rows' own keys."""

    baseline: int = 0
    ignore_file: int = 0
    row_keys: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one check; every output format is a function of this object (see synlint/reports)."""

    verdict: Literal["clean", "findings", "error"]
    exit_code: int
    corpus: CorpusInfo
    settings_digest: str
    sentence: str
    actions: tuple[Action, ...]
    rules: tuple[RuleResult, ...]
    store: Findings
    metrics: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    templates: tuple[Mapping[str, Any], ...] = ()
    # {group-by key: {value: {"rows", "verdict", "rules": [RuleResult, ...]}}}
    slices: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    slices_left: Mapping[str, int] = field(default_factory=dict)  # group-by key -> values that were not judged
    failures: tuple[Failure, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()  # (rule code or name, reason)
    exhibits: tuple[Exhibit, ...] = ()
    notes: tuple[str, ...] = ()
    known: Known = Known()
    corpus_values: tuple[CorpusValue, ...] = ()
    # Wall "seconds"; with times asked for, also processor seconds: "rule.CODE", and "shared.STEP" for what rules share.
    # Never part of a comparable output.
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def findings(self) -> pl.DataFrame:
        """Every finding as a polars frame."""
        return self.store.frame()

    def __str__(self) -> str:
        """The answer and how much it rests on, for `print(report)`; the parts are in the attributes."""
        over = sum(result.verdict == "over" for result in self.rules)
        counted = ((self.corpus.rows, "row"), (len(self.rules), "rule"), (len(self.store), "finding"))
        rows, rules, findings = (f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s" for n, noun in counted)
        return f"{self.verdict}: {self.sentence}\n{rows}, {rules} ({over} over the limit), {findings}"
