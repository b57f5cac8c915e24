"""Which keys are proposed for a file of unknown layout."""

from __future__ import annotations

from typing import Any

import pytest

from synlint.corpora.hints import ANSWER_WORDS, QUESTION_WORDS, keys_seen, likely, text_paths, unknown_layout


@pytest.mark.parametrize(
    ("keys", "question", "answer"),
    [
        (["Type", "Question", "Best Answer", "Correct Answers"], "Question", "Best Answer"),
        (["userQuery", "botReply"], "userQuery", "botReply"),
        (["title", "problem", "solution"], "problem", "solution"),
        (["in.instruction", "out.output"], "in.instruction", "out.output"),
    ],
)
def test_likely_keys(keys: list[str], question: str, answer: str) -> None:
    assert likely(keys, QUESTION_WORDS)[0] == question
    assert likely(keys, ANSWER_WORDS)[0] == answer


def test_only_keys_with_texts_are_proposed() -> None:
    sample: list[dict[str, Any]] = [{"query": "q", "answer_id": 5, "out": {"reply": "a", "n": 1}}]
    assert text_paths(sample) == ["query", "out.reply"]
    assert "--field question=query --field answer=out.reply`" in unknown_layout(sample, "a.jsonl")


def test_the_question_is_not_proposed_as_the_answer() -> None:
    assert "--field question=user_text --field answer=KEY`" in unknown_layout([{"user_text": "x"}], "a.jsonl")


def test_paths_are_quoted_for_the_shell() -> None:
    assert "`synlint check 'my file.jsonl' --field" in unknown_layout([{"user": "x", "reply": "y"}], "my file.jsonl")


def test_many_keys_are_cut() -> None:
    assert keys_seen([{f"k{i}": 1 for i in range(30)}]).endswith("'k19' and 10 more")


def test_a_list_below_a_key_is_unpacked() -> None:
    sentence = unknown_layout([{"version": 1, "my data": [{"question": "q"}]}], "a.json")
    assert "`jq -c '.[\"my data\"][]' a.json > records.jsonl`" in sentence
