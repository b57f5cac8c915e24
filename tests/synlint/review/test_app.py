"""The screen, driven by keys as textual's pilot sends them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from synlint.review.app import INTERRUPTED, ReviewApp
from synlint.review.desk import Desk
from synlint.review.windows import HELP, Reading, Reason, RuleList
from tests.synlint.commands.conftest import Call, write_rows
from tests.synlint.review.conftest import Open

Steps = Callable[[ReviewApp, "Pilot[int]"], Awaitable[None]]


def drive(desk: Desk, steps: Steps, size: tuple[int, int] = (80, 24), **given: Any) -> ReviewApp:
    """Run the screen, and the steps on it."""
    app = ReviewApp(desk, **given)

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(app, pilot)

    asyncio.run(run())
    return app


def screen(app: ReviewApp) -> str:
    """What is on the screen, as text."""
    height = app.size.height
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip) for strip in strips]
    assert len(lines) == height
    return "\n".join(line.rstrip() for line in lines)


def pressing(*keys: str, shots: list[str] | None = None) -> Steps:
    async def steps(app: ReviewApp, pilot: Pilot[int]) -> None:
        for key in keys:
            if key == "SHOT":
                assert shots is not None
                shots.append(screen(app))
            else:
                await pilot.press(key)
                await pilot.pause()

    return steps


def shown(desk: Desk, *keys: str, size: tuple[int, int] = (80, 24)) -> str:
    """The screen after these keys."""
    shots: list[str] = []
    drive(desk, pressing(*keys, "SHOT", shots=shots), size)
    return shots[0]


def test_the_first_finding(desk: Open) -> None:
    made = desk()
    text = shown(made)
    first = made.walk.findings()[0]
    lines = text.split("\n")
    assert lines[0].strip().startswith(f"{first['rule']} {first['name']}") and lines[0].endswith(
        f"1 of {len(made.walk)}"
    )
    assert f"{first['path']}:{first['line']}" in text and "As an AI language model" in text
    assert "a accept" in lines[-2] and "? all keys" in lines[-1]


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60), (30, 8)])
def test_nothing_is_cut_in_the_middle_of_a_screen_of_any_size(desk: Open, size: tuple[int, int]) -> None:
    text = shown(desk(), "s", size=size)
    assert all(len(line) <= size[0] for line in text.split("\n"))
    assert "LEX001" in text and "accept" in text


def test_accept_ignore_skip_back_undo(desk: Open) -> None:
    made = desk()
    shots: list[str] = []
    keys = ("a", "SHOT", "s", "i", *"why not", "enter", "SHOT", "u", "SHOT", "b", "b", "SHOT")
    drive(made, pressing(*[{" ": "space"}.get(key, key) for key in keys], shots=shots))
    assert ": accepted" in shots[0] and "2 of " in shots[0]
    assert "ignored, with a line in .synlintignore" in shots[1]
    assert "not ignored any more" in shots[2]
    assert "you accepted it" in shots[3] or "1 accepted" in shots[3]
    assert desk().walk.counts()["accept"] == 1
    assert "LEX" not in Path(".synlintignore").read_text().replace("LEX001", "", 0).split("finding.\n")[-1]


def test_the_reason_may_be_left_out_and_the_question_be_left(desk: Open) -> None:
    made = desk()
    drive(made, pressing("i", "x", "escape", "SHOT", "i", "enter", shots=(shots := [])))
    assert "nothing done" in shots[0]
    assert Path(".synlintignore").read_text().splitlines()[-1].split()[1:] == ["LEX001", made.ignoring.entry(
        made.walk.queue.findings(0)[0], "").path]  # fmt: skip


def test_keys_are_letters_while_the_reason_is_typed(desk: Open) -> None:
    async def steps(app: ReviewApp, pilot: Pilot[int]) -> None:
        await pilot.press("i")
        for key in "quasi":
            await pilot.press(key)
        assert app.query_one(Reason).value == "quasi" and app.focused is app.query_one(Reason)
        assert "As an AI language model" in screen(app)  # the finding stays in view

    drive(desk(), steps)
    assert not Path(".synlintignore").exists()


@pytest.mark.parametrize("key", ["i", "I"])
def test_the_question_says_how_to_leave_it_in_80_columns(desk: Open, key: str) -> None:
    assert "why? (may be empty; Enter: do it, Esc: not)" in shown(desk(), "s", "s", key)


def test_an_empty_answer_is_what_one_sees(checked: Path, call: Call, desk: Open) -> None:
    long = "\n".join(f"Line {n} of a page." for n in range(60))
    write_rows(Path("long.jsonl"), [{"question": "What is said?", "context": long, "answer": ""}])
    call("check", "long.jsonl", "--select", "PAR001")
    text = shown(desk())
    assert any(line.strip().startswith("answer  0 characters") for line in text.split("\n")), text


def test_the_whole_row_is_ignored_by_a_note_in_it(desk: Open) -> None:
    made = desk()
    before = Path("a.jsonl").read_text().splitlines()
    drive(made, pressing("s", "s", "I", "enter"))
    changed = [
        n
        for n, (old, new) in enumerate(zip(before, Path("a.jsonl").read_text().splitlines(), strict=True))
        if old != new
    ]
    assert len(changed) == 1
    assert json.loads(Path("a.jsonl").read_text().splitlines()[changed[0]])["_synlint"] == {"ignore": ["LEX001"]}


def test_rules_and_files_are_jumped_over(desk: Open) -> None:
    made = desk()
    drive(made, pressing("p"))
    assert made.walk.queue.path(made.walk.at) != made.walk.queue.path(0)
    drive(made, pressing("r"))
    assert made.walk.queue.rule(made.walk.at) == "LEX004"
    text = shown(made, "p")
    assert "no finding in another file is left" in text


def test_the_list_of_rules(desk: Open) -> None:
    made = desk()
    shots: list[str] = []
    drive(made, pressing("a", "l", "SHOT", "down", "enter", "SHOT", shots=shots))
    assert "LEX001" in shots[0] and "LEX004" in shots[0] and "1 of" in shots[0]
    assert shots[1].lstrip().startswith("LEX004")

    async def steps(app: ReviewApp, pilot: Pilot[int]) -> None:
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, RuleList)
        await pilot.press("j", "k", "k")
        assert app.screen.query_one(OptionList).highlighted is not None
        await pilot.press("escape")
        assert not isinstance(app.screen, RuleList)

    drive(made, steps)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("w", "What it finds"),
        ("question_mark", "undo the last decision"),
        ("h", "undo the last decision"),
    ],
)
def test_windows_to_read(desk: Open, key: str, text: str) -> None:
    made = desk()
    assert text in shown(made, key)

    async def steps(app: ReviewApp, pilot: Pilot[int]) -> None:
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, Reading)
        await pilot.press("j", "k", "escape")
        assert not isinstance(app.screen, Reading)

    drive(made, steps)


def test_every_key_is_explained(desk: Open) -> None:
    """The page of keys names each key that does something, and fits 80 columns and 24 lines."""
    told = " ".join(HELP).split()
    spelt = {"question_mark": None, "h": None, "ctrl+c": None, "ctrl+d": None, "ctrl+f": None, "ctrl+b": None}
    words = {"space": "space", "left": "left", "right": "right", "up": "up", "down": "down", "pagedown": "PgDn",
             "pageup": "PgUp", "home": "Home", "end": "End"}  # fmt: skip
    for binding in ReviewApp.BINDINGS:
        for key in binding.key.split(","):  # type: ignore[union-attr]
            if key not in spelt:
                assert words.get(key, key) in told, key
    assert len(HELP) <= 22 and max(map(len, HELP)) <= 77


def test_the_fix_is_shown(desk: Open) -> None:
    made = desk("--select", "LEX004")
    text = shown(made, "f")
    assert "safe fix" in text and "- before" in text and "+ after" in text
    assert "  It was written by a friend." in text
    rows = Path("a.jsonl").read_text()
    assert "Certainly!" in rows  # shown, not done
    assert "the rule has no fix of its own" in shown(desk("--select", "LEX001"), "f") or "fix" in text


def test_a_long_text_scrolls_around_its_span(checked: Path, call: Call, desk: Open) -> None:
    filler = " ".join(f"word{n}" for n in range(40_000))
    write_rows(
        Path("long.jsonl"), [{"question": "Who?", "answer": f"{filler} As an AI language model, I stop. {filler}"}]
    )
    call("check", "long.jsonl", "--select", "LEX001")
    made = desk()
    text = shown(made)
    assert "As an AI language model" in text
    shots: list[str] = []
    drive(made, pressing("g", "SHOT", "G", "SHOT", "t", "SHOT", "pagedown", "k", "SHOT", shots=shots))
    assert "characters before this" in shots[0] and "why it hurts" in shots[1]
    assert "As an AI language model" in shots[2] and "12,000 characters around" in shots[2]
    assert len(set(shots)) == 4
    assert "so long a text is for an editor" in shown(desk(), "t", "t", "t", "t", "t") or "all of the text" in shown(
        desk(), *"tttttt"
    )


def test_resizing_keeps_the_place(desk: Open) -> None:
    made = desk()

    async def steps(app: ReviewApp, pilot: Pilot[int]) -> None:
        await pilot.press("s")
        for size in ((50, 12), (120, 40), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            text = screen(app)
            assert text.split("\n")[0].endswith(f"2 of {len(made.walk)}"), size
            assert "As an AI language model" in text
        await pilot.press("a")

    drive(made, steps)
    assert made.walk.settled(1) == "accept"


def test_the_editor_is_opened_and_the_row_read_again(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "cat")
    monkeypatch.delenv("VISUAL", raising=False)
    commands: list[list[str]] = []
    made = desk("--path", "a.jsonl")
    line = made.subject().first["line"]

    def edit(command: list[str]) -> int:
        commands.append(command)
        rows = [json.loads(text) for text in Path("a.jsonl").read_text().splitlines()]
        rows[line - 1]["answer"] = "Mended."
        write_rows(Path("a.jsonl"), rows)
        return 0

    shots: list[str] = []
    drive(made, pressing("e", "SHOT", "a", "SHOT", "s", "SHOT", shots=shots), run_editor=edit)
    assert commands == [["cat", str(Path("a.jsonl").resolve())]]
    assert "the row has changed since the check" in " ".join(shots[0].split())
    assert "nothing is decided on a row that cannot be shown" in shots[1]
    assert "As an AI language model" in shots[2]
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "there is no editor 'no-such-editor'" in shown(made, "e")


def test_the_end_and_what_was_skipped(desk: Open) -> None:
    made = desk()
    total = len(made.walk)
    shots: list[str] = []
    drive(made, pressing("s", *["a"] * (total - 1), "SHOT", "s", "SHOT", shots=shots))
    assert "the end" in shots[0] and f"{total - 1} accepted, 0 ignored, 1 left of {total}" in shots[0]
    assert "next: synlint check a.jsonl b.jsonl" in shots[0] and "1 not decided on" in shots[0]
    assert shots[1].split("\n")[0].endswith(f"1 of {total}")
    text = shown(made, "a", "s")
    assert "nothing is left" in text
    assert "the end" in shown(desk())  # the next review begins at the end
    for key in ("f", "w", "t", "e", "a", "p", "r", "i"):
        assert "the end" in shown(desk(), key), key


def test_quitting_and_ctrl_c(desk: Open) -> None:
    assert drive(desk(), pressing("a", "q")).return_value == 0
    assert drive(desk(), pressing("a", "ctrl+c")).return_value == INTERRUPTED
    assert drive(desk(), pressing("i", "x", "ctrl+c")).return_value == INTERRUPTED
    assert desk().walk.counts() == {"accept": 2, "ignore": 0, "open": len(desk().walk) - 2}


def test_keys_typed_before_the_finding_is_shown_decide_nothing(desk: Open) -> None:
    made = desk()
    app = ReviewApp(made)
    for action in (app.action_accept, app.action_undo, app.action_ignore, app.action_skip):
        action()
    assert made.walk.at == 0 and made.walk.counts()["accept"] == 0


def test_findings_of_another_run_end_the_review(desk: Open, call: Call) -> None:
    made = desk()
    call("check", "clean.jsonl", "--select", "LEX001")
    app = drive(made, pressing())
    assert app.return_code == 0 and app.return_value == 2


def test_wide_hostile_and_secret_texts(checked: Path, call: Call, desk: Open) -> None:
    key = "AKIA" + "Q3EGRNHD2BZ7K5XW"
    texts = (
        "这个问题我无法回答。" * 60 + " As an AI language model, I cannot. " + "这个问题我无法回答。" * 60,
        "\x1b[31m\x07\u202e As an AI language model, I cannot. \x1b[0m",
        "שלום. As an AI language model, I cannot. אני לא יכול",
        "👩‍👩‍👧‍👦 As an AI language model, I cannot. 🇩🇪",
        f"As an AI language model, I cannot. My key is {key}",
    )
    english = "This is what a long answer in plain English reads like, so that the rules for English look at it. "
    texts = tuple(text + english * 3 for text in texts)
    write_rows(Path("w.jsonl"), [{"question": f"{n}?", "answer": text} for n, text in enumerate(texts)])
    call("check", "w.jsonl", "--select", "LEX001,SEC002")
    made = desk()
    shots: list[str] = []
    drive(made, pressing(*["SHOT", "s"] * len(made.walk), shots=shots))
    everything = "\n".join(shots)
    assert len(made.walk) >= 5 and "\x1b" not in everything and "\x07" not in everything and "\u202e" not in everything
    assert "\\x1b[31m" in everything and "\\u202e" in everything and "שלום" in everything and "👩‍👩‍👧‍👦" in everything
    assert key not in everything and "AK•••" in everything
