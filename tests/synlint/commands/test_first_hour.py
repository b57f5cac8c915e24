"""What newcomers type in their first hour, and what they are told."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import polars as pl
import pytest
import zstandard

from tests.synlint.commands.conftest import Call, write_rows

SELF = "As an AI language model, I cannot say."


# ------------------------------------------------------------------------------------------------- places and outputs


@pytest.fixture
def below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder `work`, beside `data/a/rows.jsonl` and `data/b/rows.jsonl`, each with one finding."""
    for name in ("a", "b"):
        (folder / "data" / name).mkdir(parents=True)
        write_rows(folder / "data" / name / "rows.jsonl", [{"question": f"Who is {name}?", "answer": SELF}])
    (folder / "work").mkdir()
    monkeypatch.chdir(folder / "work")
    return folder / "work"


@pytest.mark.parametrize("form", ["concise", "brief", "full"])
def test_places_lead_there_from_the_folder_one_is_in(below: Path, call: Call, form: str) -> None:
    out = call("check", "../data", "--select", "LEX001", "--output", form).out
    for name in ("a",) if form == "brief" else ("a", "b"):  # brief gives one finding of each rule
        assert f"../data/{name}/rows.jsonl:1" in out
    if form == "full":
        assert "one explained: synlint explain ../data/a/rows.jsonl:1" in out


def test_documents_name_files_from_the_common_root(below: Path, call: Call) -> None:
    there = call("check", "../data", "--select", "LEX001", "--output", "json").out
    assert {finding["path"] for finding in json.loads(there)["findings"]} == {"a/rows.jsonl", "b/rows.jsonl"}


def test_what_could_not_be_checked_has_its_place_here_too(below: Path, call: Call) -> None:
    (below.parent / "data" / "b" / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00broken")
    assert "../data/b/cut.jsonl.gz: " in call("check", "../data", "--select", "LEX001").out


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "markdown"])
def test_outputs_are_compressed_as_their_names_say(folder: Path, call: Call, form: str) -> None:
    names = [f"r.{form}{packed}" for packed in ("", ".gz", ".zst")]
    call("check", "dirty.jsonl", *(f"--output={form}={name}" for name in names))
    plain, packed, small = (Path(name).read_bytes() for name in names)
    assert gzip.decompress(packed) == zstandard.ZstdDecompressor().stream_reader(io.BytesIO(small)).read() == plain
    call("check", "dirty.jsonl", f"--output={form}={names[1]}")
    assert Path(names[1]).read_bytes() == packed, "no time and no name in it"


def test_compressed_reports_are_compared_and_are_baselines(folder: Path, call: Call) -> None:
    call("check", "dirty.jsonl", "--output", "json=r.json.gz")
    assert "SAME" in call("diff", "r.json.gz", "dirty.jsonl").out
    assert call("check", "dirty.jsonl", "--baseline", "r.json.gz").code == 0


def test_two_findings_of_a_line_are_told_apart(folder: Path, call: Call) -> None:
    mail = "Write to ann.lee@mail-box.net."
    write_rows(folder / "two.jsonl", [{"question": mail, "answer": f"{mail} Or to bo.lee@mail-box.net."}])
    lines = call("check", "two.jsonl", "--select", "SEC001", "--output", "concise").out.splitlines()
    assert len(lines) == len(set(lines)) == 2
    assert lines[0].endswith("[answer] (2 places)") and lines[1].endswith("[question]")


def test_brief_says_more_of_what(folder: Path, call: Call) -> None:
    shown = " ".join(call("check", "dirty.jsonl", "--select", "LEX001", "--output", "brief").out.split())
    assert "(and 3 more findings)" in shown
    write_rows(folder / "two.jsonl", [{"question": "Who?", "answer": f"{SELF} {n}"} for n in range(2)])
    assert "(and 1 more finding)" in call("check", "two.jsonl", "--select", "LEX001", "--output", "brief").out


# ---------------------------------------------------------------------------------------------------------- verdicts


