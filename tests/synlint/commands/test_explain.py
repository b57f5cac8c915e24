from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from synlint.commands.explain import underlined
from tests.synlint.commands.conftest import Call, write_rows


@pytest.fixture
def ident(folder: Path, call: Call) -> str:
    """The id of the first LEX001 finding of a run over dirty.jsonl."""
    call("check", "dirty.jsonl", "--output", "json=r.json")
    found = json.loads(Path("r.json").read_text())["findings"]
    return next(entry["id"] for entry in found if entry["rule"] == "LEX001" and entry["row"] is not None)


def test_a_finding_is_shown_in_its_row(ident: str, call: Call) -> None:
    done = call("explain", ident[:8], "--width", "100")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert lines[0].startswith("LEX001 assistant-self-reference")
    at = next(n for n, line in enumerate(lines) if "As an AI language model, I say: City 0" in line)
    start = lines[at].index("As an AI")
    assert lines[at + 1][:start].strip() == "" and lines[at + 1][start] == "^"
    for part in ("Where   dirty.jsonl:1", "Score", "Why it hurts", "When it counts", "To silence it"):
        assert part in done.out


def test_a_place_names_its_findings(ident: str, call: Call) -> None:
    assert call("explain", "dirty.jsonl:4").out.splitlines()[0].startswith("LEX001")
    assert call("explain", "./dirty.jsonl:row 3").out == call("explain", "dirty.jsonl:4").out
    assert call("explain", "y.jsonl:4").code == 2


def test_a_place_without_finding_says_which_run_is_remembered(ident: str, call: Call, folder: Path) -> None:
    told = call("explain", "dirty.jsonl:2").err
    assert told.startswith(
        "synlint: error: no finding at dirty.jsonl:2: the last run checked dirty.jsonl (12 rows) on 2"
    )
    assert told.endswith(f" in {folder}; every finding with its place: synlint check dirty.jsonl --output concise\n")
    assert "synlint check clean.jsonl --output concise" in call("explain", "clean.jsonl:4").err  # another corpus


def test_a_row_is_named_by_its_ids(ident: str, call: Call) -> None:
    found = json.loads(Path("r.json").read_text())["findings"]
    row = next(entry for entry in found if entry["id"] == ident)
    assert row["source_id"] == "q0"
    for word in (row["row_id"], row["row_id"][:12], "q0"):
        told = json.loads(call("explain", word, "--format", "json").out)
        assert [entry["finding"]["id"] for entry in told] == [ident], word
    assert call("explain", row["row_id"][:5]).code == 2  # too short to name a row


def test_a_row_id_that_looks_like_a_rule_or_a_place(folder: Path, call: Call) -> None:
    rows = [
        {"id": name, "question": "Who?", "answer": "As an AI language model, I cannot say."} for name in ("Q-7", "u:7")
    ]
    write_rows(Path("ids.jsonl"), rows)
    call("check", "ids.jsonl", "--select", "LEX001")
    assert call("explain", "Q-7").out.startswith("LEX001")
    assert call("explain", "u:7").out.startswith("LEX001")
    assert "unknown rule 'Q-8'" in call("explain", "Q-8").err


