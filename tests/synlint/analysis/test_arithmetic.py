"""Arithmetic: what is read, what it comes to, and above all what is left alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from synlint.analysis.arithmetic.answers import false_in
from synlint.analysis.arithmetic.compare import agree
from synlint.analysis.arithmetic.equations import false_equations, left_of
from synlint.analysis.arithmetic.expressions import Reading, value_of
from synlint.analysis.arithmetic.parser import Parsed, parse
from synlint.analysis.arithmetic.surroundings import goes_on, stands_alone
from synlint.analysis.arithmetic.tokens import tokens_of
from synlint.analysis.arithmetic.worded import false_statements


def whole(text: str, implied: bool = False) -> Parsed | None:
    tokens = tokens_of(text)
    parsed = parse(tokens, 0, len(tokens), implied)
    return parsed if parsed and parsed.after == len(tokens) else None


def shown(text: str, given: str = "") -> list[str]:
    return [text[one.start : one.end] for one in false_in(text, given)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 + 3 * 2", 18),
        ("(12 + 3) × 2", 30),
        ("2^3^2", 512),
        ("-2^2", -4),
        ("2 ** 3", 8),
        ("10 - 4 - 3", 3),
        ("$4,160 / 2", 2080),
        ("5 apples + 3 apples", 8),
        ("3 sets * 15 push-ups/set", 45),
        ("20% of 50", 10),
        ("3/4 of $60", 45),
        ("1 1/2 * 4", 6),
        ("7 times 8", 56),
        ("10 divided by 4", Fraction(5, 2)),
        ("3 x 10^8 / 3 x 10^6", 100),
        (r"\frac{1}{2} \times 6", 3),
        (r"2^{10}", 1024),
        ("4²", 16),
        ("5 million + 1 million", 6_000_000),
        ("6 - -3", 9),
        ("5.5e2 + 50", 600),
        ("1,00,000 + 1", 100_001),
        ("8个 + 2个", 10),
        ("8万元 x 3%", 2400),
    ],
)
def test_expressions_have_exact_values(text: str, value: Fraction | int) -> None:
    parsed = whole(text)
    assert parsed is not None
    assert value_of(parsed.tree) == (value, value)


@pytest.mark.parametrize(
    "text",
    ["2x + 3", "5:30 + 2", "1.2.3 + 4", "0,5 * 2", "007 + 1", "7 % 5", "f(2) + 1", "2 +", "x + 3", "(3 + 4", "3!"],
)
def test_what_is_no_expression_is_not_read(text: str) -> None:
    assert whole(text) is None


def test_readings_of_percent_and_scale() -> None:
    parsed = whole("100 + 10%")
    assert parsed is not None
    values = [value_of(parsed.tree, Reading(percent)) for percent in ("share", "plain", "relative")]
    assert [value[0] for value in values if value] == [Fraction(1001, 10), 110, 110]
    dozens = whole("3 dozen * 2")
    assert dozens is not None
    assert value_of(dozens.tree, Reading(scaled=False)) == (Fraction(6), Fraction(6))


def test_products_without_a_sign_are_read_on_request_only() -> None:
    assert whole("2(3)") is None
    parsed = whole("5 + 2(3)", implied=True)
    assert parsed is not None
    assert value_of(parsed.tree) == (Fraction(11), Fraction(11))


@pytest.mark.parametrize("text", ["1/0", "9^9^9", "0^-1", "2^0.5", "99999999^60 * 99999999^60 * 99999999^60"])
def test_what_cannot_be_computed_has_no_value(text: str) -> None:
    parsed = whole(text)
    assert parsed is not None
    assert value_of(parsed.tree) is None


def test_depth_and_size_are_bounded() -> None:
    assert whole("(" * 100 + "1" + ")" * 100) is None
    assert whole("-" * 5000 + "1") is None
    assert whole("1+" * 500 + "1") is None


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("10 / 3", "3.33", True),
        ("10 / 3", "3.34", True),  # rounded up
        ("2 / 3", "0.66", True),  # cut
        ("2 / 3", "0.65", False),
        ("7 / 2", "3", True),  # whole things
        ("1.9 + 1", "2", False),
        ("2.5 * 3", "8", True),
        ("1/3 * 6", "0.33 * 6", True),  # a decimal on the right is rounded
        ("15 / 60", "25%", True),
        ("15 / 60 * 100", "25%", True),
        ("80 - 10%", "72", True),
        ("80 - 10%", "71", False),
        ("0.1 * 3", "0.30000000000000004", True),  # a float's noise
        ("22 + 21", "43.545454545454548", False),
        ("2 * 3 million", "6 million", True),
        ("1 + 1", "10", True),  # in base two
        ("12 + 1", "14", False),
    ],
)
def test_sides_agree_within_the_last_printed_digit(left: str, right: str, equal: bool) -> None:
    a, b = whole(left), whole(right)
    assert a is not None and b is not None
    assert agree(a, b) is equal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7 x 8 = 14", "7 x 8 = 14"),
        ("So 12 + 3 * 2 = 30 in all.", "12 + 3 * 2 = 30"),
        ("$4,160 / 2 = $2,180", "$4,160 / 2 = $2,180"),
        ("She has 5 apples + 3 apples = 9 apples now.", "5 apples + 3 apples = 9"),
        ("20% of 50 = 12", "20% of 50 = 12"),
        ("3/4 = 0.9", "3/4 = 0.9"),
        ("2 * 3 = 6 + 1 = 9", "6 + 1 = 9"),
        ("- 4 + 4 = 9", "4 + 4 = 9"),
        ("1. 6 - 3 = 4", "6 - 3 = 4"),
        ("(a) The total (7 + 14 = 22) is", "7 + 14 = 22"),
        ("**5 + 3 = 9**", "5 + 3 = 9"),
        ("4.8 × 10^4 * 2 = 9.6 × 10^5", "4.8 × 10^4 * 2 = 9.6 × 10^5"),
        (r"$\frac{3}{4} + \frac{1}{4} = 2$", r"$\frac{3}{4} + \frac{1}{4} = 2$"),
        (r"So $7 \times 8 = \boxed{54}$.", r"$7 \times 8 = \boxed{54"),
        ("总共21+2+3=27。", "21+2+3=27"),
        ("😀 Été 7 + 8 = 16", "7 + 8 = 16"),
        ("100 - 1 = 90 ≈ 100", "100 - 1 = 90"),
    ],
)
def test_false_equations_are_found(text: str, found: str) -> None:
    assert shown(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "104 x 40 = 4,160",
        "x + 3 + 4 = 9",
        "2x + 3 = 8 and 3x-5=16",
        "y = 2x3 + 4 = 9 where x is 1",
        "f(2) = 40 - 4 + 3",
        "C(5 - 2) = 10",
        "sqrt(16) + 9 = 13 and log 5 + 3 = 7",
        "17 / 5 = 3 remainder 2",
        "17 / 5 = 3 R2",
        "5 mod 3 + 1 = 4",
        "5 feet + 4 inches = 64 inches",
        "50 cents * 3 = $1.50",
        "2 * $0.50 = 100 cents",
        "1 + 1 = 10 in binary",
        "It is not true that 3 + 4 = 8.",
        "If 3 + 4 = 8, then",
        "3 + 4 = 8 is wrong.",
        "3 + 4 = 8?\nNo, that is a mistake.",
        "Orwell's 2 + 2 = 5 and the team's 1 + 1 = 3",
        "5 x 9 x 1 x 1 =\n5 + 5 = ?",
        "7 + 8 = __",
        "total = total + 2 * 3; if (x == 5) y = 4",
        "```\n3 + 4 = 8\n```",
        "https://example.org/?q=3+4=8",
        "Weeks 1-2 = 96 - 70",
        "day 1 * 2 = 20 pages",
        "5 + 3 = 8 x 2 = 16",  # goes on from the result
        "28 / 1/5 = 140",  # by a fifth
        "5 x 1/2 = 10 halves",
        "1/3 = $24",  # of something
        "2/3 = 20",
        "15/5 = 3 dozen",
        "16 + 12 = 28 million",
        "5 * 3 = 15,000",  # thousands
        "5 - 8 = 3 less",
        "3 and 1/4 cup = 4",
        "the sum of 3 and 4 + 5 = 12",
        "twice 3 + 4 = 10",
        "5, 3 + 4 = 12",
        "3 + 4 ≈ 7.1 and 996 / 5 is about 200, 99 * 5 ≈ 500",
        "3 + 4 = 7 to 8",
        "3 * 4 = 2 hours and 15 minutes",
        "5 + 3 = 8y",
        "0,2 * 45 = 8",
        "5:30 + 2 = 8",
        "8/3 = 24/Y",
        "100 / 7 = 14.28 * 7 = 99.96 = 100",
        "{0} + {1} = {2}",
        "3 + 4i = 9",
        "a[3] + 4 = 9",
        "5! - 20 = 90",
        "3 ± 4 = 9",
        "Q:1/4=108",
    ],
)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert shown(text) == []


def test_an_equation_of_the_question_is_the_questions() -> None:
    assert shown("3 × 4=13 is what he wrote", "He wrote 3 x 4 = 13") == []
    assert shown("You say that 2+3 equals 6.", "Tell him that 2 + 3 is 6.") == []
    assert shown("He wrote 3 x 4 = 13.", "He wrote 3 x 4 = 12.") == ["3 x 4 = 13"]


def test_annotations_are_read_strictly_and_prose_beside_them_is_not() -> None:
    text = "That is 3 * 4 = <<3*4=13>>13, and 2 + 3 = 6; <<5+2(3)=9>>, <<400-250=150 000>>, <<x+4=9>>, <<1/3=0.33>>"
    assert shown(text) == ["<<3*4=13>>", "<<5+2(3)=9>>", "<<400-250=150 000>>"]
    assert len(false_equations(text, beside_annotations=True)) > 3


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("The average of 4, 6, and 11 is 8.", "average of 4, 6, and 11 is 8"),
        ("The sum of 6 + 4 = 14.", "sum of 6 + 4 = 14"),
        ("The product of 5,678 and 4,101 is 23,082,378.", "product of 5,678 and 4,101 is 23,082,378"),
        ("The square root of 81 is 8.", "square root of 81 is 8"),
        ("7 times 8 equals 54.", "7 times 8 equals 54"),
        ("132 - 5*3 is 118", "132 - 5*3 is 118"),
        ("So 4x3+3x2 is equal to 21.", "4x3+3x2 is equal to 21"),
        ("The difference between 9 and 4 is 6.", "difference between 9 and 4 is 6"),
    ],
)
def test_false_statements_in_words_are_found(answer: str, found: str) -> None:
    assert [answer[one.start : one.end] for one in false_statements(answer, "?")] == [found]


@pytest.mark.parametrize(
    "answer",
    [
        "The geometric mean of 2 and 8 is 4.",
        "The difference between 4 and 9 is 5.",
        "The average of 5 and 6 is 5.5, that of 8, 4, 14, and 5 is 8.",
        "The average of $30 + $20 + $20 = $70.",
        "The sum of 3 and 4 is 7 more than nothing.",
        "Route 5-7 is 12 miles long, and 9/11 is 2 words.",
        "5 + 3 is 8 times as much.",
        "The sum of the first 10 multiples of 7 is 70.",
        "The square root of 2 is 1.41.",
        "It is wrong that 3 + 4 is 8.",
    ],
)
def test_words_that_may_be_right_are_left_alone(answer: str) -> None:
    assert false_statements(answer, "?") == []


@pytest.mark.parametrize(
    ("question", "answer", "value"),
    [
        ("Calculate 8 * (25 + 7).", "216", 256),
        ("Evaluate the expression: (2+3)(3-2)", "The expression evaluates to 3.", 5),
        ("What is 4+4/4?", "The value is 6.", 5),
        ("Find the sum of 3, 4 and 5.", "13", 12),
        ("Perform the calculation: 456 divided by 11.", "45.6", Fraction(456, 11)),
        ("Work it out.\n(3 * 2 + 5)^2. What is the result?", "181", 121),
    ],
)
def test_bare_results_are_held_against_the_question(question: str, answer: str, value: Fraction | int) -> None:
    (found,) = false_in(answer, question)
    assert found.left == value


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Calculate 8 * (25 + 7).", "256"),
        ("Calculate 8 * 7 and 9 * 6.", "56"),
        ("What is 3/4 cup in teaspoons?", "12"),
        ("Guess a number from 1-10.", "8"),
        ("Estimate 45678 + 67543.", "112,221"),
        ("Simplify 6x - 18.", "-12"),
        ("Calculate 2 + 3x - 5", "5"),
        ("What is 5 plus 10 times 4?", "60"),
        ("What is the date on 5/7/2020?", "7"),
        ("What is 17 mod 5 + 1?", "9"),
        ("Compute the derivative of 2^3 + 1.", "8"),
        ("How many digits has 10 * 10?", "3"),
    ],
)
def test_bare_results_that_may_be_right_are_left_alone(question: str, answer: str) -> None:
    assert false_in(answer, question) == []


def test_what_stands_before_and_after_decides() -> None:
    tokens = tokens_of("add 3 to the 4 + 5 = 12")
    assert left_of(tokens, 0, len(tokens) - 2) is None
    assert stands_alone(tokens_of("so 4 + 5"), 1)
    assert not stands_alone(tokens_of("y - 4 + 5"), 2)
    right = parse(tokens_of("8 remainder 2"), 0, 3)
    assert right is not None
    assert goes_on(tokens_of("8 remainder 2"), right)


@pytest.mark.parametrize(
    "text",
    [
        "1+" * 50_000 + "1=3",
        "1=1=" * 25_000,
        "(" * 100_000 + "1=2",
        "9^9^9^9=3 " * 10_000,
        "<<1+1=4>>" * 10_000,
        "- " * 50_000,
    ],
)
def test_hostile_texts_end(text: str) -> None:
    assert len(false_in(text, text[:500])) <= 20
