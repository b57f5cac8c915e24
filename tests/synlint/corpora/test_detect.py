"""The scoring: shares, precedence, ties and the minority."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from synlint.corpora.detect import agree, choose, other_layout, scored
from synlint.corpora.layouts.registry import layout_names, load
from synlint.corpora.options import ReadOptions
from synlint.corpora.source import Source
from synlint.errors import CorpusError, UsageError

QA = {"question": "q", "answer": "a"}
ALPACA = {"instruction": "q", "output": "a"}
OTHER = {"x": 1}
SOURCE = Source("a.jsonl", Path("a.jsonl"), 0, "", typed="a.jsonl")


def chosen(sample: list[dict[str, Any]]) -> str:
    return choose(sample, SOURCE, ReadOptions())[0].name


@pytest.mark.parametrize(("count", "wins"), [(95, True), (94, False)])
def test_95_percent_wins(count: int, wins: bool) -> None:
    sample = [QA] * count + [OTHER] * (100 - count)
    if wins:
        assert chosen(sample) == "question-answer"
    else:
        with pytest.raises(CorpusError, match=f"only {count} of the first 100"):
            chosen(sample)


@pytest.mark.parametrize(("count", "two"), [(5, False), (6, True)])
def test_a_second_layout_counts_from_5_percent(count: int, two: bool) -> None:
    sample = [QA] * (100 - count) + [ALPACA] * count
    if two:
        with pytest.raises(CorpusError, match="two layouts in one file"):
            chosen(sample)
    else:
        assert chosen(sample) == "question-answer"


def test_precedence_decides_between_equals() -> None:
    record = {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}], **QA, **ALPACA}
    assert [score.reader.name for score in scored([record], ReadOptions())][:3] == [
        "messages",
        "alpaca",
        "question-answer",
    ]
    assert chosen([record]) == "messages"
    assert list(layout_names())[:4] == ["messages", "sharegpt", "preference", "alpaca"]


def test_a_few_different_answers_are_no_tie() -> None:
    same, differs = {**QA, "prompt": "q", "response": "a"}, {**QA, "prompt": "q", "response": "b"}
    assert chosen([same] * 95 + [differs] * 5) == "question-answer"
    with pytest.raises(CorpusError, match="two ways"):
        chosen([same] * 94 + [differs] * 6)


def test_fewer_turns_of_the_same_conversation_agree() -> None:
    assert agree({"a"}, {"a", "b"}) and agree({"a", "b"}, {"b"}) and not agree({"a"}, {"b"})


def test_preference_data_is_not_taken_for_its_prompts() -> None:
    record = {"messages": [{"role": "user", "content": "q"}], "chosen": "a", "rejected": "b"}
    assert chosen([record]) == "preference"


def test_named_columns_in_other_spelling() -> None:
    reader, _ = choose([{"Question": "q", "ANSWER ": "a"}], SOURCE, ReadOptions())
    assert (reader.name, reader.keys[:2]) == ("question-answer", ("Question", "ANSWER "))


def test_prompts_alone_are_the_last_resort() -> None:
    assert chosen([{"prompt": "q"}]) == "prompt-only"
    with pytest.raises(CorpusError, match="50%\\) read as prompt-completion"):
        chosen([{"prompt": "q"}, {"prompt": "q", "completion": "a"}])


def test_what_a_minority_row_is() -> None:
    assert other_layout(ALPACA, ()) == "alpaca"
    assert other_layout(OTHER, ()) is None


def test_unknown_names_are_refused_with_the_near_one() -> None:
    with pytest.raises(UsageError, match="did you mean 'question-answer'"):
        load("question-answers")
