from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.reports.escape import HOSTILE, quiet_json, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b31m", "\\x9b31m"),  # CSI as one C1 character
        ("a\x07\x08\x7f", "a\\x07\\x08\\x7f"),
        ("two\nlines\r\n\tand a tab", "two\\nlines\\r\\n\\tand a tab"),
        ("\u202eevil\u202c", "\\u202eevil\\u202c"),
        ("\u2066x\u2069\u061c\u200e", "\\u2066x\\u2069\\u061c\\u200e"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("name-\udcff.jsonl", "name-\\udcff.jsonl"),  # a file name that is not UTF-8
        ("tag \U000e0041", "tag \\U000e0041"),
        ("\u2028", "\\u2028"),
    ],
)
def test_what_would_act_on_a_terminal_is_spelt_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["naïve", "cafe\u0301", "東京", "👩‍💻", "❤️", "می‌خواهم", "क्‍ष", "a b", "[bold]x[/]"])
def test_honest_text_of_any_script_stays(text: str) -> None:
    assert visible(text) == text


def test_a_joiner_between_latin_letters_hides_something() -> None:
    assert visible("pass\u200dword") == "pass\\u200dword"


def test_a_pile_of_combining_marks_is_cut_down() -> None:
    assert visible("e" + "\u0301" * 9) == "e" + "\u0301" * 6 + "\\u0301" * 3


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_no_control_format_or_surrogate_character_survives(text: str) -> None:
    shown = visible(text)
    left = {c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp")}
    assert not left
    assert not HOSTILE.search(shown.replace("\u200c", "").replace("\u200d", ""))


@given(st.text(max_size=60))
def test_quiet_json_is_the_same_value_without_terminal_characters(text: str) -> None:
    quiet = quiet_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(quiet) == text
    assert not any(
        unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI", "PDI") for c in quiet
    )
    assert not any("\x7f" <= c <= "\x9f" for c in quiet)
