"""Every layout: what it reads, where it points, and what is wrong with a conversation."""

from __future__ import annotations

from typing import Any

import pytest

from synlint.corpora.layouts.chat_text import split_markup
from synlint.corpora.layouts.registry import layout_names, load
from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from tests.synlint.corpora.reading import Write, causes, jsonl, pairs, problems

USER = {"role": "user", "content": "q"}
BOT = {"role": "assistant", "content": "a"}
HUMAN = {"from": "human", "value": "q"}
GPT = {"from": "gpt", "value": "a"}


def conversation(*roles: str) -> dict[str, Any]:
    return {"messages": [{"role": role, "content": f"{role}{i}"} for i, role in enumerate(roles)]}


# layout, record, pairs as (question, context, answer, system), pointers of question and answer of the first pair
READS: list[tuple[str, dict[str, Any], list[tuple[Any, ...]], tuple[str | None, str | None]]] = [
    ("messages", {"messages": [USER, BOT]}, [("q", None, "a", None)], ("/messages/0/content", "/messages/1/content")),
    (
        "messages",
        {
            "messages": [
                {"role": "system", "content": "s"},
                {"role": "user", "content": [{"type": "text", "text": "q"}]},
                BOT,
            ]
        },
        [("q", None, "a", "s")],
        ("/messages/1/content", "/messages/2/content"),
    ),
    (
        "messages",
        {"messages": [{"role": "user", "content": [{"type": "image_url"}, {"type": "text", "value": "q"}, "r"]}, BOT]},
        [("qr", None, "a", None)],
        ("/messages/0/content", "/messages/1/content"),
    ),
    (
        "messages",
        {"conversations": [USER, BOT]},
        [("q", None, "a", None)],
        ("/conversations/0/content", "/conversations/1/content"),
    ),
    (
        "sharegpt",
        {"conversations": [HUMAN, GPT]},
        [("q", None, "a", None)],
        ("/conversations/0/value", "/conversations/1/value"),
    ),
    (
        "sharegpt",
        {"conversations": [HUMAN, GPT], "system": "s", "tools": "[]"},
        [("q", None, "a", "s")],
        ("/conversations/0/value", "/conversations/1/value"),
    ),
    (
        "sharegpt",
        {
            "conversations": [
                HUMAN,
                {"from": "function_call", "value": "{}"},
                {"from": "observation", "value": "o"},
                {"from": "observation", "value": "p"},
                GPT,
                {"from": "human", "value": "bye"},
            ]
        },
        [("q", "o\n\np", "a", None), ("bye", None, None, None)],
        ("/conversations/0/value", "/conversations/4/value"),
    ),
    ("preference", {"prompt": "q", "chosen": "a", "rejected": "b"}, [("q", None, "a", None)], ("/prompt", "/chosen")),
    (
        "preference",
        {"conversations": [HUMAN], "chosen": GPT, "rejected": GPT},
        [("q", None, "a", None)],
        ("/conversations/0/value", "/chosen/value"),
    ),
    (
        "preference",
        {"prompt": "q", "chosen": [USER, BOT], "rejected": [USER, BOT], "messages": [USER, BOT]},
        [("q", None, "a", None)],
        ("/chosen/0/content", "/chosen/1/content"),
    ),
    (
        "preference",
        {"prompt": [USER], "chosen": [BOT], "rejected": [BOT]},
        [("q", None, "a", None)],
        ("/prompt/0/content", "/chosen/0/content"),
    ),
    (
        "preference",
        {"instruction": "q", "input": "c", "chosen": "a", "rejected": "b"},
        [("q", "c", "a", None)],
        ("/instruction", "/chosen"),
    ),
    (
        "preference",
        {"chosen": "\n\nHuman: q\n\nAssistant: a", "rejected": "\n\nHuman: q\n\nAssistant: b"},
        [("q", None, "a", None)],
        (None, "/chosen"),
    ),
    ("alpaca", {"instruction": "q", "input": "", "output": "a"}, [("q", "", "a", None)], ("/instruction", "/output")),
    (
        "alpaca",
        {"instruction": "q", "context": "c", "response": "a"},
        [("q", "c", "a", None)],
        ("/instruction", "/response"),
    ),
    ("question-answer", {"question": "q", "answer": ""}, [("q", None, "", None)], ("/question", "/answer")),
    (
        "question-answer",
        {"system_prompt": "s", "question": "q", "response": "a"},
        [("q", None, "a", "s")],
        ("/question", "/response"),
    ),
    ("question-answer", {"Question": "q", " Answer": "a"}, [("q", None, "a", None)], ("/Question", "/ Answer")),
    ("prompt-completion", {"prompt": "q", "completion": "a"}, [("q", None, "a", None)], ("/prompt", "/completion")),
    (
        "prompt-completion",
        {"prompt": [USER], "completion": [BOT]},
        [("q", None, "a", None)],
        ("/prompt/0/content", "/completion/0/content"),
    ),
    ("prompt-response", {"prompt": "q", "response": "a"}, [("q", None, "a", None)], ("/prompt", "/response")),
    ("chat-text", {"text": "Human: q\n\nAssistant: a"}, [("q", None, "a", None)], ("/text", "/text")),
    (
        "turns",
        {"question_id": 1, "turns": ["q", "r"]},
        [("q", None, None, None), ("r", None, None, None)],
        ("/turns/0", None),
    ),
    ("prompt-only", {"prompt": "q", "key": 3}, [("q", None, None, None)], ("/prompt", None)),
]


