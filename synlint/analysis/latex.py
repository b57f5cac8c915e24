r"""Whether the parts of LaTeX that come in pairs do: environments, \left and \right, math signs, braces in math."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LOOKED_AT = 100_000  # characters from the beginning
# A command that only LaTeX has: what makes a text LaTeX rather than a regular expression, a shell script or a price.
COMMANDS = (
    "frac|dfrac|sqrt|begin|end|left|right|times|cdot|sum|int|text|mathrm|mathbf|mathbb|boxed|alpha|beta|theta|lambda|sigma|pi"
    "|leq|geq|neq|approx|infty|pmod|binom|ldots|cdots|log|sin|cos|tan|overline|vec|hat|quad|documentclass|usepackage|section"
)
IS_LATEX = rf"\\(?:{COMMANDS})(?:[^a-zA-Z]|$)"
_IS_LATEX = re.compile(IS_LATEX)
_CODE = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|\\begin\{(verbatim|lstlisting|minted)\}.*?(?:\\end\{\1\}|\Z)|(?<!\\)%[^\n]*", re.DOTALL
)
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([a-zA-Z]+\*?)\}")
_SIZED = re.compile(r"\\(left|right)(?![a-zA-Z])")
_DISPLAY = re.compile(r"(?<!\\)\\([\[\]()])")
_DOLLARS = re.compile(r"(?<!\\)\$\$?")
_MONEY = re.compile(r"\$\d")


class Imbalance(NamedTuple):
    """Where something has no partner, and what."""

    start: int
    end: int
    what: str


def imbalances(text: str) -> list[Imbalance]:
    """The first imbalance of each sort in a text that holds LaTeX; none in a text that does not."""
    text = text[:_LOOKED_AT]
    if not _IS_LATEX.search(text):
        return []
    bare = _CODE.sub(lambda found: " " * len(found[0]), text)
    if not _IS_LATEX.search(bare):
        return []
    found = [*_environments(bare), *_sized(bare), *_display(bare), *_dollars(bare)]
    return sorted(found)


def _environments(text: str) -> Iterator[Imbalance]:
    open_ones: list[re.Match[str]] = []
    for part in _ENVIRONMENT.finditer(text):
        if _named_only(text, part):
            continue
        if part[1] == "begin":
            open_ones.append(part)
        elif open_ones and open_ones[-1][2] == part[2]:
            open_ones.pop()
        else:
            expected = f"where \\end{{{open_ones[-1][2]}}} is due" if open_ones else "without its \\begin"
            yield Imbalance(*part.span(), f"{part[0]} {expected}")
            return
    if open_ones:
        yield Imbalance(*open_ones[-1].span(), f"{open_ones[-1][0]} without its \\end")


_WORDS_BEFORE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}[ :,(\"']*$|\($")
_WORDS_AFTER = re.compile(r" [a-z]{2}|[),.;:]")


def _named_only(text: str, part: re.Match[str]) -> bool:
    """Whether an environment is only spoken of: in the middle of a sentence, or in brackets."""
    before = text[max(text.rfind("\n", 0, part.start()) + 1, part.start() - 80) : part.start()]
    return bool(_WORDS_BEFORE.search(before) and _WORDS_AFTER.match(text, part.end()))


def _sized(text: str) -> Iterator[Imbalance]:
    parts = list(_SIZED.finditer(text))
    left = sum(part[1] == "left" for part in parts)
    if 2 * left != len(parts):
        yield Imbalance(*parts[0].span(), f"{left} times \\left and {len(parts) - left} times \\right")


def _display(text: str) -> Iterator[Imbalance]:
    for opening, closing in ("[]", "()"):
        opened: re.Match[str] | None = None
        for part in _DISPLAY.finditer(text):
            if part[1] == opening:
                if opened is not None:
                    break
                opened = part
            elif part[1] == closing:
                if opened is None:
                    yield Imbalance(*part.span(), f"\\{closing} without its \\{opening}")
                    break
                opened = None
        if opened is not None:
            yield Imbalance(*opened.span(), f"\\{opening} without its \\{closing}")


def _dollars(text: str) -> Iterator[Imbalance]:
    """An odd number of $ or of $$ in a text that has no prices; or braces that do not pair within $...$."""
    doubles = [part for part in _DOLLARS.finditer(text) if part[0] == "$$"]
    singles = [part for part in _DOLLARS.finditer(text) if part[0] == "$"]
    if len(doubles) % 2:
        yield Imbalance(*doubles[-1].span(), f"{len(doubles)} times $$")
        return
    if not singles or _MONEY.search(text):
        return
    if len(singles) % 2:
        if len(singles) > 1 or _IS_LATEX.search(text, singles[0].end()):
            yield Imbalance(*singles[-1].span(), f"{len(singles)} times $")
        return
    for first, second in zip(singles[::2], singles[1::2], strict=True):
        inside = text[first.end() : second.start()].replace("\\{", "").replace("\\}", "")
        opened, closed = inside.count("{"), inside.count("}")
        if opened != closed and "\n\n" not in inside:
            yield Imbalance(first.start(), second.end(), f"{opened} times {{ and {closed} times }} in one formula")
            return
