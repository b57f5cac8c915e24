"""A rule that breaks, wherever it breaks: reported, exit 2, its own findings gone, everybody else's as without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NoReturn

import polars as pl
import pytest

from synlint.corpora.options import ReadOptions
from synlint.model import Conclusion, CorpusHit, Hit
from synlint.rulebook.loaded import Aggregate, LoadedRule, ProblemCheck
from synlint.rulebook.matchers.metric import Metric
from synlint.rulebook.matchers.phrases import Phrases
from synlint.rulebook.matchers.regex import Regex
from synlint.states import CountTable
from tests.synlint.making import check, counting, everything, looking, matching, pairs, rule

ROWS = [
    *pairs(["a cat", "a dog", "a cat and a cat", None, "", "the cat"] * 10),
    {"question": 5, "answer": "x"},
]
AT = 37  # the row at which rules break that break in the middle


def boom(*_: object) -> NoReturn:
    raise ValueError("boom")


def has_row(batch: pl.DataFrame, row: int) -> bool:
    return row in batch["row"].to_list()


def every(batch: pl.DataFrame, p: Any) -> list[Hit]:
    return [Hit(at, "answer", 0, 0, "") for at, text in enumerate(batch["answer"]) if text is not None]


def late(batch: pl.DataFrame, p: Any) -> list[Hit]:
    if has_row(batch, AT):
        boom()
    return every(batch, p)


def giving(*hits: object) -> LoadedRule:
    """A rule that hands back something wrong, once it sees the row."""

    def look(batch: pl.DataFrame, p: Any) -> Sequence[Hit]:
        return hits if has_row(batch, AT) else []  # type: ignore[return-value]

    return looking(look, "LEX999")


def count(batch: pl.DataFrame, p: Any) -> CountTable:
    return CountTable.of(batch["answer"])


def late_count(batch: pl.DataFrame, p: Any) -> CountTable:
    if has_row(batch, AT):
        boom()
    return count(batch, p)


class Unmergeable(CountTable):
    def merge(self, other: CountTable) -> NoReturn:
        boom()


def says(*hits: CorpusHit, mark: pl.Expr | None = None, evidence: pl.Expr | None = None) -> Any:
    return lambda state, p: Conclusion(hits, mark, evidence)


HIT = CorpusHit("a cat", 0.3, 0.1, 20, "answer")
NEVER = "never: {nothing}"
BROKEN: dict[str, LoadedRule] = {
    "look": looking(boom, "LEX999"),
    "look, later": looking(late, "LEX999"),
    "look, lazily": looking(lambda batch, p: (boom() for _ in range(2)), "LEX999"),  # type: ignore[arg-type, return-value]
    "look, exiting": looking(lambda batch, p: exit(0), "LEX999"),
    "look, parsing": looking(lambda batch, p: [Hit(compile("a b", "x", "eval"))], "LEX999"),  # type: ignore[arg-type]
    "look, a number": looking(lambda batch, p: 5, "LEX999"),  # type: ignore[arg-type, return-value]
    "look, no hit": giving("a cat"),
    "look, row too large": giving(Hit(1000, "answer")),
    "look, row negative": giving(Hit(-1, "answer")),
    "look, field": giving(Hit(0, "prompt")),
    "look, span outside": giving(Hit(0, "answer", 0, 1000)),
    "look, span backwards": giving(Hit(0, "answer", 2, 1)),
    "look, span negative": giving(Hit(0, "answer", -1, 1)),
    "look, half a span": giving(Hit(0, "answer", 1, None)),
    "look, evidence": giving(Hit(0, "answer", evidence=None)),  # type: ignore[arg-type]
    "look, surrogate": giving(Hit(0, "answer", evidence="\ud800")),
    "look, score": giving(Hit(0, "answer", score=float("nan"))),
    "look, value": giving(Hit(0, "answer", value=float("inf"))),
    "screen": looking(every, "LEX999", screen=boom),
    "screen, no expression": looking(every, "LEX999", screen=lambda p: True),  # type: ignore[arg-type, return-value]
    "screen, column": looking(every, "LEX999", screen=lambda p: pl.col("nothing") > 1),
    "screen, type": looking(every, "LEX999", screen=lambda p: pl.col("answer") + 1),
    "screen, length": looking(every, "LEX999", screen=lambda p: pl.col("answer").head(2) == ""),
    "message": matching(Phrases(("cat",)), "LEX999", message=NEVER),
    "message of a problem": LoadedRule(rule("INT999", message=NEVER), ProblemCheck(frozenset({"wrong-type"}))),
    "pattern": matching(Regex("(?=a)"), "LEX999"),
    "observe": counting(boom, says(), "TPL999"),
    "observe, later": counting(late_count, says(HIT), "TPL999"),
    "observe, nothing": counting(lambda batch, p: None, says(), "TPL999"),  # type: ignore[arg-type, return-value]
    "merge": counting(lambda batch, p: Unmergeable(), says(HIT), "TPL999"),
    "conclude": counting(count, boom, "TPL999"),
    "conclude, nothing": counting(count, lambda state, p: None, "TPL999"),  # type: ignore[arg-type, return-value]
    "conclude, a list": counting(count, lambda state, p: [HIT], "TPL999"),  # type: ignore[arg-type, return-value]
    "conclude, no hit": counting(count, says("a cat"), "TPL999"),  # type: ignore[arg-type]
    "conclude, value": counting(count, says(replace(HIT, value=float("nan"))), "TPL999"),
    "conclude, evidence": counting(count, says(replace(HIT, evidence=None)), "TPL999"),  # type: ignore[arg-type]
    "conclude, field": counting(count, says(replace(HIT, field="prompt")), "TPL999"),
    "conclude, severity": counting(count, says(replace(HIT, severity="fatal")), "TPL999"),  # type: ignore[arg-type]
    "mark": counting(count, says(HIT, mark=pl.col("nothing")), "TPL999"),
    "mark, type": counting(count, says(HIT, mark=pl.col("answer") + 1), "TPL999"),
    "mark, evidence": counting(count, says(HIT, mark=pl.lit(True), evidence=pl.col("nothing")), "TPL999"),
    "message of a corpus": counting(count, says(HIT), "TPL999", message=NEVER),
}
OTHERS = (
    matching(Phrases(("cat",)), "LEX001"),
    matching(Metric("answer.words", above=2), "LEX002"),
    looking(every, "LEX003"),
    LoadedRule(rule("INT001"), ProblemCheck(frozenset({"wrong-type"}))),
    counting(count, says(HIT, mark=pl.col("answer").str.starts_with("a cat"), evidence=pl.lit("a cat")), "TPL001"),
)


@pytest.mark.parametrize("batch_rows", [7, 8192])
@pytest.mark.parametrize("place", BROKEN)
def test_the_others_go_on_as_without_it(place: str, batch_rows: int) -> None:
    broken = BROKEN[place]
    if place == "merge" and batch_rows > len(ROWS):
        pytest.skip("one batch is never merged")
    read = ReadOptions(batch_rows=batch_rows)
    alone = check(OTHERS, ROWS, read=read)
    together = check((*OTHERS, broken), ROWS, read=read)
    [failure] = together.failures
    assert failure.rule == broken.code
    assert "\n" not in failure.cause
    assert (together.verdict, together.exit_code) == ("error", 2)
    assert alone.exit_code == 1
    assert together.findings.equals(alone.findings)
    assert together.rules == alone.rules
    assert together.exhibits == alone.exhibits
    assert together.metrics == alone.metrics
    assert broken.code not in {mark[0] for exhibit in together.exhibits for mark in exhibit.marks}


def test_the_failure_names_the_rows_and_the_cause() -> None:
    report = check([BROKEN["look, later"]], ROWS, read=ReadOptions(batch_rows=10))
    [failure] = report.failures
    assert failure.cause.startswith("ValueError: boom (test_crashes.py:")
    assert failure.rows is not None
    assert failure.rows.endswith(" 30-39")


def test_exit_zero_does_not_hide_a_crash() -> None:
    assert check([BROKEN["look"]], ROWS, exit_zero=True).exit_code == 2


def test_a_screen_of_the_wrong_length_is_found_out_alone_too() -> None:
    assert [failure.rule for failure in check([BROKEN["screen, length"]], ROWS).failures] == ["LEX999"]


def test_several_crashes_are_told_in_order_of_code() -> None:
    broken = [looking(boom, code) for code in ("LEX905", "LEX903", "LEX904")]
    assert [failure.rule for failure in check(broken, ROWS).failures] == ["LEX903", "LEX904", "LEX905"]


def test_a_crash_in_a_slice_is_a_crash() -> None:
    def observe(batch: pl.DataFrame, p: Any) -> CountTable:
        if set(batch["group"].to_list()) == {"bad"}:
            boom()
        return count(batch, p)

    rows = [*pairs(["x"] * 3, source="good"), *pairs(["y"] * 3, source="bad")]
    report = check(
        [counting(observe, says(HIT), "TPL999")], rows, read=ReadOptions(group_by="source"), group_by="source"
    )
    assert [failure.rule for failure in report.failures] == ["TPL999"]
    assert not len(report.findings)


def test_a_message_may_ask_for_a_share_that_only_an_aggregate_has() -> None:
    loaded = replace(matching(Regex("[^a]"), "LEX999", message="{share:.1%}"), aggregate=Aggregate(0.1, min_rows=1))
    report = check([loaded], pairs(["b"] * 3))
    assert not report.failures
    assert report.findings["row"].null_count() == 1
    assert "100.0%" in report.findings["message"][0]


def test_what_an_exception_says_shows_no_secret() -> None:
    def look(batch: pl.DataFrame, p: Any) -> list[Hit]:
        raise KeyError(batch["answer"][0])

    secret = matching(Regex(r"sk-\w+"), "SEC901", mask=True)
    report = check([secret, looking(look)], pairs(["my key sk-abcdefgh12345678 is"]))
    assert report.failures
    assert "abcdefgh" not in everything(report)
