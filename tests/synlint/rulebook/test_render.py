from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from synlint.model import Example, Fix, Gate, Rule, Span
from synlint.rulebook.load import load_rules
from synlint.rulebook.loaded import HumanRate, LoadedRule, ProblemCheck
from synlint.rulebook.render import documents, page, page_name, record, stale, table, text, write

RULE = Rule(
    code="LEX901",
    name="shop-talk",
    summary="answer says *buy* | now",
    message="{evidence}",
    description="Finds buy.\n\nNot <sell>.",
    rationale="It sells.",
    languages=("en",),
    fix=Fix("strip_match"),
    gate=Gate(warn=0.02),
    examples_match=(Example(fields={"answer": "Please buy it."}, span=Span(7, 10), note="plain"), Example(raw="\x00{")),
    examples_no_match=(
        Example(fields={"answer": "```\ncode\n```"}),
        Example(rows=[{"answer": str(n)} for n in range(6)]),
    ),
    references=(("A paper", "https://example.org/a_b"),),
)
LOADED = LoadedRule(
    RULE,
    ProblemCheck(frozenset()),
    human=HumanRate(0.001, 0.004, {"dolly": (15, 15_000)}),
    options={"max_words": ("int", 3, "how many")},
)


def test_text_says_everything() -> None:
    shown = text(LOADED, 70)
    for part in (
        "LEX901 shop-talk",
        "Finds buy.",
        "It sells.",
        "    answer: Please buy it.",
        "    (plain)",
        "\\x00{",
        "... and 2 more rows",
        "2 %",
        "dolly 15 of 15,000",
        "Safe: strip match.",
        "max_words = 3 (int): how many",
        'ignore = ["LEX901"]',
        "https://example.org/a_b",
    ):
        assert part in shown or part in " ".join(shown.split()), part
    prose = [line for line in shown.splitlines() if not line.startswith("    ")]
    assert max(len(line) for line in prose) <= 70


def test_span_is_underlined() -> None:
    lines = text(LOADED).splitlines()
    at = lines.index("    answer: Please buy it.")
    start = lines[at].index("buy")
    assert lines[at + 1] == " " * start + "^^^"


def test_page_escapes_what_markdown_would_take_for_markup() -> None:
    shown = page(LOADED)
    assert r"Answer says \*buy\* \| now." in shown
    assert "Not &lt;sell>." in shown
    assert "````text\nanswer: ```\ncode\n```\n````" in shown  # a longer fence around text that holds a fence
    assert shown.endswith("\n") and "\n\n\n" not in shown


def test_record_is_json() -> None:
    told = json.loads(json.dumps(record(LOADED)))
    assert told["gate"] == {"by": "share", "limit": 0.02}
    assert told["human_rate"]["upper"] == 0.004
    assert told["parameters"]["max_words"]["value"] == 3


@pytest.mark.parametrize(
    ("gate", "sentence"),
    [
        (Gate(by="count"), "One row is enough."),
        (Gate(by="count", warn=3), "More than 3 rows."),
        (Gate(), "More than 0.4 % of the rows"),
        (Gate(warn=0.02, error=0.5), "Above 50 % it is an error."),
    ],
)
def test_gate_in_words(gate: Gate, sentence: str) -> None:
    assert sentence in " ".join(text(replace(LOADED, rule=replace(RULE, gate=gate))).split())


def test_documents_are_written_checked_and_cleared(tmp_path: Path) -> None:
    pages, readme = tmp_path / "docs" / "rules", tmp_path / "README.md"
    readme.write_text("before\n<!-- rules:begin -->\nold\n<!-- rules:end -->\nafter\n")
    wanted = documents([LOADED], pages, readme)
    assert stale(wanted, pages) == [f"{readme} is out of date", f"{pages / page_name(LOADED)} is missing"]
    assert set(write(wanted, pages)) == {readme, pages / "LEX901-shop-talk.md"}
    assert stale(documents([LOADED], pages, readme), pages) == []
    assert write(documents([LOADED], pages, readme), pages) == []
    told = readme.read_text()
    assert told.startswith("before\n<!-- rules:begin -->\n") and told.endswith("<!-- rules:end -->\nafter\n")
    assert "[LEX901 shop-talk](docs/rules/LEX901-shop-talk.md)" in told
    other = LoadedRule(replace(RULE, code="LEX902", name="other"), LOADED.check)
    assert f"{pages / 'LEX901-shop-talk.md'} is about a rule that is gone" in stale(documents([other], pages), pages)
    write(documents([other], pages), pages)
    assert [path.name for path in pages.iterdir()] == ["LEX902-other.md"]


def test_a_readme_without_marks_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    assert tmp_path / "README.md" not in documents([LOADED], tmp_path / "rules", tmp_path / "README.md")


def test_table_has_a_line_per_rule_and_a_heading_per_family() -> None:
    rules = load_rules()
    shown = table(rules)
    assert all(f"[{loaded.code} {loaded.rule.name}](docs/rules/" in shown for loaded in rules)
    assert shown.count("| rule | finds |") == len({loaded.rule.family for loaded in rules})


def test_every_rule_has_a_page_with_its_examples() -> None:
    for loaded in load_rules():
        shown = page(loaded)
        for title in ("What it finds", "Why it hurts", "Found", "Not found", "When it counts", "To silence it"):
            assert f"\n## {title}\n" in shown, f"{loaded.code} lacks {title}"


def test_the_table_says_which_rules_are_not_run_unasked() -> None:
    asked = replace(LOADED, rule=replace(RULE, stability="preview", requires=("nlp",)))
    assert r"now (preview, needs nlp) |" in table([asked]) and "(" not in table([LOADED]).splitlines()[4].split("|")[2]


def test_machine_rates_name_the_corpora_with_findings() -> None:
    shown = " ".join(text(replace(LOADED, machine={"a": (0, 10), "b": (1200, 5000)})).split())
    assert "In 1 of 2 corpora: b 1,200 of 5,000." in shown
    assert "Silent on all 2 corpora." in text(replace(LOADED, machine={"a": (0, 10), "b": (0, 5)}))
    assert "machine" not in text(LOADED)


def test_a_rule_that_is_silent_on_human_text_says_so_in_short() -> None:
    silent = HumanRate(0.0, 0.0004, {"a": (0, 10_000), "b": (0, 90)})
    assert "Silent on 2 corpora (95 % upper bound 0.04 % of rows)." in text(replace(LOADED, human=silent))
