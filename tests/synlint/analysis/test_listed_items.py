"""How many items are asked for, and how many a list has."""

from __future__ import annotations

import pytest

from synlint.analysis.listed_items import asked_count, listed


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("List five fruits.", 5),
        ("Name two countries in Asia", 2),
        ("Can you give me 3 examples of irony?", 3),
        ("Generate a list of 20 questions about space.", 20),
        ("What are the four seasons?", 4),
        ("I like tea. Suggest three teas.", 3),
        ("Come up with ten names for a cat.", 10),
    ],
)
def test_exact_numbers_are_read(question: str, number: int) -> None:
    asked = asked_count(question)
    assert asked is not None
    assert asked.number == number
    assert question[asked.start : asked.end].lower().startswith(question[asked.start : asked.end].split()[0].lower())


@pytest.mark.parametrize(
    "question",
    [
        "List fruits.",
        "List at least five fruits.",
        "List 3-5 fruits.",
        "List three or four fruits.",
        "List five fruits and three nuts.",
        "List three advantages for each method.",
        "List two pros and cons of rain.",
        "Write a five-step plan.",
        "Write two sentences about rain.",
        "Give 3 bullet points on rain.",
        "Write a 10 line poem.",
        "Find the perfect square between 20 and 25.",
        "List 5 more fruits.",
        "Create 2 new elements for the list.",
        "Create a dialogue between two people.",
        "Explain the 3 body problem in three paragraphs.",
        "",
    ],
)
def test_vague_or_other_numbers_are_not(question: str) -> None:
    assert asked_count(question) is None


@pytest.mark.parametrize(
    ("answer", "least", "most"),
    [
        ("1. a\n2. b\n3. c", 3, 3),
        ("Sure:\n\n1) a\n2) b\n\nThat is all.", 2, 2),
        ("1. Charades 2. Karaoke 3. Bingo", 3, 3),
        ("They are: 1) a; 2)b; 3)c", 3, 3),
        ("- a\n- b\n  - b1\n- c", 3, 3),
        ("• a\n\n• b", 2, 2),
        ("Iron, copper, and tin.", 3, 3),
        ("Iron, copper and tin.", 2, 3),
        ("Three metals are iron, copper, tin, and lead.", 4, 4),
        ("Rome (Italy, EU), Oslo, Lima", 3, 3),
    ],
)
def test_clear_lists_are_counted(answer: str, least: int, most: int) -> None:
    found = listed(answer)
    assert found is not None
    assert (found.least, found.most) == (least, most)


@pytest.mark.parametrize(
    "answer",
    [
        "Two things matter. First, cost; second, noise.",
        "1. a\n2. b\n\nAlso:\n1. c\n2. d",
        "Pros:\n- a\n- b\nCons:\n- c",
        "- a\n\nA paragraph.\n\n- b",
        "Owls, because they hunt, and larks.",
        "Linux, an operating system, and Firefox, a web browser.",
        "Its three sides, three angles, and its perimeter.",
        "Harvard University, University of California, Berkeley, and Stanford University",
        "It began in 1. then",
        "",
    ],
)
def test_what_is_not_one_clear_list_is_not_counted(answer: str) -> None:
    assert listed(answer) is None


def test_offsets_are_characters() -> None:
    answer = "😀 Here:\n1. a\n2. b"
    found = listed(answer)
    assert found is not None
    assert answer[found.start : found.end] == "1. a\n2. b"


@pytest.mark.parametrize("answer", ["1. x\n" * 20_000, "- x\n" * 20_000, "a, " * 50_000, "\n" * 100_000])
def test_long_answers_end(answer: str) -> None:
    listed(answer)


def test_ten_thousand_items() -> None:
    found = listed("\n".join(f"- item {n}" for n in range(5000)))
    assert found is not None and found.least == 5000
