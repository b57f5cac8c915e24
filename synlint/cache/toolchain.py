"""What stands behind a result beside the data and the settings: synlint itself, its rules, the libraries they use."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import synlint

if TYPE_CHECKING:
    from synlint.rulebook.loaded import LoadedRule

_LARGE = 8 << 20  # bytes; a folder of rules may hold a word list, and somebody's may hold a corpus
RULE_PACKS = "synlint.rules"  # group of entry points
_OUR_RULES = "synlint_rules"


def toolchain() -> list[str]:
    """Digests and versions, in a fixed order."""
    packs = sorted({_OUR_RULES, *(point.value for point in entry_points(group=RULE_PACKS))})
    folders = [Path(synlint.__file__).parent, *(folder for pack in packs for folder in _folders_of(pack))]
    python = f"{sys.implementation.cache_tag} {platform.machine()} {sys.platform}"
    return [synlint.__version__, python, *map(tree_digest, folders), *installed()]


def installed() -> list[str]:
    """Every installed package with its version, as the names of the folders tell that pip leaves for it.

    All of them: which extras and models are there decides which rules can run.
    """
    found = set()
    for folder in dict.fromkeys(sys.path):
        try:
            found |= {name for name in os.listdir(folder or os.curdir) if name.endswith((".dist-info", ".egg-info"))}
        except OSError:
            continue  # a zip file, or a folder that is not there
    return sorted(found)


def rules_digests(paths: Sequence[str]) -> list[str]:
    """What lies at the paths that the user names for rules: of a folder every file, as a rule may read its own data."""
    return [f"{path} {tree_digest(Path(path))}" for path in paths]


def model_digest(model: str) -> str:
    """A spaCy model, by the names, sizes and times of its files: the files themselves are large."""
    folder = Path(model)
    if model.isidentifier():
        spec = find_spec(model)
        places = (spec.submodule_search_locations or []) if spec else []
        folder = Path(next(iter(places), ""))
        if not places:
            return "absent"
    files = [(path, path.stat()) for path in _files_in(folder)]
    names = [f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}" for path, status in files]
    return blake2b("\n".join(names).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def models_used(rules: Iterable[LoadedRule]) -> list[str]:
    """The spaCy models, names or folders, of the rules that match words by their grammar."""
    from synlint.rulebook.loaded import MatchCheck
    from synlint.rulebook.matchers.tokens import models_of

    checks = [loaded.check for loaded in rules]
    return sorted({model for check in checks if isinstance(check, MatchCheck) for model in models_of(check.matcher)})


def imported_files(paths: Sequence[str]) -> dict[str, str]:
    """The files of modules that rules of the user's own may have imported, with digests; none without such rules.

    Installed packages are told by their versions, and what is below `paths` by `rules_digests`.
    """
    own = [os.path.realpath(path) for path in paths]
    python = any(file.suffix == ".py" for path in paths for file in _files_in(Path(path)))
    if not python:
        return {}
    installed = {os.path.realpath(folder) for folder in (sys.prefix, sys.base_prefix, Path(synlint.__file__).parent)}
    known = (*own, *installed, *(os.path.realpath(folder) for folder in _folders_of(_OUR_RULES)))
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    real = {os.path.realpath(file) for file in files if isinstance(file, str) and file.endswith(".py")}
    other = [file for file in real if not any(_is_below(file, folder) for folder in known)]
    return {file: file_digest(Path(file)) for file in sorted(other) if "site-packages" not in Path(file).parts}


def _is_below(file: str, folder: str) -> bool:
    return file == folder or file.startswith(f"{folder.rstrip(os.sep)}{os.sep}")


def file_digest(path: Path) -> str:
    """Hash of a file's content; of a large one size and time; of one that cannot be read, a word that no hash is."""
    try:
        status = path.stat()
        if status.st_size > _LARGE:
            return f"{status.st_size} {status.st_mtime_ns}"
        return blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return "absent"


def tree_digest(path: Path) -> str:
    """Hash of a file, or of every file below a folder with its name, hidden and compiled ones aside."""
    digest = blake2b(digest_size=16)
    for file in _files_in(path):
        name = file.name if file == path else file.relative_to(path).as_posix()
        digest.update(f"{name}\0{file_digest(file)}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files_in(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for here, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        yield from (Path(here, name) for name in sorted(names) if not name.startswith("."))


def _folders_of(package: str) -> Iterable[Path]:
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return ()  # loading the rules will say what is wrong with the pack
    return [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else ()
