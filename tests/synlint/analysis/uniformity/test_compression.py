"""Skeletons of function words: what is in them, and when they compress too well."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from synlint.analysis.corpus_texts import observe
from synlint.analysis.tokens import tokenize
from synlint.analysis.uniformity.compression import (
    HEAD,
    CompressionParams,
    commonest_run,
    compressible_skeletons,
    compression_of,
    skeletons_of,
)
from synlint.analysis.uniformity.streams import Stream
from synlint.analysis.uniformity.texts import Texts
from synlint.model import Conclusion
from synlint.rulekit import free_text
from synlint.testing import frame_of

WORDS = ("the", "of", "in", "a", "was", "not", "they", "by", "this", "could", "where", "if", "for", "all")


def conclusion(answers: Sequence[str | None]) -> Conclusion:
    state = observe(frame_of([{"answer": answer} for answer in answers]), None)
    return compressible_skeletons(state, CompressionParams(), 50)


def skeletons(*texts: str) -> list[str]:
    """Each text's skeleton, a letter a symbol: _ for a slot, # for a number, others by how common they are."""
    symbols = skeletons_of(Stream.of_tokens(tokenize(texts))).symbols.tolist()
    shown = "".join({0: "_", 1: "#", 2: "|"}.get(symbol, chr(ord("a") + symbol - 3)) for symbol in symbols)
    return shown.split("|")[:-1]


def formed(rows: int) -> list[str]:
    return [
        f"The {free_text(n)} of the {free_text(n + 500)} is in the {free_text(n + 900)} for the {n} who were here."
        for n in range(rows)
    ]


def free(rows: int) -> list[str]:
    texts = []
    for n in range(rows):
        chance, words = Random(n), iter(" ".join(free_text(20 * n + part) for part in range(20)).split())
        texts.append(" ".join(chance.choice(WORDS) if chance.random() < 0.5 else next(words) for _ in range(70)))
    return texts


def test_runs_of_content_words_are_one_slot_and_numbers_stay() -> None:
    one, other = skeletons(
        "The very big red bus of the 7 towns is here now", "the blue car of the 99 men is here again"
    )
    assert one.count("_") == 3
    assert one.count("#") == other.count("#") == 1
    assert one[:1] == other[:1]
    assert len(one) == len(["The", "very", "_", "of", "the", "#", "_", "is", "here", "_"])


def test_texts_of_few_function_words_are_left_out() -> None:
    assert skeletons("der kleine Hund lief gestern sehr schnell nach Hause und bellte laut") == []
    assert skeletons("x = [1, 2, 3]; y = x[0]; print(x, y, x[1], y)") == []
    assert skeletons("too short a text", "", "...") == []


def test_only_the_beginning_of_a_text_counts() -> None:
    (shown,) = skeletons("of the " * 100)
    assert len(shown) == HEAD


def test_no_text_at_all() -> None:
    assert not len(skeletons_of(Stream.of_texts(Texts())).symbols)
    assert not conclusion([]).judged
    assert commonest_run(skeletons_of(Stream.of_texts(Texts())), {}) == ""


def test_one_form_is_told_and_no_form_is_not() -> None:
    found = conclusion(formed(600))
    (hit,) = found.hits
    assert hit.key == "skeletons"
    assert "in the _ for the" in hit.evidence
    assert set(found.metrics) == {"answer_skeleton_compression", "answer_skeleton_compression_of_people"}
    nothing = conclusion(free(300))
    assert nothing.judged and not nothing.hits


def test_too_little_text_is_not_judged() -> None:
    assert not conclusion(formed(600)[:100]).judged
    assert not conclusion(formed(60)[:1] * 900).judged


def test_compression_ratio() -> None:
    symbols = skeletons_of(Stream.of_tokens(tokenize(["of the " * 40] * 100))).symbols
    assert compression_of(symbols) > 20
