from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.analysis.markdown import (
    blanked,
    cells,
    fenced_blocks,
    lines_of,
    marked_as,
    numbering_faults,
    table_faults,
    unclosed_fence,
)
from tests.guard import bounded, repeated

MARKDOWN = st.text(alphabet="`~|-: \n1.2)ax*é😀", max_size=200)


def test_fenced_blocks() -> None:
    text = "a\n```python\nx = 1\n```\n~~~\ny\n```\n~~~\n````\n```\n````\nend ```\n```json\n{"
    blocks = fenced_blocks(text)
    assert [(block.info, text[slice(*block.inside)], block.closed) for block in blocks] == [
        ("python", "x = 1\n", True),
        ("", "y\n```\n", True),
        ("", "```\n", True),
        ("json", "{", False),
    ]


def test_blocks_by_their_mark() -> None:
    text = "```JSON\n1\n```\n```xml\n<a/>\n```\n```json\n2\n```\n```json\n3"
    blocks = fenced_blocks(text)
    assert [text[slice(*inside)] for inside in marked_as(blocks, "json")] == ["1\n", "2\n"], "the last is never closed"
    assert [text[slice(*inside)] for inside in marked_as(blocks, "svg", "xml")] == ["<a/>\n"]
    assert len(list(marked_as(fenced_blocks("```py\n1\n```\n" * 30), "py"))) == 20


@given(MARKDOWN)
def test_blanking_keeps_every_offset(text: str) -> None:
    blocks = fenced_blocks(text)
    bare = blanked(text, blocks)
    assert len(bare) == len(text)
    assert bare.count("\n") == text.count("\n")
    assert all(0 <= a.start <= a.inside[0] <= a.inside[1] <= a.end <= len(text) for a in blocks)


@given(MARKDOWN)
def test_spans_lie_in_the_text(text: str) -> None:
    for fault in (*table_faults(text), *numbering_faults(text)):
        assert 0 <= fault.start < fault.end <= len(text)
    fence = unclosed_fence(text)
    odd = sum(line.lstrip(" \t").startswith("```") for line in text.split("\n")) % 2
    assert (fence is not None) == bool(odd)
    assert fence is None or "```" in text[slice(*fence)]


@pytest.mark.parametrize(
    ("text", "fence"),
    [
        ("```\na\n```", None),
        ("a\n```py\nb", (2, 7)),
        ("```\na\n```\n```js\nb", (10, 15)),
        ("```py\na\n```js\nb\n```", (0, 5)),
        ("a\n```", (2, 5)),
    ],
)
def test_the_fence_without_a_partner(text: str, fence: tuple[int, int] | None) -> None:
    assert unclosed_fence(text) == fence


def test_lines_know_where_they_begin() -> None:
    assert list(lines_of("é\n\nb")) == [(0, "é"), (2, ""), (3, "b")]


@pytest.mark.parametrize(
    ("row", "counts"),
    [("| a | b |", {2}), ("a | b", {2}), ("| a | b", {2, 1 + 2 - 0}), ("a \\| b | `c|d`", {2}), ("a |", {1, 2})],
)
def test_cells_of_a_row(row: str, counts: set[int]) -> None:
    assert cells(row) == counts


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "a row has 3 cells and the header 2"),
        ("| a | b |\n|---|---|---|\n| 1 | 2 |", "the delimiter row has 3 cells and the header 2"),
        ("| Name | Age |\n| Ann | 30 |\n| Bob | 41 |", "no row of dashes under the header"),
        (
            "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4\n",
            "the text ends in a row of 1 cell where the header has 3",
        ),
        ("a | b | c\n--|--|--\n1 | 2\n\nThat is all.", "a row has 2 cells and the header 3"),
        ("| a | b | c |\n|---|---|---|\n| 1 |\n```\nx\n```", "a row has 1 cell and the header 3"),
        ("| a | b | c |\n|---|---|---|\n| |\n| 1 |", "the text ends in a row of 1 cell where the header has 3"),
        ("| a | b\n|---|---|\n| 1 | 2 | 3 |", "a row has 3 cells and the header 2"),
        ("a | b |\n---|---\n1 | 2 | 3 |\n4", "a row has 3 cells and the header 2"),
    ],
)
def test_broken_tables(text: str, what: str) -> None:
    (fault,) = table_faults(text)
    assert fault.what == what


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|:-:|--:|\n| 1 | 2 |",
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 3",  # may still be whole
        "a | b | c\n--|--|--\n  |   |",
        "a | b\n--|--\n1 | 2\n3 |",
        "```\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n```",
        "|1|2|3|\n|4| |6|\n|7|8| |",
        "+---+---+\n| Ann | 30 |\n| Bob | 41 |\n| Eve | 52 |\n+---+---+",
        "either | or\nthis | that | these\nx | y",
        "---\nBob | Ann\n---",
    ],
)
def test_sound_tables_and_what_is_none(text: str) -> None:
    assert table_faults(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1. a\n2. b\n4. c", ["4 comes after 2"]),
        ("1. a\n2. b\n2. c\n3. d", ["2 comes twice"]),
        ("1. a\n2. b\n7. c\n4. d\n5. e", ["7 comes after 2"]),
        ("**1.** a\n**2.** b\n**4.** c", ["4 comes after 2"]),
        ("1) a\n2) b\n4) c\n\nNow:\n1) a\n2) b\n3) c\n3) d", ["4 comes after 2", "3 comes twice"]),
        ("1. a\n2. b\n3. c", []),
        ("1. a\n1. b\n1. c", []),
        ("1. a\n   1. x\n   2. y\n2. b\n   1. z\n3. c", []),
        ("1. a\n2. b\nStep 3: c\n4. d", []),
        ("3. a\n5. b", []),
        ("2. a\n3. b\n5. c", []),
        ("1. a\n3. b", []),
        ("1. a\n2. b\n2.a. c\n2.b. d\n3. e", []),
        ("1.5 cups\n2.5 cups\n4.5 cups", []),
        ("1. a\n2. b\n12. Instruction: c\n12. Input: d", []),
        ("1. a\n2. b\n\nThat was wrong:\n\n2. c\n3. d", []),
        ("1. a\n2. b\n\n**No**, again:\n\n2. c\n4. d", ["4 comes after 2"]),
        ("1. a\n2. b\n\n   That was b.\n\n2. c", ["2 comes twice"]),
        ("1. a\n2. b\n\n- one\n\na) two\n\n* three\n\n2. c", ["2 comes twice"]),
        ("1. a\n2. b\nThat was b.\n2. c", ["2 comes twice"]),
        ("```\n1. a\n2. b\n4. c\n```", []),
    ],
)
def test_numbering(text: str, what: list[str]) -> None:
    assert [fault.what for fault in numbering_faults(text)] == what


@pytest.mark.parametrize(
    "piece",
    [
        "1. a\n2. b\n4. c\n",
        "| a | b |\n",
        "|-",
        "a|b\n-|-\n",
        "1. a\n2. b\n\nc\n2. d\n",
        "1. a\n2. b\n2. c\n\n**",
        "```\n",
        "`",
        " |\n",
        "~~~x\n",
        "\n",
    ],
)
def test_a_megabyte_is_looked_at_in_bounded_time(piece: str) -> None:
    text = repeated(piece)
    with bounded():
        for look in (fenced_blocks, unclosed_fence, table_faults, numbering_faults):
            look(text)
    assert len(numbering_faults(text)) <= 20
