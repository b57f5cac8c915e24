from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from synlint.model import Report
from synlint.reports.escape import visible
from synlint.reports.formats import markdown
from synlint.reports.markdown_page import characters, octets
from synlint.reports.options import ReportOptions
from tests.synlint.reports.hostile import TEXTS, hostile
from tests.synlint.reports.test_markdown_text import LIVE, outside_code, rendered, tags_of, text_of

OPTIONS = ReportOptions(command="synlint check data/")
OURS = {"h2", "h3", "p", "code", "ol", "ul", "li", "br", "table", "thead", "tbody", "tr", "th", "td", "pre", "details"}
OURS |= {"summary", "sub", "strong"}


def page_of(report: Report) -> str:
    out = io.StringIO()
    markdown.write(report, out, OPTIONS)
    return out.getvalue()


def test_the_answer_comes_first_then_the_commands(report: Report) -> None:
    lines = [line for line in page_of(report).splitlines() if line]
    assert lines[:3] == [markdown.MARK, "## ! synlint: ERROR", report.sentence]
    headings = [line for line in lines if line.startswith("### ")]
    assert [line.split(":")[0] for line in headings] == [
        "### Could not check", "### Next", "### Rules", "### About the whole corpus",
        "### Templates of the questions", "### Templates of the answers", "### Rows to look at",
    ]  # fmt: skip
    assert lines[-1].endswith("</sub>") and "`synlint check data/ --output concise`" in lines[-1]


def test_rules_over_their_limit_are_a_table_and_the_others_are_folded_up(report: Report) -> None:
    shown, folded, rest = page_of(report).partition("<details>")
    assert folded
    for result in report.rules:
        line = f"| `{result.code} {result.name}` |"
        assert (line in shown) == (result.verdict == "over")
        assert (line in rest) == (result.verdict == "under")


def test_the_worst_rows_are_shown_with_their_text(report: Report) -> None:
    text = text_of(rendered(page_of(report)))
    assert "As an AI language model, I do not have feelings." in text
    assert "sk-****" in text and "東京は日本の首都です" in text


def test_a_clean_report_is_short(clean: Report) -> None:
    page = page_of(clean)
    assert "✓ synlint: CLEAN" in page and clean.sentence in page and "<details>" not in page


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_of_a_corpus_means_anything(text: str, report: Report) -> None:
    page = rendered(page_of(hostile(report, text)).replace(markdown.MARK, ""))
    assert tags_of(page) <= OURS
    assert not re.search(r"<\w+ (?!lang=\"text\"|align=)", page), "no attribute, no address"
    plain = outside_code(page)
    assert not LIVE.search(plain.replace("<0.01 %", ""))
    words = visible(text).split()[0]
    assert words in text_of(page)


@pytest.mark.parametrize("text", TEXTS)
def test_every_element_is_closed(text: str, report: Report) -> None:
    page = rendered(page_of(hostile(report, text)))
    assert page.count("<details>") == page.count("</details>") > 0


@pytest.mark.parametrize("limit", [4_000, 5_000, 8_000, 20_000, 60_000])
@pytest.mark.parametrize("measure", [characters, octets])
def test_the_page_stays_below_the_limit_and_says_what_was_cut(limit: int, measure: type, report: Report) -> None:
    long = replace(report, exhibits=report.exhibits * 90, sentence="word " * 100)
    page = markdown.render(long, replace(OPTIONS, max_exhibits=1000), limit, measure, 50)
    assert measure(page) <= limit
    assert page.count("<details>") == page.count("</details>")
    assert "Left out to fit" in page and re.search(r"\d+ of 720 rows", page)


def test_a_command_of_a_thousand_files_does_not_burst_the_page(report: Report) -> None:
    command = "synlint check " + " ".join(f"file{n:05d}.jsonl" for n in range(10_000))
    actions = tuple(replace(action, command=command) for action in report.actions)
    page = markdown.render(replace(report, actions=actions), replace(OPTIONS, command=command))
    assert characters(page) <= markdown.COMMENT and "3 of 3 next commands" in page


def test_slices_are_folded_up(sliced: Report) -> None:
    page = page_of(sliced)
    assert "<summary>By <code>source</code></summary>" in page and "`gpt-3.5`" in page and "`évil \\x1b[31m`" in page


def test_templates_are_tables(report: Report) -> None:
    lines = page_of(report).splitlines()
    at = lines.index("### Templates of the questions")
    assert lines[at + 4] == (
        "| 16.2 % | 8,424 | whole text | `What is the capital of <1>?` | `<1> France \\| Perú \\| +40` |"
    )
    assert "### Templates of the answers" in lines and "A rare frame" not in page_of(report)
    assert "Templates of" not in page_of(replace(report, templates=()))
