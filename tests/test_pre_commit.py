"""The hooks in the real pre-commit: a scratch repository installs synlint from this one at a revision, and commits.

pre-commit builds its environment with pip, once for the module; like `scripts/setup`, that asks a package index.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.scratch import copy_of_sources, rows, write

pytestmark = pytest.mark.slow
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"


class Done(NamedTuple):
    code: int
    out: str


def git(folder: Path, *arguments: str, check: bool = True) -> Done:
    """One git command in `folder`; standard output and error together, as a user sees them."""
    command = ["git", "-c", "core.quotePath=false", *arguments]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert not check or done.returncode == 0, f"{command}\n{done.stdout}"
    return Done(done.returncode, done.stdout)


@pytest.fixture(scope="module")
def plain_git(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Path]:
    """No setting of the developer's git or pre-commit counts; pre-commit keeps its environments in a folder of ours.

    The folder is the same for all processes of a parallel test run, so that the environment is built once.
    """
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "for-pre-commit"
    home.mkdir(exist_ok=True)
    (home / "gitconfig").write_text(
        "[user]\nname = T\nemail = t@example.org\n[init]\ndefaultBranch = main\n"
        '[protocol "file"]\nallow = always\n[core]\nautocrlf = false\n[advice]\ndetachedHead = false\n',
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT", "SYNLINT_CONFIG"))]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("PRE_COMMIT_HOME", str(home / "pre-commit"))
        patch.setenv("PRE_COMMIT_COLOR", "never")
        # `git commit` runs the hook that pre-commit installed, which runs the pre-commit of this interpreter.
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        yield home


@pytest.fixture(scope="module")
def revision(repository: Path, plain_git: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """This working tree as a git repository: its URL and the hash of its only commit. All test processes share it."""
    copy = tmp_path_factory.mktemp("synlint") / "synlint"
    copy_of_sources(repository, copy)
    git(copy, "init", "-q")
    git(copy, "add", "-A")
    git(copy, "commit", "-q", "-m", "synlint")
    shared = plain_git / "synlint"
    with suppress(OSError):  # another process was first
        copy.rename(shared)
    return f"file://{shared}", git(shared, "rev-parse", "HEAD").out.strip()


Scratch = Callable[..., Path]


@pytest.fixture
def scratch(revision: tuple[str, str], tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """Makes a repository with our hooks installed; `hooks` is the YAML list of the configuration."""
    monkeypatch.setenv("PIP_CONSTRAINT", str(repository / "constraints.txt"))
    url, rev = revision

    def make(hooks: str = "[{id: synlint}]") -> Path:
        folder = tmp_path / "scratch"
        folder.mkdir()
        git(folder, "init", "-q")
        config = f"repos:\n- repo: {url}\n  rev: {rev}\n  hooks: {hooks}\n"
        (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
        pre_commit(folder, "install", "--install-hooks", expect=0)
        git(folder, "add", ".pre-commit-config.yaml")
        git(folder, "commit", "-q", "-m", "hooks")
        return folder

    return make


def pre_commit(folder: Path, *arguments: str, expect: int | None = None) -> Done:
    """One pre-commit command in `folder`."""
    command = [sys.executable, "-m", "pre_commit", *arguments]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    log = Path(os.environ["PRE_COMMIT_HOME"], "pre-commit.log")
    said = done.stdout + (log.read_text(encoding="utf-8")[-3000:] if log.is_file() and expect == 0 else "")
    assert expect is None or done.returncode == expect, said
    return Done(done.returncode, done.stdout)


def commit(folder: Path) -> Done:
    """Stage everything and try to commit."""
    git(folder, "add", "-A")
    return git(folder, "commit", "-m", "data", check=False)


def test_bad_is_refused_and_good_passes(scratch: Scratch) -> None:
    folder = scratch()
    write(folder / "data" / "train.jsonl", rows(bad=True))
    done = commit(folder)
    assert done.code == 1
    said = " ".join(done.out.split())
    assert "✗ data/train.jsonl: findings: Not yet: answer speaks of itself as an AI in 10 rows" in said
    assert "data/train.jsonl:1: LEX001 answer speaks of itself as an AI" in said and "(and 9 more findings)" in said
    assert "more: synlint check data/train.jsonl\n" in done.out
    assert len(done.out.splitlines()) < 24, done.out
    assert git(folder, "log", "--format=%s").out == "hooks\n", "nothing was committed"
    write(folder / "data" / "train.jsonl", rows())
    done = commit(folder)
    assert done.code == 0, done.out
    assert "✓ data/train.jsonl: clean (40 rows)\n" in done.out
    assert git(folder, "log", "-1", "--format=%s").out == "data\n"


def test_pointers_and_other_records_are_noted_and_damage_is_refused(scratch: Scratch) -> None:
    folder = scratch()
    (folder / "big.parquet").write_text(POINTER, encoding="utf-8")
    (folder / "log.jsonl").write_text('{"level": "info", "took": 3}\n' * 5, encoding="utf-8")
    done = commit(folder)
    assert done.code == 0, done.out
    said = " ".join(done.out.split())
    assert "· big.parquet: skipped: is a Git LFS pointer" in said and "run `git lfs pull`" in said
    assert "· log.jsonl: skipped: unknown layout; the keys are 'level', 'took'" in said
    (folder / "torn.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00 torn")
    (folder / "torn.parquet").write_bytes(b"PAR1 and nothing more")
    done = commit(folder)
    assert done.code == 1  # of git; the hook's own code is 2
    assert "- exit code: 2" in done.out
    assert "! error: torn.jsonl.gz: " in done.out and "! error: torn.parquet: " in done.out


def test_thirty_files_in_one_commit(scratch: Scratch) -> None:
    """Each is judged by itself: one bad file among good ones is found, and named at the end."""
    folder = scratch()
    for n in range(30):
        write(folder / "data" / f"part {n:02}.jsonl", rows(bad=n in (7, 23), start=100 * n))
    done = commit(folder)
    assert done.code == 1
    assert done.out.count(": clean (40 rows)") == 28
    assert done.out.rstrip().endswith("2 of 30 files have findings: data/part 07.jsonl, data/part 23.jsonl.")


NAMES = (
    "with blank.jsonl",
    "naïve 数据.jsonl",
    "-e.jsonl",
    "--output=json=stolen.jsonl",
    "~x.jsonl",
    "it's [a] $(id).jsonl",
)


def test_names_are_only_names(scratch: Scratch) -> None:
    """Neither the shell, nor globs, nor the parser of options makes anything else of them."""
    folder = scratch()
    for name in NAMES:
        write(folder / name, rows(bad=True))
    before = {path.name for path in folder.iterdir()}
    done = commit(folder)
    said = " ".join(done.out.split())
    for name in NAMES:
        assert f"✗ {name}: findings" in said
    assert {path.name for path in folder.iterdir()} - before <= {".synlint_cache"}
    for name in NAMES:
        write(folder / name, rows())
    done = commit(folder)
    assert done.code == 0, done.out


def test_only_corpora_and_only_changed_ones(scratch: Scratch) -> None:
    folder = scratch()
    write(folder / "old.jsonl", rows(bad=True))
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--no-verify", "-m", "unchecked")
    write(folder / "package.json", rows(bad=True))
    (folder / "notes.md").write_text("As an AI language model, I write notes.\n", encoding="utf-8")
    assert "(no files to check)Skipped" in commit(folder).out
    write(folder / "new.jsonl.gz", rows())  # named like gzip, stored plain: the content decides
    done = commit(folder)
    assert done.code == 0 and "old.jsonl" not in done.out
    done = pre_commit(folder, "run", "--all-files", expect=1)
    assert "✗ old.jsonl: findings" in done.out and "✓ new.jsonl.gz: clean" in done.out and "package" not in done.out


def test_json_is_opt_in(scratch: Scratch) -> None:
    folder = scratch(r"[{id: synlint, files: '^data/.*\.(json|csv)$'}]")
    write(folder / "data" / "train.json", rows(bad=True))
    write(folder / "package.json", [{"name": "x"}])
    (folder / "data" / "table.csv").write_text("question,answer\nWhere?,Here.\n", encoding="utf-8")
    done = commit(folder)
    assert done.code == 1
    assert "✗ data/train.json: findings" in done.out and "✓ data/table.csv: clean (1 row)" in done.out
    assert "package.json" not in done.out


def test_settings_of_the_repository_and_of_the_hook(scratch: Scratch) -> None:
    folder = scratch("[{id: synlint, name: lenient}, {id: synlint, name: strict, args: [--isolated, -q]}]")
    (folder / "synlint.toml").write_text('ignore = ["LEX"]\n', encoding="utf-8")
    write(folder / "a.jsonl", rows(bad=True))
    done = commit(folder)
    lenient, _, strict = done.out.partition("strict....")
    assert done.code == 1
    assert "Passed" in lenient and "✓ a.jsonl: clean (40 rows)" in lenient
    assert "Failed" in strict and strict.count("LEX001") == 10, "quiet: a line per finding"
    (folder / "synlint.toml").write_text('ignor = ["LEX"]\n', encoding="utf-8")
    write(folder / "a.jsonl", rows(50))
    done = commit(folder)
    assert done.code == 1
    assert "synlint: error: synlint.toml:1: unknown key 'ignor' (did you mean 'ignore'?)" in done.out


def test_configured_paths_are_one_corpus(scratch: Scratch) -> None:
    """Two files of 150 rows: a share is judged over both, and the changed file is not the only one that is read."""
    folder = scratch("[{id: synlint-corpus}]")
    (folder / "synlint.toml").write_text('paths = ["data/"]\nselect = ["LEX001"]\n', encoding="utf-8")
    write(folder / "data" / "a.jsonl", rows(150))
    write(folder / "data" / "b.jsonl", rows(150, start=1000))
    write(folder / "elsewhere.jsonl", rows(bad=True))
    done = commit(folder)
    assert done.code == 0, done.out
    assert "✓ data/a.jsonl, data/b.jsonl: clean (300 rows)" in done.out
    write(folder / "data" / "b.jsonl", rows(150, bad=True, start=1000))
    done = commit(folder)
    said = " ".join(done.out.split())
    assert done.code == 1
    assert "in 38 rows (12.7 %, LEX001)" in said and "more: synlint check --skip-unsupported" in said
    (folder / "notes.md").write_text("no corpus\n", encoding="utf-8")
    git(folder, "restore", "--staged", ".")
    git(folder, "checkout", "-q", "--", "data")
    git(folder, "add", "notes.md")
    assert "(no files to check)Skipped" in git(folder, "commit", "-m", "notes", check=False).out


def test_without_configured_paths_the_corpus_hook_says_what_to_do(scratch: Scratch) -> None:
    folder = scratch("[{id: synlint-corpus}]")
    write(folder / "a.jsonl", rows())
    done = commit(folder)
    assert done.code == 1
    assert "synlint: error: name a corpus: synlint check PATH" in done.out and "paths = " in done.out


def test_the_hook_draws_no_progress_bar_and_keeps_no_secret(scratch: Scratch, corpora: Path) -> None:
    """On a real corpus of 52,002 rows, in a pseudo terminal, as pre-commit runs its hooks when it may use colour."""
    folder = scratch()
    shutil.copy(corpora / "alpaca_en_52k.jsonl.gz", folder / "alpaca.jsonl.gz")
    git(folder, "add", "-A")
    done = pre_commit(folder, "run", "--color", "always")
    assert done.code == 1
    assert "alpaca.jsonl.gz: " in done.out and "\x1b[1" in done.out, "coloured"
    assert "checking" not in done.out and "━" not in done.out
    assert len(done.out.splitlines()) < 40
