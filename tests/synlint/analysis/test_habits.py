"""What is a list, a triad and a decoration, and what only looks like one."""

from __future__ import annotations

import polars as pl
import pytest

from synlint.analysis.habits import (
    DECORATIONS,
    count_triads,
    decorated,
    first_triad,
    list_items,
    list_share,
    may_be_decorated,
    prose_question,
    triads,
)


def value(text: str | None, expression: pl.Expr) -> object:
    return pl.DataFrame({"t": [text]}, schema={"t": pl.String}).select(expression).item()


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("- wool\n- salt\n* glue", 3),
        ("1. wool\n 2) salt\n(3) glue\n12、 chess", 4),
        ("•wool\n▪ salt", 2),
        ("Cold:\n-5\n-6\n- 7", 0),  # numbers below zero, and a dash before one
        ("1.5 is more\n1.25 than that", 0),
        ("---\n***\n- \n", 0),  # rules, and an item without text
        ("**bold**\n**type**", 0),
    ],
)
def test_list_items(text: str, items: int) -> None:
    assert value(text, list_items("t")) == items


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("In towns such as Ulm, Bern, and Graz there is one.", "Ulm, Bern, and Graz there"),
        ("They are light, airy, and cheap to make.", "light, airy, and cheap"),
        ("A combination of words, numbers, and symbols that are safe.", "words, numbers, and symbols"),
        ("Eat fresh fruits and nuts, lean meat, and fish with it.", "fruits and nuts, lean meat, and fish"),
        ("Protect land, water, and quality of life.", "Protect land, water, and quality"),
    ],
)
def test_the_place_leaves_out_what_leads_in_and_out(text: str, shown: str) -> None:
    place = pl.DataFrame({"t": [text]}).select(first_triad("t")).item()
    assert text[place["start"] : place["end"]] == shown


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("Bags, cups, and tins: use your own bags, tin cups, and tins.", 1),
        ("Salt, sand, and lime. Lime, sand, and tar. Salt, ash, and lime.", 2),  # the third shares two with the first
        ("Red, green, and blue. Red, white, and black.", 2),
        ("Old, handmade books, and many binders now use them.", 0),
    ],
)
def test_two_triads_that_share_two_members_are_one(text: str, n: int) -> None:
    assert len(pl.DataFrame({"t": [text]}).select(triads("t")).item()) == n
    assert count_triads(pl.Series([text, "none"])).to_list() == [n] * bool(n)


@pytest.mark.parametrize("text", [None, "", "- one line"])
def test_one_line_is_no_list(text: str | None) -> None:
    assert value(text, list_items("t")) is None


@pytest.mark.parametrize(
    "question",
    ["Why is the sea salty?", "EXPLAIN WHY IT RAINS", "Tell me about the war of 1812.", "大海为什么是咸的？"],
)
def test_questions_that_ask_for_prose(question: str) -> None:
    assert value(question, prose_question("t")) is True


@pytest.mark.parametrize(
    "question",
    [
        None,
        "",
        "大海的味道",
        "海为什么是咸的？请给出三个理由",
        "Name the planets",
        "How do I fix it?",
        "What are tides?",
        "Why? Give 3 reasons.",
        "Write a poem",
        "Describe an easy fix for a tap",
        "Explain how the old long method of roots can be adapted",
        "Explain how a root is identified",
        "Describe the characters of the novel",
        "Tell me what information the museum needs",
        "Explain the specific conditions of the store",
        "Explain the comparison operators",
        "Discuss the main challenges and opportunities of the trade",
        "Can you elaborate on the specific adaptations that camels have?",
        "How is sand turned into glass?",
        "Describe the best way to end a letter",
    ],
)
def test_questions_that_ask_for_a_list_or_for_no_prose(question: str | None) -> None:
    assert value(question, prose_question("t")) is False


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is strong, light, and cheap.", ["It is strong, light, and cheap"]),
        ("Run to the hill, cross it, or wait.", ["to the hill, cross it, or wait"]),
        ("Red, green, blue, and white.", []),
        ("However, cats and dogs.", []),  # no comma before the conjunction: might be two
        ("Ice and fire, or rain.", []),
        ("Rot, gelb, und blau.", []),
        ("Ice, the weight of the load, rust, or wind.", []),  # four, the second of them longer
        ("In 1990, we ate figs, nuts, and plums.", [", we ate figs, nuts, and plums"]),
        ("It is near Denver, Colorado, and there is more.", []),  # a clause
        ("A nice tale, folks, and it's true.", []),
        ("Buy shops, offices, or create a yard.", []),  # a verb behind nouns
        ("Spread red sauce, chopped green herbs, and add salt.", []),
        ("Chop herbs, stir sauce, and add salt.", ["Chop herbs, stir sauce, and add salt"]),
        ("Rules, limits, and use of force.", ["Rules, limits, and use of force"]),
        ("Figs, nuts, and plums. He sold figs, nuts, and plums.", ["Figs, nuts, and plums"]),  # once
    ],
)
def test_triads(text: str, found: list[str]) -> None:
    frame = pl.DataFrame({"t": [text]})
    assert (frame.select(triads("t")).to_series().to_list()[0] or []) == found
    assert count_triads(frame["t"]).to_list() == ([len(found)] if found else [])


def test_triads_are_counted_per_text() -> None:
    one, two = "a b, c, and d. ", "x, y, or z; p, q, and r."
    assert sorted(count_triads(pl.Series([one, None, "", two, one + two]))) == [1, 2, 3]


def test_the_first_triad_is_found_in_characters() -> None:
    text = "😀é\u0301 In 1990, we ate figs, nuts, and plums."
    place = pl.DataFrame({"t": [text]}).select(first_triad("t")).item()
    assert text[place["start"] : place["end"]] == "ate figs, nuts, and plums"


@pytest.mark.parametrize(
    ("text", "share"),
    [("- wool\n- salt", 12 / 13), ("Buy:\n- wool\n\nThen go home.", 6 / 26), ("no list", 0), ("", None), (None, None)],
)
def test_list_share(text: str | None, share: float | None) -> None:
    assert value(text, list_share("t")) == pytest.approx(share, nan_ok=True)


@pytest.mark.parametrize(
    ("decoration", "has", "has_not"),
    [
        ("em dashes", ["old — and new", "old—new"], ["well-known", "1–2", "a -- b", "一二"]),
        ("emoji", ["fine 🌉", "heart ❤️", "👩‍👩‍👧"], ["5 #1 *", "©", "→", "é"]),
        ("bold type", ["**Note**: x", "a **b c** d", "(**x**)"], ["2**3**4", "** x **", "***", "a ** b"]),
        ("headings", ["## Why", "x\n### Part 2"], ["#### 72", "# comment", "##why", "a ## b"]),
    ],
)
def test_decorations(decoration: str, has: list[str], has_not: list[str]) -> None:
    assert [text for text in has + has_not if value(text, decorated("t", decoration))] == has
    assert all(value(text, may_be_decorated("t", decoration)) for text in has), "the screen must let them pass"


def test_every_decoration_has_a_screen() -> None:
    assert all(value("plain", may_be_decorated("t", name)) is False for name in DECORATIONS)