def test_standard_input_can_be_explained(folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    with open("dirty.jsonl") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        shown = call("check", "-", "--select", "LEX001").out
    assert "one explained: synlint explain stdin:1\n" in shown
    done = call("explain", "stdin:1")
    assert "LEX001" in done.out and "it came from a pipe" in done.out


def test_words_stay_whole(folder: Path, call: Call) -> None:
    words = [f"intercontinental{n}-{'x' * (n % 9)}end" for n in range(60)]
    write_rows(Path("long.jsonl"), [{"question": "Who?", "answer": f"{' '.join(words)} As an AI language model, I."}])
    call("check", "long.jsonl", "--select", "LEX001")
    quoted = [line for line in call("explain", "long.jsonl:1", "--width", "60").out.splitlines() if "intercont" in line]
    assert len(quoted) > 3
    for line in quoted:
        assert set(line.replace("…", "").split()) <= {*words, "As", "an", "AI", "language", "model,", "I."}, line


def test_an_empty_answer_is_said_and_not_drawn(folder: Path, call: Call) -> None:
    write_rows(Path("empty.jsonl"), [{"question": "Who?", "answer": ""}])
    call("check", "empty.jsonl", "--select", "PAR001")
    out = call("explain", "empty.jsonl:1").out
    assert "    (the answer is empty)\n" in out and "\n\n\n" not in out


def test_a_width_that_is_too_small_says_the_least(ident: str, call: Call) -> None:
    assert "--width: expected at least 60, got 20" in call("explain", ident, "--width", "20").err


def test_json(ident: str, call: Call) -> None:
    [told] = json.loads(call("explain", ident, "--format", "json").out)
    assert (told["finding"]["id"], told["rule"]["code"]) == (ident, "LEX001")


def test_a_code_or_name_gives_the_rule_and_what_it_found(ident: str, call: Call) -> None:
    done = call("explain", "LEX001")
    assert "Why it hurts" in done.out
    assert "In the last run" in done.out
    assert ident in done.out
    assert call("explain", "assistant-self-reference").out == done.out
    assert call("explain", "lex001").out == done.out
    assert "means" in call("explain", "LEX").err
    assert "did you mean 'LEX001'" in call("explain", "LEX0O1").err


def test_unknown_ids(ident: str, call: Call) -> None:
    assert call("explain", "zzzz").err.startswith("synlint: error: no finding or row called zzzz: the last run checked")
    assert "begins several ids" in call("explain", "").err


def test_without_a_run(folder: Path, call: Call) -> None:
    assert call("explain", "abc").err.startswith("synlint: error: no run is remembered here")
    assert call("explain", "LEX001").code == 0


def test_a_changed_file_is_not_quoted(ident: str, call: Call) -> None:
    write_rows(Path("dirty.jsonl"), [{"question": "q", "answer": "something else altogether"}])
    done = call("explain", ident)
    assert "the file has changed since the run" in done.out
    assert "something else" not in done.out


def test_a_file_that_is_gone(ident: str, call: Call) -> None:
    Path("dirty.jsonl").unlink()
    assert "is no file here any more" in call("explain", ident).out


def test_records_without_text(folder: Path, call: Call) -> None:
    with Path("dirty.jsonl").open("a") as file:
        file.write("{not json\n")
    call("check", "dirty.jsonl")
    done = call("explain", "dirty.jsonl:13")
    assert "INT001" in done.out
    assert "about the record" in done.out


def test_secrets_stay_masked_whatever_is_explained(folder: Path, call: Call) -> None:
    key = "AKIA" + "QWERTYUIOPASDFGH"
    answer = f"As an AI language model, I use {key} for it."
    write_rows(Path("leak.jsonl"), [{"question": f"Which key, {n}?", "answer": answer} for n in range(3)])
    call("check", "leak.jsonl")
    done = call("explain", "leak.jsonl:1")
    assert "SEC" in done.out and "LEX001" in done.out
    assert key not in done.out and key[4:] not in done.out


def test_secrets_that_are_no_findings_stay_masked_too(folder: Path, call: Call) -> None:
    keys = ["AKIA" + "QWERTYUIOPASDF" + a + b for a in "ABCDEF" for b in "GHIJK"]  # more than `max_hits` findings
    answer = f"As an AI language model, I use {' and '.join(keys)} for it."
    quiet = {
        "question": "Which?",
        "answer": f"As an AI language model, I use {keys[0]}.",
        "_synlint": {"ignore": ["SEC"], "reason": "-"},
    }
    write_rows(Path("leak.jsonl"), [{"question": "Which keys?", "answer": answer}, quiet])
    call("check", "leak.jsonl")
    for place in ("leak.jsonl:1", "leak.jsonl:2"):
        out = call("explain", place).out
        assert "LEX001" in out
        assert not any(key[4:] in out for key in keys)


def test_json_cannot_steer_the_terminal_either(folder: Path, call: Call) -> None:
    write_rows(Path("odd.jsonl"), [{"question": "Who?", "answer": "It is me, \x9b31m and \u202e me."}])
    call("check", "odd.jsonl")
    out = call("explain", "odd.jsonl:1", "--format", "json").out
    assert json.loads(out)
    assert "\x9b" not in out and "\u202e" not in out


def test_corpus_text_cannot_steer_the_terminal(folder: Path, call: Call) -> None:
    answer = "As an AI language model, I \x1b[31mred\u202e reversed."
    write_rows(Path("odd.jsonl"), [{"question": "Who?", "answer": answer, "id": "\x1b[2J"}])
    call("check", "odd.jsonl", "--select", "LEX001")
    out = call("explain", "odd.jsonl:1").out
    assert "\x1b" not in out and "\u202e" not in out
    assert "\\x1b[31mred" in out


@pytest.mark.parametrize(
    ("text", "spans", "width", "lines"),
    [
        ("one two", [(4, 7)], 40, ["one two", "    ^^^"]),
        ("日本語 word", [(4, 8)], 40, ["日本語 word", "       ^^^^"]),
        ("a\nbc", [(2, 4)], 40, ["a↵", "bc", "^^"]),
        ("abcdef", [(2, 5)], 4, ["abc", "  ^", "def", "^^"]),
        ("ab cdef gh", [(3, 7)], 8, ["ab cdef", "   ^^^^", "gh"]),
        ("one two three", [(0, 3), (8, 13)], 40, ["one two three", "^^^     ^^^^^"]),
        ("plain", [], 40, ["plain"]),
        ("", [], 40, [""]),
    ],
)
def test_underlined(text: str, spans: list[tuple[int, int]], width: int, lines: list[str]) -> None:
    assert list(underlined(text, 0, len(text), spans, width)) == lines


def test_underlined_shows_cuts() -> None:
    assert list(underlined("0123456789", 3, 7, [(4, 5)], 40)) == ["…3456…", "  ^"]


def test_it_prints_the_line_that_ignores_a_finding(ident: str, call: Call, folder: Path) -> None:
    """The line is put into the file as it is printed, and the finding is told no more."""
    lines = call("explain", ident).out.splitlines()
    at = lines.index("To ignore it, a line in .synlintignore")
    assert re.fullmatch(r"  [0-9a-f]{16} LEX001 dirty\.jsonl  # why it is fine", lines[at + 1])
    before = call("check", "dirty.jsonl", "--output", "concise").out.splitlines()
    Path(".synlintignore").write_text(lines[at + 1] + "\n")
    after = call("check", "dirty.jsonl", "--output", "concise").out.splitlines()
    assert set(before) - set(after) == {before[0]} and before[0].startswith("dirty.jsonl:1: LEX001")


def test_the_line_names_the_file_from_the_ignore_file(
    folder: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".synlintignore").write_text("# ignored\n")
    Path("my data").mkdir()
    Path("dirty.jsonl").rename("my data/dirty rows.jsonl")
    monkeypatch.chdir("my data")
    call("check", "dirty rows.jsonl")
    out = call("explain", "dirty rows.jsonl:1").out
    assert "To ignore it, a line in ../.synlintignore\n" in out
    assert "LEX001 'my data/dirty rows.jsonl'  # why" in out


def test_a_finding_in_the_ignore_file_is_explained_at_its_place(folder: Path, call: Call) -> None:
    Path(".synlintignore").write_text(f"\n{'0' * 16} LEX001 clean.jsonl\n")
    assert call("check", "clean.jsonl", "--output", "concise").out.startswith(".synlintignore:2: INT011 info ")
    done = call("explain", ".synlintignore:2")
    assert done.code == 0 and "Where   .synlintignore:2" in done.out and "To ignore it" not in done.out
    assert ".synlintignore:2" in call("explain", "INT011").out
    assert "In the ignore file" in call("check", "clean.jsonl").out
