"""Which templates to show: of a field or a level, common enough, with the words that somebody looks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synlint.model import Report
from synlint.reports.templates.records import Record, ordered


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. Every word of `words` has to stand in the text, a filler or the id, in any case."""

    field: str | None = None
    level: str | None = None
    min_share: float = 0.0
    words: tuple[str, ...] = ()

    def admits(self, template: Record) -> bool:
        """Whether the template is one of those."""
        return (
            self.field in (None, template["field"])
            and self.level in (None, template["level"])
            and template["share"] >= self.min_share
            and self._has_words(template)
        )

    def _has_words(self, template: Record) -> bool:
        if not self.words:
            return True
        fillers = (filler["text"] for slot in template["slots"] for filler in slot["fillers"])
        text = "\n".join([template["id"], template["text"], *fillers]).casefold()
        return all(word.casefold() in text for word in self.words)


@dataclass(frozen=True, slots=True)
class Listing:
    """What `synlint templates` shows: the report they are from, those that are wanted, in order; or one of them."""

    report: Report
    templates: Sequence[Record]
    wanted: Wanted = Wanted()
    shown: Record | None = None  # this one, with everything about it
    places: Sequence[Mapping[str, Any]] = ()  # rows that have it: path, line, row, pair
    command: str = ""  # what shows the same again


def listed(templates: Iterable[Record], wanted: Wanted, by: str) -> list[Record]:
    """Those that are wanted, in order."""
    return [template for template in ordered(templates, by) if wanted.admits(template)]
