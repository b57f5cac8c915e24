from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from synlint.corpora.open import open_corpus
from synlint.corpora.options import ReadOptions
from synlint.engine.plan import Plan
from synlint.review.rows import NoText, Rows, RowTexts, files_of
from synlint.rulebook.load import load_rules

KEY = "AKIA" + "Q3EGRNHD2BZ7K5XW"  # made up, in the form of an access key
HIDING = Plan.of(loaded for loaded in load_rules() if loaded.rule.mask)


def rows_of(*files: Path, options: ReadOptions | None = None) -> Rows:
    digests = {info.path: info.digest for info in open_corpus([str(file) for file in files], options).files}
    return Rows({file.name: file for file in files}, digests, options or ReadOptions(), HIDING)


def finding(path: Path, row: int, field: str | None = "answer", pair: int | None = 0, **more: Any) -> dict[str, Any]:
    """A finding as a check of the file makes it: with the id of its row."""
    row_id = None
    for batch in open_corpus([str(path)]).batches():
        try:
            row_id = batch.row_id(row)
        except KeyError:
            continue
    return {"path": path.name, "row": row, "line": None, "row_id": row_id, "field": field, "pair": pair, **more}


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


MANY = [{"question": f"Who is {n}?", "answer": f"It is {n}. é"} for n in range(1_000)]


@pytest.mark.parametrize("form", ["jsonl", "bom", "blank", "gz", "array", "csv", "parquet", "crlf"])
def test_any_row_of_any_container(tmp_path: Path, form: str) -> None:
    path = tmp_path / {"gz": "a.jsonl.gz", "array": "a.json", "csv": "a.csv", "parquet": "a.parquet"}.get(
        form, "a.jsonl"
    )
    lines = [json.dumps(row) for row in MANY]
    if form in ("jsonl", "bom", "blank", "crlf"):
        glue = {"blank": "\n \n", "crlf": "\r\n"}.get(form, "\n")
        path.write_text(("\ufeff" if form == "bom" else "") + glue.join(lines), encoding="utf-8", newline="")
    elif form == "gz":
        path.write_bytes(gzip.compress("\n".join(lines).encode()))
    elif form == "array":
        path.write_text(json.dumps(MANY))
    elif form == "csv":
        pl.DataFrame(MANY).write_csv(path)
    else:
        pl.DataFrame(MANY).write_parquet(path)
    rows = rows_of(path)
    for row in (999, 0, 255, 256, 512, 700):
        assert rows.read(finding(path, row)) == RowTexts(dict(MANY[row])), row
    assert rows.is_ready(path.name) and not rows.changed(path.name)
    with pytest.raises(NoText, match="has no such row now"):
        rows.read(finding(path, 0) | {"row": 1_000})


def test_the_pair_that_is_meant(tmp_path: Path) -> None:
    turns = [{"role": role, "content": f"{role} {n}"} for n in range(2) for role in ("user", "assistant")]
    path = write(tmp_path / "a.jsonl", [{"messages": turns}])
    rows = rows_of(path)
    assert rows.read(finding(path, 0, pair=1)).texts["answer"] == "assistant 1"
    assert rows.read(finding(path, 0, pair=0)).texts["answer"] == "assistant 0"


