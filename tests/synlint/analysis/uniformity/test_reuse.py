"""Sentences that many texts share: what is told, how common they may be, and which rows have them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from synlint.analysis.corpus_texts import observe
from synlint.analysis.uniformity.reuse import ReuseParams, reused_sentences
from synlint.model import Conclusion, Measure
from synlint.rulekit import free_text
from synlint.testing import frame_of

P = ReuseParams()
SAID = "It is always a good idea to ask an expert."


def conclusion(answers: Sequence[str | None], p: ReuseParams = P) -> Conclusion:
    return reused_sentences(observe(frame_of([{"answer": answer} for answer in answers]), None), p, 20)


def corpus(sentence: str, times: int, others: int = 60) -> list[str]:
    """So many texts with the sentence among others, its slot a number, and so many without."""
    texts = [f"{free_text(n)} {free_text(n + 5000)}." for n in range(times + others)]
    return [f"{text} {sentence.format(n)}" if n < times else text for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (SAID, "it is always a good idea to ask an expert"),
        ("**It is ALWAYS a good idea** to ask an expert!", "it is always a good idea to ask an expert"),
        ("There are {} of them in all of the big boxes.", "there are <n> of them in all of the big boxes"),
        ("总的来说，这是一个非常有趣而且重要的问题。", "总的来说这是一个非常有趣而且重要的问题"),
        ("I hope that this helps!", None),
        ("1 2 3 4 5 6 7 8 9 {}.", None),
        ("很好很好很好。", None),
    ],
)
def test_what_is_told(sentence: str, told: str | None) -> None:
    hits = conclusion(corpus(sentence, 12)).hits
    assert [(hit.evidence, hit.rows) for hit in hits] == ([(told, 12)] if told else [])


def test_a_long_sentence_is_cut() -> None:
    sentence = " ".join(f"word{chr(97 + n)}" for n in range(26)) + "."
    (hit,) = conclusion(corpus(sentence, 12)).hits
    assert hit.evidence.split()[-2:] == ["wordx", "..."]


def test_limits() -> None:
    assert not conclusion(corpus(SAID, 4, 20)).hits, "too few texts"
    assert not conclusion(corpus(SAID, 6, 394)).hits, "1.5 %"
    (hit,) = conclusion(corpus(SAID, 7, 393)).hits
    assert (hit.rows, hit.value, hit.severity) == (7, 7 / 400, None)
    assert conclusion(corpus(SAID, 30, 30)).hits[0].severity == "error"


def test_copies_count_once_and_are_rows_all_the_same() -> None:
    once = corpus(SAID, 12)
    (hit,) = conclusion([*once, *once[:12]]).hits
    assert (hit.value, hit.rows) == (12 / 72, 24)
    assert not conclusion([SAID] * 100).judged


def test_metric_of_a_corpus_that_repeats_nothing() -> None:
    found = conclusion(corpus(SAID, 0))
    assert found.metrics == {"top_answer_sentence_share": Measure(1 / 60, 60, P.max_share)}


def test_rows_are_marked_with_all_places() -> None:
    other = "And there is so much more that we could say."
    marker = conclusion([*corpus(SAID, 20), *corpus(other, 8)[:8]]).marker
    assert marker is not None
    texts = [f"{other} {SAID} No. {SAID.upper()}", None, "Nothing of the kind.", other]
    rows = marker(frame_of([{"answer": text} for text in texts])).rows(named=True)
    assert [(row["at"], row["evidence"][:12]) for row in rows] == [(0, "it is always"), (3, "and there is")]
    assert rows[0]["start"] == len(other) + 1
    assert [texts[0][start:end] for start, end in rows[0]["spans"]] == [SAID, SAID.upper()]  # type: ignore[index]


def test_two_sentences_of_the_same_texts_are_told_once() -> None:
    both = f"{SAID} And there is so much more that we could say."
    found = conclusion(corpus(both, 12))
    assert len(found.hits) == 1


def test_a_text_counts_for_its_commonest_sentence() -> None:
    """As it is marked for that one only."""
    other = "And there is so much more that we could say."
    texts = [*corpus(SAID, 20), *(f"{free_text(n + 700)}. {other}" for n in range(8)), f"{SAID} {other}"]
    found = conclusion(texts)
    assert [(hit.evidence[:12], hit.rows) for hit in found.hits] == [("it is always", 21), ("and there is", 8)]
    assert found.marker is not None
    marked = found.marker(frame_of([{"answer": text} for text in texts]))["evidence"].to_list()
    assert [marked.count(hit.evidence) for hit in found.hits] == [21, 8]


def test_an_address_is_not_quoted_word_by_word() -> None:
    texts = [
        f"{free_text(n)}. Ask anna.berg@fjordpost.example about the ferry to the north today. {free_text(n + 900)}."
        for n in range(300)
    ]
    (hit,) = conclusion(texts).hits
    assert hit.evidence == "a sentence with an address in it"
