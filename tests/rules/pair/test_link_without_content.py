"""PAR008: links that stand where a text should be."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import polars as pl
import pytest

from synlint.model import Hit

rule = importlib.import_module("synlint_rules.pair.link_without_content")  # by name: the pack is an installed folder


def look(question: str | None, answer: str | None, context: str | None = None) -> Sequence[Hit]:
    schema = {"question": pl.String, "answer": pl.String, "context": pl.String}
    batch = pl.DataFrame([(question, answer, context)], schema=schema, orient="row")
    found: Sequence[Hit] = rule.look(batch, None)
    return found


URL = "https://example.org/news/frogs"


@pytest.mark.parametrize(
    "context", [URL, f"  {URL}\n", f"Article: {URL}", f"![pond]({URL}.png)", f"1: {URL}\n2: {URL}"]
)
def test_a_context_of_links_is_found_whole(context: str) -> None:
    (hit,) = look("Sum up the article.", "Frogs are loud.", context)
    assert hit.field == "context"
    assert context[hit.start : hit.end] == context.strip()


def test_a_bare_address_is_reported_whatever_the_task_a_labelled_one_is_not() -> None:
    assert look("What is the domain of this URL?", "example.org", URL)
    assert not look("What is the domain of this URL?", "example.org", f"Address: {URL}")


@pytest.mark.parametrize(
    "question",
    [
        "Create a function to parse a URL and extract its parameters.",
        "Validate the given link.",
        "Shorten this web address.",
        "Extract the query string.",
    ],
)
def test_work_on_the_address_itself(question: str) -> None:
    assert not look(question, "Done.", URL)


@pytest.mark.parametrize(
    "question",
    [
        "Explain the content of the URL.",
        "Open the link and extract the phone number.",
        "Summarise the article on the link.",
        "Extract the main points.",
    ],
)
def test_work_on_what_it_leads_to(question: str) -> None:
    assert look(question, "Frogs are loud.", URL)


@pytest.mark.parametrize(
    "answer",
    [
        "I don't have the capability to manipulate or edit images.",
        "Sorry, I can’t open links.",
        "As a program, I am unable to view photos.",
    ],
)
def test_an_answer_that_says_what_it_cannot_do(answer: str) -> None:
    assert not look("Brighten the photo.", answer, URL)
    assert look("Describe the photo.", "You can see that the frogs cannot open their eyes.", URL)


def test_a_question_that_ends_in_an_address() -> None:
    question = f"Please summarise this article: {URL}"
    (hit,) = look(question, "Frogs are loud.")
    assert (hit.field, question[hit.start : hit.end]) == ("question", URL)
    assert not look(question, "I cannot open links.")
    for around in ("[{}]", "({}).", "<{}>", "{}."):
        question = f"Describe the photo.\n{around.format(URL)}"
        (hit,) = look(question, "A pond.")
        assert question[hit.start : hit.end] == URL
    (hit,) = look(question := f"Describe the photo: {URL}_(film)", "A pond.")
    assert question[hit.start : hit.end] == f"{URL}_(film)"
    assert not look(question, "Frogs are loud.", "The frogs of the pond are loud.")
    assert not look(f"Write a curl request for this page: {URL}", f"curl {URL}")
    assert not look(f"My shop is at {URL}", "Nice!")


def test_a_tool_may_open_it() -> None:
    assert not look("Tools: request(url)\nSum up the article.", f"request('{URL}')", URL)


def test_empty_fields() -> None:
    assert not look(None, None)
    assert not look("", "", "")
    assert look(None, None, URL)
