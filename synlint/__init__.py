"""synlint: a linter for synthetic question-answer training corpora."""

from __future__ import annotations

__version__ = "0.1.0"
