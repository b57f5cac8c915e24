"""What a demand, an outcome, a type of constraint and a constraint are. Standard library only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from synlint.model import Span

if TYPE_CHECKING:
    from synlint.analysis.constraints.prompt import Prompt

# How literally a number is meant: "exactly 50 words", "at most 50 words", "in 50 words", "in about 50 words",
# and "summarize in 50 words", where fewer do as well.
Strictness = Literal["exact", "limit", "plain", "about", "summary"]


@dataclass(frozen=True, slots=True)
class Demand:
    """What a question asks of its answer, in the words of the question and as parameters of the type's checker.

    `span` is where `wording` stands in the question. Bounds are inclusive; None is no bound. `words` are keywords,
    forbidden words, the letter, the phrases to choose from, or the language's ISO 639-1 code; `text` is the one phrase
    or marker asked for, and `nth` the paragraph that it belongs to.
    """

    wording: str
    span: Span
    least: int | None = None
    most: int | None = None
    strictness: Strictness = "limit"
    words: tuple[str, ...] = ()
    text: str = ""
    nth: int = 0


class Outcome(NamedTuple):
    """Whether an answer keeps a constraint.

    `kept` is the type's definition to the letter; `clear` is False where a fair reader could count otherwise, so a
    linter reports `not kept and clear`, and a measurement of a model may count `kept` alone. Of a breach, `span` is the
    place in the answer that shows it; where something is missing, the first line or the last sentence. `asked` and
    `found` are plain words for a message.
    """

    kept: bool
    asked: str
    found: str
    span: Span
    clear: bool = True

    @property
    def broken(self) -> bool:
        """A breach that no fair reader would deny."""
        return not self.kept and self.clear


Recogniser = Callable[["Prompt"], Iterator[Demand]]
Checker = Callable[[str, str, Demand], Outcome]


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of constraint: its IFEval id, what it means, how it is recognised and how it is checked.

    `cues` are lower-case literals; a question without any of them cannot hold the constraint.
    """

    id: str
    definition: str
    cues: tuple[str, ...]
    recognise: Recogniser
    check: Checker

    @property
    def name(self) -> str:
        """The id without its group: what a user switches off."""
        return self.id.split(":")[1]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A demand of one question, with the type that knows how to check it."""

    kind: Kind
    demand: Demand

    def check(self, answer: str, question: str) -> Outcome:
        """Hold `answer` to the constraint. `question` is the text that the constraint was found in."""
        return self.kind.check(answer, question, self.demand)