def test_a_row_that_was_mended_is_told_and_its_neighbours_are_shown(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", MANY[:10])
    found = [finding(path, row) for row in range(10)]
    rows = rows_of(path)
    rows.read(found[3])
    write(path, [*MANY[:3], {"question": "new", "answer": "new, and longer"}, *MANY[4:10]])
    with pytest.raises(NoText, match=r"the row has changed since the check of a\.jsonl; check it again"):
        rows.read(found[3])
    assert rows.read(found[4]).texts == MANY[4] and rows.changed("a.jsonl")
    write(path, MANY[:2])
    with pytest.raises(NoText, match="has no such row now"):
        rows.read(found[4])
    path.unlink()
    with pytest.raises(NoText, match="a.jsonl cannot be read: no such file"):
        rows.read(found[1])
    path.write_bytes(b"\n\n")
    with pytest.raises(NoText, match="nothing but white space"):
        rows.read(found[1])


def test_metadata_is_not_the_row(tmp_path: Path) -> None:
    """A note in the row, or another source, leaves it the row that was checked."""
    path = write(tmp_path / "a.jsonl", MANY[:3])
    found = finding(path, 1)
    rows = rows_of(path)
    write(path, [MANY[0], {**MANY[1], "_synlint": {"ignore": ["LEX001"]}}, MANY[2]])
    assert rows.read(found).texts == MANY[1]
    assert rows.row_is(found, json.dumps(MANY[1]).encode()) and not rows.row_is(found, json.dumps(MANY[2]).encode())
    assert not rows.row_is(found, b"not json")


def test_files_that_are_not_there(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", MANY[:2])
    rows = Rows({}, {}, ReadOptions(), HIDING)
    for name, why in (("stdin", "it came from a pipe"), ("a.jsonl", "a.jsonl is no file here any more")):
        with pytest.raises(NoText, match=why):
            rows.read(finding(path, 0) | {"path": name})
    with pytest.raises(NoText, match="about the corpus as a whole"):
        rows.read({"path": None, "row": None})
    assert files_of(["a.jsonl", "b.jsonl"], [tmp_path / "x", tmp_path]) == {"a.jsonl": path}


def test_secrets_are_masked_wherever_the_finding_is(tmp_path: Path) -> None:
    row = {"question": f"Is {KEY} a key?", "answer": f"Yes. First line\n{KEY}", "note": [f"\n{KEY}"]}
    bad = '{"question": "x", "answer": "y\\n' + KEY
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(row)}\n{bad}\n", encoding="utf-8")
    rows = rows_of(path)
    shown = [
        rows.read(finding(path, 0)),
        rows.read(finding(path, 0, "question")),
        rows.read(finding(path, 0, None, None)),
        rows.read(finding(path, 1, None, None)),
    ]
    assert shown[0].secret == {"question", "answer"} and len(shown[0].texts["answer"]) == len(row["answer"])
    for texts in shown:
        assert KEY not in str(texts) and KEY[4:] not in str(texts) and "AK•••" in str(texts), texts
    assert list(shown[3].texts) == ["record"] and "First line" in shown[2].texts["record"]


def test_bad_rows_of_compressed_files(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"question": "a", "answer": "b"}\nnot json\n{"question": "c", "answer": "d"}\n'))
    rows = rows_of(path)
    assert rows.read(finding(path, 2)).texts["question"] == "c"
    with pytest.raises(NoText, match="the record cannot be read; look at row 1"):
        rows.read(finding(path, 1, None, None))
    assert not rows.is_plain_lines(path.name) and not rows.is_text(path.name)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["belle_eval_zh", "labelled_gpteacher_toolformer", "hc3_zh_answers", "gsm8k_train_human"]
)
def test_rows_of_real_corpora(corpora: Path, tmp_path: Path, name: str) -> None:
    stored = corpora / f"{name}.jsonl.gz"
    plain = tmp_path / f"{name}.jsonl"
    plain.write_bytes(gzip.decompress(stored.read_bytes()))
    expected = {}
    for batch in open_corpus([str(stored)]).batches():
        for row, pair, answer in batch.frame.select("row", "pair", "answer").iter_rows():
            if row % 97 == 0:
                expected[row, pair] = (batch.row_id(row), answer)
    assert len(expected) > 3
    for path in (stored, plain):
        rows = Rows({path.name: path}, {}, ReadOptions(), Plan.of([]))
        for (row, pair), (row_id, answer) in expected.items():
            at = {"path": path.name, "row": row, "line": None, "row_id": row_id, "field": "answer", "pair": pair}
            assert rows.read(at).texts.get("answer") == answer
