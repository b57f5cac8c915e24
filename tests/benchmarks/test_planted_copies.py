"""Planted copies are as alike as is said, look-alikes are none, and what is found of them is counted right."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

LETTERS = "bcdfghjklmnprstvwz"


@pytest.fixture(scope="module")
def bench(repository: Path) -> Iterator[SimpleNamespace]:
    """The benchmark's modules, imported as the benchmarks import them: from their folder."""
    sys.path.insert(0, str(repository / "benchmarks"))
    import copies_scores
    import exact_join
    import planted
    import planted_copies

    yield SimpleNamespace(scores=copies_scores, join=exact_join, planted=planted, copies=planted_copies)
    sys.path.remove(str(repository / "benchmarks"))


@pytest.fixture(scope="module")
def host() -> list[dict[str, Any]]:
    """Rows of made-up words in sentences, with names and phrases for the slots."""
    rng = random.Random("host of copies")

    def word() -> str:
        return "".join(rng.choice(LETTERS) + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))

    def sentence() -> str:
        words = [word() for _ in range(rng.randint(3, 8))]
        return f"{word().title()} {word().title()} {' '.join(words)} of {word()}, and {word()} {word()} for {word()}."

    answers = [" ".join(sentence() for _ in range(rng.randint(3, 7))) for _ in range(1500)]
    return [{"id": f"r{n}", "question": sentence(), "context": "", "answer": text} for n, text in enumerate(answers)]


@pytest.fixture(scope="module")
def made(bench: SimpleNamespace, host: list[dict[str, Any]]) -> tuple[Any, Any]:
    planted = bench.planted.plant(host, 2, (), 0.5)
    return planted, bench.copies.copy_into(planted, 2)


def content(row: dict[str, Any], spans: Any) -> list[str]:
    """The words of an answer outside the ranges, by hand: the host's words are letters only."""
    text = row["answer"]
    for start, end in reversed(spans):
        text = text[:start] + " " * (end - start) + text[end:]
    return [word for word in "".join(c.lower() if c.isalnum() else " " for c in text).split() if word]


def test_edges_are_as_like_as_is_said(made: tuple[Any, Any]) -> None:
    _, copies = made
    plain = [edge for edge in copies.edges if edge.kind != "one copy, in a template"]
    assert len(plain) > 300
    for edge in plain:
        words = [content(copies.rows[row], copies.frame.get(row, [])) for row in (edge.one, edge.other)]
        one, other = ({tuple(each[at : at + 5]) for at in range(len(each) - 4)} for each in words)
        assert edge.likeness == pytest.approx(len(one & other) / len(one | other))
        assert copies.rows[edge.one]["question"] == copies.rows[edge.other]["question"]
    values = sorted(edge.likeness for edge in copies.edges)
    assert values[0] < 0.65 and values[-1] > 0.95


def test_in_a_template_only_the_content_is_changed(made: tuple[Any, Any]) -> None:
    _, copies = made
    framed = [edge for edge in copies.edges if edge.kind == "one copy, in a template"]
    assert len(framed) > 50
    for edge in framed:
        fixed = []
        for row in (edge.one, edge.other):
            text, spans = copies.rows[row]["answer"], copies.frame[row]
            assert all(a[1] <= b[0] for a, b in pairwise(spans))
            words = " ".join(text[start:end] for start, end in spans).lower()
            fixed.append([word for word in "".join(c if c.isalnum() else " " for c in words).split() if word])
        assert fixed[0] == fixed[1]


def test_lookalikes_have_nothing_but_their_frame_in_common(bench: SimpleNamespace, made: tuple[Any, Any]) -> None:
    _, copies = made
    assert len(copies.alike) >= 5
    for rows in copies.alike.values():
        assert len(rows) >= 20
        for one, other in pairwise(rows):
            assert bench.scores.content_likeness(copies, one, other) < 0.5
            assert copies.frame[one] and copies.rows[one]["question"] != copies.rows[other]["question"]


def test_the_same_seed_gives_the_same_corpus(bench: SimpleNamespace, made: tuple[Any, Any]) -> None:
    planted, copies = made
    again, other = (bench.copies.copy_into(planted, seed) for seed in (2, 3))
    assert again == copies and other.rows != copies.rows
    ids = [row["id"] for row in copies.rows]
    assert set(ids) >= {row["id"] for row in planted.rows} and len(set(ids)) == len(ids)


def test_what_is_found_is_counted(bench: SimpleNamespace, made: tuple[Any, Any]) -> None:
    planted, copies = made
    groups = [[row] for row in range(len(copies.rows))]
    truth = {tuple(sorted((edge.one, edge.other))): edge.likeness for edge in copies.edges}
    perfect = bench.scores.score_copies(copies, planted, groups, truth)
    assert perfect.recall == perfect.precision == 1 and not perfect.missed and not perfect.same_frame
    over = sorted(pair for pair, value in truth.items() if value >= 0.8)
    under = next(pair for pair, value in sorted(truth.items()) if value < 0.8)
    rows = sorted(next(iter(copies.alike.values())))
    found = {**truth, over[0]: 0.7, under: 0.9, (rows[0], rows[1]): 0.9}
    del found[over[1]]
    score = bench.scores.score_copies(copies, planted, groups, found)
    assert score.recall == pytest.approx(1 - 2 / len(over))
    assert sorted(seen for _, seen in score.missed) == [0.0, 0.7]
    assert len(score.wrong) == 2 and score.called == len(over)
    assert sum(called for _, called in score.alike.values()) == 1


def test_synlint_finds_what_the_join_finds(bench: SimpleNamespace, made: tuple[Any, Any]) -> None:
    _, copies = made
    rows = copies.rows[:600]
    groups, edges = bench.scores.found_by_synlint(rows, False)
    units = [rows[members[0]] for members in groups]
    truth = bench.join.joined([[row[name] for name in ("question", "context", "answer")] for row in units], 0.8)
    over = {pair: value for pair, value in edges.items() if value >= 0.8}
    assert len(truth) > 20 and over.keys() <= truth.keys()
    assert len(over) >= 0.97 * len(truth)
    assert all(over[pair] == pytest.approx(truth[pair]) for pair in over)
