"""PAR013: letters of another script in the middle of an answer."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import polars as pl
import pytest

from synlint.model import Hit

rule = importlib.import_module("synlint_rules.pair.mixed_script")  # by name: the pack is an installed folder


def look(question: str | None, answer: str | None, context: str | None = None) -> Sequence[Hit]:
    schema = {"question": pl.String, "answer": pl.String, "context": pl.String}
    batch = pl.DataFrame([(question, answer, context)], schema=schema, orient="row")
    found: Sequence[Hit] = rule.look(batch, rule.Params())
    return found


def test_the_run_is_the_span() -> None:
    answer = "😀 Wrap the bread in a cloth 然后放进 a box."
    (hit,) = look("How do I keep bread fresh?", answer)
    assert answer[hit.start : hit.end] == hit.evidence == "然后放进"


@pytest.mark.parametrize(
    ("question", "answer", "context"),
    [
        ("How do you write bread in Chinese?", "It is 面包 there.", None),
        ("How do I keep 面包 fresh?", "Wrap the 面包 in a cloth.", None),
        ("How do I keep it fresh?", "Wrap the 面包 in a cloth.", "面包"),
        ("Where is tofu from?", "From China (豆腐).", None),
        ("Give the area.", "It is π r squared.", None),
        ("怎样保存？", "放在 box 里。", None),
        (None, "面包 and more bread", None),
        ("Why?", None, None),
    ],
)
def test_at_home(question: str | None, answer: str | None, context: str | None) -> None:
    assert not look(question, answer, context)


def test_screen() -> None:
    frame = pl.DataFrame({"answer": ["plain", "naïve café", "a 面包", None]})
    assert frame.select(rule.screen(rule.Params())).to_series().to_list() == [False, False, True, None]
