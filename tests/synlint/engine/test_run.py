"""The second pass: which rows a corpus finding is about, and where in them."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from synlint.corpora.options import ReadOptions
from synlint.model import Conclusion, CorpusHit
from synlint.rulebook.loaded import LoadedRule
from synlint.rulebook.matchers.phrases import Phrases
from synlint.states import CountTable
from tests.synlint.making import check, counting, found, matching, pairs


def marker(evidence: str, *, mark: pl.Expr | None = None, **given: Any) -> LoadedRule:
    """A corpus rule with one finding, about the rows that `mark` says (default: those whose answer is not absent)."""
    rows = pl.col("answer").is_not_null() if mark is None else mark

    def conclude(state: CountTable, p: Any) -> Conclusion:
        return Conclusion([CorpusHit(evidence, 0.6, 0.3, state.rows, "answer", 0.7)], rows, pl.lit(evidence))

    return counting(lambda batch, p: CountTable.of(batch["answer"]), conclude, **given)


@pytest.mark.parametrize(
    ("evidence", "answer", "span"),
    [
        ("here is", "Here is a cat", (0, 7)),
        ("here is", "Well, HERE  \n is it", (6, 16)),
        ("here is", "İİİ here is", (4, 11)),  # lower-casing this letter makes two of it
        ("here is", "😀 “Here, is”", (3, 11)),
        ("here is", "Then there was", None),
        ("这是", "这是一只猫", (0, 2)),
        ("a.b", "a.b", (0, 3)),
    ],
)
def test_marked_rows_have_the_span_of_what_they_share(evidence: str, answer: str, span: tuple[int, int] | None) -> None:
    report = check([marker(evidence)], pairs([answer]))
    assert found(report, "TPL903") == [(0, "answer", *(span or (None, None)))]


@pytest.mark.parametrize("batch_rows", [1, 3, 100])
def test_only_marked_rows_and_each_with_the_numbers_of_the_finding(batch_rows: int) -> None:
    rows = pairs(["the cat", "a dog", None, "the dog", "", "The the"])
    starts = pl.col("answer").str.to_lowercase().str.starts_with("the")
    report = check(
        [marker("the", mark=starts, message="{evidence} {value} {threshold}"), matching(Phrases(("dog",)), "LEX901")],
        rows,
        read=ReadOptions(batch_rows=batch_rows),
    )
    assert found(report, "TPL903") == [(0, "answer", 0, 3), (3, "answer", 0, 3), (5, "answer", 0, 3)]
    assert found(report, "LEX901") == [(1, "answer", 2, 5), (3, "answer", 4, 7)]
    rows_first = report.findings.filter(pl.col("rule") == "TPL903")
    assert rows_first["row"].to_list() == [None, 0, 3, 5]
    assert set(rows_first["message"].to_list()) == {"the 0.6 0.3"}
    assert set(rows_first["score"].to_list()) == {0.7}
    [_, line] = report.rules
    assert (line.code, line.findings) == ("TPL903", 4)


def test_every_pair_of_a_conversation_is_marked_by_itself() -> None:
    turns = [
        {"role": role, "content": text}
        for role, text in zip(("user", "assistant") * 3, ["q", "the x"] * 3, strict=True)
    ]
    report = check([marker("the", mark=pl.col("answer") == "the x")], [{"messages": turns}])
    marked = report.findings.filter(pl.col("row").is_not_null())
    assert marked["pair"].to_list() == [0, 1, 2]
    assert marked["pointer"].to_list() == ["/messages/1/content", "/messages/3/content", "/messages/5/content"]


def test_nothing_is_marked_without_a_finding_or_a_mark() -> None:
    silent = counting(lambda batch, p: CountTable(), lambda state, p: Conclusion([], pl.lit(True)), "TPL904")
    unmarked = counting(lambda b, p: CountTable(), lambda s, p: Conclusion([CorpusHit("x", 1, 1, 1)]), "TPL905")
    report = check([silent, unmarked], pairs(["a"] * 3))
    assert report.findings["rule"].to_list() == ["TPL905"]


def test_features_that_a_mark_needs_are_there() -> None:
    report = check(
        [marker("b", mark=pl.col("answer.words") == 2, needs=("answer.words",))], pairs(["a", "a b", "a b c"])
    )
    assert found(report, "TPL903") == [(1, "answer", 2, 3)]


def test_a_run_tells_its_progress_and_its_time() -> None:
    from synlint.corpora.frames import corpus_of
    from synlint.engine.options import RunOptions
    from synlint.engine.run import run

    seen: list[tuple[int, int]] = []
    corpus = corpus_of(pairs(["the cat"] * 10), ReadOptions(batch_rows=3))
    report = run(
        corpus,
        [marker("the"), matching(Phrases(("cat",)))],
        RunOptions(),
        lambda done, total: seen.append((done, total)),
        timed=True,
    )
    assert len(seen) == 8, "four batches, read twice"
    assert all(0 <= done <= total for done, total in seen)
    assert seen[-1][0] == seen[-1][1]
    assert set(report.timings) >= {"seconds", "rule.LEX901", "shared.reading", "shared.features", "shared.search"}
    untimed = run(corpus, [marker("the")], RunOptions()).timings
    assert not [key for key in untimed if key.startswith("shared.")], "only where they were asked for"


def test_timing_changes_no_finding() -> None:
    from synlint.corpora.frames import corpus_of
    from synlint.engine.options import RunOptions
    from synlint.engine.run import run

    rules = [marker("the"), matching(Phrases(("cat",)))]
    reports = [run(corpus_of(pairs(["the cat"] * 5)), rules, RunOptions(), timed=timed) for timed in (False, True)]
    assert reports[0].findings.equals(reports[1].findings)
    assert reports[0].rules == reports[1].rules


def test_a_large_corpus_is_read_again_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second pass over a small corpus is over the batches of the first: both ways must say the same."""
    from synlint.corpora.frames import corpus_of
    from synlint.engine.options import RunOptions
    from synlint.engine.run import run

    texts = [f"the cat {n}" for n in range(9)] + ["a dog"]
    passes: list[int] = []

    def checked(room: int) -> list[tuple[object, ...]]:
        corpus = corpus_of(pairs(texts), ReadOptions(batch_rows=3))
        batches = corpus.batches
        monkeypatch.setattr(type(corpus), "batches", lambda self: passes.append(room) or batches())  # type: ignore[func-returns-value]
        monkeypatch.setattr("synlint.engine.run._KEEP", room)
        report = run(corpus, [marker("the"), matching(Phrases(("cat",)))], RunOptions())
        monkeypatch.undo()
        return report.findings.rows()

    small, large = checked(1 << 20), checked(1)
    assert small == large and len(small) > 9
    assert passes == [1 << 20, 1, 1], "once, and twice"
