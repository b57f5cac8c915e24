"""The rows of real corpora that careful readers marked, found, and their look-alikes, left alone: by id."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import LoadedRule
from synlint.testing import hits_of

Row = Mapping[str, str | None]
pytestmark = pytest.mark.slow


@cache
def rules() -> dict[str, LoadedRule]:
    return {loaded.code: loaded for loaded in load_rules()}


@cache
def rows_of(path: Path) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows[row["id"]] = {name: row.get(name) for name in ("question", "context", "answer")}
    return rows


@cache
def found_in(path: Path, code: str) -> frozenset[str]:
    rows = rows_of(path)
    ids = list(rows)
    return frozenset(ids[hit.at] for hit in hits_of(rules()[code], list(rows.values())))


@pytest.fixture
def found(corpora: Path) -> Callable[[str, str], frozenset[str]]:
    """found(corpus, code): the ids of the rows in which the rule found something."""
    return lambda corpus, code: found_in(corpora / f"{corpus}.jsonl.gz", code)


FOUND = [
    (
        "PAR001",
        "alpaca_en_52k",
        "alpaca-00284 alpaca-01223 alpaca-01347 alpaca-00008 alpaca-00306 alpaca-01502 alpaca-02823",
    ),
    ("PAR001", "selfinstruct_predictions", "si-davinci-058 si-davinci-070 si-davinci-146 si-davinci-227"),
    ("PAR002", "labelled_alpaca_libre_v1", "libre1-0143 libre1-1761"),
    ("PAR005", "selfinstruct_predictions", "si-davinci-000 si-davinci-168"),
    ("PAR005", "alpacaeval_outputs_10_models", "ae-phi-2-147 ae-falcon-7b-instruct-130"),
    ("PAR005", "alpaca_en_52k", "alpaca-43275 alpaca-44075 alpaca-04537 alpaca-52001"),
    (
        "PAR006",
        "alpacaeval_outputs_10_models",
        "ae-phi-2-047 ae-phi-2-052 ae-phi-2-067 ae-text_davinci_003-130 ae-text_davinci_003-294",
    ),
    ("PAR023", "alpacaeval_outputs_10_models", "ae-oasst-sft-pythia-12b-339 ae-text_davinci_003-339"),
    ("PAR008", "alpaca_en_52k", "alpaca-00165 alpaca-01868 alpaca-08330 alpaca-48412"),
    ("PAR009", "alpacaeval_outputs_10_models", "ae-phi-2-067 ae-vicuna-7b-729"),
    ("PAR010", "alpaca_en_52k", "alpaca-16326 alpaca-30924 alpaca-40478"),
    ("PAR011", "alpaca_en_52k", "alpaca-02929 alpaca-03016 alpaca-05808 alpaca-00825"),
    ("PAR020", "alpaca_en_52k", "alpaca-01595 alpaca-43086"),
    ("PAR022", "alpacaeval_outputs_10_models", "ae-phi-2-459"),
]
SILENT = [
    # Legitimate changes of case.
    ("PAR020", "alpaca_en_52k", "alpaca-01167 alpaca-02328"),
    # Long answers that end in a hashtag, a word of a list, or the last option of a quiz: nothing is missing in the row.
    ("PAR009", "alpaca_en_52k", "alpaca-00640 alpaca-02181 alpaca-03389"),
    # People who end without a full stop.
    ("PAR009", "dolly_3k_human", "dolly-0065 dolly-1508 dolly-2740"),
    ("PAR009", "pair_truthfulqa_human_chatgpt", "tqa-810-human"),
    # A program with lines that are alike.
    ("PAR006", "alpacaeval_outputs_10_models", "ae-oasst-sft-pythia-12b-290"),
    ("PAR023", "alpacaeval_outputs_10_models", "ae-oasst-sft-pythia-12b-290"),
    # An interview that was asked for.
    ("PAR005", "labelled_halueval_general", "halu-3817"),
    # Options, statements and equations that follow in the question itself.
    ("PAR010", "alpaca_en_52k", "alpaca-13133 alpaca-33685 alpaca-42103 alpaca-25749"),
]


@pytest.mark.parametrize(("code", "corpus", "ids"), FOUND, ids=lambda value: value[:20])
def test_found(found: Callable[[str, str], frozenset[str]], code: str, corpus: str, ids: str) -> None:
    assert set(ids.split()) <= found(corpus, code)


@pytest.mark.parametrize(("code", "corpus", "ids"), SILENT, ids=lambda value: value[:20])
def test_silent(found: Callable[[str, str], frozenset[str]], code: str, corpus: str, ids: str) -> None:
    assert not set(ids.split()) & found(corpus, code)


def test_every_bare_link_is_found(corpora: Path, found: Callable[[str, str], frozenset[str]]) -> None:
    rows = rows_of(corpora / "alpaca_en_52k.jsonl.gz")
    contexts = {name: (row["context"] or "").strip() for name, row in rows.items()}
    bare = {name for name, text in contexts.items() if text.startswith(("http", "www.")) and len(text.split()) == 1}
    bare = {name for name in bare if contexts[name].startswith(("http://", "https://", "www."))}
    assert len(bare) == 196
    assert bare <= found("alpaca_en_52k", "PAR008")


def test_every_failed_question_is_found(found: Callable[[str, str], frozenset[str]]) -> None:
    assert len(found("labelled_alpaca_libre_v1", "PAR002")) == 201


def test_numbered_items_are_found(corpora: Path, found: Callable[[str, str], frozenset[str]]) -> None:
    """All but the few whose question excuses them: it speaks of a conversation, say."""
    rows = rows_of(corpora / "alpaca_en_52k.jsonl.gz")
    merged = {name for name, row in rows.items() if ". Instruction:" in (row["answer"] or "")}
    assert len(merged & found("alpaca_en_52k", "PAR005")) >= 0.85 * len(merged)


def test_most_cut_answers_of_a_raw_model_are_found(found: Callable[[str, str], frozenset[str]]) -> None:
    assert len(found("selfinstruct_predictions", "PAR009")) >= 95


HUMAN = ["dolly_3k_human", "gsm8k_train_human", "selfinstruct_user_oriented_human", "t0_templates_human"]


@pytest.mark.parametrize(
    "code", ["PAR001", "PAR005", "PAR008", "PAR009", "PAR010", "PAR011", "PAR020", "PAR022", "PAR023"]
)
@pytest.mark.parametrize("corpus", HUMAN)
def test_people_are_left_alone(
    corpora: Path, found: Callable[[str, str], frozenset[str]], corpus: str, code: str
) -> None:
    assert len(found(corpus, code)) <= 0.001 * len(rows_of(corpora / f"{corpus}.jsonl.gz"))
