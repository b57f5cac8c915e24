from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.analysis.escapes import leftover_escapes, unescaped
from tests.guard import bounded, repeated


@pytest.mark.parametrize(
    ("escape", "meant"),
    [
        ("&amp;", "&"),
        ("&amp;lt;", "<"),
        ("&amp;amp;#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", " "),
        ("&eacute;", "é"),
        ("\\n\\n", "\n\n"),
        ("\\r\\n", "\n"),
        ("\\t", "\t"),
        ('\\"', '"'),
        ("\\u00e9", "é"),
        ("\\xe9", "é"),
        ("\\ud83d\\ude00", "😀"),
        ("\\ud83d", "\\ud83d"),
        ("plain", "plain"),
        ("\\alpha", "\\alpha"),
    ],
)
def test_what_an_escape_stands_for(escape: str, meant: str) -> None:
    assert unescaped(escape) == meant


@given(st.text(alphabet="&amp;lt#39\\nu0e'\" x"))
def test_unescaping_entities_comes_to_an_end(text: str) -> None:
    assert "&amp;" not in unescaped(text) or "&amp;" not in text


@pytest.mark.parametrize(
    ("text", "escapes"),
    [
        ("Fish &amp; chips &lt;3", ["&amp;", "&lt;"]),
        ("One.\\nTwo.\\n\\nthree", ["\\n", "\\n\\n"]),
        ("One.\\nthree", []),
        ("$a \\neq b$, \\nabla f, \\theta", []),
        ("A folder C:\\new\\table", []),
        ('She said \\"no\\".', ['\\"', '\\"']),
        ('printf("a\\n\\n");', []),
        ("<b>Fish &amp; chips</b>", []),
        ("Write `&amp;` or `\\n` there. Then &gt; stays", ["&gt;"]),
        ('Break lines with "\\n".', []),
        ("```\nFish &amp; chips\n```", []),
        ("R&D and AT&T; a&b;", []),
        ("\\d+\\n?", []),
        ('{\\n \\"a\\": 1}', []),
        ("caf\\u00e9 \\ud83d\\ude00", ["\\u00e9", "\\ud83d\\ude00"]),
    ],
)
def test_escapes_in_prose_only(text: str, escapes: list[str]) -> None:
    found = leftover_escapes(text)
    assert [one.text for one in found] == escapes
    assert all(text[one.start : one.end] == one.text for one in found)


def test_no_more_than_asked_for() -> None:
    assert len(leftover_escapes("a &amp; b " * 50, most=7)) == 7
    assert len(leftover_escapes('a &amp; b \\" ' * 50)) == 20


@pytest.mark.parametrize(
    "piece", ["&amp;", "&", "\\n", '\\"', "\\u00e9", "`", "<p ", "let ", '"\\n', "word(", "[{", "```\n"]
)
def test_a_megabyte_is_looked_at_in_bounded_time(piece: str) -> None:
    with bounded():
        leftover_escapes("&amp;" + repeated(piece))