@pytest.mark.parametrize(("layout", "record", "expected", "pointers"), READS)
def test_reads(
    write: Write,
    layout: str,
    record: dict[str, Any],
    expected: list[tuple[Any, ...]],
    pointers: tuple[str | None, str | None],
) -> None:
    corpus = open_corpus([str(write("a.jsonl", jsonl([record] * 3)))])
    assert (corpus.layout, problems(corpus), causes(corpus)) == (layout, [], [])
    assert pairs(corpus) == expected * 3
    [batch] = corpus.batches()
    first = batch.frame.row(0, named=True)
    assert (
        batch.pointer("question", first["question_turn"]),
        batch.pointer("answer", first["answer_turn"]),
    ) == pointers
    assert batch.frame["pair"].to_list() == [*range(len(expected))] * 3


def test_every_layout_is_read_above() -> None:
    assert {layout for layout, *_ in READS} == set(layout_names())


@pytest.mark.parametrize("name", layout_names())
def test_every_layout_reads_its_own_example(write: Write, name: str) -> None:
    layout = load(name)
    assert name == layout.NAME and layout.NEEDS
    corpus = open_corpus([str(write("a.jsonl", jsonl([layout.EXAMPLE])))])
    assert (corpus.layout, problems(corpus)) == (name, [])
    assert pairs(corpus)[0][0] == "Q"


def test_the_rejected_branch(write: Write) -> None:
    record = {"conversations": [HUMAN], "chosen": GPT, "rejected": {"from": "gpt", "value": "b"}}
    path = str(write("a.jsonl", jsonl([record])))
    corpus = open_corpus([path], ReadOptions(branch="rejected"))
    assert pairs(corpus) == [("q", None, "b", None)]
    [batch] = corpus.batches()
    assert batch.pointer("answer", None) == "/rejected/value"
    [chosen] = open_corpus([path]).batches()
    assert batch.row_id(0) != chosen.row_id(0)


def test_pointers_of_context_and_system(write: Write) -> None:
    record = conversation("system", "user", "tool", "assistant")
    [batch] = open_corpus([str(write("a.jsonl", jsonl([record])))]).batches()
    row = batch.frame.row(0, named=True)
    assert (row["context"], batch.pointer("context", row["context_turn"])) == ("tool2", "/messages/2/content")
    assert (row["system"], batch.pointer("system", None)) == ("system0", "/messages/0/content")


def test_tool_calls_of_an_assistant_are_no_answers(write: Write) -> None:
    call = {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "f"}}]}
    record = {"messages": [USER, call, {"role": "tool", "content": "o"}, BOT]}
    corpus = open_corpus([str(write("a.jsonl", jsonl([record])))])
    assert (pairs(corpus), problems(corpus)) == ([("q", "o", "a", None)], [])


@pytest.mark.parametrize(
    ("roles", "expected", "found"),
    [
        (["user", "user", "assistant"], [("user0", None), ("user1", "assistant2")], ("role-order", "/messages/1/role")),
        (
            ["user", "assistant", "assistant"],
            [("user0", "assistant1"), ("user0", "assistant2")],
            ("role-order", "/messages/2/role"),
        ),
        (["assistant", "user"], [(None, "assistant0"), ("user1", None)], ("role-order", "/messages/0/role")),
        (["user", "system", "assistant"], [("user0", "assistant2")], ("role-order", "/messages/1/role")),
        (["user", "wizard", "assistant"], [("user0", "assistant2")], ("unknown-role", "/messages/1/role")),
        (["system"], [], ("empty-conversation", "/messages")),
        ([], [], ("empty-conversation", "/messages")),
        (["user", "tool", "assistant"], [("user0", "assistant2")], None),
        (["system", "system", "user", "assistant"], [("user2", "assistant3")], None),
    ],
)
def test_order_and_roles(
    write: Write, roles: list[str], expected: list[tuple[Any, ...]], found: tuple[str, str] | None
) -> None:
    corpus = open_corpus([str(write("a.jsonl", jsonl([conversation("user", "assistant"), conversation(*roles)])))])
    got = [(question, answer) for question, _, answer, _ in pairs(corpus)[1:]]
    assert got == expected
    assert problems(corpus) == ([] if found is None else [(found[0], 1, 2, found[1])])


