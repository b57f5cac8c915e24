"""Reports as the engine would make them: one with everything hostile in it, a clean one, an empty one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import polars as pl
import pytest

from synlint.model import Action, CorpusInfo, Exhibit, Failure, FileInfo, Report, RuleResult, Scope, Severity
from tests.synlint.reports.templating import templates

Verdict = Literal["over", "under", "clean"]
SCHEMA: dict[str, Any] = {
    "id": pl.String, "rule": pl.String, "name": pl.String, "severity": pl.String, "path": pl.String, "row": pl.UInt64,
    "line": pl.UInt64, "row_id": pl.String, "source_id": pl.String, "pair": pl.UInt32, "pointer": pl.String,
    "field": pl.String, "start": pl.Int64, "end": pl.Int64, "message": pl.String, "evidence": pl.String,
    "score": pl.Float64, "group": pl.String, "fix": pl.String, "fingerprint": pl.String,
    "cluster": pl.String, "spans": pl.List(pl.List(pl.UInt32)),
}  # fmt: skip


@dataclass(frozen=True)
class MemoryFindings:
    """All findings in one frame."""

    table: pl.DataFrame

    @classmethod
    def of(cls, rows: Iterable[dict[str, Any]]) -> MemoryFindings:
        return cls(pl.DataFrame([{key: row.get(key) for key in SCHEMA} for row in rows], schema=SCHEMA))

    def __len__(self) -> int:
        return self.table.height

    def head(self, n: int) -> pl.DataFrame:
        return self.table.head(n)

    def parts(self) -> Iterator[pl.DataFrame]:
        yield self.table.head(3)
        yield self.table.slice(3)

    def frame(self) -> pl.DataFrame:
        return self.table

    def scan(self) -> pl.LazyFrame:
        return self.table.lazy()


# code, name, severity, scope, rows, share, threshold, human rate, verdict, fixable, summary
_RULES: list[tuple[str, str, Severity, Scope, int, float, float | None, float | None, Verdict, str | None, str]] = [
    ("TPL001", "opener-concentration", "warning", "corpus", 3692, 0.0710, 0.02, 0.004, "over", None,
     "too many answers begin with the same words"),
    ("TPL002", "closer-concentration", "warning", "corpus", 2104, 0.0405, 0.02, 0.006, "over", None,
     "too many answers end with the same words"),
    ("LEX001", "assistant-self-reference", "warning", "row", 1768, 0.0340, 0.001, 0.0002, "over", "safe",
     "answer speaks of itself as an AI"),
    ("PAR001", "answer-repeats-question", "error", "row", 411, 0.0079, 0.002, 0.0011, "over", None,
     "answer gives the question back"),
    ("SEC001", "api-key", "error", "row", 2, 0.0000385, 0, 0.0, "over", "unsafe", "text holds what looks like a key"),
    ("LEX002", "stock-opener", "warning", "row", 40, 0.00077, 0.001, 0.0004, "under", "safe",
     "answer opens with a stock phrase"),
    ("LEX003", "canned-sign-off", "warning", "row", 31, 0.0006, 0.001, 0.0003, "under", "safe",
     "answer ends with an offer of more help"),
    ("FMT001", "unbalanced-code-fence", "warning", "row", 12, 0.00023, 0.001, 0.0002, "under", None,
     "a code block is opened and never closed"),
    ("FMT002", "bidirectional-or-zero-width-control-character", "info", "row", 4, 0.00008, 0.001, 0.0, "under", "safe",
     "text holds characters that nobody can see"),
    ("LEX004", "placeholder-left-in", "warning", "row", 3, 0.00006, 0.001, 0.0, "under", None,
     "a slot was never filled"),
    ("DST001", "vocabulary-growth", "info", "corpus", 0, 0.0, 0.62, None, "under", None,
     "new words arrive more slowly than in human text"),
]  # fmt: skip


def rule_results() -> tuple[RuleResult, ...]:
    found = [
        RuleResult(
            code, name, summary, severity, scope, rows, max(rows, 1), share, share, threshold, human, verdict, fixable
        )
        for code, name, severity, scope, rows, share, threshold, human, verdict, fixable, summary in _RULES
    ]
    found[4] = replace(found[4], value=2.0)  # judged by count
    found[10] = replace(found[10], value=0.41, share=None)
    clean = [
        RuleResult(f"INT00{n}", f"integrity-rule-{n}", "a record cannot be read", "error", "row", 0, 0, 0.0, 0.0, 0.0,
                   None, "clean", None)
        for n in range(1, 10)
    ]  # fmt: skip
    return (*found, *clean)


def exhibits() -> tuple[Exhibit, ...]:
    path = "alpaca_data.jsonl"

    def one(line: int, text: str, *marks: tuple[str, str, str | None, str], field: str = "answer") -> Exhibit:
        placed = []
        for code, name, part, message in marks:
            start = None if part is None else text.index(part)
            end = None if start is None or part is None else start + len(part)
            placed.append((code, name, start, end, message))
        return Exhibit(path, line - 1, line, f"{line:032x}", f"user-{line}", 0, field, text, tuple(placed))

    self_reference = ("LEX001", "assistant-self-reference")
    says_ai = "answer speaks of itself as an AI: {!r}"
    filler = "The committee met on a rainy Tuesday and read the minutes aloud. " * 40
    return (
        one(14007, f"{filler}As an AI language model, I do not have feelings.\n\nHowever, {filler}",
            (*self_reference, "As an AI language model", says_ai.format("As an AI language model"))),
        one(9, "Sure! As a large language model, I cannot browse. I hope this helps!",
            ("LEX002", "stock-opener", "Sure!", "answer opens with the stock phrase 'Sure!'"),
            (*self_reference, "As a large language model", says_ai.format("As a large language model")),
            ("LEX003", "canned-sign-off", "I hope this helps!", "answer ends with 'I hope this helps!'")),
        one(120, "東京は日本の首都です。AIとして、私は感情を持っていません。ご質問があればお知らせください。",
            (*self_reference, "AIとして", says_ai.format("AIとして"))),
        one(333, "Great question 👩‍💻🎉! Cafe\u0301 [INSERT NAME] serves nai\u0308ve customers 👍🏽 daily",
            ("LEX004", "placeholder-left-in", "[INSERT NAME]", "the slot '[INSERT NAME]' was never filled")),
        one(4711, "Totally \x1b[31mharmless\x1b[0m text \u202egnp.exe\u202c with [bold red]markup[/bold red]"
            "\tand\r\nmore\x07",
            ("FMT002", "bidirectional-or-zero-width-control-character", "\u202e", "U+202E turns the reading order")),
        one(52001, "What is the capital of France?",
            ("PAR001", "answer-repeats-question", None, "answer gives the question back"), field="question"),
        one(52002, "key = sk-************************ # do not share",
            ("SEC001", "api-key", "sk-************************", "text holds what looks like a key: 'sk-****'")),
        one(77, "x" * 400, ("FMT001", "unbalanced-code-fence", "x" * 400, "a run of 400 characters without a blank")),
    )  # fmt: skip


def findings() -> MemoryFindings:
    corpus: list[dict[str, Any]] = [
        {"id": "c1", "rule": "TPL001", "name": "opener-concentration", "severity": "warning", "score": 0.78,
         "message": "7.1 % of answers begin with 'Here are some'", "evidence": "Here are some"},
        {"id": "c2", "rule": "TPL001", "name": "opener-concentration", "severity": "warning", "score": 0.61,
         "message": "3.2 % of answers begin with 'It is important'", "evidence": "It is important"},
        {"id": "c3", "rule": "TPL002", "name": "closer-concentration", "severity": "warning", "score": 0.67,
         "message": "4.05 % of answers end with 'I hope this helps!'", "evidence": "I hope this helps!",
         "group": "source=\x1b[2Jgpt"},
    ]  # fmt: skip
    rows: list[dict[str, Any]] = []
    for exhibit in exhibits():
        for code, name, start, end, message in exhibit.marks:
            severity = next(rule[2] for rule in _RULES if rule[0] == code)
            rows.append(
                {
                    "id": f"f{len(rows)}", "rule": code, "name": name, "severity": severity, "path": exhibit.path,
                    "row": exhibit.row, "line": exhibit.line, "row_id": exhibit.row_id, "source_id": exhibit.source_id,
                    "pair": exhibit.pair, "pointer": "/output", "field": exhibit.field, "start": start, "end": end,
                    "message": message, "evidence": exhibit.text[start:end][:40] if start is not None else "",
                    "score": 0.5, "fix": "safe" if code == "LEX001" else None,
                    "fingerprint": "0123456789abcdef",
                }
            )  # fmt: skip
    for number, found in enumerate(corpus):
        found["fingerprint"] = f"{number:016x}"
    return MemoryFindings.of([*corpus, *sorted(rows, key=lambda row: row["row"])])


def full_report() -> Report:
    return Report(
        verdict="error",
        exit_code=2,
        corpus=CorpusInfo(
            ("alpaca_data.jsonl",), 52002, 52002, "alpaca", "5f" * 16,
            (FileInfo("alpaca_data.jsonl", "aa" * 16, "jsonl", "alpaca"),),
        ),
        settings_digest="0d" * 16,
        sentence="Not yet: 5 of 20 rules are over their gate, and 1 rule could not run; most of the trouble is "
        "1,768 answers (3.4 %) that speak of themselves as an AI, 170 times the human rate.",
        actions=(
            Action("synlint filter alpaca_data.jsonl -o kept.jsonl --select LEX001,PAR001", "drops the rows that "
                   "speak of themselves as an AI or give the question back", 49823, "LEX001 3.4 % → 0 %"),
            Action("synlint fix alpaca_data.jsonl -o fixed.jsonl", "cuts stock openers and sign-offs in place", 52002,
                   "LEX002 and LEX003 clean"),
            Action("synlint explain TPL001", "shows how human text is spread over its openers", None, ""),
        ),
        rules=rule_results(),
        store=findings(),
        metrics={"opener-concentration": {"value": 0.071, "reference": 0.004, "ratio": 17.75,
                                          "interval": [0.069, float("nan")], "n": 52002}},
        templates=templates(),
        failures=(Failure("ZeroDivisionError: division by zero", rule="LEX009", rows="8192-16383"),),
        skipped=(("DST002", "needs a reference profile"), ("PAR004", "needs the extra 'nlp'")),
        exhibits=exhibits(),
        notes=("12 findings are suppressed by the rows' own _synlint keys",),
        timings={"seconds": 3.21, "rule.LEX001": 0.12, "shared.search": 0.05},
    )  # fmt: skip


def clean_report() -> Report:
    """Nothing found, nothing left out."""
    clean = [replace(result, rows=0, findings=0, share=0.0, value=0.0, verdict="clean") for result in rule_results()]
    return replace(
        full_report(), verdict="clean", exit_code=0, rules=tuple(clean), store=MemoryFindings.of([]), failures=(),
        sentence="Yes: none of 20 rules found anything in 52,002 rows.", actions=(), exhibits=(), skipped=(), notes=(),
        metrics={}, templates=(),
    )  # fmt: skip


def empty_report() -> Report:
    """No rows and no rules: a folder without corpora and --allow-empty."""
    return replace(clean_report(), corpus=CorpusInfo((), 0, 0, "", "00" * 16), rules=(), sentence="There are no rows.")


def sliced_report() -> Report:
    """With a verdict per source, one of them with a hostile name."""
    over = [result for result in rule_results() if result.verdict == "over"]
    slices = {
        "source": {
            "gpt-3.5": {"rows": 40000, "verdict": "findings", "rules": over},
            "human": {"rows": 12000, "verdict": "clean", "rules": []},
            "évil \x1b[31m": {"rows": 2, "verdict": "findings", "rules": over[:1]},
        }
    }
    return replace(full_report(), slices=slices)


@pytest.fixture
def report() -> Report:
    return full_report()


@pytest.fixture
def clean() -> Report:
    return clean_report()


@pytest.fixture
def empty() -> Report:
    return empty_report()


@pytest.fixture
def sliced() -> Report:
    return sliced_report()


@pytest.fixture
def store_of() -> Callable[[Iterable[dict[str, Any]]], MemoryFindings]:
    return MemoryFindings.of
