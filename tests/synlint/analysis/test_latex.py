from __future__ import annotations

import pytest

from synlint.analysis.latex import imbalances
from tests.guard import bounded, repeated


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("\\begin{align} x \\frac{1}{2}", ["\\begin{align} without its \\end"]),
        ("\\frac{1}{2} \\end{align}", ["\\end{align} without its \\begin"]),
        ("\\begin{a}\\begin{b}\\end{a}\\end{b}", ["\\end{a} where \\end{b} is due"]),
        ("\\left( \\frac{1}{2} )", ["1 times \\left and 0 times \\right"]),
        ("\\( \\frac{1}{2}", ["\\( without its \\)"]),
        ("\\frac{1}{2} \\]", ["\\] without its \\["]),
        ("$$ \\frac{1}{2}", ["1 times $$"]),
        ("$x$ and $\\frac{1}{2}", ["3 times $"]),
        ("$\\frac{1}{2$", ["2 times { and 1 times } in one formula"]),
        ("We get, so \\begin{align*}\nx &= \\frac{1}{2}\n\\end{align*} and on.", []),
        ("$\\frac{1}{2}$, $$\\sqrt{2}$$, \\(\\pi\\), \\[\\pi\\], \\left\\{ \\pi \\right.", []),
        ("$5 is \\frac{1}{2} of $10, not $3", []),
        ("Write \\usepackage{a} before \\begin{document} and go on.", []),
        ("`\\begin{a}` and \\frac{1}{2}", []),
        ("\\frac{1}{2} % $ in a comment", []),
        ("\\$5 and \\frac{1}{2}", []),
        ("Regex \\(\\d\\ and $x and \\[a", []),
        ('let s = "\\(name" + $x', []),
    ],
)
def test_pairs(text: str, what: list[str]) -> None:
    found = imbalances(text)
    assert [one.what for one in found] == what
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize("piece", ["\\begin{a}", "$", "$\\frac{", "\\left", "%", "`", "\\(", "{", "\\"])
def test_a_megabyte_is_looked_at_in_bounded_time(piece: str) -> None:
    with bounded():
        imbalances("\\frac{1}{2} " + repeated(piece))
