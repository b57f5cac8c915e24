from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from synlint.cache.folder import CacheFolder, Entry, parts_into

KEY, OTHER = "a" * 32, "b" * 32
DATA = bytes(range(256)) * 40


def put(cache: CacheFolder, key: str = KEY, data: bytes = DATA, kind: str = "reports") -> bool:
    return cache.write(kind, key, lambda archive: {"part": parts_into(archive)(data)})


def get(cache: CacheFolder, key: str = KEY, kind: str = "reports") -> Any:
    return cache.read(kind, key, lambda entry: entry.part(entry.head["part"]))


@pytest.fixture
def cache(tmp_path: Path) -> CacheFolder:
    return CacheFolder(tmp_path / "cache")


def only_entry(cache: CacheFolder) -> Path:
    (path,) = cache.root.glob("v1/reports/*.zip")
    return path


def test_what_was_written_is_read(cache: CacheFolder) -> None:
    assert get(cache) is None
    assert put(cache) and put(cache, OTHER, b"other") and put(cache, KEY, b"a file", "files")
    assert (get(cache), get(cache, OTHER), get(cache, KEY, "files")) == (DATA, b"other", b"a file")
    assert cache.begins("reports", "aaaa") and not cache.begins("reports", "c") and not cache.begins("files", "b")
    assert {kind: used.entries for kind, used in cache.usage().items()} == {"reports": 2, "files": 1}


def test_a_second_write_takes_the_place_of_the_first(cache: CacheFolder) -> None:
    put(cache, data=b"first")
    put(cache, data=b"second")
    assert get(cache) == b"second"
    assert [path.name for path in only_entry(cache).parent.iterdir()] == [f"{KEY}.zip"]


def test_damage_anywhere_is_never_believed(cache: CacheFolder) -> None:
    """Whatever bit of an entry flips, what is read is what was written, or nothing."""
    put(cache, data=b"some data " * 20)
    whole = only_entry(cache).read_bytes()
    outcomes = set()
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << (at % 8)
        put(cache)
        only_entry(cache).write_bytes(damaged)
        outcomes.add(get(cache))
    assert outcomes == {None, b"some data " * 20}  # some bits of a zip file (times, modes) mean nothing


def test_an_entry_that_was_cut_off_is_no_entry(cache: CacheFolder) -> None:
    put(cache)
    whole = only_entry(cache).read_bytes()
    for length in [*range(0, len(whole), 97), len(whole) - 1]:
        put(cache)
        only_entry(cache).write_bytes(whole[:length])
        assert get(cache) is None
        assert not list(cache.root.glob("v1/reports/*.zip")), "what is damaged is removed"


def test_an_entry_under_another_name_is_no_entry(cache: CacheFolder) -> None:
    put(cache)
    shutil.copy(only_entry(cache), cache.root / "v1" / "reports" / f"{OTHER}.zip")
    assert get(cache, OTHER) is None and get(cache) == DATA


def test_a_compressed_entry_is_not_unpacked(cache: CacheFolder) -> None:
    put(cache)
    path = only_entry(cache)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("0.bin", bytes(10_000_000))
        bomb.writestr("head.json", json.dumps({"key": KEY, "head": {"part": "0.bin"}}))
    assert get(cache) is None


