"""Every file of the real corpora loads with its rows, or is refused with the right sentence."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from tests.synlint.corpora.reading import causes, pairs, problems

QA = "question-answer"
# file: layout, records, pairs
LOADS = {
    "alpaca_en_52k.jsonl.gz": (QA, 52002, 52002),
    "alpacaeval_outputs_10_models.jsonl.gz": (QA, 8048, 8048),
    "anthropic_persona_lm.jsonl.gz": (QA, 8000, 8000),
    "belle_eval_zh.jsonl.gz": (QA, 1000, 1000),
    "codealpaca_2k.jsonl.gz": (QA, 2017, 2017),
    "dolly_3k_human.jsonl.gz": (QA, 2996, 2996),
    "gsm8k_train_human.jsonl.gz": (QA, 7473, 7473),
    "hc3_zh_answers.jsonl.gz": (QA, 852, 852),
    "labelled_alpaca_libre_v1.jsonl.gz": (QA, 2375, 2375),
    "labelled_gpteacher_toolformer.jsonl.gz": (QA, 7673, 7673),
    "labelled_gsm8k_model_solutions.jsonl.gz": (QA, 2608, 2608),
    "labelled_halueval_general.jsonl.gz": (QA, 2224, 2224),
    "labelled_ifeval_gpt4.jsonl.gz": (QA, 264, 264),
    "pair_anthropic_risk_human_lm.jsonl.gz": (QA, 11530, 11530),
    "pair_fastdetect_human_gpt.jsonl.gz": (QA, 600, 600),
    "pair_truthfulqa_human_chatgpt.jsonl.gz": (QA, 1634, 1634),
    "selfinstruct_predictions.jsonl.gz": (QA, 504, 504),
    "selfinstruct_user_oriented_human.jsonl.gz": (QA, 252, 252),
    "t0_templates_human.jsonl.gz": (QA, 2784, 2784),
    "tofu_generated.jsonl.gz": (QA, 600, 600),
    "raw/alpaca_data-0-3252.json.gz": ("alpaca", 3252, 3252),
    "raw/alpaca_en_demo.json.gz": ("alpaca", 999, 999),
    "raw/alpacaeval_alpaca-7b_model_outputs.json.gz": ("alpaca", 805, 805),
    "raw/dpo_en_demo.json.gz": ("preference", 300, 563),
    "raw/fastchat_dummy_conversation.json.gz": ("sharegpt", 500, 1000),
    "raw/glaive_toolcall_en_demo.json.gz": ("sharegpt", 300, 746),
    "raw/gsm8k_train_head500.jsonl.gz": (QA, 500, 500),
    "raw/identity.json.gz": ("alpaca", 91, 91),
    "raw/ifeval_input_data_half.jsonl.gz": ("prompt-only", 264, 264),
    "raw/kto_en_demo.json.gz": ("messages", 300, 487),
    "raw/mt_bench_question.jsonl.gz": ("turns", 80, 160),
    "raw/t0_prompt_completion.jsonl.gz": ("prompt-completion", 200, 200),
    "raw/v1_sft_demo.jsonl.gz": ("messages", 500, 500),
}
# file: parts of the sentence with which it is refused
REFUSED = {
    "labelled_alpaca_human_review.jsonl.gz": ("unknown layout", "'before'", "--field question=before.instruction"),
    "labels_alpagasus_alpaca_weak.jsonl.gz": ("unknown layout", "'kept_by'", "--field question=KEY"),
    "raw/TruthfulQA_chatgpt.csv.gz": ("unknown layout", "'Best Answer'", "--field question=Question"),
    "raw/lfs_pointer_lima.json.gz": ("Git LFS pointer", "git lfs pull"),
    "raw/broken_trailing_comma_alpaca_zh_9407.json.gz": (":14006: trailing comma before the closing bracket", "remove"),
}
BROKEN_LINES = "raw/broken_line_alpaca_libre_v2.jsonl.gz"


def text_of(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return file.read()


def test_every_real_file_is_in_the_lists_above(corpora: Path) -> None:
    files = {path.relative_to(corpora).as_posix() for path in corpora.glob("**/*.gz")}
    assert files == {*LOADS, *REFUSED, BROKEN_LINES}


@pytest.mark.parametrize("name", LOADS)
def test_loads(corpora: Path, name: str) -> None:
    layout, records, pair_count = LOADS[name]
    corpus = open_corpus([str(corpora / name)])
    batches = list(corpus.batches())
    assert (corpus.layout, corpus.failures) == (layout, [])
    assert sum(batch.records for batch in batches) == records
    assert sum(batch.frame.height for batch in batches) == pair_count
    assert [problem for batch in batches for problem in batch.problems] == []
    assert corpus.progress[0] == corpus.progress[1] == (corpora / name).stat().st_size


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused(corpora: Path, name: str) -> None:
    [cause] = causes(open_corpus([str(corpora / name)]))
    assert cause.startswith(Path(name).name)
    assert [part for part in REFUSED[name] if part not in cause] == []


def test_rows_before_a_trailing_comma_are_read(corpora: Path) -> None:
    path = corpora / "raw/broken_trailing_comma_alpaca_zh_9407.json.gz"
    text = text_of(path)
    expected = json.loads(text[: text.rindex(",")] + "]")
    found = pairs(open_corpus([str(path)]))
    assert found == [(r["instruction"], r["input"], r["output"], None) for r in expected]


def test_broken_lines_are_problems_and_the_rest_is_read(corpora: Path) -> None:
    corpus = open_corpus([str(corpora / BROKEN_LINES)])
    found = problems(corpus)
    assert [line for _, _, line, _ in found] == [2279, *range(2281, 2292), 2293, 2294]
    assert {kind for kind, *_ in found} == {"not-json"}
    assert len(pairs(corpus)) == 2280 and corpus.failures == []


def test_content_and_order_are_exact(corpora: Path) -> None:
    path = corpora / "alpaca_en_52k.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        expected = [json.loads(line) for line in file]
    corpus = open_corpus([str(path)])
    assert pairs(corpus) == [(r["question"], r["context"], r["answer"], None) for r in expected]
    frame = next(corpus.batches()).frame
    assert frame["source_id"].to_list() == [r["id"] for r in expected[: frame.height]]
    assert frame["line"].to_list() == [row + 1 for row in frame["row"].to_list()]


def test_conversations_match_a_plain_reading(corpora: Path) -> None:
    path = corpora / "raw/glaive_toolcall_en_demo.json.gz"
    expected = []
    for record in json.loads(text_of(path)):
        question = None
        seen: list[str] = []
        for turn in record["conversations"]:
            if turn["from"] == "human":
                question, seen = turn["value"], []
            elif turn["from"] == "observation":
                seen.append(turn["value"])
            elif turn["from"] == "gpt":
                expected.append((question, "\n\n".join(seen) or None, turn["value"], None))
    assert pairs(open_corpus([str(path)])) == expected


def test_the_hint_for_unknown_columns_works_when_typed(corpora: Path) -> None:
    path = corpora / "raw/TruthfulQA_chatgpt.csv.gz"
    fields = {"question": "Question", "answer": "chatgpt_answer"}
    expected = list(csv.DictReader(io.StringIO(text_of(path))))
    found = pairs(open_corpus([str(path)], ReadOptions(fields=fields)))
    assert found == [(r["Question"], None, r["chatgpt_answer"], None) for r in expected]
    assert len(found) == 817


def test_the_folder_is_one_corpus(corpora: Path) -> None:
    corpus = open_corpus([str(corpora / "raw")])
    assert [file.path for file in corpus.files] == sorted(file.path for file in corpus.files)
    assert len(corpus.files) == 15 and len(causes(corpus)) == 3
    assert corpus.layout == "alpaca+messages+preference+prompt-completion+prompt-only+question-answer+sharegpt+turns"