@pytest.mark.parametrize(
    ("turns", "kind", "pointer"),
    [
        (None, "null-field", "/messages"),
        ("text", "wrong-type", "/messages"),
        ([USER, "text", BOT], "wrong-type", "/messages/1"),
        ([USER, {"content": "x"}, BOT], "missing-field", "/messages/1/role"),
        ([USER, {"role": "assistant"}], "missing-field", "/messages/1/content"),
        ([USER, {"role": "assistant", "content": None}], "null-field", "/messages/1/content"),
        ([USER, {"role": "assistant", "content": 5}], "wrong-type", "/messages/1/content"),
    ],
)
def test_malformed_turns(write: Write, turns: Any, kind: str, pointer: str) -> None:
    corpus = open_corpus([str(write("a.jsonl", jsonl([{"messages": [USER, BOT]}] * 30 + [{"messages": turns}])))])
    assert problems(corpus) == [(kind, 30, 31, pointer)]


MARKUPS = {
    "chatml": "<|im_start|>system\ns<|im_end|>\n<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\na<|im_end|>\n",
    "llama2": "<s>[INST] <<SYS>>\ns\n<</SYS>>\n\nq [/INST] a </s>",
    "llama3": "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\ns<|eot_id|><|start_header_id|>user"
    "<|end_header_id|>\n\nq<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\na<|eot_id|>",
    "zephyr": "<|system|>\ns</s>\n<|user|>\nq</s>\n<|assistant|>\na</s>",
    "alpaca": "s\n\n### Instruction:\nq\n\n### Response:\na",
    "vicuna": "s USER: q ASSISTANT: a</s>",
    "lines": "System: s\nUser: q\nAssistant: a",
}


@pytest.mark.parametrize("markup", MARKUPS)
def test_markup(markup: str) -> None:
    turns = [(turn.role, turn.text) for turn in split_markup(MARKUPS[markup])]
    assert turns == [("system", "s"), ("user", "q"), ("assistant", "a")]


def test_markup_of_several_turns() -> None:
    text = "<s>[INST] q [/INST] a </s><s>[INST] r [/INST] b </s>"
    assert [turn.text for turn in split_markup(text)] == ["q", "a", "r", "b"]


def test_markup_with_an_input_section() -> None:
    turns = split_markup("### Instruction:\nq\n\n### Input:\nc\n\n### Response:\na")
    assert [(turn.role, turn.text) for turn in turns] == [("user", "q"), ("context", "c"), ("assistant", "a")]


@pytest.mark.parametrize("text", ["", "plain prose", "User: but nobody answers", "a <|im_start|> in prose"])
def test_no_markup(text: str) -> None:
    assert split_markup(text) == []


def test_a_text_without_markup_among_others(write: Write) -> None:
    rows = [{"text": MARKUPS["chatml"]}] * 99 + [{"text": "prose"}]
    assert problems(open_corpus([str(write("a.jsonl", jsonl(rows)))])) == [("other-layout", 99, 100, "/text")]


def test_dotted_fields(write: Write) -> None:
    rows: list[dict[str, Any]] = [
        {"before": {"instruction": "q", "output": "a"}},
        {"before": {"instruction": "q"}},
        {"before": 3},
    ]
    fields = {"question": "before.instruction", "answer": "before.output"}
    corpus = open_corpus([str(write("a.jsonl", jsonl(rows)))], ReadOptions(fields=fields))
    assert pairs(corpus) == [("q", None, "a", None), ("q", None, None, None)]
    assert problems(corpus) == [("missing-field", 1, 2, "/before/output"), ("missing-field", 2, 3, None)]


def test_one_field_is_enough(write: Write) -> None:
    corpus = open_corpus([str(write("a.jsonl", jsonl([{"text": "a"}])))], ReadOptions(fields={"answer": "text"}))
    assert (pairs(corpus), problems(corpus)) == ([(None, None, "a", None)], [])


def test_a_prompt_with_something_like_an_answer_is_not_prompt_only(write: Write) -> None:
    [cause] = causes(open_corpus([str(write("a.jsonl", jsonl([{"question": "q", "gold_answers": ["a"]}])))]))
    assert "unknown layout" in cause
