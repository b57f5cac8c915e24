from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.text import Text

from synlint.reports.escape import HOSTILE
from synlint.reports.options import ReportOptions
from synlint.reports.screen.canvas import Canvas
from synlint.reports.templates.draw import draw_list, draw_one, draw_short, share_bar
from synlint.reports.templates.records import ordered
from tests.synlint.reports.hostile import TEXTS
from tests.synlint.reports.templating import DEAD, template, templates

PLACES = [{"path": "a.jsonl", "line": 3, "row": 2, "pair": 0}, {"path": "b.parquet", "line": None, "row": 7, "pair": 1}]


def canvas(width: int = 80, **options: bool) -> Canvas:
    return Canvas(io.StringIO(), ReportOptions(width=width, **options))  # type: ignore[arg-type]


def lines(drawn: Canvas) -> list[str]:
    return drawn.drawn().splitlines()


def test_two_lines_for_each_in_a_report() -> None:
    board = canvas()
    one = template("What is the capital of ", {"France": 0.02, "Perú": 0.01}, "?", share=0.162, level="whole text")
    draw_short([one, template("Yes, ", {"a": 0.5}, share=0.05)], board, {one["id"]: "yellow"})
    assert lines(board)[:2] == [
        "  ✗ █░░░░░░░  16.2 %  8,424  What is the capital of <1>?",
        "    whole text · <1> France | Perú | +40",
    ]
    assert lines(board)[2] == "  · █░░░░░░░     5 %  2,600  Yes, <1>"


def test_three_lines_for_each_in_the_list() -> None:
    board = canvas()
    one = template("What is the capital of ", {"France": 0.02}, "?", share=0.162)
    draw_list([one], board)
    assert lines(board) == [
        f"  · █░░░░░░░  16.2 %  8,424  sentence frame · {one['id']}",
        "    What is the capital of <1>?",
        "    <1> France | +40",
    ]


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal_nor_ends_in_blanks(width: int) -> None:
    board = canvas(width)
    draw_short(ordered(templates()), board, {})
    draw_list(ordered(templates()), board)
    for one in templates():
        draw_one(one, PLACES, board)
    for line in lines(board):
        assert cell_len(line) <= width and line == line.rstrip(), line


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_hostile_reaches_the_terminal(text: str) -> None:
    board = canvas(color=False)
    one = template(text, {text: 0.5}, ({text: 0.9}, DEAD), examples=[text])
    draw_short([one], board, {})
    draw_list([one], board)
    draw_one(one, [{**PLACES[0], "path": text}], board)
    assert not HOSTILE.search(board.drawn().replace("\n", ""))


def test_colour_adds_nothing_to_what_is_said() -> None:
    plain, coloured = canvas(color=False), canvas(color=True)
    for board in (plain, coloured):
        draw_short(ordered(templates()), board, {templates()[0]["id"]: "bold red"})
        draw_one(templates()[1], PLACES, board)
    assert "\x1b[1;35m<1>" in coloured.drawn() or "\x1b[1;35m<" in coloured.drawn()
    assert Text.from_ansi(coloured.drawn()).plain.splitlines() == plain.drawn().splitlines()


@pytest.mark.parametrize(
    ("share", "drawn"), [(0.0, "░" * 8), (0.0001, "█" + "░" * 7), (0.5, "████░░░░"), (1.0, "█" * 8)]
)
def test_a_share_as_a_bar(share: float, drawn: str) -> None:
    assert share_bar(share, canvas(), "green").plain == drawn


def test_everything_about_one() -> None:
    one = template(
        "Dear ", {"friend": 0.03, "aunt": 0.02}, ",\nall is ", ({"well": 0.93, "": 0.05, "lost": 0.02}, DEAD), ".",
        share=0.25, level="whole text",
    )  # fmt: skip
    board = canvas()
    draw_one(one, PLACES, board)
    told = lines(board)
    assert told[0] == f"{one['id']} · whole text of the answers"
    assert " ".join(told[1:3]) == (
        "██░░░░░░  25 % of the answers · 13,000 rows · 8 tokens in its frame · saves 1,234 bits"
    )
    text = board.drawn()
    for part in (
        *("Dear <1>,↵\n  all is <2>.", "<1>  text · 42 fillers · 7.25 bits", "3 %  friend", "and 40 more"),
        *("<2>  text · 3 fillers · 0.4 bits  dead: it hardly varies", "93 %  well", "5 %  (nothing)"),
        *("Examples", "│ another one", "Rows  the first 2 of 13,000 rows", "  a.jsonl:3\n", "b.parquet:row 7 · pair 1"),
    ):
        assert part in text, part


def test_all_rows_told_need_no_count() -> None:
    board = canvas()
    draw_one(template("a b c ", {"x": 1.0}, rows=2), PLACES, board)
    assert "\nRows\n" in board.drawn()


def test_without_unicode_signs_are_ascii() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    board = Canvas(out, ReportOptions(width=80))
    draw_short([template("one\ntwo three ", {"x": 1.0})], board, {})
    draw_one(template("one\ntwo three ", {"x": 1.0}), PLACES, board)
    assert board.drawn().isascii()
