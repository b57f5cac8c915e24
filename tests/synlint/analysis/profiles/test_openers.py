"""Openers that are commoner than in the reference: which are told, how sure that is, and the rows that have them."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from synlint.analysis.profiles.openers import OpenerExcessParams, opener_excess
from synlint.analysis.profiles.profile import Profile
from synlint.model import Conclusion
from synlint.testing import frame_of
from tests.synlint.analysis.profiles.made import state_of, texts

P = OpenerExcessParams()
FREE = Profile.of(state_of(texts(9, 2_000)), language="")


def found(answers: list[str], reference: Profile = FREE, p: OpenerExcessParams = P) -> Conclusion:
    return opener_excess(state_of(answers), "answer", p, reference, 100)


def said(conclusion: Conclusion) -> list[str]:
    return [hit.evidence.split('"')[1] for hit in conclusion.hits]


def test_an_opener_is_told_as_far_as_it_goes() -> None:
    answers = texts(1, 1_000, sure_here_is_what=100)
    told = found(answers)
    assert said(told) == ["sure here is what"]
    (hit,) = told.hits
    assert (hit.rows, hit.severity, hit.field) == (100, "error", "answer")
    assert hit.value == pytest.approx(0.1, abs=1e-3)
    assert hit.evidence == '"sure here is what": 10.0%, in the reference 0.1%'


def test_several_openers_none_counted_twice() -> None:
    told = found(texts(2, 1_000, sure=60, sure_thing_my_friend=40, of_course=30))
    assert said(told) == ["sure", "of course"]
    assert [hit.rows for hit in told.hits] == [100, 30]


@pytest.mark.parametrize(("rows", "fires"), [(5, False), (15, False), (60, True)])
def test_little_is_not_sure(rows: int, fires: bool) -> None:
    assert bool(found(texts(3, 1_000, certainly=rows)).hits) == fires


def test_what_the_reference_does_too_is_usual() -> None:
    usual = Profile.of(state_of(texts(4, 1_000, sure=100)), language="")
    assert not found(texts(5, 1_000, sure=120), usual).hits
    assert not found(texts(6, 1_000, sure=180), usual).hits  # surely commoner, but not twice as common
    assert said(found(texts(7, 1_000, sure=300), usual)) == ["sure"]


def test_the_share_is_estimated_within_a_fifth_and_rises_with_the_dose() -> None:
    values = []
    for rows in (200, 500, 1_000, 2_000, 5_000):
        told = found(texts(8, 10_000, great_question_indeed=rows))
        values.append(sum(hit.value for hit in told.hits))
        assert values[-1] == pytest.approx(rows / 10_000, rel=0.2)
    assert values == sorted(values)


def test_copies_count_once() -> None:
    assert not found([*texts(1, 500), *["Certainly! One text."] * 200]).hits


def test_the_marker_finds_the_same_rows() -> None:
    answers = texts(2, 1_000, sure_here_is=80, of_course=40)
    told = found(answers)
    assert told.marker is not None
    marked = told.marker(frame_of([{"question": "q", "answer": answer} for answer in answers]))
    for row in marked.iter_rows(named=True):
        assert answers[row["at"]][row["start"] : row["end"]].lower() == row["evidence"]
    assert len(marked) == 120
    assert len(told.marker(frame_of([{"question": "q", "answer": ""}]))) == 0


def test_too_little_to_judge() -> None:
    assert not found(texts(1, 99)).judged
    assert not opener_excess(state_of(texts(1, 200)), "question", P, FREE, 100).judged
    few = found(texts(1, 200), Profile.of(state_of(texts(2, 50)), language=""))
    assert not few.judged and few.why_not == "the reference has too few answers: 50 of at least 100"


def test_chinese_is_told_without_blanks() -> None:
    people, model = (
        [f"{head}{n}号的东西放在第{n * 7}个架子上。" for n in range(300)] for head in ("我看见", "当然可以，")
    )
    told = opener_excess(state_of(model), "answer", P, Profile.of(state_of(people)), 100)
    assert said(told) == ["当然可以"]


# --------------------------------------------------------------------------------------------------- real corpora


def rows_of(corpora: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def answers_of(rows: list[dict[str, Any]]) -> list[str]:
    return [row["answer"] for row in rows]


@pytest.mark.parametrize("name", ["dolly_3k_human", "gsm8k_train_human", "t0_templates_human", "codealpaca_2k"])
def test_halves_of_one_corpus_are_alike(corpora: Path, name: str) -> None:
    rows = rows_of(corpora, name)
    for seed in range(3):
        drawn = random.Random(seed).sample(rows, min(2_000, len(rows)))
        one, other = drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]
        reference = Profile.of(state_of(answers_of(other)))
        assert not found(answers_of(one), reference).hits, (name, seed)


def test_models_beside_people(corpora: Path) -> None:
    people = Profile.of(state_of(answers_of(rows_of(corpora, "dolly_3k_human"))))
    by_model: dict[str, list[str]] = {}
    for row in rows_of(corpora, "alpacaeval_outputs_10_models"):
        by_model.setdefault(row["meta"].get("model") or row["meta"]["generator"], []).append(row["answer"])
    told = {model: found(answers, people) for model, answers in by_model.items()}
    assert said(told["claude"])[0] == "here" and told["claude"].hits[0].value > 0.5
    assert said(told["gpt-3.5-turbo-0301"])[0] == "sure"
    assert not told["NullModel"].judged  # one answer to everything
    assert sum(bool(one.hits) for one in told.values()) == 9
