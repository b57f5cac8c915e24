from __future__ import annotations

import dataclasses
import io
import os
import random
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from synlint.cache.folder import CacheFolder
from synlint.cache.reports import SHOWN_ONLY, KeptReports
from synlint.cli import main
from synlint.corpora.options import ReadOptions
from synlint.corpora.source import Sources, source_of
from synlint.engine.options import RunOptions
from synlint.settings import Settings, setting_names
from tests.synlint.cache.conftest import Runs, habits, write_rows

REAL = (
    "dolly_3k_human.jsonl.gz",
    "codealpaca_2k.jsonl.gz",
    "hc3_zh_answers.jsonl.gz",
    "anthropic_persona_lm.jsonl.gz",
    "selfinstruct_predictions.jsonl.gz",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_a_report_from_the_cache_has_the_same_bytes(corpora: Path, runs: Runs, name: str) -> None:
    shutil.copy(corpora / name, runs.folder / name)
    first = runs.fresh(name)
    assert runs.scanned
    again = runs(name)
    assert not runs.scanned, "the second run scans nothing"
    assert again == first
    assert runs.fresh(name) == first


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--group-by", "source"),
        ("--sample", "50"),
        ("--fail-on", "error", "--exit-zero"),
        ("--select", "ALL", "--preview", "--statistics"),
        ("--config", "per-source-ignores={human=['LEX']}", "--config", "per-file-ignores={'a.*'=['TPL']}"),
    ],
    ids=" ".join,
)
def test_under_any_options(runs: Runs, options: tuple[str, ...]) -> None:
    write_rows(runs.folder / "a.jsonl", habits(300, mail=True))
    first = runs.fresh("a.jsonl", *options)
    again = runs("a.jsonl", *options)
    assert not runs.scanned and again == first


def test_settings_of_display_need_no_new_scan(runs: Runs) -> None:
    write_rows(runs.folder / "a.jsonl", habits(60))
    runs("a.jsonl")
    runs("a.jsonl", "--width", "70", "--max-findings", "3", "--quiet", "--color", "always", "--statistics")
    assert not runs.scanned


def test_the_time_of_each_rule_is_always_measured(runs: Runs) -> None:
    write_rows(runs.folder / "a.jsonl", habits(60))
    runs("a.jsonl")
    assert runs("a.jsonl", "--statistics=time")[0] == 1 and runs.scanned


def test_no_cache_neither_reads_nor_writes(runs: Runs) -> None:
    write_rows(runs.folder / "a.jsonl", habits(60))
    runs("a.jsonl", "--no-cache")
    assert not (runs.folder / ".synlint_cache").exists()
    runs("a.jsonl")
    held = {path: path.stat().st_mtime_ns for path in (runs.folder / ".synlint_cache").rglob("*")}
    runs("a.jsonl", "--no-cache")
    assert runs.scanned
    assert {path: path.stat().st_mtime_ns for path in (runs.folder / ".synlint_cache").rglob("*")} == held