@pytest.mark.parametrize("form", ["full", "brief", "concise"])
def test_where_nothing_was_judged_nothing_is_called_clean(folder: Path, call: Call, form: str) -> None:
    write_rows(folder / "asked.jsonl", [{"question": f"Who is number {n}?", "category": "x"} for n in range(30)])
    done = call("check", "asked.jsonl", "--output", form)
    told = " ".join((done.out + done.err).split())
    assert done.code == 0 and "no row has an answer" in told
    assert "✓" not in told and "clean:" not in told and "CLEAN" not in told
    assert "unclear" in told.lower()


def test_numbers_of_rules_add_up(folder: Path, call: Call) -> None:
    import re

    report = " ".join(call("check", "dirty.jsonl", "--width", "200").out.split())
    counts = re.search(
        r"Rules (\d+) over(?: \([^)]*\))? · (?:(\d+) tolerated · )?(\d+) clean · (\d+) not judged", report
    )
    assert counts is not None
    over, tolerated, clean, mute = (int(number or 0) for number in counts.groups())
    looked, known = re.search(r"with (\d+) of (\d+) rules", report).groups()  # type: ignore[union-attr]
    assert (over + tolerated + clean, over + tolerated + clean + mute) == (int(looked), int(known))
    assert f"({looked} rules looked at" in report
    named = sum(
        len(codes.split(", ")) + int(more or 0)
        for codes, more in re.findall(r"skipped ((?:[A-Z]{3}\d{3}(?:, )?)+)(?: and (\d+) more)?:", report)
    )
    unnamed = sum(map(int, re.findall(r"skipped (\d+) rules? for other languages", report)))
    assert named + unnamed == mute


def test_never_fails_on_nothing(folder: Path, call: Call) -> None:
    done = call("check", "dirty.jsonl", "--select", "LEX001", "--fail-on", "never")
    assert done.code == 0 and "FINDINGS (exit 0)" in done.out
    assert call("check", "nope.jsonl", "--fail-on", "never").code == 2


def test_a_next_command_keeps_no_selector_that_another_takes_back(folder: Path, call: Call) -> None:
    out = call("check", "clean.jsonl", "--select", "lex001").out
    assert "synlint check clean.jsonl --select ALL --preview" in out and "--select lex001 --select" not in out


# -------------------------------------------------------------------------------------------------------- mistyped


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (
            ("dirty.jsonl", "--select", "LEX", "SEC"),
            "no such file: SEC; if it belongs to --select, write --select LEX,SEC",
        ),
        (("dirty.jsonl", "--ignore", "LEX", "PAR001", "SEC"), "belongs to --ignore, write --ignore LEX,PAR001,SEC"),
        (("dirty.jsonl", "--set", "LEX001.max-share=500%"), "rule.LEX001.max-share: expected a share between 0 and 1"),
        (
            ("dirty.jsonl", "--set", "LEX001.max_shre=3"),
            "rule LEX001 has no option 'max_shre' (did you mean 'max-share'?)",
        ),
    ],
)
def test_one_sentence_with_the_remedy(folder: Path, call: Call, arguments: tuple[str, ...], part: str) -> None:
    done = call("check", *arguments)
    assert (done.code, done.out) == (2, "") and part in done.err and done.err.count("\n") == 1


def test_a_file_called_like_a_rule_is_a_file(folder: Path, call: Call) -> None:
    write_rows(folder / "SEC", [{"question": "Who?", "answer": SELF}])
    assert call("check", "--select", "LEX001", "--", "SEC").code == 1


def test_a_share_may_be_written_in_percent(folder: Path, call: Call) -> None:
    rows = [{"question": f"Who is {n}?", "answer": SELF if n < 8 else f"It is {n}."} for n in range(400)]
    write_rows(folder / "rows.jsonl", rows)
    assert call("check", "rows.jsonl", "--select", "LEX001").code == 1
    assert call("check", "rows.jsonl", "--select", "LEX001", "--set", "LEX001.max-share=5%").code == 0
    assert call("check", "rows.jsonl", "--select", "LEX001", "--set", "LEX001.max-share=1.5 %").code == 1


def test_globs_of_ignores_that_match_no_file_are_noted(folder: Path, call: Call) -> None:
    (folder / "synlint.toml").write_text('[per-file-ignores]\n"gone*" = ["SEC"]\n"clean*" = ["LEX"]\n')
    note = "per-file-ignores: 'gone*' matches none of the 2 files checked"
    report = " ".join(call("check", ".", "--width", "120").out.split())
    assert note in report and "'clean*'" not in report
    assert "matches none" not in call("check", "dirty.jsonl").out, "a part of the corpus: it may mean the rest"


