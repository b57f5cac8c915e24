"""A multiple-choice item that cannot be right: its options or its key are broken.

A model learns from it that any letter will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from synlint.analysis.lettered_options import Option, Pick, options_of, pick_of, plain, solution_in
from synlint.model import Example, Hit, Rule, Span

_RIVERS = "Which river runs through Vienna?\nA) Rhine\nB) Danube\nC) Elbe"

RULE = Rule(
    code="PAR015",
    name="malformed-multiple-choice",
    summary="multiple-choice options or their key are broken",
    message="multiple choice: {evidence}",
    description=(
        "There are lettered options, in the question or in an answer that was asked to write an item, and two of them "
        "say the same, one is empty, a letter is missing or comes twice, the letter picked is no option, or it is "
        "picked with the text of another option. Outlines and dialogues, tasks to add or order options, and answers "
        "that only discuss "
        "the options are not meant."
    ),
    rationale=(
        "Such an item has no right answer, or two. A model that is trained on it learns that any letter will do."
    ),
    severity="warning",
    confidence="high",
    fields=("question", "context", "answer"),
    examples_match=(
        Example(fields={"question": _RIVERS, "answer": "D"}, span=Span(0, 1)),
        Example(fields={"question": _RIVERS, "answer": "A) Danube"}, span=Span(0, 9)),
        Example(fields={"question": "Pick one.\n(A) Yes\n(B) No\n(C) Yes.", "answer": "(A)"}, span=Span(25, 33)),
        Example(fields={"question": "Which is a metal?\nA. Iron\nB. Oak\nD. Wool", "answer": "A. Iron"}),
    ),
    examples_no_match=(
        Example(fields={"question": _RIVERS, "answer": "B) Danube"}),
        Example(fields={"question": _RIVERS, "answer": "b. The Danube runs through Vienna."}),
        Example(fields={"question": f"Add one more option.\n{_RIVERS}", "answer": "D) Oder"}, note="a new option"),
        Example(
            fields={"question": "Go on with the talk.\nA: Hi!\nB: Hello!\nA: Hi!", "answer": "C: Who?"},
            note="a dialogue",
        ),
        Example(
            fields={"question": "I. Birds\nA. Owls\nB. Larks\nII. Fish\nA. Eels\nB. Larks?", "answer": "A text."},
            note="an outline",
        ),
        Example(fields={"question": "Rearrange.\nA. I paid\nB. I ate", "answer": "A. I ate\nB. I paid"}),
        Example(fields={"question": "Which is bigger?\n(A) 2.5\n(B) 25\n(C) -25", "answer": "(B)"}),
    ),
)
# Tasks whose answer is another option, another order, or another text; what the letters mark is then no choice.
_OTHER_TASK = re.compile(
    r"^\W{0,4}(?:please |can you |could you )?(?:add|create|generate|write|compose|complete|continue|rank|sort|"
    r"order|arrange|organi[sz]e|match|"
    r"translate|rearrange|reorder|rewrite|edit|paraphrase|summari[sz]e|combine|change|convert|design|construct)\b|"
    r"\b(?:add|suggest|another|new) .{0,30}options?\b",
    re.IGNORECASE,
)
_ITEM_WANTED = re.compile(r"\b(?:multiple[ -]choice|quiz|trivia|mcq|questions?|options|choices)\b", re.IGNORECASE)
_OPTIONS = r"(?:^|\s)[(\[]?[Aa][.)\]]\s*\S[\s\S]*?\s[(\[]?[Bb][.)\]]"


def screen(_: object) -> pl.Expr:
    """The two first options."""
    return pl.any_horizontal(pl.col(name).str.contains(_OPTIONS) for name in ("question", "context", "answer"))


def look(batch: pl.DataFrame, _: object) -> Sequence[Hit]:
    hits: list[Hit] = []
    for at, (question, context, answer) in enumerate(batch.select("question", "context", "answer").iter_rows()):
        found = _asked(question or "", context or "", answer or "") or _written(question or "", answer or "")
        hits += (Hit(at, name, start, end, evidence, score=0.9) for name, evidence, start, end in found)
    return hits


def _asked(question: str, context: str, answer: str) -> list[tuple[str, str, int, int]]:
    """What is wrong with an item that the question puts, and with the answer to it."""
    options = options_of(question)
    task = question[: options[0].start] if options else question[:2000]
    name, options = ("question", options) if options else ("context", options_of(context))
    if not options or _OTHER_TASK.search(task):
        return []
    found = [(name, *one) for one in broken_options(options)]
    return found + [("answer", *one) for one in broken_key(options, pick_of(answer))]


def _written(question: str, answer: str) -> list[tuple[str, str, int, int]]:
    """What is wrong with an item that the answer writes, and with the key that it gives itself."""
    if not _ITEM_WANTED.search(question):
        return []
    pick = solution_in(answer)
    options = options_of(answer[: pick.start] if pick else answer)
    found = [("answer", *one) for one in broken_options(options)]
    return found + [("answer", *one) for one in broken_key(options, pick)] if options else []


def broken_options(options: Sequence[Option]) -> Iterator[tuple[str, int, int]]:
    """What is wrong with the options themselves, and where."""
    seen: dict[str, str] = {}
    for before, option in zip((None, *options), options, strict=False):
        if before and option.letter == before.letter:
            yield f"two options {option.letter}", option.start, option.end
        elif before and ord(option.letter) == ord(before.letter) + 2:
            yield f"no option {chr(ord(before.letter) + 1)}", before.start, option.end
        said = " ".join(option.text.split()).rstrip(".")  # case and punctuation may be what is asked about
        if not said:
            yield f"option {option.letter} is empty", option.start, option.end
        elif seen.setdefault(said, option.letter) != option.letter:
            yield f"{seen[said]} and {option.letter} say the same", option.start, option.end


def broken_key(options: Sequence[Option], pick: Pick | None) -> Iterator[tuple[str, int, int]]:
    """Why the key does not fit the options, and where it stands."""
    if pick is None:
        return
    texts = {option.letter: plain(option.text) for option in options}
    said = plain(pick.text)
    if pick.letter not in texts:
        yield f"{pick.letter} is no option ({options[0].letter} to {options[-1].letter})", pick.start, pick.end
    elif said and said != texts[pick.letter]:
        others = [letter for letter, text in texts.items() if text == said]
        if others:
            yield f"picks {pick.letter}, but gives the text of {others[0]}", pick.start, pick.end
