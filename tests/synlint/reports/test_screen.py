from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from rich.cells import cell_len
from rich.text import Text

from synlint.model import Action, Failure, Report
from synlint.reports.formats import full
from synlint.reports.options import ReportOptions
from synlint.reports.screen.canvas import NARROWEST, Canvas, Column, wants_color, width_of
from synlint.reports.screen.corpus import bar
from synlint.settings import MIN_WIDTH
from tests.synlint.reports.templating import template

COMMAND = "synlint check alpaca_data.jsonl"
GOLDEN = Path(__file__).parent / "golden"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def screen(report: Report, width: int | None = 80, **changes: object) -> str:
    out = io.StringIO()
    full.write(report, out, replace(ReportOptions(width=width, command=COMMAND), **changes))  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("name", ["report", "clean", "empty", "sliced"])
def test_the_screen_as_reviewed(name: str, width: int, request: pytest.FixtureRequest) -> None:
    """Golden files: UPDATE_GOLDEN=1 rewrites them, and the reviewer looks at the difference."""
    shown = screen(request.getfixturevalue(name), width)
    golden = GOLDEN / f"{name}-{width}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [60, 70, 80, 100, 120, 140, 160])
def test_no_line_is_wider_than_the_terminal(width: int, sliced: Report) -> None:
    for line in screen(sliced, width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


def test_the_answer_comes_first_then_failures_then_what_to_do(report: Report) -> None:
    shown = screen(report)
    order = ["! ERROR  Not yet", "Could not check", "LEX009", "Next", "synlint filter", "About the whole corpus"]
    order += ["Rules ", "answer-repeats-question", "Rows to look at", "skipped", "note:", "checked 52,002 rows"]
    places = [shown.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("verdict", "exit_code", "badge"),
    [
        ("clean", 0, "✓ PASSED  "),  # rules are over their limit, but --fail-on lets them pass
        ("findings", 1, "✗ FINDINGS  "),
        ("findings", 0, "✗ FINDINGS (exit 0)  "),  # --exit-zero
        ("error", 2, "! ERROR  "),
    ],
)
def test_the_verdict_is_a_word_and_a_sign(verdict: str, exit_code: int, badge: str, report: Report) -> None:
    changed = replace(report, verdict=verdict, exit_code=exit_code)  # type: ignore[arg-type]
    assert screen(changed).startswith(badge)


def test_only_a_clean_verdict_is_green(report: Report, clean: Report) -> None:
    passed = replace(report, verdict="clean", exit_code=0)
    green, amber = "\x1b[1;30;42m", "\x1b[1;30;43m"
    assert screen(clean, color=True).startswith(green + " ✓ CLEAN ")
    assert screen(passed, color=True).startswith(amber + " ✓ PASSED ")
    assert screen(replace(report, verdict="findings", exit_code=0), color=True).startswith(amber)


def test_a_long_command_goes_on_below_and_can_be_copied(report: Report, tmp_path: Path) -> None:
    paths = [f"corpus/of mine/{n}.jsonl" for n in range(9)]
    command = shlex.join(["synlint", "check", *paths, "--select", "LEX001"])
    lines = screen(replace(report, actions=(Action(command, "why", 0, ""),))).splitlines()
    start = lines.index("Next") + 1
    end = next(n for n in range(start, len(lines)) if not lines[n].endswith("\\")) + 1
    assert end - start > 2 and all(cell_len(line) <= 80 for line in lines[start:end])
    assert all(line.startswith("       ") for line in lines[start + 1 : end])
    assert lines[end - 1].endswith("--select LEX001")  # an option stays with its value
    pasted = "\n".join(lines[start:end]).replace("  1  ", "", 1)
    shown = subprocess.run(["sh", "-c", f"printf '%s|' {pasted}"], capture_output=True, text=True, check=True).stdout
    assert shown == "".join(f"{word}|" for word in shlex.split(command))


def test_an_unreadable_file_is_a_failure_with_its_name(report: Report) -> None:
    shown = screen(replace(report, failures=(Failure("truncated gzip stream", path="a.jsonl.gz"),)))
    assert "! a.jsonl.gz: truncated gzip stream" in shown


def test_clean_rules_are_only_counted(report: Report) -> None:
    shown = screen(report)
    assert "9 clean" in shown and "integrity-rule" not in shown


def test_columns_that_say_nothing_are_left_out(report: Report) -> None:
    bare = replace(report, rules=tuple(replace(r, human_rate=None, fixable=None) for r in report.rules))
    header = next(line for line in screen(bare).splitlines() if "severity" in line)
    assert "human" not in header
    assert "human" in screen(report, 100)


def test_the_limit_stays_where_the_human_rate_has_no_room(report: Report) -> None:
    header = next(line for line in screen(report, 80).splitlines() if "severity" in line)
    assert header.endswith("value  limit")


def test_rules_that_could_not_judge_are_not_clean(report: Report, clean: Report) -> None:
    assert "Rules  5 over (2 errors, 3 warnings) · 6 tolerated · 9 clean · 2 not judged" in screen(
        report
    )  # the two that were left out
    mute = replace(clean.rules[0], verdict="skipped", share=None, value=None)
    unjudged = replace(clean, rules=(mute, *clean.rules[1:]), skipped=((mute.code, "too few rows"),))
    assert "Rules  0 over · 19 clean · 1 not judged" in screen(unjudged)
    left_in = replace(clean, skipped=((clean.rules[1].code, "too few rows"),))
    assert "Rules  0 over · 19 clean · 1 not judged" in screen(left_in)
    assert f"with 19 of {len(clean.rules)} rules" in screen(unjudged)
    never = replace(clean, skipped=(("EMB001", "needs the extra 'semantic'"),))
    assert "20 clean · 1 not judged" in screen(never) and "with 20 of 21 rules" in screen(never)
    assert mute.code not in screen(unjudged, statistics="counts").partition("Statistics")[2]


def test_a_corpus_rule_shows_the_value_it_judged(report: Report) -> None:
    opener = replace(report.rules[0], share=0.2, value=0.071, threshold=0.02)
    line = next(line for line in screen(replace(report, rules=(opener,))).splitlines() if "  ✗  TPL001" in line)
    assert line.split()[-4:] == ["7.1", "%", "2", "%"]


def test_carets_stand_below_the_span(report: Report) -> None:
    lines = screen(report).splitlines()
    for text in ("As an AI language model", "[INSERT NAME]", "AIとして", "sk-****"):
        at = next(n for n, line in enumerate(lines) if text in line and "│" in line and "LEX" not in line)
        above, carets = lines[at], lines[at + 1]
        assert cell_len(above[: above.index(text)]) == carets.index("^")


def test_a_row_that_could_not_be_read_has_no_id_and_no_field(report: Report) -> None:
    mark = ("INT001", "unreadable-row", None, None, "the record is not JSON")
    exhibit = replace(report.exhibits[0], row_id=None, source_id=None, field="", text="{oops", marks=(mark,))  # type: ignore[arg-type]
    lines = screen(replace(report, exhibits=(exhibit,))).splitlines()
    at = lines.index("  alpaca_data.jsonl:14007")
    assert lines[at + 1 : at + 3] == ["  │ {oops", "  │   INT001 the record is not JSON"]


def test_a_long_id_is_cut_to_keep_the_place_on_one_line(report: Report) -> None:
    exhibit = replace(report.exhibits[0], source_id="user-" * 30)
    line = next(line for line in screen(replace(report, exhibits=(exhibit,))).splitlines() if ":14007" in line)
    assert line.startswith("  alpaca_data.jsonl:14007 · answer · id user-user-") and line.endswith("…")
    assert cell_len(line) == 80


def test_marks_far_apart_get_a_window_each(report: Report) -> None:
    text = "first" + " word" * 200 + " second"
    marks = (("LEX001", "n", 0, 5, "one"), ("LEX002", "n", len(text) - 6, len(text), "two"))
    lines = screen(replace(report, exhibits=(replace(report.exhibits[0], text=text, marks=marks),))).splitlines()
    at = next(n for n, line in enumerate(lines) if "│ first" in line)
    assert lines[at + 1] == "  │ ^^^^^ LEX001 one"
    assert lines[at + 2].endswith("second") and "LEX002 two" in "".join(lines[at + 3 : at + 5])


def test_many_rules_on_one_row_are_cut_to_four(report: Report) -> None:
    marks = tuple((f"LEX{n:03}", "n", n, n + 1, "m") for n in range(9))
    shown = screen(replace(report, exhibits=(replace(report.exhibits[0], text="a" * 20, marks=marks),)))
    assert "LEX003 m" in shown and "LEX004 m" not in shown and "and 5 more rules" in shown


def test_slices_say_which_source_is_bad(sliced: Report) -> None:
    shown = screen(sliced, 140)
    assert "✗  gpt-3.5        40,000  findings  PAR001 0.79 %, SEC001 2, +3" in shown
    assert "✓  human          12,000  clean" in shown
    assert "and 1 more slice with findings" in screen(sliced, max_slices=1)


def test_the_slices_are_headed_by_the_key_that_was_used(sliced: Report) -> None:
    generator = replace(sliced, slices={"metadata.generator": sliced.slices["source"]})
    assert "By metadata.generator  3 slices" in screen(generator)


def test_the_worst_slices_come_first_and_clean_ones_are_counted(sliced: Report) -> None:
    over = [result for result in sliced.rules if result.verdict == "over"]
    values = {f"fine-{n:02}": {"rows": 9000, "verdict": "clean", "rules": []} for n in range(13)}
    values["large"] = {"rows": 8000, "verdict": "findings", "rules": over[:1]}
    values["lenient"] = {"rows": 8500, "verdict": "clean", "rules": over[:1]}  # over, but below --fail-on
    values["small"] = {"rows": 5, "verdict": "findings", "rules": over}
    shown = screen(replace(sliced, slices={"source": values})).partition("By source")[2].partition("Rows to look")[0]
    places = [shown.index(name) for name in ("small", "large", "lenient", "fine-00", "fine-09", "and 3 more clean")]
    assert places == sorted(places) and "fine-10" not in shown
    assert "passed" in next(line for line in shown.splitlines() if "lenient" in line)


def test_statistics_are_shown_besides_the_findings(report: Report) -> None:
    counts, timed = screen(report, statistics="counts"), screen(report, statistics="time")
    for part in ("Rows to look at", "About the whole corpus", "limit", "Statistics"):
        assert part in counts and part in timed
    assert "  1,768     1,768    3.4 %  LEX001" in counts and "seconds" not in counts
    assert "  1,768     1,768    3.4 %    0.120  LEX001" in timed and "INT001" in timed
    assert re.search(r"0.050 +search for all literals", timed) and "reading the corpus" not in timed


def test_skipped_rules_share_a_line_when_they_share_the_reason(report: Report) -> None:
    skipped = tuple((f"EMB{n:03}", "needs the extra 'semantic'") for n in range(8))
    assert "skipped EMB000, EMB001, EMB002, EMB003, EMB004, EMB005 and 2 more: needs" in screen(
        replace(report, skipped=skipped)
    )


def test_the_hints_carry_what_the_run_was_given(report: Report) -> None:
    shown = screen(report, 140, command="synlint check a.jsonl --field answer=reply", explain_options=" --isolated")
    assert "every finding: synlint check a.jsonl --field answer=reply --output concise" in shown
    assert "one explained: synlint explain alpaca_data.jsonl:14007 --isolated" in shown
    assert "one explained" not in screen(report, explain=False)  # --no-cache: nothing is kept to explain


def test_the_bar_has_its_mark_at_the_limit(report: Report) -> None:
    canvas = Canvas(io.StringIO(), ReportOptions(width=80))
    opener = report.rules[0]

    def drawn(value: float, limit: float) -> str:
        text = bar(replace(opener, value=value, threshold=limit), canvas)
        return "" if text is None else text.plain

    assert drawn(0.071, 0.02) == "████┃▓▓▓▓▓▓▓▓▓░░"
    assert drawn(0.41, 0.62) == "█████████░░░░░┃░"
    assert drawn(0.0001, 0.02).startswith("█░")  # something is never nothing
    assert drawn(float("nan"), 0.02) == drawn(-1.0, 0.02) == drawn(0.0, 0.0) == ""


def test_a_terminal_without_unicode_gets_ascii_signs(report: Report) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="latin-1", errors="backslashreplace")
    full.write(replace(report, verdict="clean", exit_code=0), out, ReportOptions(width=80))
    out.flush()
    shown = raw.getvalue().decode("latin-1")  # what a template says may use all of it
    assert not set("·✗✓█░") & set(shown)
    assert shown.startswith("+ PASSED") and "####|=========.." in shown and "x  PAR001" in shown


