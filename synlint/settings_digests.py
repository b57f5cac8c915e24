"""What settings name, by its content: where a file lies changes no finding, and what it says does."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b, file_digest
from pathlib import Path


def rule_files(paths: Sequence[str]) -> list[Path]:
    """The rule files under `paths`."""
    found: list[Path] = []
    for path in map(Path, paths):
        inside = [file for kind in ("*.yaml", "*.yml", "*.py") for file in path.rglob(kind)]
        found += inside if path.is_dir() else [path]
    return [file for file in found if file.is_file()]


def of_rule_files(paths: Sequence[str]) -> list[str]:
    """Content hashes of the rule files under `paths`, sorted: what the files say matters, not where they lie."""
    return sorted(blake2b(file.read_bytes(), digest_size=16).hexdigest() for file in rule_files(paths))


def of_files(paths: Sequence[str]) -> list[str]:
    """Content hashes of the files that the corpus is held against, sorted: what they say matters, not where they lie.

    Of what is not a file here (a folder, a remote file, nothing at all) the name.
    """
    found = []
    for path in map(Path, paths):
        if path.is_file():
            with path.open("rb") as stream:
                found.append(file_digest(stream, "blake2b").hexdigest())
        else:
            found.append(blake2b(str(path).encode("utf-8", "surrogateescape")).hexdigest())
    return sorted(found)


def of_model(model: str) -> str:
    """A model's name; of one in a folder, a hash of what it says about itself, wherever the folder lies."""
    about = [Path(model) / name for name in ("config.cfg", "meta.json", "config.json", "modules.json")]
    if model.isidentifier() or not any(file.is_file() for file in about):
        return model
    return blake2b(b"\0".join(file.read_bytes() for file in about if file.is_file()), digest_size=16).hexdigest()
