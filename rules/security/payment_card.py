"""The text holds the number of a payment card.

Models repeat rare strings word for word; a card's number in an answer is a breach.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.accounts import payment_cards
from synlint.analysis.field_hits import field_hits
from synlint.model import TEXT_FIELDS, Example, Hit, Rule, Span

RULE = Rule(
    code="SEC005",
    name="payment-card",
    summary="text holds the number of a payment card",
    message="number of a payment card in the text",
    description=(
        "The text holds a number with the leading digits and length of a large card issuer that is right by Luhn's "
        "formula, written in groups or near a word such as card, Visa or credit. Test numbers of payment services "
        "(4111 1111 1111 1111), numbers typed along the keyboard, decimals and rows of numbers are not meant. "
        "None stands in the 115,172 rows of 19 real corpora, "
        "and nothing else there is taken for one: the rule is exact by form and check digits, and in preview until a "
        "corpus shows one."
    ),
    rationale=(
        "Models repeat rare strings word for word. The number of a card that was real when the data was made may still "
        "be, and an invented one with right check digits may be somebody's."
    ),
    severity="error",
    confidence="high",
    stability="preview",
    fields=TEXT_FIELDS,
    needs=tuple(f"{field}.long_numbers" for field in TEXT_FIELDS),
    mask=True,
    examples_match=(
        Example(fields={"answer": "He paid with 4929 7183 0562 9476 on Monday."}, span=Span(13, 32)),
        Example(fields={"context": "Visa 4929718305629476, 09/27", "answer": "A card."}, span=Span(5, 21)),
        Example(fields={"question": "Is 3782-913057-46280 a valid Amex?", "answer": "Yes."}),
    ),
    examples_no_match=(
        Example(fields={"answer": "Test with the card 4111 1111 1111 1111 or 5555 5555 5555 4444."}),
        Example(fields={"answer": "The card 4929 7183 0562 9475 is refused."}, note="wrong check digit"),
        Example(fields={"answer": "The photo is at /img/photo-4929718305629476-large.jpg."}),
        Example(fields={"answer": "1/3 is 0.4929718305629476 of it, on the card."}, note="a decimal"),
        Example(fields={"answer": "4929 7183 0562 9476 8812 are the sizes on the card."}, note="a row of numbers"),
        Example(fields={"answer": "Tracking code 4929718305629476."}, note="no word says that it is a card"),
    ),
    references=(
        ("ISO/IEC 7812-1: identification cards, numbering system", "https://www.iso.org/standard/70484.html"),
        ("python-stdnum: Luhn", "https://arthurdejong.org/python-stdnum/doc/stdnum.luhn"),
    ),
)


def screen(p: None) -> pl.Expr:
    return pl.any_horizontal(pl.col(name) > 0 for name in RULE.needs)


def look(batch: pl.DataFrame, p: None) -> Sequence[Hit]:
    return field_hits(batch, RULE.fields, payment_cards)
