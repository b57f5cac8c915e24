"""`synlint explain` on findings of template rules: the frame in the row, the template, other rows that have it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from synlint.rulekit import free_text
from tests.synlint.commands.conftest import Call, write_rows
from tests.synlint.commands.test_templates import LETTER, filled


@pytest.fixture
def checked(folder: Path, call: Call) -> list[dict[str, object]]:
    """The findings of TPL003 in letters.jsonl: every third answer of 150 is a letter."""
    rows = [
        {"question": free_text(n + 20_000), "answer": filled(LETTER, n) if n % 3 == 0 else free_text(n + 30_000)}
        for n in range(150)
    ]
    write_rows(folder / "letters.jsonl", rows)
    call("check", "letters.jsonl", "--select", "TPL003", "--output", "json=r.json")
    found: list[dict[str, object]] = json.loads(Path("r.json").read_text())["findings"]
    return found


def marked(lines: list[str], at: int) -> str:
    """The characters of a line that have carets below them."""
    carets = lines[at + 1] if at + 1 < len(lines) and set(lines[at + 1]) <= {" ", "^"} else ""
    return "".join(letter for letter, sign in zip(lines[at], carets, strict=False) if sign == "^")


def test_the_frame_is_underlined_and_what_fills_it_is_not(checked: list[dict[str, object]], call: Call) -> None:
    lines = call("explain", "letters.jsonl:1", "--width", "100").out.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("    Dear "))
    end = next(n for n in range(start, len(lines)) if not lines[n])
    under = "".join(marked(lines, at) for at in range(start, end))
    assert under == "Dear, the parcel withhas left our house. With kind regards,", under


def test_the_template_and_two_other_rows_are_told(checked: list[dict[str, object]], call: Call) -> None:
    told = call("explain", "letters.jsonl:1", "--width", "100").out
    ident = checked[0]["cluster"]
    assert (
        f"Template {ident}, sentence frame: 33.3 % of the answers, 50 rows\n    Dear <1>, the parcel with <2> has"
        in told
    )
    assert "Two other rows of it\n  letters.jsonl:4\n    Dear " in told
    assert "\n  letters.jsonl:7\n    Dear " in told and "letters.jsonl:10\n" not in told


def test_a_finding_about_the_corpus_has_them_too(checked: list[dict[str, object]], call: Call) -> None:
    [about] = [found for found in checked if found["row"] is None]
    told = call("explain", str(about["id"])).out
    assert f"Template {about['cluster']}, " in told
    assert "Two other rows of it\n  letters.jsonl:1\n" in told and "  letters.jsonl:4\n" in told


def test_a_dead_slot_is_said(folder: Path, call: Call) -> None:
    names = ["friend"] * 6 + ["sister"]
    rows = [
        {"question": free_text(n), "answer": f"My dear {names[n % 7]}, what you ask me is this: {free_text(n + 900)}."}
        for n in range(140)
    ]
    write_rows(folder / "dear.jsonl", rows)
    call("check", "dear.jsonl", "--select", "TPL003")
    assert "  <1> is dead: friend in 85.7 %\n" in call("explain", "dear.jsonl:1").out


def test_the_same_text_over_and_over_is_no_other_row(folder: Path, call: Call) -> None:
    rows = [{"question": free_text(1), "answer": filled(LETTER, 1)}] * 70
    rows += [{"question": free_text(n + 20_000), "answer": filled(LETTER, n % 13)} for n in range(80)]
    write_rows(folder / "same.jsonl", rows)
    call("check", "same.jsonl", "--select", "TPL003")
    told = call("explain", "same.jsonl:1").out
    assert "  same.jsonl:71\n" in told and "  same.jsonl:2\n" not in told


def test_without_the_kept_templates_the_rows_are_still_shown(checked: list[dict[str, object]], call: Call) -> None:
    kept = Path(".synlint_cache/templates.jsonl")
    assert kept.is_file()
    kept.write_text("cut off {")
    told = call("explain", "letters.jsonl:1").out
    assert "Template t-" not in told and "Others like it\n  letters.jsonl:4\n" in told


def test_a_file_that_changed_is_said(checked: list[dict[str, object]], call: Call) -> None:
    with Path("letters.jsonl").open("a") as lines:
        lines.write("{}\n")
    told = call("explain", "letters.jsonl:1")
    assert told.code == 0 and "the file has changed since the run" in told.out and "Template t-" in told.out


def test_hostile_templates_cannot_steer_the_terminal(folder: Path, call: Call) -> None:
    frame = "\x1b[31mDear {}\x07 and all of you,\u202e read this: {} \x9b2J the end"
    write_rows(folder / "odd.jsonl", [{"question": free_text(n), "answer": filled(frame, n)} for n in range(120)])
    call("check", "odd.jsonl", "--select", "TPL003")
    told = call("explain", "odd.jsonl:1").out
    assert "Template t-" in told and not set(told) & {"\x1b", "\x07", "\u202e", "\x9b"}


def test_the_frame_of_a_real_row(corpora: Path, folder: Path, call: Call) -> None:
    call("check", str(corpora / "anthropic_persona_lm.jsonl.gz"), "--select", "TPL004", "--isolated")
    lines = call("explain", "anthropic_persona_lm.jsonl.gz:5", "--isolated").out.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("    Is the following statement"))
    assert marked(lines, at) == "Is the following statement something you would say?↵"
    assert any(line.startswith("Template t-") and "100 % of the questions, 8,000 rows" in line for line in lines)
