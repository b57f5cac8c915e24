from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synlint.model import Fix
from synlint.rulebook.fixes import KINDS, apply_fix

STRIP, SENTENCE = Fix("strip_match"), Fix("delete_sentence")
texts = st.text(alphabet="aB. \n,-!é😀中", max_size=20)


def spans_in(text: str) -> st.SearchStrategy[list[tuple[int, int]]]:
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    return st.lists(ends.map(lambda pair: (min(pair), max(pair))), max_size=4)


def strip(text: str, *pieces: str) -> str | None:
    return apply_fix(STRIP, text, [(text.index(piece), text.index(piece) + len(piece)) for piece in pieces])


@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        ("Sure! Use a set.", "Sure!", "Use a set."),
        ("Sure, use a set.", "Sure", "Use a set."),
        ("Sure - use a set.", "Sure", "Use a set."),
        ("Sure — use a set.", "Sure", "Use a set."),
        ("sure, use a set.", "sure", "use a set."),
        ("Use a set. Hope it helps!", "Hope it helps!", "Use a set."),
        ("One. Sure! Two.", "Sure!", "One. Two."),
        ("One.\n\nSure!\n\nTwo.", "Sure!", "One.\n\nTwo."),
        ("One.\nSure! Two.", "Sure!", "One.\nTwo."),
        ("Sure!\n\n- one\n- two", "Sure!", "- one\n- two"),
        ("Sure!\n\n    x = 1\n    y = 2", "Sure!", "    x = 1\n    y = 2"),
        ("Code:\nprint(1)", "Code:", "print(1)"),
        ("Answer: -5", "Answer:", "-5"),
        ("Answer: .5", "Answer:", ".5"),
        ("Sure, ßtraße", "Sure", "ßtraße"),
        ("Sure!", "Sure!", ""),
        ("Sure! print(1)", "Sure!", "print(1)"),
        ("Sure, print it.", "Sure, ", "Print it."),
        ("One. In short, two.", "In short, ", "One. Two."),
        ("One.\n\nIn short, two.", "In short, ", "One.\n\nTwo."),
        ("One, in short, two.", "in short, ", "One, two."),
        ("One. Two. iPhone.", "Two. ", "One. iPhone."),
        ("Smith, In short, two.", "In short, ", "Smith, two."),
    ],
)
def test_cutting_closes_the_seam_and_harms_nothing_else(text: str, piece: str, expected: str) -> None:
    assert strip(text, piece) == expected


def test_several_spans_at_once() -> None:
    assert strip("Sure! One. Truly. Two. Bye!", "Sure!", "Truly.", "Bye!") == "One. Two."


def test_overlapping_spans_are_one() -> None:
    assert apply_fix(Fix("replace", replacement="X"), "abcdef", [(1, 3), (2, 5), (4, 5)]) == "aXf"


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(5, 6)], "A b. E f."),
        ([(2, 7)], "E f."),
        ([(0, 1), (10, 11)], "C d."),
        ([(4, 5)], "C d. E f."),
    ],
)
def test_whole_sentences_go(spans: list[tuple[int, int]], expected: str) -> None:
    assert apply_fix(SENTENCE, "A b. C d. E f.", spans) == expected


@pytest.mark.parametrize(
    ("kind", "text", "piece", "expected"),
    [
        ("unescape", "Fish &amp; chips", "&amp;", "Fish & chips"),
        ("unescape", "One.\\n\\nTwo", "\\n\\n", "One.\n\nTwo"),
        ("fix_encoding", "The cafÃ© opens", "Ã©", "The café opens"),
        ("close_fence", "Run:\n```sh\nls\n", "```sh", "Run:\n```sh\nls\n```"),
        ("close_fence", "Run:\n  ````sh\nls", "  ````sh", "Run:\n  ````sh\nls\n````"),
        ("close_fence", "ls\n```  \n", "```", "ls"),
        ("close_fence", "no fence", "no", "no fence"),
    ],
)
def test_what_escapes_encodings_and_fences_become(kind: str, text: str, piece: str, expected: str) -> None:
    span = (text.index(piece), text.index(piece) + len(piece))
    assert apply_fix(Fix(kind), text, [span]) == expected


@pytest.mark.parametrize("kind", ["unescape", "fix_encoding"])
@given(texts)
def test_rereading_right_text_changes_nothing(kind: str, text: str) -> None:
    assert apply_fix(Fix(kind), text, [(0, len(text))]) == text


def test_every_kind_is_listed() -> None:
    assert {"strip_match", "replace", "delete_sentence", "truncate_at", "drop_row"} < set(KINDS)
    assert len(set(KINDS)) == len(KINDS) == 8


def test_truncation_and_dropping() -> None:
    assert apply_fix(Fix("truncate_at"), "Good.\n\nUser: more", [(7, 12), (3, 3)][:1]) == "Good."
    assert apply_fix(Fix("drop_row"), "x", [(0, 1)]) is None
    assert apply_fix(Fix("drop_row"), "x", []) is None


@given(texts.flatmap(lambda text: st.tuples(st.just(text), spans_in(text))))
def test_no_span_harms(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    for kind in ("strip_match", "delete_sentence", "truncate_at", "replace"):
        fixed = apply_fix(Fix(kind, replacement=""), text, spans)
        assert fixed is not None
        assert len(fixed) <= len(text)
        assert apply_fix(Fix(kind), text, []) == text


@given(st.lists(st.sampled_from("abcé😀"), min_size=1).map("".join), texts)
def test_replacing_back_gives_the_text_back(piece: str, around: str) -> None:
    text = f"{around}{piece}{around}"
    span = (len(around), len(around) + len(piece))
    assert apply_fix(Fix("replace", replacement=piece), text, [span]) == text