def test_content_counts_and_not_time(runs: Runs) -> None:
    file = write_rows(runs.folder / "a.jsonl", habits(60))
    first = runs("a.jsonl")
    os.utime(file, (1, 1))
    assert runs("a.jsonl") == first and not runs.scanned
    status = file.stat()
    file.write_bytes(file.read_bytes().replace(b"blue", b"BLUE"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    runs("a.jsonl")
    assert runs.scanned == ["a.jsonl"]


def test_standard_input_is_known_by_its_content(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    data = write_rows(runs.folder / "a.jsonl", habits(60)).read_bytes()

    def check(content: bytes) -> Any:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        return runs("-")

    first = check(data)
    assert runs.scanned and check(data) == first and not runs.scanned
    check(data.replace(b"blue", b"red"))
    assert runs.scanned


def test_what_could_not_be_checked_is_not_remembered(runs: Runs) -> None:
    write_rows(runs.folder / "a.jsonl", habits(60))
    (runs.folder / "b.jsonl.gz").write_bytes(b"\x1f\x8b broken")
    code, first = runs("a.jsonl", "b.jsonl.gz")
    assert code == 2 and runs("a.jsonl", "b.jsonl.gz") == (2, first)
    assert not list((runs.folder / ".synlint_cache" / "v1").glob("reports/*"))


def test_a_file_that_changes_during_the_run_is_not_remembered(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    import synlint.engine.run as engine

    file = write_rows(runs.folder / "a.jsonl", habits(60))
    real = engine.report_of

    def slow(*given: Any) -> Any:
        file.write_bytes(file.read_bytes() + b"\n")
        return real(*given)

    monkeypatch.setattr(engine, "report_of", slow)
    runs("a.jsonl")
    assert not list((runs.folder / ".synlint_cache").glob("v1/reports/*"))


def test_rules_of_ones_own_and_what_they_import(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of the rule, or of a module that it imports, makes a new run."""
    monkeypatch.syspath_prepend(str(runs.folder / "lib"))
    (runs.folder / "lib").mkdir()
    helper = runs.folder / "lib" / "cache_test_helper.py"
    helper.write_text("WORD = 'ferry'\n")
    own = runs.folder / "own" / "ferry_talk.py"
    own.parent.mkdir()
    own.write_text(OWN_RULE)
    write_rows(runs.folder / "a.jsonl", habits(30))
    options = ("a.jsonl", "--rules", "own", "--select", "LEX950")
    first = runs(*options)
    assert runs(*options) == first and not runs.scanned
    helper.write_text("WORD = 'pier'\n")
    monkeypatch.delitem(sys.modules, "cache_test_helper")
    assert runs(*options) != first and runs.scanned
    own.write_text(OWN_RULE.replace("a word is there", "a word was found"))
    runs(*options)
    assert runs.scanned


OWN_RULE = """\
'''A word.'''
import cache_test_helper
from synlint.model import Example, Hit, Rule

RULE = Rule(
    code="LEX950", name="ferry-talk", summary="a word is there", message="{evidence}", description="D.", rationale="R.",
    examples_match=(Example(fields={"answer": "ferry pier"}),) * 2,
    examples_no_match=(Example(fields={"answer": "none"}),) * 2,
)

def look(batch, params):
    word = cache_test_helper.WORD
    return [
        Hit(at, "answer", text.find(word), text.find(word) + len(word), word)
        for at, text in enumerate(batch["answer"]) if word in text
    ]
"""


# ------------------------------------------------------------------------------------------------- what is in the key


def kept(folder: Path, settings: Settings | None = None, **given: Any) -> KeptReports:
    values = {"reading": ReadOptions(), "options": RunOptions(), **given}
    return KeptReports(CacheFolder(folder), settings or Settings(), **values)


def changed(value: Any) -> Any:
    """Some other value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, tuple | list):
        return (*value, "x")
    if isinstance(value, frozenset):
        return value | {"x"}
    if isinstance(value, dict):
        return {**value, "x": ("y",)}
    return f"{value}x"


@pytest.mark.parametrize("name", [name for name in setting_names() if name not in SHOWN_ONLY])
def test_every_setting_is_in_the_key(tmp_path: Path, name: str) -> None:
    other = dataclasses.replace(Settings(), **{name: changed(getattr(Settings(), name))})
    assert kept(tmp_path, other).setup != kept(tmp_path).setup


def test_settings_that_only_show_are_not_in_the_key(tmp_path: Path) -> None:
    other = Settings(output=("json",), max_findings=1, color="never", width=99, quiet=True, cache_size=7)
    assert kept(tmp_path, other).setup == kept(tmp_path).setup
    assert SHOWN_ONLY - {"file", "origins"} <= set(setting_names())


@pytest.mark.parametrize("name", [item.name for item in dataclasses.fields(RunOptions) if item.name != "masks"])
def test_every_option_of_a_run_is_in_the_key(tmp_path: Path, name: str) -> None:
    other = dataclasses.replace(RunOptions(), **{name: changed(getattr(RunOptions(), name))})
    assert kept(tmp_path, options=other).setup != kept(tmp_path).setup


@pytest.mark.parametrize("name", [item.name for item in dataclasses.fields(ReadOptions) if item.name != "stdin"])
def test_every_option_of_reading_is_in_the_key(tmp_path: Path, name: str) -> None:
    other = dataclasses.replace(ReadOptions(), **{name: changed(getattr(ReadOptions(), name))})
    assert kept(tmp_path, reading=other).setup != kept(tmp_path).setup


def test_options_whose_content_cannot_be_told_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        kept(tmp_path, options=dataclasses.replace(RunOptions(), shown_command=len))  # type: ignore[arg-type]


def test_the_names_of_files_are_in_the_key(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "a.jsonl", habits(3))
    one, other = (Sources((source_of(file, name),)) for name in ("a.jsonl", "b.jsonl"))
    reports = kept(tmp_path)
    assert reports.key(one) != reports.key(other)


# ---------------------------------------------------------------------------------------------------- bad surroundings


def test_a_damaged_cache_changes_no_result(runs: Runs) -> None:
    write_rows(runs.folder / "a.jsonl", habits(60))
    first = runs.fresh("a.jsonl")
    (entry,) = (runs.folder / ".synlint_cache").glob("v1/reports/*.zip")
    whole = entry.read_bytes()
    draw = random.Random(1)
    damages = [b"", b"PK", whole[: len(whole) // 2], b"\0" * len(whole), whole + b"more"]
    for _ in range(6):
        at = draw.randrange(len(whole))
        damages.append(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :])
    for damage in damages:
        entry.write_bytes(damage)
        assert runs("a.jsonl") == first


@pytest.mark.parametrize("name", ["v1", "v1/reports", "findings.parquet", "last_run.json"])
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_something_else_in_the_place_of_a_part(runs: Runs, name: str, kind: str) -> None:
    write_rows(runs.folder / "a.jsonl", habits(60))
    first = runs.fresh("a.jsonl")
    place = runs.folder / ".synlint_cache" / name
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    place.mkdir() if kind == "folder" else place.write_bytes(b"\0garbage")
    assert runs("a.jsonl") == first == runs("a.jsonl")


def test_a_cache_that_came_with_the_data_is_not_believed(runs: Runs) -> None:
    """The same corpus, and an entry that says of it what it likes: it was not made here."""
    write_rows(runs.folder / "a.jsonl", habits(60))
    first = runs.fresh("a.jsonl")
    cache = runs.folder / ".synlint_cache"
    shutil.copytree(cache, runs.folder / "copied")
    shutil.rmtree(cache)
    (runs.folder / "copied").rename(cache)
    assert runs("a.jsonl") == first and runs.scanned


def without_roots_rights() -> None:
    """Permissions hold for root too, in a process that lacks the capabilities to pass over them."""
    import ctypes

    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.skipif(sys.platform != "linux" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_cache_is_read(runs: Runs) -> None:
    """Nothing is said, and the result is right, known or not."""
    data = write_rows(runs.folder / "a.jsonl", habits(60))
    command = [sys.executable, "-m", "synlint", "check", "a.jsonl", "--output", "json"]

    def check() -> tuple[int, bytes, bytes]:
        limits = without_roots_rights if os.geteuid() == 0 else None
        done = subprocess.run(command, cwd=runs.folder, capture_output=True, check=False, preexec_fn=limits)
        return done.returncode, done.stdout, done.stderr

    first = check()
    paths = [runs.folder / ".synlint_cache", *(runs.folder / ".synlint_cache").rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    held = {path: path.read_bytes() for path in paths if path.is_file()}
    assert len(held) == 6
    assert check() == first
    data.write_bytes(data.read_bytes().replace(b"blue", b"red"))
    code, out, err = check()
    assert (code, err) == (first[0], b"") and out != first[1]
    assert {path: path.read_bytes() for path in paths if path.is_file()} == held
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_full_disk_is_passed_over(runs: Runs) -> None:
    """The system refuses to write more than some bytes into any file, as a full disk does."""
    write_rows(runs.folder / "a.jsonl", habits(600))
    code, first = runs.fresh("a.jsonl")
    shutil.rmtree(runs.folder / ".synlint_cache")

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))

    done = subprocess.run(
        [sys.executable, "-m", "synlint", "check", "a.jsonl", "--output", "json"],
        cwd=runs.folder,
        capture_output=True,
        check=False,
        preexec_fn=little_room,
    )
    assert (done.returncode, done.stderr) == (code, b"") and done.stdout == first["json=o.json"]
    left = [path.name for path in (runs.folder / ".synlint_cache").rglob("*") if path.is_file()]
    assert set(left) <= {".gitignore", "place", "last_run.json"}


LOOP = """
import sys
from synlint.cli import main
name, expected = sys.argv[1], open(sys.argv[2], "rb").read()
out = f"{name}.{sys.argv[3]}.out"
for n in range(8):
    main(["check", name, "--output", f"json={out}", "--select", "LEX"])
    if sys.argv[3] == "2":
        main(["cache", "clean"])
    assert open(out, "rb").read() == expected, n
"""


@pytest.mark.slow
def test_two_runs_at_once(runs: Runs) -> None:
    """On one corpus and on another, in one cache folder that is emptied all the time: each gets its own report."""
    expected = {}
    for name, rows in (("a.jsonl", 60), ("b.jsonl", 90)):
        write_rows(runs.folder / name, habits(rows))
        assert main(["check", name, "--output", f"json={name}.first", "--no-cache", "--select", "LEX"]) == 1
        expected[name] = f"{name}.first"
    running = [
        subprocess.Popen([sys.executable, "-c", LOOP, name, expected[name], str(n)], stderr=subprocess.PIPE)
        for n, name in enumerate(["a.jsonl", "a.jsonl", "b.jsonl"])
    ]
    said = [process.communicate()[1].decode() for process in running]
    assert not [text for text in said if "Error" in text], said


def test_what_is_known_or_ignored_is_in_the_key(runs: Runs) -> None:
    """By content: of the baseline and of the ignore file, and by where the ignore file finds the corpus."""
    write_rows(runs.folder / "a.jsonl", habits(300))
    main(["baseline", "write", "a.jsonl", "-o", "known.json"])
    plain, known = runs("a.jsonl"), runs("a.jsonl", "--baseline", "known.json")
    assert plain != known
    assert runs("a.jsonl", "--baseline", "known.json") == known and not runs.scanned
    Path("known.json").write_text(
        Path("known.json").read_text().replace('"LEX001": [\n', '"LEX001": [\n"%s",\n' % ("0" * 16))
    )
    assert runs("a.jsonl", "--baseline", "known.json") != known and runs.scanned
    Path(".synlintignore").write_text(f"{'0' * 16} LEX001 a.jsonl\n")
    ignored = runs("a.jsonl")
    assert ignored != plain and runs.scanned
    assert runs("a.jsonl") == ignored and not runs.scanned
    Path(".synlintignore").write_text(f"{'0' * 16} LEX001 b.jsonl\n")
    assert runs("a.jsonl") == plain and runs.scanned


def test_a_corpus_that_moved_is_another_one_to_the_ignore_file(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".synlintignore").write_text(f"{'0' * 16} LEX001 one/a.jsonl\n")
    found = []
    for name in ("one", "two"):
        write_rows(runs.folder / name / "a.jsonl", habits(30))
        monkeypatch.chdir(runs.folder / name)
        runs.folder, before = runs.folder / name, runs.folder
        found.append(b"INT011" in runs("a.jsonl", "--config", f"cache-dir='{before}/cache'")[1]["jsonl=o.jsonl"])
        runs.folder = before
    assert found == [True, False]
