"""A page of Markdown that stays below a size: what does not fit is left out as a whole, and counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


def characters(text: str) -> int:
    """The size of a comment: characters, those beyond the BMP counted twice, as in JavaScript and MySQL."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def octets(text: str) -> int:
    """The size of a file."""
    return len(text.encode("utf-8", "backslashreplace"))


@dataclass(slots=True)
class Page:
    """Blocks of Markdown, an empty line between them. `spare` is kept free for the last block, added by `close`."""

    limit: int
    spare: int
    measure: Callable[[str], int] = characters
    blocks: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)  # what was left out, such as "3 of 8 rows"
    used: int = 0

    def add(self, block: str, what: str) -> bool:
        """Add a block if there is room; `what` names it otherwise."""
        if not self._fits(block):
            self.cut.append(what)
            return False
        self._append(block)
        return True

    def add_all(self, head: str, items: Sequence[str], foot: str, what: str, *, glue: str = "\n") -> None:
        """Add as many of the items as there is room for, from the first, between head and foot."""
        size = self.measure(head + foot) + 4
        kept = 0
        for item in items:
            size += self.measure(item + glue)
            if not self._has_room(size):
                break
            kept += 1
        if kept < len(items):
            self.cut.append(f"{len(items) - kept:,} of {len(items):,} {what}")
        if kept:
            self._append(head + glue.join(items[:kept]) + foot)

    def close(self, block: str) -> str:
        """The page with its last block, for which `spare` was kept."""
        return "\n\n".join([*self.blocks, block]) + "\n"

    def _append(self, block: str) -> None:
        self.blocks.append(block)
        self.used += self.measure(block) + 2

    def _fits(self, block: str) -> bool:
        return self._has_room(self.measure(block))

    def _has_room(self, size: int) -> bool:
        return self.used + size + 2 + self.spare <= self.limit
