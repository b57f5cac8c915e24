"""`synlint diff` from the command line: corpora and reports, exit codes, outputs, and the real corpora."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.synlint.commands.conftest import Call, write_rows

SCHEMA = json.loads((files("synlint.schema") / "diff-v1.schema.json").read_text(encoding="utf-8"))


def document(call: Call, *arguments: str, code: int = 0) -> dict[str, Any]:
    done = call("diff", *arguments, "--isolated", "--output", "json")
    assert done.code == code, done.out[:300] + done.err
    found: dict[str, Any] = json.loads(done.out)
    jsonschema.validate(found, SCHEMA)
    return found


def changes(found: dict[str, Any]) -> dict[str, str]:
    return {rule["code"]: rule["change"] for rule in found["rules"]}


def test_two_corpora(folder: Path, call: Call) -> None:
    worse = document(call, "clean.jsonl", "dirty.jsonl", code=1)
    assert (worse["verdict"], worse["summary"]["regressions"], worse["shared_rows"]) == ("worse", ["LEX001"], 8)
    better = document(call, "dirty.jsonl", "clean.jsonl")
    assert (better["verdict"], changes(better)["LEX001"]) == ("better", "better")
    same = document(call, "dirty.jsonl", "dirty.jsonl")
    assert same["verdict"] == "same" and "same content" in " ".join(same["remarks"])


def test_reports_and_corpora_in_any_mixture(folder: Path, call: Call) -> None:
    for name in ("clean", "dirty"):
        call("check", f"{name}.jsonl", "--isolated", "--output", f"json={name}.out", "--max-findings", "0", "--quiet")
    both = document(call, "clean.out", "dirty.out", code=1)
    assert both["old"]["kind"] == both["new"]["kind"] == "report" and both["shared_rows"] is None
    for old, new in (("clean.out", "dirty.jsonl"), ("clean.jsonl", "dirty.out")):
        found = document(call, old, new, code=1)
        assert [rule["difference"] for rule in found["rules"]] == [rule["difference"] for rule in both["rules"]]
    assert not both["remarks"]


def test_other_settings_are_remarked(folder: Path, call: Call) -> None:
    call("check", "clean.jsonl", "--isolated", "--output", "json=old.json", "--select", "LEX001", "--quiet")
    found = document(call, "old.json", "clean.jsonl")
    assert any("different settings" in remark for remark in found["remarks"])
    assert changes(found)["LEX002"] == "not-judged" and found["verdict"] == "same"
    assert document(call, "old.json", "clean.jsonl", "--select", "LEX001")["remarks"] == [
        "OLD and NEW have the same content"
    ]


def test_options_of_check(folder: Path, call: Call) -> None:
    assert document(call, "clean.jsonl", "dirty.jsonl", "--ignore", "LEX001")["exit_code"] == 0
    assert document(call, "clean.jsonl", "dirty.jsonl", "--fail-on", "error")["verdict"] == "worse"
    assert document(call, "clean.jsonl", "dirty.jsonl", "--exit-zero")["verdict"] == "worse"
    listed = document(call, "clean.jsonl", "dirty.jsonl", "--select", "LEX001", code=1)
    assert list(changes(listed)) == ["LEX001"]
    (folder / "synlint.toml").write_text('fail-on = "error"\noutput = ["concise", "json=never.json"]\n')
    done = call("diff", "clean.jsonl", "dirty.jsonl")
    assert done.code == 0 and "WORSE (exit 0)" in done.out
    assert not (folder / "never.json").exists()  # outputs of the settings are those of check


def test_several_outputs_at_once(folder: Path, call: Call) -> None:
    done = call("diff", "clean.jsonl", "dirty.jsonl", "--isolated", "--output", "full", "--output", "markdown=c.md",
                "--output", "json=d.json")  # fmt: skip
    assert done.code == 1 and done.out.startswith("✗ WORSE")
    assert (folder / "c.md").read_text(encoding="utf-8").splitlines()[1].startswith("**WORSE** Worse: ")
    jsonschema.validate(json.loads((folder / "d.json").read_text(encoding="utf-8")), SCHEMA)


def test_quiet_is_the_exit_code_alone(folder: Path, call: Call) -> None:
    quiet = call("diff", "clean.jsonl", "dirty.jsonl", "-q")
    assert quiet == (call("diff", "clean.jsonl", "dirty.jsonl").code, "", "") and quiet.code == 1
    assert call("diff", "-q", "clean.jsonl", "clean.jsonl", "--output", "markdown=d.md") == (0, "", "")
    assert Path("d.md").read_text().startswith("<!-- synlint diff -->")
    assert "no such file" in call("diff", "-q", "clean.jsonl", "nope.jsonl").err


def test_a_few_mended_rows_are_seen(folder: Path, call: Call) -> None:
    rows = [{"question": f"Where is {n}?", "answer": f"At kilometre {n}."} for n in range(2000)]
    bad = [
        {**row, "answer": f"As an AI language model, I say: {row['answer']}"} if n < 6 else row
        for n, row in enumerate(rows)
    ]
    mended = [*rows[:5], *bad[5:]]
    write_rows(folder / "old.jsonl", bad)
    write_rows(folder / "new.jsonl", mended)
    write_rows(folder / "more.jsonl", [*bad, *({"question": f"New {n}?", "answer": f"Yes, {n}."} for n in range(500))])
    found = document(call, "old.jsonl", "new.jsonl", "--select", "LEX001")
    assert (found["verdict"], found["shared_rows"]) == ("better", 1995)
    for name in ("old", "new"):
        call("check", f"{name}.jsonl", "--isolated", "--select", "LEX001", "--output", f"json={name}.json", "--quiet")
    assert document(call, "old.json", "new.json")["verdict"] == "same"  # reports do not tell which rows they share
    assert document(call, "old.jsonl", "more.jsonl", "--select", "LEX001")["exit_code"] == 0


def test_equal_bytes_whatever_the_order_of_files_and_the_name(folder: Path, call: Call) -> None:
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    text = (folder / "dirty.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    for name, order in (("a", (0, 1)), ("b", (1, 0))):
        for part in order:
            (folder / name / f"{part}.jsonl").write_text("".join(text[part * 6 : part * 6 + 6]), encoding="utf-8")
    first, second = (call("diff", "clean.jsonl", name, "--isolated", "--output", "json").out for name in "ab")
    assert first == second and str(folder) not in first


def test_what_was_ignored_is_left_out_and_a_baseline_is_not(folder: Path, call: Call) -> None:
    """An ignored finding is none on either side; what a baseline knows is still there, and is compared."""
    (folder / "synlint.toml").write_text("")
    report = json.loads(call("check", "dirty.jsonl", "--select", "LEX001", "--output", "json").out)
    lines = [f"{found['fingerprint']} LEX001 dirty.jsonl  # quoted\n" for found in report["findings"]]
    assert len(lines) == 4
    (folder / ".synlintignore").write_text("".join(lines))
    done = call("diff", "clean.jsonl", "dirty.jsonl", "--select", "LEX001,INT011", "--output", "json")
    rule = {rule["code"]: rule for rule in json.loads(done.out)["rules"]}
    assert (done.code, rule["LEX001"]["change"], rule["LEX001"]["new"]) == (0, "same", 0)
    (folder / ".synlintignore").unlink()
    assert call("baseline", "write", "dirty.jsonl", "-o", "known.json").code == 0
    (folder / "synlint.toml").write_text('baseline = "known.json"\n')
    done = call("diff", "clean.jsonl", "dirty.jsonl", "--select", "LEX001", "--output", "json")
    assert (done.code, json.loads(done.out)["summary"]["regressions"]) == (1, ["LEX001"])


def test_an_empty_corpus_where_that_is_allowed(folder: Path, call: Call) -> None:
    (folder / "empty.jsonl").write_text("")
    found = document(call, "clean.jsonl", "empty.jsonl", "--allow-empty")
    assert set(changes(found).values()) == {"not-judged"}
    assert {rule["why"] for rule in found["rules"] if rule["code"] == "LEX001"} == {"not judged in NEW (no rows)"}


# --------------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "diff compares two things, OLD and NEW, but got nothing"),
        (("clean.jsonl",), "but got only clean.jsonl"),
        (("clean.jsonl", "dirty.jsonl", "dirty.jsonl"), "but got 3 paths; quote a glob"),
        (("-", "-"), "both standard input"),
        (("clean.jsonl", "none.jsonl"), "none.jsonl: no such file"),
        (("clean.jsonl", "empty.jsonl"), "empty.jsonl: is empty"),
        (("clean.jsonl", "dirty.jsonl", "--output", "sarif"), "unknown output format of diff 'sarif'"),
        (("clean.jsonl", "dirty.jsonl", "--output", "json=dirty.jsonl"), "would overwrite dirty.jsonl"),
        (("clean.jsonl", "dirty.jsonl", "--select", "LEX999"), "LEX999"),
        (("clean.jsonl", "cut.json"), "cut.json:1: begins like a report but is not whole"),
        (("later.json", "clean.jsonl"), "later.json: is a report of version 2"),
        (("side.jsonl", "clean.jsonl"), "side.jsonl: is a findings sidecar"),
        (("clean.jsonl", "d.json"), "d.json: is the outcome of a diff"),
    ],
)
def test_one_sentence_and_exit_2(folder: Path, call: Call, arguments: tuple[str, ...], says: str) -> None:
    call(
        "check",
        "clean.jsonl",
        "--isolated",
        "--output",
        "json=report.json",
        "--output",
        "findings=side.jsonl",
        "--quiet",
    )
    call("diff", "clean.jsonl", "clean.jsonl", "--isolated", "--output", "json=d.json")
    report = (folder / "report.json").read_text(encoding="utf-8")
    (folder / "cut.json").write_text(report[:2000].replace("\n", " "), encoding="utf-8")
    (folder / "later.json").write_text(report.replace('"version": 1', '"version": 2', 1), encoding="utf-8")
    (folder / "empty.jsonl").write_text("")
    before = (folder / "dirty.jsonl").read_bytes()
    done = call("diff", *arguments, "--isolated")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1 and says in done.err
    assert (folder / "dirty.jsonl").read_bytes() == before


def test_a_file_that_cannot_be_read_leaves_the_rest_compared(folder: Path, call: Call) -> None:
    (folder / "many").mkdir()
    for name in ("clean.jsonl", "dirty.jsonl"):
        (folder / "many" / name).write_bytes((folder / name).read_bytes())
    (folder / "many" / "broken.parquet").write_bytes(b"PAR1 no parquet")
    found = document(call, "clean.jsonl", "many", code=2)
    assert found["verdict"] == "error" and "broken.parquet" in found["failures"][0]
    assert changes(found)["LEX001"] in ("worse", "same")


def test_secrets_are_in_no_output(folder: Path, call: Call) -> None:
    key = "sk-" + "Zx9mQ2vL7pR4tW8yB1nK5jH3gF6dS0aC" * 2
    write_rows(folder / "leak.jsonl", [{"question": f"Q {n}?", "answer": f"{key} {n}"} for n in range(30)])
    done = call("diff", "clean.jsonl", "leak.jsonl", "--isolated", "--output", "full", "--output", "markdown=c.md",
                "--output", "json=d.json")  # fmt: skip
    assert done.code == 1 and "SEC002" in done.out
    for text in (
        done.out,
        (folder / "c.md").read_text(encoding="utf-8"),
        (folder / "d.json").read_text(encoding="utf-8"),
    ):
        assert key[:20] not in text


# ------------------------------------------------------------------------------------------------------ real corpora


@pytest.fixture(scope="module")
def alpaca(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Alpaca whole, its first half, and the first half with the rest of the rows in front of their copies."""
    lines = gzip.decompress((corpora / "alpaca_en_52k.jsonl.gz").read_bytes()).splitlines(keepends=True)
    half = len(lines) // 2
    parts = {"whole": lines, "half": lines[:half], "doubled": lines[:half] * 2, "mixed": lines[half:] + lines[:half]}
    made = tmp_path_factory.mktemp("alpaca")
    found = {}
    for name, kept in parts.items():
        found[name] = made / f"{name}.jsonl"
        found[name].write_bytes(b"".join(kept))
    return found


