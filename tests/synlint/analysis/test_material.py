"""What a question says it comes with, and whether it is there."""

from __future__ import annotations

import pytest

from synlint.analysis.material import (
    MEDIA_NOUNS,
    TEXT_NOUNS,
    declines,
    is_blank,
    missing_reference,
    only_links,
    reference_pattern,
    stand_in,
)
from tests.guard import bounded, repeated

TEXT, MEDIA = reference_pattern(TEXT_NOUNS), reference_pattern(MEDIA_NOUNS)


@pytest.mark.parametrize("context", [None, "", "  \n", "No input", "<noinput>", "N/A", "(none)", "no input required."])
def test_blank_contexts(context: str | None) -> None:
    assert is_blank(context)


@pytest.mark.parametrize("context", ["No.", "A tree", "No input was found by the sensor", "Na", "0"])
def test_contexts_that_hold_something(context: str) -> None:
    assert not is_blank(context)


@pytest.mark.parametrize(
    "answer",
    [
        "Please provide the article.",
        "I can’t see the picture.",
        "Sorry, but nothing is attached.",
        "No text was provided.",
        "The task cannot be done without the data.",
        "I don't have access to the internet.",
    ],
)
def test_answers_that_decline(answer: str) -> None:
    assert declines(answer)


@pytest.mark.parametrize(
    "answer", [None, "", "The article is about bees.", "It shows two dogs by a lake.", "word " * 200]
)
def test_answers_that_do_not(answer: str | None) -> None:
    assert not declines(answer)


@pytest.mark.parametrize(
    ("question", "evidence"),
    [
        ("Summarise the following article.", "the following article"),
        ("Correct the sentence below", "the sentence below"),
        ("Read a given sentence and find its subject.", "given sentence"),
        ("What does the passage above say?", "the passage above"),
        ("Rewrite the paragraph provided. Use simple words.", "the paragraph provided"),
        ("Write a line in the following sentence structure.", "the following sentence structure"),
        ("Name the language of the following JavaScript snippet.", "the following JavaScript snippet"),
        ("Turn the following iPhone review into a haiku.", "the following iPhone review"),
    ],
)
def test_references_without_material(question: str, evidence: str) -> None:
    span = missing_reference(question, TEXT)
    assert span is not None
    assert question[slice(*span)] == evidence


@pytest.mark.parametrize(
    "question",
    [
        "Summarise the following article: Bees are dying.",
        "Summarise the following article\nBees are dying.",
        'Correct the following sentence "He go".',
        "Correct the following sentence 'He go'.",
        "Is the following statement true? Whales are fish.",
        "Sort the following numbers 3 1 2",
        "Which of the following words is a verb, run or red?",
        "Write a function that returns the largest of the given numbers.",
        "Summarise the given article by Ann Lee.",
        "Name the subject of the sentence below.The gate creaked.",
        "Sort the following words by length.fig, apple",
        "Tell the mood of the following textThe gate creaked in the wind",
        "Tell the mood of the following text The gate creaked in the wind",
        "Put the following sentence into the past tense He sells boats",
        "Write a sentence.",
        "Name the author of the article.",
        "the following sentence " * 30,
        "",
    ],
)
def test_questions_that_may_hold_it_themselves(question: str) -> None:
    assert missing_reference(question, TEXT) is None


def test_media_are_another_matter() -> None:
    assert missing_reference("Describe the attached photo.", MEDIA)
    assert missing_reference("Describe the attached photo.", TEXT) is None
    assert missing_reference("Describe the following photo of a bee.", MEDIA) is None


@pytest.mark.parametrize(
    "text",
    ["[Photo of a barn]", " <image>\n", "(Attach a photo)", "[painting.jpg]", "<Insert photo here>", "[Bar chart]"],
)
def test_stand_ins(text: str) -> None:
    span = stand_in(text)
    assert span is not None
    assert text[slice(*span)] == text.strip()


@pytest.mark.parametrize(
    "text",
    ["A photo of a barn", "[1, 2, 3]", "<img src='a.png'>", "[Photo] of [barn]", "<p>image</p>", "(see page 3)", ""],
)
def test_texts_that_are_no_stand_ins(text: str) -> None:
    assert stand_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a",
        " www.example.org \n",
        "Article: https://example.org/a",
        "Photo 1: https://example.org/a\nPhoto 2: https://example.org/b",
        "![alt](https://example.org/a.png)",
        '<img src="https://example.org/a.png" alt="x">',
        "[https://example.org/a]",
    ],
)
def test_links_alone(text: str) -> None:
    span = only_links(text)
    assert span is not None
    assert text[slice(*span)] == text.strip()


@pytest.mark.parametrize(
    "text", ["", "See https://example.org for the whole long story of it.", "example", "a: b", "https"]
)
def test_more_than_links(text: str) -> None:
    assert only_links(text) is None


@pytest.mark.parametrize(
    "piece", ["word ", "word word: ", "[", "<", "http://a ", "the following ", "(", "\u0301", "(a "]
)
def test_hostile_texts_take_bounded_time(piece: str) -> None:
    whole = repeated(piece)
    with bounded():
        for text in (whole[:1_900], whole):
            only_links(text)
            stand_in(text)
            is_blank(text)
            declines(text)
            missing_reference(text, TEXT)
            missing_reference(text[:240], MEDIA)