@pytest.mark.parametrize("at", ["", "v1", "v1/reports", f"v1/reports/{KEY}.zip", "v1/place"])
@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling"])
def test_something_else_in_its_place(tmp_path: Path, at: str, kind: str) -> None:
    """Nothing is raised, nothing outside is touched, and a result is what was written or nothing."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "own.txt").write_text("mine")
    cache = CacheFolder(tmp_path / "cache")
    place = tmp_path / "cache" / at
    place.parent.mkdir(parents=True, exist_ok=True)
    if kind == "file":
        place.write_text("something")
    elif kind == "folder":
        place.mkdir(exist_ok=True)
        (place / "inside").write_text("something")
    else:
        place.symlink_to(other if kind == "link" else tmp_path / "nowhere")
    assert get(cache) is None
    put(cache)
    assert get(cache) in (None, DATA)
    cache.trim()
    cache.usage()
    assert (other / "own.txt").read_text() == "mine"


def test_a_copy_is_not_believed_but_replaced(tmp_path: Path) -> None:
    put(CacheFolder(tmp_path / "theirs"))
    shutil.copytree(tmp_path / "theirs", tmp_path / "mine")
    mine = CacheFolder(tmp_path / "mine")
    assert get(mine) is None and not mine.begins("reports", "a")
    put(mine, OTHER, b"own")
    assert (get(mine), get(mine, OTHER)) == (None, b"own")


def test_a_folder_that_the_user_names_may_be_a_copy(tmp_path: Path) -> None:
    put(CacheFolder(tmp_path / "theirs"))
    shutil.copytree(tmp_path / "theirs", tmp_path / "mine")
    assert get(CacheFolder(tmp_path / "mine", named=True)) == DATA


def test_the_least_recently_used_go_first(cache: CacheFolder) -> None:
    keys = [f"{n:032x}" for n in range(6)]
    for n, key in enumerate(keys):
        put(cache, key)
        os.utime(cache.root / "v1" / "reports" / f"{key}.zip", (n, n))
    size = cache.usage()["reports"].size // 6
    assert get(cache, keys[0]) == DATA  # used just now
    CacheFolder(cache.root, limit=3 * size).trim()
    left = [key for key in keys if get(cache, key) is not None]
    assert left == [keys[0], keys[4], keys[5]]


def test_what_is_larger_than_the_limit_is_not_kept(cache: CacheFolder) -> None:
    small = CacheFolder(cache.root, limit=1_000)
    assert not put(small) and get(small) is None
    assert not [path for path in cache.root.rglob("*") if path.is_file() and path.name not in ("place", ".gitignore")]


def test_abandoned_drafts_are_removed_in_time(cache: CacheFolder) -> None:
    put(cache)
    old, new = (cache.root / "v1" / "reports" / name for name in (".old.tmp", ".new.tmp"))
    for draft in (old, new):
        draft.write_bytes(b"half")
    os.utime(old, (1, 1))
    cache.trim()
    assert not old.exists() and new.exists() and get(cache) == DATA


def test_clean_removes_entries_and_follows_no_link(tmp_path: Path, cache: CacheFolder) -> None:
    put(cache)
    cache.clean()
    assert get(cache) is None and not (cache.root / "v1").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "own.txt").write_text("mine")
    (cache.root / "v1").symlink_to(other)
    cache.clean()
    assert (other / "own.txt").read_text() == "mine" and not (cache.root / "v1").exists()


def test_what_cannot_be_stored_leaves_nothing(cache: CacheFolder) -> None:
    def fail(archive: zipfile.ZipFile) -> None:
        parts_into(archive)(DATA)
        raise OSError(28, "No space left on device")

    assert not cache.write("reports", KEY, fail)
    assert get(cache) is None and not list(cache.root.glob("v1/reports/.*"))


def test_a_reader_holds_what_it_has_opened(cache: CacheFolder) -> None:
    """Another process may remove or replace an entry while it is read."""
    put(cache)

    def use(entry: Entry) -> bytes:
        CacheFolder(cache.root).clean()
        return entry.part(entry.head["part"])

    assert cache.read("reports", KEY, use) == DATA


MANY = """
import random, sys
from pathlib import Path
from synlint.cache.folder import CacheFolder, parts_into
cache = CacheFolder(Path(sys.argv[1]), limit=200_000)
draw = random.Random(int(sys.argv[2]))
for n in range(400):
    key = f"{draw.randrange(12):032x}"
    data = key.encode() * 1000
    if draw.random() < 0.5:
        cache.write("reports", key, lambda archive: {"part": parts_into(archive)(data)})
    found = cache.read("reports", key, lambda entry: entry.part(entry.head["part"]))
    assert found in (None, data), found[:40]
    if draw.random() < 0.1:
        cache.trim()
    if draw.random() < 0.01:
        try:
            cache.clean()
        except OSError:
            pass  # another process writes there just now
"""


def test_several_processes_at_once(tmp_path: Path) -> None:
    seeds = random.Random(7).sample(range(1000), 3)
    running = [
        subprocess.Popen([sys.executable, "-c", MANY, str(tmp_path / "cache"), str(seed)], stderr=subprocess.PIPE)
        for seed in seeds
    ]
    said = [process.communicate()[1].decode() for process in running]
    assert said == [""] * len(seeds)


def test_git_does_not_see_it(cache: CacheFolder) -> None:
    put(cache)
    assert (cache.root / ".gitignore").read_text().endswith("\n*\n")


def test_ctrl_c_leaves_no_draft(cache: CacheFolder) -> None:
    def interrupted(archive: zipfile.ZipFile) -> None:
        parts_into(archive)(DATA)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.write("reports", KEY, interrupted)
    assert not list((cache.root / "v1" / "reports").iterdir()) and put(cache)
