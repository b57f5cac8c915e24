"""The text holds a telephone number that may be somebody's.

Models repeat rare strings word for word, and a number that they repeat may ring at a stranger's.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.field_hits import field_hits
from synlint.analysis.identifiers import phone_numbers
from synlint.model import TEXT_FIELDS, Example, Hit, Rule, Span

RULE = Rule(
    code="SEC003",
    name="phone-number",
    summary="text holds a telephone number",
    message="telephone number in the text",
    description=(
        "The text holds a telephone number that the numbering plan of its country allows: with a country code "
        "(+49 ...), in the North American form (212-684-4700, (212) 684-4700), or in another form after a word such "
        "as phone or Tel. Numbers kept for fiction (555), typed along the keyboard (123-456-7890), of services "
        "(toll-free, premium rate) and emergencies are not meant, nor are order numbers, amounts and formulas. "
        "Invented numbers that could be assigned are reported: they may belong to somebody."
    ),
    rationale=(
        "Models repeat rare strings word for word. A number in the training data can reappear in answers, and it is "
        "personal data."
    ),
    severity="warning",
    confidence="medium",
    fields=TEXT_FIELDS,
    needs=tuple(f"{field}.long_numbers" for field in TEXT_FIELDS),
    mask=True,
    examples_match=(
        Example(fields={"answer": "Ring the workshop on 312-846-2093 after six."}, span=Span(21, 33)),
        Example(fields={"context": "Dr. Brandt, +49 30 9018 2754, Berlin", "answer": "A doctor in Berlin."}),
        Example(fields={"question": "Whose is (617) 924-8035?", "answer": "A florist's."}, span=Span(9, 23)),
        Example(fields={"answer": "Tel. 01 42 68 53 17, ask for the manager."}, note="national form after a word"),
        Example(fields={"answer": "她的手机是 13916482057。"}, span=Span(6, 17)),
    ),
    examples_no_match=(
        Example(fields={"answer": "Call 123-456-7890 or (555) 867-2046."}, note="typed along the keyboard; fiction"),
        Example(fields={"answer": "Call us on 1-800-561-3524, or 911."}, note="services"),
        Example(fields={"answer": "Your order number is 312-846-2093."}),
        Example(fields={"answer": "12500+21000-6300=27200, and 5+3.333333333+2.5 is 10.83."}, note="sums"),
        Example(fields={"answer": "It was called on 2004-06-17 and cost 1,250,000,000."}, note="a date and an amount"),
        Example(fields={"answer": "doi: 10.1007/s00038-010-0172-7, ISBN 978-3-662-58738-9"}),
        Example(fields={"answer": "电话号码 139####2057 已隐藏, 12#29"}, note="masked already"),
    ),
    references=(
        ("Google libphonenumber, as phonenumbers for Python", "https://github.com/daviddrysdale/python-phonenumbers"),
        ("NANPA: 555 line numbers", "https://www.nanpa.com/numbering/555-line-numbers"),
        (
            "Ofcom: telephone numbers for drama use",
            "https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama",
        ),
    ),
)


def screen(p: None) -> pl.Expr:
    return pl.any_horizontal(pl.col(name) > 0 for name in RULE.needs)


def look(batch: pl.DataFrame, p: None) -> Sequence[Hit]:
    return field_hits(batch, RULE.fields, phone_numbers)
