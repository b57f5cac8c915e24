"""Names that questions are made around: what a name is, when a few are too many, and which rows have them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from synlint.analysis.corpus_texts import observe
from synlint.analysis.tokens import tokenize
from synlint.analysis.uniformity.seeds import SeedParams, names_in, overused_seeds
from synlint.analysis.uniformity.streams import Stream
from synlint.model import Conclusion
from synlint.rulekit import free_text
from synlint.testing import frame_of


def conclusion(questions: Sequence[str | None]) -> Conclusion:
    rows = [{"question": question} for question in questions]
    return overused_seeds(observe(frame_of(rows), None), SeedParams(), 20)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did Ada Lovelace write?", ["Ada Lovelace"]),
        ("Ada wrote to Charles Babbage in London.", ["Charles Babbage", "London"]),
        ("When I'm in Rome on Monday, is Mr Bean there?", ["Rome", "Bean"]),
        ("(A) Yes (B) No", []),
        ("no names here. None at all", []),
        ("who was in the USA", ["USA"]),
        ("这是Python吗", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    tokens = tokenize([text])
    found = names_in(Stream.of_tokens(tokens))
    shown = [text[tokens.start[a] : tokens.end[b - 1]] for a, b in zip(found.start, found.end, strict=True)]
    assert shown == names


def questions(seeded: int, others: int) -> list[str]:
    seeds = [
        f"What did Ada Lovelace and {free_text(n)} do?" if n % 2 else f"Was {free_text(n)} in Rome?"
        for n in range(seeded)
    ]
    return seeds + [f"What is {free_text(n)} of {name(n)}?" for n in range(others)]


def name(n: int) -> str:
    return "Q" + "".join(chr(97 + int(digit)) for digit in str(n)) + "x"


def test_few_names_are_told_and_many_are_not() -> None:
    found = conclusion(questions(60, 20))
    (hit,) = found.hits
    assert hit.evidence.split(", ")[:2] == ["Ada Lovelace", "Rome"] or hit.evidence.split(", ")[:2] == [
        "Rome",
        "Ada Lovelace",
    ]
    assert hit.rows == 68, "ten names: these two, and eight that occur once"
    assert hit.value == 68 / 80
    many = conclusion(questions(20, 60))
    assert many.judged and not many.hits
    assert set(many.metrics) == {"top_question_names_share", "effective_question_names"}


def test_what_is_in_most_questions_is_a_frame_and_no_seed() -> None:
    assert not conclusion([f"What does the Bible say of {free_text(n)}?" for n in range(100)]).judged


def test_words_that_are_small_elsewhere_are_no_names() -> None:
    heads = [f"The Great {free_text(n)} Book" for n in range(60)]
    assert not conclusion(heads + [f"a great book of {free_text(n)}" for n in range(60)]).judged


def test_rows_are_marked_with_the_name() -> None:
    marker = conclusion(questions(60, 0)).marker
    assert marker is not None
    texts = ["Why did Ada Lovelace go to Rome?", None, "Rome is far", "where is Rome, say of Rome"]
    rows = marker(frame_of([{"question": text} for text in texts])).rows(named=True)
    assert [(row["at"], row["evidence"]) for row in rows] == [(0, "Ada Lovelace"), (3, "Rome")]
    assert [len(row["spans"]) for row in rows] == [2, 2]
    assert texts[0][rows[0]["start"] : rows[0]["end"]] == "Ada Lovelace"  # type: ignore[index]