# ------------------------------------------------------------------------------------------------ colour and width


@pytest.mark.parametrize(
    ("out", "environment", "color", "expected"),
    [
        (io.StringIO(), {}, None, False),  # piped
        (Terminal(), {}, None, True),
        (Terminal(), {"NO_COLOR": "1"}, None, False),
        (Terminal(), {"NO_COLOR": ""}, None, True),  # the convention: empty is unset
        (io.StringIO(), {"FORCE_COLOR": "1"}, None, True),
        (Terminal(), {"FORCE_COLOR": "0"}, None, False),
        (Terminal(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, None, False),
        (Terminal(), {"TERM": "dumb"}, None, False),
        (io.StringIO(), {"NO_COLOR": "1"}, True, True),  # the option has the last word
        (Terminal(), {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_color(
    out: io.StringIO, environment: dict[str, str], color: bool | None, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_color(out, ReportOptions(color=color)) is expected


def test_colored_and_plain_screens_hold_the_same_text(report: Report) -> None:
    colored = Text.from_ansi(screen(report, color=True)).plain
    assert colored.replace(" ! ERROR   Not", "! ERROR  Not").splitlines()[3:] == screen(report).splitlines()[3:]


def test_only_the_terminals_own_named_colors_are_used(report: Report) -> None:
    import re

    codes = {code for group in re.findall(r"\x1b\[([\d;]*)m", screen(report, color=True)) for code in group.split(";")}
    assert codes <= {"0", "1", "2", "4", "30", "31", "32", "33", "35", "36", "37", "41", "42", "43"}, codes


@pytest.fixture
def terminals(monkeypatch: pytest.MonkeyPatch) -> dict[int | str, int]:
    """Columns of what is a terminal: file descriptors, and /dev/tty. Empty: there is none at all."""
    known: dict[int | str, int] = {}
    opened = os.open

    def size(descriptor: int) -> os.terminal_size:
        key: int | str = "/dev/tty" if descriptor == 999 else descriptor
        if key not in known:
            raise OSError
        return os.terminal_size((known[key], 24))

    def open_(path: str, *more: int) -> int:
        if path != "/dev/tty":
            return opened(path, *more)
        if path not in known:
            raise OSError
        return 999

    monkeypatch.setattr(os, "get_terminal_size", size)
    monkeypatch.setattr(os, "open", open_)
    monkeypatch.setattr(os, "close", lambda _: None)
    return known


class Numbered(Terminal):
    """A terminal that is a file of the system."""

    def fileno(self) -> int:
        return 77


def test_width(monkeypatch: pytest.MonkeyPatch, terminals: dict[int | str, int]) -> None:
    assert width_of(io.StringIO(), ReportOptions()) == 80  # no terminal anywhere
    assert width_of(io.StringIO(), ReportOptions(width=72)) == 72
    assert width_of(io.StringIO(), ReportOptions(width=900)) == 160
    terminals["/dev/tty"] = 111
    assert width_of(io.StringIO(), ReportOptions()) == 111  # piped, both outputs: the controlling terminal
    monkeypatch.setattr(sys, "stderr", Numbered())
    terminals[77] = 122
    assert width_of(io.StringIO(), ReportOptions()) == 122  # piped: the terminal that errors go to
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert width_of(Numbered(), ReportOptions()) == 122
    monkeypatch.setenv("COLUMNS", "90")
    assert width_of(Numbered(), ReportOptions()) == 90


def test_the_narrowest_width_is_the_one_that_settings_allow() -> None:
    assert NARROWEST == MIN_WIDTH


def test_the_flexible_column_gives_way() -> None:
    out = io.StringIO()
    canvas = Canvas(out, ReportOptions(width=60))
    columns = [Column("code"), Column("name", flexible=True), Column("rows", right=True)]
    canvas.table(
        columns, [[Text("LEX001"), Text("a name that is far too long to fit in a narrow terminal"), Text("1,234")]]
    )
    assert canvas.drawn().splitlines() == [
        "  code    name                                          rows",
        "  LEX001  a name that is far too long to fit in a na…  1,234",
    ]


def test_a_forgotten_escape_costs_the_style_not_the_terminal() -> None:
    canvas = Canvas(io.StringIO(), ReportOptions(color=True))
    canvas.line(("\x1b[2Jboo", "red"))
    assert canvas.drawn() == "\\x1b[2Jboo\n"


def test_templates_worth_telling(report: Report) -> None:
    shown = screen(report)
    part = shown.partition("\nTemplates of the questions")[2].partition("\nRules ")[0]
    assert "What is the capital of <1>?" in part and "Sure! Here is" in part
    assert "A rare frame" not in part, "below 0.5 %"
    assert "Create a" not in part, "two tokens: rules about openers judge those"
    assert shown.index("About the whole corpus") < shown.index("Templates of") < shown.index("\nRules ")


def test_templates_of_a_field_that_no_rule_complains_of_are_few(report: Report) -> None:
    many = tuple(template("Dear ", {"x": 0.5}, f" number {n}: ", share=0.4 - n / 100) for n in range(9))
    calm = screen(replace(report, templates=many))
    assert "Templates of the answers  9 found; the 2 commonest\n" in calm and calm.count("Dear <1>") == 2
    table = report.store.frame().with_columns(field=pl.lit("answer"))
    told = screen(replace(report, templates=many, store=replace(report.store, table=table)))  # type: ignore[type-var]
    assert "Templates of the answers  9 found; the 5 commonest\n" in told and told.count("Dear <1>") == 5


def test_a_template_that_a_rule_complains_of_has_a_sign(report: Report) -> None:
    ident = report.templates[0]["id"]
    table = report.store.frame().with_columns(cluster=pl.lit(ident), field=pl.lit("question"))
    marked = replace(report, store=replace(report.store, table=table))  # type: ignore[type-var]
    line = next(line for line in screen(marked).splitlines() if "capital of <1>" in line)
    assert line.startswith("  ✗ ")
    assert next(line for line in screen(report).splitlines() if "capital of <1>" in line).startswith("  · ")


def test_how_to_see_all_templates(report: Report) -> None:
    command = "synlint templates alpaca_data.jsonl"
    assert f"  all of them: {command}\n" in screen(report, templates_command=command)
    assert "all of them" not in screen(report)
    assert "all of them" not in screen(replace(report, templates=()), templates_command=command)
