"""How a frame is written out: words as in the texts, slots with what stands in them."""

from __future__ import annotations

import pytest

from synlint.analysis.uniformity.templates import Template, templates_of
from synlint.analysis.uniformity.texts import Texts
from synlint.rulekit import free_text
from tests.synlint.analysis.uniformity.planting import planted


def one(texts: list[str]) -> Template:
    [found] = templates_of(Texts.of(texts), "answer").templates
    return found


def test_words_are_written_as_in_the_texts() -> None:
    texts = [f"Dear {free_text(n)},\n\nAs NASA says: {free_text(n + 400)}. The end" for n in range(40)]
    assert one(texts).text == "Dear <1>,\n\nAs NASA says: <2>. The end"


def test_numbers_that_change_are_slots_and_others_belong_to_the_frame() -> None:
    texts = [f"My verdict on {free_text(n)}: {n % 9} out of 10 points." for n in range(60)]
    found = one(texts)
    assert found.text == "My verdict on <1>: <2> out of 10 points."
    assert [slot.kind for slot in found.slots] == ["text", "number"]
    assert found.slots[1].distinct == 9
    assert found.slots[1].entropy == pytest.approx(3.17, abs=0.01)
    assert found.tokens == 9


@pytest.mark.parametrize(
    ("names", "dead"), [(["friend"] * 6 + ["sister"], True), (["friend", "sister", "uncle"], False)]
)
def test_a_slot_that_hardly_varies_is_dead(names: list[str], dead: bool) -> None:
    texts = [f"My dear {names[n % len(names)]}, what you ask me is this: {free_text(n)}." for n in range(140)]
    found = one(texts)
    assert found.text == "My dear <1>, what you ask me is this: <2>."
    assert [slot.dead for slot in found.slots] == [dead, False]
    assert found.slots[0].fillers[0][0] == "friend"
    assert found.slots[0].top == pytest.approx(6 / 7 if dead else 1 / 3, abs=0.01)


def test_examples_are_texts_of_the_template() -> None:
    texts, _ = planted([("Once more, with feeling: {} and so on and so forth", 30)])
    found = one(texts)
    assert len(found.written.examples) == 3
    assert all(example.startswith("Once more, with feeling: ") for example in found.written.examples)
    assert set(found.written.examples) <= set(texts)


def test_each_slot_says_where_it_stands_among_words_that_look_like_one() -> None:
    texts = [f"Put <1> and <2> into {free_text(n)} then <3> out: {n % 9} of {free_text(n + 300)} is" for n in range(60)]
    record = one(texts).record()
    assert record["text"] == "Put <1> and <2> into <1> then <3> out: <2> of <3> is"
    assert [(slot["start"], slot["end"]) for slot in record["slots"]] == [(21, 24), (39, 42), (46, 49)]
    assert record["tokens"] == one(texts).tokens