def test_a_corpus_against_itself_reordered(alpaca: dict[str, Path], folder: Path, call: Call) -> None:
    found = document(call, str(alpaca["whole"]), str(alpaca["mixed"]))
    assert (found["verdict"], found["shared_rows"]) == ("same", 52_002)
    assert {rule["change"] for rule in found["rules"]} == {"same", "not-judged"}
    assert all(
        rule["difference"] == 0 for rule in found["rules"] if rule["scope"] == "row" and rule["change"] == "same"
    )


def test_a_corpus_against_its_first_half(alpaca: dict[str, Path], folder: Path, call: Call) -> None:
    found = document(call, str(alpaca["half"]), str(alpaca["whole"]), code=1)
    by_code = {rule["code"]: rule for rule in found["rules"]}
    assert found["shared_rows"] == 26_001
    # Three e-mail addresses and two telephone numbers are in the second half: of these, one is enough.
    assert found["summary"]["regressions"] == ["SEC001", "SEC003"]
    assert (by_code["SEC001"]["old"], by_code["SEC001"]["new"]) == (0, 3)
    assert by_code["PAR001"]["change"] == by_code["PAR003"]["change"] == "same"


def test_every_row_twice_is_the_same(alpaca: dict[str, Path], folder: Path, call: Call) -> None:
    """The shares of row rules cannot have moved, and the intervals say so."""
    found = document(call, str(alpaca["half"]), str(alpaca["doubled"]), "--ignore", "SEC,DUP")
    assert found["verdict"] == "same" and found["shared_rows"] == 26_001


