"""Bad input of every kind: one clear sentence, or a problem with its line; nothing lost, no traceback."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import zlib
from pathlib import Path

import pytest
import zstandard

from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from synlint.errors import UsageError
from tests.synlint.corpora.reading import Write, causes, jsonl, pairs, problems

GOOD = jsonl([{"question": "q", "answer": "a"}])
ONE = ("q", None, "a", None)


def numbered(count: int) -> str:
    """Rows that compress badly, so that half of the compressed file still holds rows."""
    rng = random.Random(1)
    return jsonl({"question": f"q{i}", "answer": str(rng.getrandbits(200))} for i in range(count))


def test_missing_path_with_a_near_name(write: Write, tmp_path: Path) -> None:
    write("corpus.jsonl", GOOD)
    [cause] = causes(open_corpus([str(tmp_path / "corpsu.jsonl")]))
    assert cause == f"{tmp_path}/corpsu.jsonl: no such file or folder; did you mean {tmp_path}/corpus.jsonl?"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.jsonl", b"", "a.jsonl: is empty: there is nothing to check"),
        ("a.jsonl", b"\xef\xbb\xbf", "a.jsonl: holds nothing but white space"),
        ("a.jsonl", b"\n \r\n", "a.jsonl: holds nothing but white space"),
        ("a.json", b"[]", "a.json: holds no record"),
        ("a.csv", b"question,answer\n", "a.csv: holds no record"),
        ("a.jsonl", bytes(range(256)) * 8, "a.jsonl: is binary data"),
        ("a.txt", b"hello\nworld\n", "a.txt: has no recognisable format"),
        ("a.json", b"hello", "a.json:1: is not JSON"),
        ("a.json", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "run `git lfs pull`"),
        ("a.jsonl", GOOD.encode("utf-16"), "is UTF-16 text; convert it: `cat "),
        ("a.jsonl", GOOD.encode("utf-16-le"), "is UTF-16 text"),
        ("a.jsonl", GOOD.encode("utf-16-be"), "is UTF-16 text"),
        (
            "a.jsonl.bz2",
            b"BZh91AY",
            "a.jsonl.bz2: is bzip2 data, which synlint does not read; unpack it with `bunzip2`",
        ),
        ("a.zip", b"PK\x03\x04....", "a.zip: is a zip archive"),
        ("a.parquet", b"PAR1....", "a.parquet: is a Parquet file without its end: it was cut off; fetch it again"),
        ("a.jsonl", b'{"question":\n{"question":\n', "a.jsonl:1: none of its first 2 records can be read (not-json"),
        ("a.json", b'{"data": [{"question": "q", "answer": "a"}]}', "a list under the key 'data'; unpack it: `jq -c"),
        ("a.jsonl", b"{}\n{}\n", "a.jsonl: unknown layout: the records are empty objects"),
    ],
)
def test_refused_with_one_sentence(write: Write, name: str, content: bytes, sentence: str) -> None:
    [cause] = causes(open_corpus([str(write(name, content))]))
    assert sentence in cause and "\n" not in cause


@pytest.mark.parametrize(("name", "content"), [("a.jsonl", ""), ("a.jsonl", "\n\n"), ("a.json", "[]")])
def test_empty_files_can_be_allowed(write: Write, name: str, content: str) -> None:
    corpus = open_corpus([str(write(name, content))], ReadOptions(allow_empty=True))
    assert (causes(corpus), list(corpus.batches())) == ([], [])


@pytest.mark.parametrize(
    ("name", "content", "skipped"),
    [
        ("a.parquet", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", True),
        ("a.jsonl.gz", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", True),
        ("a.jsonl", b'{"level": "info"}\n' * 9, True),
        ("a.jsonl", b'{"level": "info"}\n' * 99 + GOOD.encode(), True),  # one in a hundred is an accident
        ("a.json", b'{"name": "x", "version": "1.0.0"}', True),
        ("a.json", b"[1, 2, 3]", True),
        ("a.csv", b"name,size\nx,1\n", True),
        ("a.jsonl", b'{"level": "info"}\n' + GOOD.encode(), False),  # half of a corpus is a damaged corpus
        ("a.jsonl", b'{"question":\n{"question":\n', False),
        ("a.jsonl", b'[1]\n{"question":\n', False),
        ("a.jsonl", b"", False),
        ("a.parquet", b"PAR1....", False),
        ("a.jsonl.gz", b"\x1f\x8b\x08\x00broken", False),
        ("a.jsonl", bytes(range(256)) * 8, False),
        ("a.json", b"hello", False),
    ],
)
def test_unsupported_files_can_be_skipped_and_damaged_ones_cannot(
    write: Write, name: str, content: bytes, skipped: bool
) -> None:
    path = str(write(name, content))
    [failure] = open_corpus([path]).failures
    corpus = open_corpus([path], ReadOptions(skip_unsupported=True))
    if skipped:
        assert corpus.failures == [] and corpus.files == ()
        assert [f"{file}: {why}" for file, why in corpus.skipped] == [failure.cause.replace(f"{name}:1:", f"{name}:")]
    else:
        assert corpus.failures == [failure] and corpus.skipped == ()


def test_folder_without_corpora(write: Write, tmp_path: Path) -> None:
    write("notes.txt", "x")
    [cause] = causes(open_corpus([str(tmp_path)]))
    assert "is a folder without corpus files" in cause


def test_permission_denied(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.jsonl", GOOD)

    def refuse(*args: object, **kwargs: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert causes(open_corpus([str(path)])) == ["a.jsonl: cannot be read: permission denied"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_permission_denied_by_the_system(write: Write) -> None:
    path = write("a.jsonl", GOOD)
    path.chmod(0)
    assert causes(open_corpus([str(path)])) == ["a.jsonl: cannot be read: permission denied"]


def test_other_files_go_on(write: Write, tmp_path: Path) -> None:
    write("empty.jsonl", "")
    write("good.jsonl", GOOD)
    corpus = open_corpus([str(tmp_path)])
    assert pairs(corpus) == [ONE]
    assert [failure.path for failure in corpus.failures] == ["empty.jsonl"]


@pytest.mark.parametrize("kind", ["gzip", "zstd"])
def test_truncated_compression_keeps_what_was_there(write: Write, kind: str) -> None:
    text = numbered(20_000)
    stored = gzip.compress(text.encode()) if kind == "gzip" else zstandard.compress(text.encode())
    path = write("a.jsonl.x", stored[: len(stored) // 2])
    corpus = open_corpus([str(path)])
    found = pairs(corpus)
    expected = [json.loads(line) for line in text.splitlines()]
    if kind == "gzip":
        whole = zlib.decompressobj(31).decompress(stored[: len(stored) // 2]).count(b"\n")
        assert len(found) == whole > 5000
    assert found == [(r["question"], None, r["answer"], None) for r in expected[: len(found)]] and found
    assert f"the {kind} data ends early: the file is truncated" in causes(corpus)[0]
    assert len(causes(corpus)) == 1  # a second pass says it once


def test_damaged_gzip(write: Write) -> None:
    stored = bytearray(gzip.compress(GOOD.encode()))
    stored[-8] ^= 255  # the checksum
    [cause] = causes(open_corpus([str(write("a.jsonl.gz", bytes(stored)))]))
    assert "the gzip data is damaged" in cause


def test_several_gzip_members_and_padding(write: Write) -> None:
    member = gzip.compress(GOOD.encode())
    assert pairs(open_corpus([str(write("a.jsonl.gz", member * 3 + b"\x00" * 512))])) == [ONE] * 3


def test_several_zstd_frames(write: Write) -> None:
    assert pairs(open_corpus([str(write("a.jsonl.zst", zstandard.compress(GOOD.encode()) * 2))])) == [ONE] * 2


@pytest.mark.parametrize(
    ("line", "kind", "pointer"),
    [
        (b'{"question": "\xff", "answer": "a"}', "invalid-utf8", None),
        (b'{"question": "\x00", "answer": "a"}', "nul-byte", None),
        (b"\x00\x00\x00\x00", "nul-byte", None),
        (b'{"question": "q", "answer": "a", "m": ' + b"[" * 5000 + b"]" * 5000 + b"}", "too-deep", None),
        (b'{"question": "q", "answer": "a", "m": NaN}', "nan-or-infinity", None),
        (b'{"question": "q", "answer": "a", "m": -Infinity}', "nan-or-infinity", None),
        (b'{"question": "q", "answer": "a", "m": 1e999}', "nan-or-infinity", None),
        (b'{"question": "\\ud800", "answer": "a"}', "lone-surrogate", None),
        (b'{"question": "q", "answer": "a"', "not-json", None),
        (b'{"question": "q", "answer": "a"} {}', "not-json", None),
        (b'["question", "answer"]', "not-an-object", None),
        (b"null", "not-an-object", None),
        (b'{"question": "q"}', "missing-field", "/answer"),
        (b'{"question": "q", "answer": null}', "null-field", "/answer"),
        (b'{"question": 3, "answer": "a"}', "wrong-type", "/question"),
        (b'{"question": "q", "answer": ["a"]}', "wrong-type", "/answer"),
        (b'{"question": "q", "answer": "a", "answer": "b"}', "duplicate-key", "/answer"),
        (b'{"question": "q", "answer": "a", "answer" : "b"}', "duplicate-key", "/answer"),
        (b'{"question": "q", "answer": "a", "m": [{"x/y": 1, "x/y": 2}]}', "duplicate-key", "/m/0/x~1y"),
        (b'{"instruction": "q", "output": "a"}', "other-layout", None),
        (b'{"something": "else"}', "missing-field", None),
        (b'{"question": "q", "answer": "a", "_synlint": 5}', "wrong-type", "/_synlint"),
    ],
)
def test_a_bad_line_among_good_ones(write: Write, line: bytes, kind: str, pointer: str | None) -> None:
    good = GOOD.encode()
    corpus = open_corpus([str(write("a.jsonl", good * 2 + b"\n" + line + b"\n" + good * 98))])
    assert problems(corpus) == [(kind, 2, 4, pointer)]
    [batch] = corpus.batches()
    assert batch.records == 101
    assert batch.frame.filter(batch.frame["row"] != 2).height == 100  # nothing else is lost
    assert len(batch.row_id(2)) == 32
    assert causes(corpus) == []


def test_a_context_that_is_no_text(write: Write) -> None:
    record = {"question": "q", "context": "c", "answer": "a"}
    corpus = open_corpus([str(write("a.jsonl", jsonl([record, {**record, "context": {"x": 1}}])))])
    assert problems(corpus) == [("wrong-type", 1, 2, "/context")]
    assert pairs(corpus) == [("q", "c", "a", None), ("q", None, "a", None)]


def test_contexts_that_are_no_texts_throughout_are_not_contexts(write: Write) -> None:
    corpus = open_corpus([str(write("a.jsonl", jsonl([{"question": "q", "context": ["c"], "answer": "a"}])))])
    assert (problems(corpus), pairs(corpus)) == ([], [ONE])


def test_a_context_that_first_comes_late_is_read(write: Write) -> None:
    late = {"question": "q", "context": "c", "answer": "a"}
    assert pairs(open_corpus([str(write("a.jsonl", GOOD * 1500 + jsonl([late])))]))[-1] == ("q", "c", "a", None)


def test_no_detail_quotes_much_text(write: Write) -> None:
    long = "x" * 500
    record = {"messages": [{"role": long, "content": "q"}, {"role": "assistant", "content": "a"}]}
    corpus = open_corpus([str(write("a.jsonl", jsonl([record])))])
    details = [problem.detail for batch in corpus.batches() for problem in batch.problems]
    assert details and all(detail.count("x") <= 40 for detail in details)


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_bom_and_crlf_are_accepted(write: Write, name: str) -> None:
    text = {"a.jsonl": GOOD, "a.json": f"[{GOOD}]", "a.csv": "question,answer\nq,a\n"}[name]
    content = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    corpus = open_corpus([str(write(name, content))])
    assert (pairs(corpus), problems(corpus)) == ([ONE], [])


def test_a_line_of_50_megabytes(write: Write) -> None:
    answer = "x" * 50_000_000
    corpus = open_corpus([str(write("a.jsonl", f'{{"question": "q", "answer": "{answer}"}}\n' + GOOD))])
    assert pairs(corpus) == [("q", None, answer, None), ONE]


@pytest.mark.parametrize("size", [3_000_000, 1_000_050])  # longer than a chunk, and one that crosses a chunk's end
def test_a_line_above_the_limit_is_a_problem(write: Write, size: int) -> None:
    text = GOOD + f'{{"question": "q", "answer": "{"x" * size}"}}\n' + GOOD * 3
    corpus = open_corpus([str(write("a.jsonl", text))], ReadOptions(max_record_bytes=1_000_000))
    assert problems(corpus) == [("too-long", 1, 2, None)]
    assert len(pairs(corpus)) == 4


def test_unknown_layout_names_the_keys_and_the_options(write: Write) -> None:
    path = write("a.jsonl", jsonl([{"topic": "t", "user query": "q", "model_answer": "a"}]))
    [cause] = causes(open_corpus([str(path)]))
    assert cause == (
        "a.jsonl: unknown layout; the keys are 'topic', 'user query', 'model_answer'; name the right ones: "
        f"`synlint check {path} --field question='user query' --field answer=model_answer`"
    )
    fields = {"question": "user query", "answer": "model_answer"}
    assert pairs(open_corpus([str(path)], ReadOptions(fields=fields))) == [ONE]


def test_two_layouts_in_one_file(write: Write) -> None:
    path = write("a.jsonl", GOOD * 60 + jsonl([{"instruction": "q", "output": "a"}]) * 40)
    [cause] = causes(open_corpus([str(path)]))
    assert "60% of the first 100 records read as question-answer, 40% as alpaca" in cause
    assert f"`synlint check {path} --layout question-answer`" in cause and "--layout alpaca`" in cause
    told = open_corpus([str(path)], ReadOptions(layout="alpaca"))
    assert len(pairs(told)) == 40 and {kind for kind, *_ in problems(told)} == {"other-layout"}


def test_a_layout_that_only_a_part_follows(write: Write) -> None:
    path = write("a.jsonl", GOOD * 60 + jsonl([{"name": "q"}]) * 40)
    [cause] = causes(open_corpus([str(path)]))
    assert "only 60 of the first 100 records (60%) read as question-answer" in cause
    assert f"`synlint check {path} --layout question-answer`" in cause


def test_a_tie_names_both_commands(write: Write) -> None:
    record = {"question": "q", "answer": "a", "prompt": "p", "response": "another"}
    path = write("a.jsonl", jsonl([record] * 3))
    [cause] = causes(open_corpus([str(path)]))
    assert "can be read in two ways" in cause
    assert f"`synlint check {path} --layout question-answer`" in cause and "--layout prompt-response`" in cause
    assert pairs(open_corpus([str(path)], ReadOptions(layout="prompt-response"))) == [("p", None, "another", None)] * 3


def test_the_same_answers_under_two_names_are_no_tie(write: Write) -> None:
    record = {"instruction": "i", "output": "a", "prompt": "Below is: i", "completion": " a"}
    corpus = open_corpus([str(write("a.jsonl", jsonl([record] * 3)))])
    assert (corpus.layout, causes(corpus)) == ("alpaca", [])


def test_a_layout_that_has_nothing_to_do_with_the_file(write: Write) -> None:
    [cause] = causes(open_corpus([str(write("a.jsonl", GOOD))], ReadOptions(layout="messages")))
    assert "--layout messages needs messages" in cause and "'question', 'answer'" in cause


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (ReadOptions(layout="alpacca"), "unknown layout 'alpacca'; did you mean 'alpaca'?"),
        (ReadOptions(fields={"asnwer": "x"}), "the fields are question, context, answer"),
        (ReadOptions(fields={"context": "x"}), "name at least the question or the answer"),
        (ReadOptions(fields={"answer": "x"}, layout="alpaca"), "exclude each other"),
        (ReadOptions(batch_rows=0), "at least one row"),
    ],
)
def test_options_that_make_no_sense(write: Write, options: ReadOptions, sentence: str) -> None:
    with pytest.raises(UsageError, match=r".*") as caught:
        open_corpus([str(write("a.jsonl", GOOD))], options)
    assert sentence in str(caught.value)


def test_standard_input(write: Write) -> None:
    corpus = open_corpus(["-"], ReadOptions(stdin=io.BytesIO(gzip.compress(GOOD.encode()))))
    assert [file.path for file in corpus.files] == ["stdin"]
    assert pairs(corpus) == pairs(corpus) == [ONE]


def test_empty_standard_input() -> None:
    [cause] = causes(open_corpus(["-"], ReadOptions(stdin=io.BytesIO(b""))))
    assert cause.startswith("stdin: is empty")


def test_commands_about_standard_input_can_be_typed() -> None:
    [cause] = causes(open_corpus(["-"], ReadOptions(stdin=io.BytesIO(b'{"user": "q", "reply": "a"}\n'))))
    assert cause.startswith("stdin: unknown layout") and "`synlint check - --field question=user" in cause


def test_a_branch_where_nothing_has_branches(write: Write) -> None:
    path = str(write("a.jsonl", GOOD))
    with pytest.raises(UsageError) as caught:
        open_corpus([path], ReadOptions(branch="rejected"))
    assert str(caught.value).startswith("--branch rejected: only preference pairs have branches")
    assert str(caught.value).endswith("this corpus reads as question-answer")
    with pytest.raises(UsageError, match="reads as fields"):
        open_corpus([path], ReadOptions(branch="rejected", fields={"answer": "answer"}))


def test_a_branch_that_one_of_the_files_has(write: Write, tmp_path: Path) -> None:
    write("a.jsonl", GOOD)
    write("b.jsonl", '{"prompt": "q", "chosen": "a", "rejected": "b"}\n')
    corpus = open_corpus([str(tmp_path)], ReadOptions(branch="rejected"))
    assert pairs(corpus)[-1] == ("q", None, "b", None)
