"""The text holds a number by which a state knows a person.

Such numbers last for life, and open accounts.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.field_hits import field_hits
from synlint.analysis.national_ids import LITERALS, national_ids
from synlint.model import TEXT_FIELDS, Example, Hit, Rule, Span

RULE = Rule(
    code="SEC007",
    name="national-id",
    summary="text holds a national identity or tax number of a person",
    message="national identity or tax number of a person in the text",
    description=(
        "The text holds a number by which a state knows a person (United States SSN, United Kingdom national insurance "
        "and NHS, China, India, Canada, Australia, Brazil, Mexico, Chile, South Africa, Korea, Turkey and fourteen "
        "European countries). It must have the form of its country and, where there are any, the right check digits, "
        "and the text must say close by what it is. Numbers typed along the keyboard, withdrawn ones and the examples "
        "of the offices are not meant. None stands in the 115,172 rows of 19 real corpora, "
        "and nothing else there is taken for one: the rule is exact by form and check digits, and in preview until a "
        "corpus shows one."
    ),
    rationale=(
        "Such a number lasts for life and opens accounts. Models repeat rare strings word for word, and an invented "
        "number with right check digits may be somebody's."
    ),
    severity="error",
    confidence="high",
    stability="preview",
    fields=TEXT_FIELDS,
    mask=True,
    examples_match=(
        Example(fields={"answer": "Her SSN is 412-68-3095."}, span=Span(11, 22)),
        Example(fields={"context": "National Insurance number: JG 47 20 91 B", "answer": "A number."}),
        Example(fields={"answer": "身份证号：110105198203174510"}),
        Example(fields={"answer": "O CPF do cliente: 731.824.960-69."}),
        Example(fields={"question": "Whose is DNI 48351907-L?", "answer": "Hers."}),
    ),
    examples_no_match=(
        Example(fields={"answer": "Her SSN is 123-45-6789."}, note="typed along the keyboard"),
        Example(fields={"answer": "The part number is 412-68-3095."}, note="nothing says that it is a person's"),
        Example(fields={"answer": "The Social Security Amendments of 1965 cost 52,000,000."}),
        Example(fields={"answer": "The CPF 731.824.960-09 is refused."}, note="wrong check digits"),
        Example(fields={"answer": "A national insurance number: QQ 12 34 56 C."}, note="the office's example"),
    ),
    references=(
        ("python-stdnum: available formats", "https://arthurdejong.org/python-stdnum/formats"),
        (
            "HMRC: National Insurance numbers, format",
            "https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110",
        ),
    ),
)
KEYWORDS = dict.fromkeys(TEXT_FIELDS, LITERALS)


def look(batch: pl.DataFrame, p: None) -> Sequence[Hit]:
    return field_hits(batch, RULE.fields, national_ids)
