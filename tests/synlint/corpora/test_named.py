"""A key named with --field that occurs nowhere is one sentence and no run."""

from __future__ import annotations

from typing import Any

import pytest

from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from tests.synlint.corpora.reading import Write, causes, jsonl, pairs

ROWS: list[dict[str, Any]] = [{"Question": f"q{n}", "Answer": f"a{n}", "meta": {"reply": "r"}} for n in range(3)]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"question": "Question", "answer": "Anser"},
            "a.jsonl: no record has the key 'Anser', which --field answer names (did you mean 'Answer'?); "
            "the keys are 'Question', 'Answer', 'meta'",
        ),
        ({"question": "Question", "answer": "meta.repl"}, "(did you mean 'meta.reply'?)"),
        ({"question": "qwertz"}, "no record has the key 'qwertz', which --field question names; the keys are"),
        ({"answer": "Answer", "context": "Kontext"}, "the key 'Kontext', which --field context names"),
        ({"answer": "Answer", "id": "ID"}, "the key 'ID', which --field id names"),
    ],
)
def test_a_key_that_no_record_has(write: Write, fields: dict[str, str], sentence: str) -> None:
    corpus = open_corpus([str(write("a.jsonl", jsonl(ROWS)))], ReadOptions(fields=fields))
    [cause] = causes(corpus)
    assert sentence in cause
    assert corpus.files == ()


def test_in_a_table_it_is_a_column(write: Write) -> None:
    path = str(write("a.csv", "Question,Best Answer\nq,a\n"))
    [cause] = causes(open_corpus([path], ReadOptions(fields={"question": "Question", "answer": "Best Anser"})))
    assert cause == (
        "a.csv: there is no column 'Best Anser', which --field answer names (did you mean 'Best Answer'?); "
        "the columns are 'Question', 'Best Answer'"
    )


def test_one_record_that_has_it_is_enough_wherever_it_stands(write: Write) -> None:
    """Later than the sample, too: whether the key is there is decided by the whole file."""
    few = [{"prompt": f"q{n}"} for n in range(1500)] + [{"prompt": "q", "reply": "late"}]
    path = str(write("a.jsonl", jsonl(few)))
    corpus = open_corpus([path], ReadOptions(fields={"question": "prompt", "answer": "reply"}))
    assert causes(corpus) == []
    assert pairs(corpus)[-1] == ("q", None, "late", None)
    only = open_corpus([path], ReadOptions(fields={"answer": "reply"}))
    assert causes(only) == [] and pairs(only) == [(None, None, "late", None)]


def test_a_null_is_no_absence(write: Write) -> None:
    path = str(write("a.jsonl", jsonl([{"q": "x", "a": None}])))
    assert causes(open_corpus([path], ReadOptions(fields={"question": "q", "answer": "a"}))) == []
