"""The line that says which keys were taken for what."""

from __future__ import annotations

from typing import Any

import pytest

from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from tests.synlint.corpora.reading import Write, jsonl

TURNS = [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]
PREFERENCE = {"prompt": "q", "chosen": "a", "rejected": "b"}


@pytest.mark.parametrize(
    ("record", "options", "line"),
    [
        ({"question": "q", "answer": "a"}, {}, "question-answer: question, answer"),
        ({"question": "q", "answer": "a", "context": ""}, {}, "question-answer: question, context, answer"),
        (
            {"instruction": "q", "input": "", "output": "a", "system": "s"},
            {},
            "alpaca: question = instruction, context = input, answer = output, system",
        ),
        ({"Question": "q", "ANSWER": "a"}, {}, "question-answer: question = Question, answer = ANSWER"),
        ({"messages": TURNS}, {}, "messages: turns = messages"),
        ({"conversations": TURNS, "system": "s"}, {}, "messages: turns = conversations, system"),
        ({"text": "Human: q\n\nAssistant: a"}, {}, "chat-text: turns = text"),
        ({"turns": ["q"]}, {}, "turns: question = turns (no answers)"),
        ({"prompt": "q"}, {}, "prompt-only: question = prompt (no answers)"),
        (PREFERENCE, {}, "preference: question = prompt, answer = chosen (rejected is not checked)"),
        (
            PREFERENCE,
            {"branch": "rejected"},
            "preference: question = prompt, answer = rejected (chosen is not checked)",
        ),
        ({"chosen": TURNS, "rejected": TURNS}, {}, "preference: turns = chosen (rejected is not checked)"),
        (
            {"a": {"b": "x"}, "q": "y"},
            {"fields": {"answer": "a.b", "question": "q"}},
            "fields: question = q, answer = a.b",
        ),
        ({"a": "x"}, {"fields": {"answer": "a"}}, "fields: answer = a (no questions)"),
    ],
)
def test_every_way_of_reading(write: Write, record: dict[str, Any], options: dict[str, Any], line: str) -> None:
    corpus = open_corpus([str(write("a.jsonl", jsonl([record, record])))], ReadOptions(**options))
    assert corpus.read_as == (line,)


def test_files_alike_have_one_line(write: Write, tmp_path: Any) -> None:
    write("a.jsonl", jsonl([{"question": "q", "answer": "a"}]))
    write("b.jsonl", jsonl([{"prompt": "q", "completion": "a"}]))
    write("c.jsonl", jsonl([{"question": "q", "answer": "a"}]))
    assert open_corpus([str(tmp_path)]).read_as == (
        "question-answer: question, answer",
        "prompt-completion: question = prompt, answer = completion",
    )
