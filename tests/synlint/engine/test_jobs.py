from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from synlint.engine.jobs import match_jobs, python_job
from synlint.model import Hit
from synlint.rulebook.loaded import MatchCheck, PythonRowCheck
from synlint.rulebook.matchers.regex import Regex
from synlint.testing import frame_of
from tests.synlint.making import looking, matching

FRAME = frame_of([{"answer": "aaa"}, {"answer": None}, {"question": "a"}])


def test_one_job_a_field_whose_mask_has_no_nulls() -> None:
    loaded = matching(Regex("a"), fields=("question", "answer"), max_hits=2)
    assert isinstance(loaded.check, MatchCheck)
    jobs = match_jobs(loaded, loaded.check)
    assert [job.key for job in jobs] == ["LEX901|question", "LEX901|answer"]
    masks = FRAME.select(job.mask for job in jobs)
    assert masks["LEX901|answer"].to_list() == [True, False, False]
    assert masks["LEX901|question"].to_list() == [False, False, True]
    assert len(jobs[1].find(FRAME)) == 2


def test_of_a_secret_every_occurrence_is_found() -> None:
    loaded = matching(Regex("a"), max_hits=2, mask=True)
    assert isinstance(loaded.check, MatchCheck)
    [job] = match_jobs(loaded, loaded.check)
    assert len(job.find(FRAME)) == 3


def test_a_screen_that_crashes_is_told_when_the_rule_runs() -> None:
    def screen(p: Any) -> pl.Expr:
        raise ValueError("boom")

    loaded = looking(lambda batch, p: [], screen=screen)
    assert isinstance(loaded.check, PythonRowCheck)
    job = python_job(loaded, loaded.check)
    with pytest.raises(RuntimeError, match="screen: ValueError: boom"):
        job.find(FRAME)


def test_hits_are_looked_over() -> None:
    loaded = looking(lambda batch, p: [Hit(5, "answer")])
    assert isinstance(loaded.check, PythonRowCheck)
    with pytest.raises(ValueError, match="row 5 of a batch of 3"):
        python_job(loaded, loaded.check).find(FRAME)
