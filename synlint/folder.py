"""A folder of modules as a registry: the file's name is its public name, and nothing is imported to list them."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from synlint.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Folder:
    """The modules of one package, by public name (`_` in the file name is `-` in public).

    `what` is the noun for error messages ("output format"). Names in `helpers` and names that begin with `_` are
    not members. `entry_points` is the group under which other packages may add members.
    """

    package: str
    what: str
    helpers: frozenset[str] = frozenset()
    entry_points: str | None = None

    def names(self) -> list[str]:
        """Public names of the modules in the folder, sorted. Imports the package itself, none of its modules."""
        found = pkgutil.iter_modules(importlib.import_module(self.package).__path__)
        modules = (module.name for module in found if not module.name.startswith("_"))
        return sorted(name.replace("_", "-") for name in modules if name not in self.helpers)

    def all_names(self) -> list[str]:
        """`names()` and the names that installed packages add."""
        return sorted({*self.names(), *self._added()})

    def load(self, name: str) -> ModuleType:
        """Import the member called `name`; an unknown name is a UsageError with a suggestion."""
        if name in self.names():
            return importlib.import_module(f"{self.package}.{name.replace('-', '_')}")
        added = self._added()
        if name in added:
            return importlib.import_module(added[name])
        known = self.all_names()
        raise UsageError(f"unknown {self.what} '{name}'{did_you_mean(name, known)}; known: {', '.join(known)}")

    def first_line(self, name: str) -> str:
        """The first line of the docstring of one of `names()`, read without importing the module."""
        import ast
        from importlib.util import find_spec

        spec = find_spec(f"{self.package}.{name.replace('-', '_')}")
        if spec is None or spec.origin is None:
            return ""
        text = ast.get_docstring(ast.parse(Path(spec.origin).read_text(encoding="utf-8"))) or ""
        return text.partition("\n")[0]

    def _added(self) -> dict[str, str]:
        if self.entry_points is None:
            return {}
        from importlib.metadata import entry_points  # slow to import: only when the folder itself lacks the name

        return {point.name: point.value for point in entry_points(group=self.entry_points)}
