"""The text holds an international bank account number.

With its check digits right, it is somebody's account, or could be.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.accounts import ibans
from synlint.analysis.field_hits import field_hits
from synlint.model import TEXT_FIELDS, Example, Hit, Rule

RULE = Rule(
    code="SEC006",
    name="iban",
    summary="text holds a bank account number (IBAN)",
    message="bank account number (IBAN) in the text",
    description=(
        "The text holds an international bank account number with the form of its country and right check digits. The "
        "examples of the SWIFT registry and of manuals (GB29 NWBK 6016 1331 9268 19), and numbers typed along the "
        "keyboard, are not meant. None stands in the 115,172 rows of 19 real corpora, "
        "and nothing else there is taken for one: the rule is exact by form and check digits, and in preview until a "
        "corpus shows one."
    ),
    rationale=(
        "Models repeat rare strings word for word. One number in a hundred passes the check by chance, so this one was "
        "copied from an account or made to look like one."
    ),
    severity="error",
    confidence="high",
    stability="preview",
    fields=TEXT_FIELDS,
    needs=tuple(f"{field}.long_numbers" for field in TEXT_FIELDS),
    mask=True,
    examples_match=(
        Example(fields={"answer": "Pay the rent to DE08 2004 1133 0729 3861 54 by Friday."}),
        Example(fields={"context": "IBAN: NL55RABO0347219586 BIC RABONL2U", "answer": "A Dutch account."}),
        Example(fields={"answer": "The fee goes to AT52 2011 1822 9384 7561."}),
    ),
    examples_no_match=(
        Example(fields={"answer": "An example is GB29 NWBK 6016 1331 9268 19."}),
        Example(fields={"answer": "DE14 2004 1133 0729 3861 54 is refused."}, note="wrong check digits"),
        Example(fields={"answer": "Part AB12 3456 7890 1234 5678 is out of stock."}),
        Example(fields={"answer": "DE00 XXXX XXXX XXXX XXXX XX"}, note="a placeholder"),
    ),
    references=(
        ("ISO 13616: International bank account number", "https://www.iso.org/standard/81090.html"),
        (
            "SWIFT: IBAN registry",
            "https://www.swift.com/standards/data-standards/iban-international-bank-account-number",
        ),
    ),
)


def screen(p: None) -> pl.Expr:
    return pl.any_horizontal(pl.col(name) > 0 for name in RULE.needs)


def look(batch: pl.DataFrame, p: None) -> Sequence[Hit]:
    return field_hits(batch, RULE.fields, ibans)
