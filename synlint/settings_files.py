"""Finds and reads settings files: `synlint.toml`, or `[tool.synlint]` of `pyproject.toml`, and what they extend."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synlint.errors import SettingsError, UsageError

OWN_FILE = "synlint.toml"
IGNORE_FILE = ".synlintignore"
SHARED_FILE = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Layer:
    """One source of settings: its table as read, and how to name a place in it."""

    name: str
    table: Mapping[str, Any]
    text: str = ""
    prefix: tuple[str, ...] = ()  # the table's own path in the file: ("tool", "synlint") in pyproject.toml
    folder: Path | None = None
    trusted: bool = True  # may name Python files to run and files to write

    def place(self, *keys: str) -> str:
        """`FILE:LINE` of a key where the line can be told, else the file."""
        line = line_of(self.text, (*self.prefix, *keys))
        return f"{self.name}:{line}" if line else self.name

    def rule_path(self, text: str) -> str:
        """A path of the `rules` setting, relative to the file that names it."""
        path = (self.folder or Path()) / os.path.expanduser(text)
        if not self.trusted and _holds_python(path):
            raise self.distrust("rules", f"'{text}' holds Python rules")
        return str(path)

    def corpus_path(self, text: str) -> str:
        """A path of the `paths` setting, relative to the file that names it, as it would be typed here."""
        if "://" in text:
            return text
        folder = self.folder or Path()
        path = os.path.join(folder, os.path.expanduser(text))
        if glob.has_magic(text) and not os.path.exists(path):
            path = os.path.join(glob.escape(str(folder)), os.path.expanduser(text))
        typed = os.path.relpath(path)
        return os.path.join(os.curdir, typed) if typed.startswith("-") else typed

    def model_path(self, text: str) -> str:
        """The folder of a model, relative to the file that names it."""
        if not self.trusted:
            raise self.distrust("spacy-model", f"'{text}' is a folder to load a model from")
        return str((self.folder or Path()) / os.path.expanduser(text))

    def encoder_path(self, text: str) -> str:
        """The folder of an encoder, relative to the file that names it, or the id of one of a model hub."""
        if not self.trusted:
            raise self.distrust("encoder", f"'{text}' is a model to load")
        folder = (self.folder or Path()) / os.path.expanduser(text)
        return str(folder) if folder.is_dir() or text.startswith((".", "~", os.sep)) else text

    def file_path(self, text: str) -> str:
        """A file that is only read, relative to the file that names it."""
        return str((self.folder or Path()) / os.path.expanduser(text))

    def distrust(self, key: str, what: str) -> SettingsError:
        """The error for a setting that only a trusted file may hold."""
        reason = "which is not done for a settings file that was found beside a corpus, away from the working folder"
        return SettingsError(self.place(key), f"{what}, {reason}; if you trust it, give --config {self.name}")


def find_settings_file(start: Path) -> Path | None:
    """The nearest settings file, from the folder of `start` upwards; SYNLINT_CONFIG names one outright."""
    named = os.environ.get("SYNLINT_CONFIG")
    if named:
        return Path(named)
    folder = start.absolute()
    for candidate in (folder, *folder.parents):
        if not candidate.is_dir():
            continue
        if (candidate / OWN_FILE).is_file():
            return candidate / OWN_FILE
        if (candidate / SHARED_FILE).is_file() and _has_our_table(candidate / SHARED_FILE):
            return candidate / SHARED_FILE
    return None


def find_ignore_file(start: Path, settings_file: Path | None) -> Path | None:
    """The ignore file beside the settings file; else the nearest one from the folder of `start` upwards.

    The search ends at the root of the repository, or at the home folder: what lies above belongs to something else.
    """
    if settings_file is not None and (beside := settings_file.parent / IGNORE_FILE).is_file():
        return beside
    folder = start.absolute()
    for candidate in (folder, *folder.parents):
        if (candidate / IGNORE_FILE).is_file():
            return candidate / IGNORE_FILE
        if (candidate / ".git").exists() or candidate == Path.home():
            return None
    return None


def possible_files(start: Path) -> list[Path]:
    """Every place where the two searches would look for a file, whether one is there or not: for those who wait for it.

    In the folder of `start` and above it, as far as the repository or the home folder reaches.
    """
    folder = start.absolute()
    places: list[Path] = []
    for candidate in (folder, *folder.parents):
        if candidate.is_file():
            continue
        places += [candidate / name for name in (OWN_FILE, SHARED_FILE, IGNORE_FILE)]
        if (candidate / ".git").exists() or candidate == Path.home():
            break
    return places


def file_layers(path: Path, *, discovered: bool) -> list[Layer]:
    """The layers of a settings file, what it extends first.

    A file found beside the data may come from the same stranger as the data, so it may bring Python rules and say where
    to write only if the run was started in its folder or below; naming it with --config or SYNLINT_CONFIG is trust too.
    """
    trusted = not discovered or "SYNLINT_CONFIG" in os.environ or Path.cwd().is_relative_to(path.absolute().parent)
    layers: list[Layer] = []
    seen: list[Path] = []
    following: Path | None = path
    while following is not None:
        real = following.resolve()
        if real in seen:
            chain = " -> ".join(shown_path(step) for step in [*seen[seen.index(real) :], real])
            raise SettingsError(shown_path(path), f"extend goes round in a circle: {chain}")
        seen.append(real)
        layer, following = _read_file(following, trusted)
        layers.insert(0, layer)
    return layers


def inline_layer(text: str) -> Layer:
    """The layer of one `--config KEY=VALUE`. The value is TOML; a bare word stands for a string."""
    import tomllib

    key, _, value = text.partition("=")
    try:
        table = tomllib.loads(f"{key} = {value}")
    except tomllib.TOMLDecodeError:
        try:
            table = tomllib.loads(f'{key} = "{value.strip()}"')
        except tomllib.TOMLDecodeError as error:
            raise UsageError(f"--config {text}: not valid TOML: {error}") from None
    return Layer(f"--config {key.strip()}", table)


def shown_path(path: Path) -> str:
    """The path relative to the working folder where it lies beneath it, else as it is."""
    absolute = path.absolute()
    return str(absolute.relative_to(Path.cwd())) if absolute.is_relative_to(Path.cwd()) else str(path)


def _read_file(path: Path, trusted: bool) -> tuple[Layer, Path | None]:
    name = shown_path(path)
    text, document = _parse(path, name)
    prefix = ("tool", "synlint") if path.name == SHARED_FILE else ()
    table: Any = document
    for part in prefix:
        table = table.get(part, {}) if isinstance(table, dict) else {}
    if not isinstance(table, dict):
        raise SettingsError(name, "tool.synlint: expected a table")
    layer = Layer(name, {k: v for k, v in table.items() if k != "extend"}, text, prefix, path.parent, trusted)
    extended = table.get("extend")
    if extended is None:
        return layer, None
    if not isinstance(extended, str):
        raise SettingsError(layer.place("extend"), "extend: expected a string, the path of another settings file")
    base = path.parent / os.path.expanduser(extended)
    if not base.is_file():
        raise SettingsError(layer.place("extend"), f"extend: there is no file {shown_path(base)}")
    return layer, base


def _parse(path: Path, name: str) -> tuple[str, dict[str, Any]]:
    import tomllib

    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except OSError as error:
        raise SettingsError(name, f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise SettingsError(name, "is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", str(error))
        if found:
            raise SettingsError(f"{name}:{found[2]}:{found[3]}", f"not valid TOML: {found[1]}") from None
        raise SettingsError(name, f"not valid TOML: {error}") from None


def _has_our_table(path: Path) -> bool:
    """Whether a pyproject.toml has `[tool.synlint]`; a broken file of somebody else's project is not ours to judge."""
    import tomllib

    try:
        text = path.read_text(encoding="utf-8")
        if "synlint" not in text:
            return False
        return "synlint" in tomllib.loads(text).get("tool", {})
    except (OSError, UnicodeDecodeError):
        return False
    except tomllib.TOMLDecodeError:
        return re.search(r"(?m)^\s*\[tool\.synlint", text) is not None  # meant for us: let reading it say what is wrong


def _holds_python(path: Path) -> bool:
    return path.suffix == ".py" or (path.is_dir() and next(path.rglob("*.py"), None) is not None)


_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def line_of(text: str, keys: tuple[str, ...]) -> int | None:
    """1-based line that sets the dotted key, or opens its table; tomllib itself keeps no positions."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        key = None if header else _KEY.match(line)
        if header:
            table = here = _parts(header[1])
        elif key:
            here = (*table, *_parts(key[1]))
        else:
            continue
        if here[: len(keys)] == keys:
            return number
    return None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