def test_alpaca_against_what_people_wrote(corpora: Path, folder: Path, call: Call) -> None:
    found = document(call, str(corpora / "alpaca_en_52k.jsonl.gz"), str(corpora / "dolly_3k_human.jsonl.gz"), code=1)
    told = changes(found)
    assert found["shared_rows"] < 10
    assert [told[code] for code in ("PAR001", "PAR003", "LEX009", "LEX014", "LEX013")] == ["better"] * 5
    assert found["summary"]["regressions"] == ["FMT009", "LEX004", "LEX005"]  # people have their habits too
    back = document(call, str(corpora / "dolly_3k_human.jsonl.gz"), str(corpora / "alpaca_en_52k.jsonl.gz"), code=1)
    turned = {"better": "worse", "worse": "better", "same": "same", "not-judged": "not-judged"}
    assert changes(back) == {code: turned[change] for code, change in told.items()}
    assert set(back["summary"]["regressions"]) >= {"LEX014", "PAR003"}


def test_a_baseline_in_the_settings_hides_no_difference(folder: Path, call: Call) -> None:
    call("baseline", "write", "dirty.jsonl", "-o", "known.json")
    Path("synlint.toml").write_text('baseline = "known.json"\n')
    assert call("check", "dirty.jsonl").code == 0
    assert call("diff", "clean.jsonl", "dirty.jsonl").code == 1
