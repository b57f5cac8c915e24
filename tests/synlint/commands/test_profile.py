"""Building a profile, and checking a corpus beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.synlint.analysis.profiles.made import texts
from tests.synlint.commands.conftest import Call, write_rows


@pytest.fixture
def made(folder: Path) -> Path:
    """people.jsonl and model.jsonl, free texts; a tenth of the model's answers begin alike."""
    for name, seed, openers in (("people", 1, {}), ("model", 2, {"sure_here_is": 40})):
        answers = texts(seed, 400, **openers)
        write_rows(folder / f"{name}.jsonl", [{"question": f"No. {n}?", "answer": a} for n, a in enumerate(answers)])
    return folder


def codes(call: Call, *more: str) -> dict[str, object]:
    told = call("check", "model.jsonl", "--select", "DST", "--preview", "--output", "json", *more)
    return {finding["evidence"]: finding["row"] for finding in json.loads(told.out)["findings"]}


def test_a_profile_and_its_corpus_say_the_same(made: Path, call: Call) -> None:
    told = call("profile", "people.jsonl", "-o", "people.profile")
    assert told.code == 0 and told.out.startswith("wrote people.profile: 400 different questions and 400 different")
    assert "synlint check CORPUS --reference people.profile" in told.out
    by_profile = codes(call, "--reference", "people.profile")
    assert by_profile == codes(call, "--reference", "people.jsonl")
    assert any('"sure here is": 10.0%' in str(evidence) for evidence in by_profile)


def test_it_is_written_again_and_is_the_same(made: Path, call: Call) -> None:
    call("profile", "people.jsonl", "-o", "a.profile")
    first = Path("a.profile").read_bytes()
    assert call("profile", "people.jsonl", "-o", "a.profile").code == 0
    assert Path("a.profile").read_bytes() == first


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["profile"], "name the corpus"),
        (["profile", "gone.jsonl"], "gone.jsonl"),
        (["profile", "people.jsonl", "-o", "model.jsonl"], "model.jsonl is there already, and is no profile"),
        (["profile", "people.jsonl", "-o", "no/where.profile"], "no/where.profile"),
        (["check", "model.jsonl", "--reference", "gone", "--select", "DST001"], "--reference: gone: no such file"),
        (["check", "model.jsonl", "--reference", "cut.profile", "--select", "DST001"], "cut.profile is damaged"),
        (["check", "model.jsonl", "--select", "DST001"], "needs a reference to compare with: --reference FILE"),
    ],
)
def test_what_cannot_be_done_is_said(made: Path, call: Call, words: list[str], said: str) -> None:
    call("profile", "people.jsonl", "-o", "people.profile")
    Path("cut.profile").write_bytes(Path("people.profile").read_bytes()[:500])
    corpus = Path("model.jsonl").read_bytes()
    told = call(*words)
    assert told.code == 2 and said in told.err and "Traceback" not in told.err
    assert Path("model.jsonl").read_bytes() == corpus


def test_the_setting_and_what_it_says_enter_the_digest(made: Path, call: Call) -> None:
    Path("synlint.toml").write_text('reference = "people.jsonl"\n')
    assert any("sure here is" in str(evidence) for evidence in codes(call))
    write_rows(made / "people.jsonl", json.loads(f"[{','.join(Path('model.jsonl').read_text().splitlines())}]"))
    assert not codes(call)  # the cache does not answer for another reference


def test_without_a_reference_the_rules_are_counted_and_not_named(made: Path, call: Call) -> None:
    told = call("check", "model.jsonl", "--preview", "--select", "ALL")
    assert "DST001" not in told.out and "files to compare with" in " ".join(told.out.split())