def test_a_bad_option_of_a_rule_is_told_by_config_as_by_check(folder: Path, call: Call) -> None:
    (folder / "synlint.toml").write_text("[rule.TPL001]\nslect = 3\n")
    shown, checked = call("config"), call("check", "dirty.jsonl")
    assert (shown.code, checked.code) == (2, 2) and shown.err == checked.err
    assert "synlint.toml:2: rule.TPL001.slect: rule TPL001 has no option 'slect'" in shown.err
    assert "slect = 3" in shown.out, "and what is set is shown all the same"


def test_columns_of_unknown_names_are_both_proposed(folder: Path, call: Call) -> None:
    (folder / "odd.csv").write_text("my_q,context,my_a\n" + "What is ice?,none,Frozen water.\n" * 3)
    done = call("check", "odd.csv")
    assert done.code == 2 and "`synlint check odd.csv --field question=my_q --field answer=my_a`" in done.err


def test_latin_1_is_told_how_to_convert(folder: Path, call: Call) -> None:
    text = "question,answer\n" + "Was ist schön?,Für mich Käse.\n" * 3
    (folder / "old.csv").write_bytes(text.encode("latin-1"))
    done = call("check", "old.csv", "--width", "200")
    assert "is it Latin-1? Then convert it: `cat old.csv | iconv -f LATIN1 -t UTF-8 > old.utf8.csv`" in done.err
    (folder / "new.csv").write_text(text, encoding="utf-8")
    assert "Latin-1" not in call("check", "new.csv").out


def test_a_table_that_was_cut_off_is_called_so(folder: Path, call: Call) -> None:
    table = io.BytesIO()
    pl.DataFrame({"question": ["Why?"] * 99, "answer": [f"Because {n}." for n in range(99)]}).write_parquet(table)
    (folder / "cut.parquet").write_bytes(table.getvalue()[:-50])
    done = call("check", "cut.parquet")
    assert done.code == 2
    assert (
        done.err == "synlint: error: cut.parquet: is a Parquet file without its end: it was cut off; fetch it again\n"
    )


def test_a_new_rule_without_its_family(folder: Path, call: Call) -> None:
    done = call("rules", "new", "tutoring-tic")
    assert done.code == 2
    assert done.err.startswith(
        "synlint: error: missing FAMILY, such as LEX: synlint rules new LEX tutoring-tic; families: "
    )


# ------------------------------------------------------------------------------------------------------------ no cache


def test_a_cache_that_cannot_be_written_is_named(folder: Path, call: Call) -> None:
    (folder / "file").write_text("")
    where = ("--config", "cache-dir=file/below")
    call("check", "dirty.jsonl", *where)
    done = call("explain", "dirty.jsonl:1", *where)
    assert done.code == 2 and "file/below" in done.err and "cannot be written" in done.err
    assert "run 'synlint check' first" not in done.err


def test_the_remedy_of_diff_is_a_diff(folder: Path, call: Call) -> None:
    (folder / "odd.csv").write_text("my_q,my_a\n" + "What is ice?,Frozen water.\n" * 3)
    done = call("diff", "odd.csv", "clean.jsonl")
    assert done.code == 2
    assert "`synlint diff odd.csv clean.jsonl --field question=my_q --field answer=my_a`" in done.err


def test_an_unreadable_file_alone_is_named_from_here(folder: Path, call: Call) -> None:
    Path("d").mkdir()
    Path("d/x.jsonl").write_bytes('{"question": "Who?", "answer": "I."}\n'.encode("utf-16"))
    done = call("check", "d/x.jsonl")
    assert done.code == 2 and done.err.startswith("synlint: error: d/x.jsonl: is UTF-16 text")


def test_nobody_is_told_to_read_from_a_pipe_again(folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '{"question": "Who?", "answer": "As an AI language model, I cannot say."}\n' * 9
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    done = call("check", "-", "--output", "brief")
    assert "LEX001" in done.out and "more:" not in done.out
