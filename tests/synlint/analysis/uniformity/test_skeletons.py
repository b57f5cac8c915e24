"""Skeletons: what blocks a text is made of, and when too many have the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from synlint.analysis.corpus_texts import observe
from synlint.analysis.tokens import tokenize
from synlint.analysis.uniformity.skeletons import SkeletonParams, blocks_of, common_skeletons, told
from synlint.analysis.uniformity.streams import Stream
from synlint.model import Conclusion
from synlint.rulekit import free_text
from synlint.testing import frame_of


def skeleton(text: str) -> str:
    return told(blocks_of(Stream.of_tokens(tokenize([text]))).kind.tolist())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("One.", "paragraph"),
        ("One.\ntwo.", "paragraph"),
        ("One.\n\ntwo.\n \nthree", "3 paragraphs"),
        ("- a\n- b\n\n- c", "list"),
        ("1. a\n2. b\ngoes on\n3) c", "list"),
        ("1. a\ngoes on\n2. b\ngoes on", "list"),
        ("1. a\n2. b\nAll in all, c\nand d", "list, paragraph"),
        ("So:\n* a\n* b\n\nDone.", "paragraph, list, paragraph"),
        ("**1.** a\n**2.** b", "list"),
        ("(1) a\n(2) b", "list"),
        ("一、首先\n二、其次", "paragraph"),
        ("1、首先\n2、其次", "list"),
        ("-5 degrees", "paragraph"),
        ("3.5 degrees\n\n2024", "2 paragraphs"),
        ("## Title\ntext", "heading, paragraph"),
        ("**Title:**\n\ntext", "heading, paragraph"),
        ("**Bold** begins\n\nthe **end**", "2 paragraphs"),
        ("# a comment", "paragraph"),
        ("#### 72", "paragraph"),
        ("See:\n\n```python\n# a\n\n- b\n```\nDone.", "paragraph, code, paragraph"),
        ("```\nnever closed\n\n- b", "code"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "table"),
        ("So\n\n$$x = 1$$\n\nand \\[y\\]", "paragraph, formula, paragraph"),
        ("\\[\nx = 1\n\\]\n\nis it", "formula, paragraph"),
        ("$$\nx = 1\n$$", "formula"),
        ("One.\n\ntwo.<|endoftext|>", "2 paragraphs"),
        ("One.\n<|endoftext|>", "paragraph"),
        ("\n\n\n", ""),
        ("\n".join(f"## T\n\n- {n}\n" for n in range(9)), ", ".join(["heading, list"] * 4) + " and 10 more"),
    ],
)
def test_blocks(text: str, expected: str) -> None:
    assert skeleton(text) == expected


def test_blocks_belong_to_their_texts() -> None:
    blocks = blocks_of(Stream.of_tokens(tokenize(["```\nopen", "plain", "", "- a\n- b"])))
    assert blocks.text.tolist() == [0, 1, 3]


def conclusion(answers: Sequence[str | None], p: SkeletonParams | None = None) -> Conclusion:
    return common_skeletons(observe(frame_of([{"answer": one} for one in answers]), None), p or SkeletonParams(), 20)


def corpus(alike: int, others: int) -> list[str]:
    same = [f"{free_text(n)}\n\n- {free_text(n)}" for n in range(alike)]
    return same + [f"{free_text(n)}\n\n" * (n % 20 + 2) for n in range(others)]


def test_limit() -> None:
    assert not conclusion(corpus(40, 60)).hits
    (hit,) = conclusion(corpus(41, 59)).hits
    assert (hit.evidence, hit.rows, hit.value, hit.severity) == ("paragraph, list", 41, 0.41, None)
    (hit,) = conclusion(corpus(95, 5)).hits
    assert hit.severity == "error"


def test_answers_of_one_block_and_copies_do_not_count() -> None:
    assert not conclusion([free_text(n) for n in range(200)]).judged
    assert not conclusion([f"{free_text(1)}\n\n{free_text(2)}"] * 200).judged
    (hit,) = conclusion(corpus(30, 20) * 2 + [free_text(n) for n in range(50)]).hits
    assert (hit.value, hit.rows) == (0.6, 60)


def test_rows_are_marked_where_blocks_meet() -> None:
    marker = conclusion(corpus(41, 59)).marker
    assert marker is not None
    answers = ["So it is\n\n- one\n- two", "One\n\ntwo", None, "", "Here:\n12. a\n13. b"]
    marked = marker(frame_of([{"answer": one} for one in answers]))
    assert marked["at"].to_list() == [0, 4]
    assert marked["spans"].to_list() == [[[8, 11]], [[5, 9]]]


def test_parameters_are_used() -> None:
    assert not conclusion(corpus(80, 20), SkeletonParams(max_share=0.8)).hits
    assert conclusion(corpus(80, 20), SkeletonParams(error_share=0.7)).hits[0].severity == "error"
