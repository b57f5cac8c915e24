from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from synlint.reports.files import OutputError, check_target, reason, replace_file


def put(text: str) -> Callable[[Path], None]:
    def fill(draft: Path) -> None:
        draft.write_text(text)

    return fill


def test_a_file_is_replaced_in_one_step_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")
    target.chmod(0o640)

    def fill(draft: Path) -> None:
        assert draft.parent == tmp_path and draft != target
        assert target.read_text() == "old"  # still untouched
        draft.write_text("new")

    replace_file(str(target), fill)
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["report.json"]


def test_a_new_file_obeys_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace_file(str(tmp_path / "a"), put("x"))
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_failure_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")

    def fill(draft: Path) -> None:
        draft.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match=r"^cannot write .*report\.json: the disk is full; free some space"):
        replace_file(str(target), fill)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["report.json"]


def test_an_interrupt_leaves_no_draft(tmp_path: Path) -> None:
    def fill(draft: Path) -> None:
        draft.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_file(str(tmp_path / "a"), fill)
    assert not list(tmp_path.iterdir())


def test_a_symbolic_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    replace_file(str(tmp_path / "link"), put("new"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device_is_written_directly_and_named() -> None:
    with pytest.raises(OutputError, match="cannot write /dev/full: the disk is full"):
        replace_file("/dev/full", put("x" * 10))
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize("act", [check_target, lambda path: replace_file(path, lambda draft: draft.touch())])
def test_missing_folder_folder_as_file_and_file_as_folder(act: object, tmp_path: Path) -> None:
    assert callable(act)
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="the folder does not exist; create it first"):
        act(str(tmp_path / "nowhere" / "a.json"))
    with pytest.raises(OutputError, match="this is a folder; name a file in it"):
        act(str(tmp_path))
    with pytest.raises(OutputError, match="a part of the path is not a folder"):
        act(str(tmp_path / "file" / "a.json"))


@pytest.fixture
def read_only_folder() -> Iterator[str]:
    """A folder that this process may read and not write; root steps down to nobody meanwhile."""
    folder = tempfile.mkdtemp()
    os.chmod(folder, 0o555)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    yield folder
    if was_root:
        os.seteuid(0)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_refused_before_the_run_and_after_it(read_only_folder: str) -> None:
    for act in (check_target, lambda path: replace_file(path, put("x"))):
        with pytest.raises(OutputError, match=r"a\.json: permission denied; choose a folder you may write to"):
            act(f"{read_only_folder}/a.json")


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_refusals_of_the_system_name_a_remedy(code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(OutputError) as caught:
        check_target(str(tmp_path / "a.json"))
    assert "; " in caught.value.problem and caught.value.exit_code == 2
    assert caught.value.problem == reason(OSError(code, ""))


def test_checking_a_target_neither_creates_nor_changes_it(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    check_target(str(tmp_path / "old"))
    check_target(str(tmp_path / "new"))
    assert os.listdir(tmp_path) == ["old"]


def test_a_real_limit_of_the_system(tmp_path: Path) -> None:
    """A child that may write 1 kB a file: what a full disk looks like, without filling one."""
    code = (
        "import sys\nfrom synlint.reports.files import replace_file\n"
        "replace_file(sys.argv[1], lambda draft: draft.write_text('x' * 5000) and None)"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, str(tmp_path / "a")],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)),
    )
    assert "OutputError: cannot write" in done.stderr and "larger than this system allows" in done.stderr
    assert not list(tmp_path.iterdir())
