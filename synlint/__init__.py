"""synlint: a linter for synthetic question-answer training corpora."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synlint.api import check
    from synlint.linter import Linter
    from synlint.model import Report, Rule

__version__ = "0.1.0"
__all__ = ["Linter", "Report", "Rule", "__version__", "check"]

# Where the public names live. They are imported on first use (PEP 562), so that `import synlint` costs nothing.
_HOMES = {"check": "synlint.api", "Linter": "synlint.linter", "Report": "synlint.model", "Rule": "synlint.model"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'synlint' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
