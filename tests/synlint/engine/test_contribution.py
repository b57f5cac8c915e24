from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from synlint.corpora.frames import corpus_of
from synlint.corpora.options import ReadOptions
from synlint.engine.contribution import Contribution
from synlint.engine.options import RunOptions
from synlint.engine.run import run
from synlint.model import Conclusion, CorpusHit, Hit, Report
from synlint.rulebook.loaded import LoadedRule
from synlint.states import CountTable
from tests.synlint.making import counting, everything, looking, pairs


class Kept:
    """A memory in a dictionary, which takes the objects as they are."""

    def __init__(self) -> None:
        self.known: dict[int, Contribution] = {}
        self.recalled: list[int] = []

    def recall(self, number: int) -> Contribution | None:
        if number in self.known:
            self.recalled.append(number)
        return self.known.get(number)

    def keep(self, number: int, contribution: Contribution) -> None:
        self.known[number] = contribution


def sayings(batch: pl.DataFrame, params: Any) -> CountTable:
    return CountTable.of(batch["answer"])


def most_said(state: CountTable, params: Any) -> Conclusion:
    said, n = state.table().row(0)
    return Conclusion([CorpusHit(said, n / state.rows, 0.1, n, "answer")], pl.col("answer") == said)


def bad(batch: pl.DataFrame, params: Any) -> list[Hit]:
    return [Hit(at, "answer", 0, 3, text[:3], score=0.6) for at, text in enumerate(batch["answer"]) if "bad" in text]


def secret(batch: pl.DataFrame, params: Any) -> list[Hit]:
    found = ((at, text.find("pin")) for at, text in enumerate(batch["answer"]))
    return [Hit(at, "answer", place, place + 8, batch["answer"][at][place:]) for at, place in found if place >= 0]


COUNTED = counting(sayings, most_said)
BAD = looking(bad)
MASKING = looking(secret, "SEC901", mask=True)


def files(*contents: Sequence[str]) -> Mapping[str, pl.DataFrame]:
    return {f"f{n}": pl.DataFrame(pairs(answers)) for n, answers in enumerate(contents)}


def checked(
    data: Mapping[str, pl.DataFrame], rules: Iterable[LoadedRule], memory: Kept | None = None, **options: Any
) -> Report:
    corpus = corpus_of(data, ReadOptions(batch_rows=2, group_by=options.get("group_by")))
    return replace(run(corpus, rules, RunOptions(**options), memory=memory), timings={})


FILES = files(
    ["bad one", "pin 12345", "the same", "the same"], ["bad two", "the same", "other"], ["pin 99999", "pin 99999", "x"]
)


@pytest.mark.parametrize("rules", [[COUNTED], [BAD], [COUNTED, BAD], [COUNTED, BAD, MASKING]], ids=len)
@pytest.mark.parametrize("options", [{}, {"masks": (MASKING,)}], ids=["", "masked"])
def test_known_files_give_the_report_of_a_whole_scan(rules: list[LoadedRule], options: dict[str, Any]) -> None:
    plain = checked(FILES, rules, **options)
    memory = Kept()
    assert everything(checked(FILES, rules, memory, **options)) == everything(plain)
    assert sorted(memory.known) == [0, 1, 2] and not memory.recalled
    assert everything(checked(FILES, rules, memory, **options)) == everything(plain)
    assert memory.recalled == [0, 1, 2]
    del memory.known[1]
    changed = {**FILES, "f1": pl.DataFrame(pairs(["pin 12345 again", "bad three"]))}
    assert everything(checked(changed, rules, memory, **options)) == everything(checked(changed, rules, **options))


def test_what_is_kept_holds_no_secret() -> None:
    memory = Kept()
    checked(FILES, [COUNTED, BAD], memory, masks=(MASKING,))
    kept = "".join(
        repr((known.tally, known.slices, known.gallery, [frame.rows() for frame in known.findings.values()]))
        + "".join(repr(part.rows()) for state in known.tally.states.values() for part in state.parts)
        for known in memory.known.values()
    )
    assert "the same" in kept and "pin" not in kept
    assert [rows.held for _, rows in sorted(memory.known[2].secret.items())] == [(0, 1)]


def test_a_file_whose_sources_are_secrets_is_not_kept() -> None:
    memory = Kept()
    named = {"f0": pl.DataFrame(pairs(["a"], source="pin 12345")), "f1": pl.DataFrame(pairs(["a"], source="web"))}
    checked(named, [BAD], memory, masks=(MASKING,))
    assert sorted(memory.known) == [1]


def test_after_a_crash_nothing_is_kept_and_the_report_is_the_plain_one() -> None:
    def broken(batch: pl.DataFrame, params: Any) -> list[Hit]:
        if "other" in batch["answer"].to_list():
            raise RuntimeError("other")
        return []

    rules = [COUNTED, BAD, looking(broken, "LEX905")]
    memory = Kept()
    report = checked(FILES, rules, memory)
    assert report.failures and everything(report) == everything(checked(FILES, rules))
    assert sorted(memory.known) == [0]
    memory.known[0] = replace(memory.known[0])
    assert everything(checked(FILES, rules, memory)) == everything(checked(FILES, rules))


def test_groups_are_counted_file_by_file() -> None:
    data = {f"f{n}": pl.DataFrame(pairs(["bad", "pin 12345", "the same"], source=f"s{n % 2}")) for n in range(3)}
    options: dict[str, Any] = {"group_by": "source", "masks": (MASKING,)}
    memory = Kept()
    plain = checked(data, [COUNTED, BAD], **options)
    checked(data, [COUNTED, BAD], memory, **options)
    del memory.known[0]
    assert everything(checked(data, [COUNTED, BAD], memory, **options)) == everything(plain)
    assert memory.recalled == [1, 2] and set(plain.slices["source"]) == {"s0", "s1"}


def test_a_file_with_very_many_findings_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    import synlint.engine.contribution as module

    monkeypatch.setattr(module, "_MOST_FINDINGS", 1)
    memory = Kept()
    checked(files(["bad", "bad"], ["bad"]), [BAD], memory)
    assert sorted(memory.known) == [1]
