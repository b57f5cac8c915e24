"""The text holds the address of a machine on the public internet.

An address points to a household or a server. Models repeat it, and requests go to whoever has it now.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.field_hits import field_hits
from synlint.analysis.identifiers import ip_addresses
from synlint.model import TEXT_FIELDS, Example, Hit, Rule, Span

RULE = Rule(
    code="SEC004",
    name="ip-address",
    summary="text holds a public IP address",
    message="public IP address in the text",
    description=(
        "The text holds an IPv4 or IPv6 address that is routed on the public internet. Private, reserved and "
        "documentation ranges, networks (1.2.3.0, 1.2.3.4/24), public name servers such as 8.8.8.8, versions, section "
        "numbers and addresses whose numbers are all below 32 are not meant."
    ),
    rationale=(
        "An address can be personal data: it points to a household or to a server of somebody. Models repeat rare "
        "strings word for word, and what they send goes to whoever has the address then."
    ),
    severity="warning",
    confidence="medium",
    stability="preview",
    fields=TEXT_FIELDS,
    needs=tuple(f"{field}.long_numbers" for field in TEXT_FIELDS),
    mask=True,
    examples_match=(
        Example(fields={"answer": "The log shows 93.184.77.41 at noon."}, span=Span(14, 26)),
        Example(fields={"context": "ssh root@185.63.121.9", "answer": "It opens a shell."}),
        Example(fields={"question": "Who has 2a02:8109:9d40:1f3c::52?", "answer": "A customer."}, span=Span(8, 31)),
    ),
    examples_no_match=(
        Example(fields={"answer": "Try 192.168.0.1, 10.1.2.3, 127.0.0.1 or 203.0.113.7."}, note="private, for manuals"),
        Example(fields={"answer": "The mask is 255.255.255.0; ping 8.8.8.8 to test."}),
        Example(fields={"answer": "Version 93.184.77.41 and Chrome/114.0.5735.90 fix it; see 4.2.1.3."}),
        Example(fields={"answer": "Is 300.184.77.41 valid? No. 2001:db8::1 is for manuals."}),
        Example(fields={"answer": "Block 93.184.77.0 and 185.63.121.9/24."}, note="networks"),
    ),
    references=(
        ("RFC 5737: IPv4 Address Blocks Reserved for Documentation", "https://www.rfc-editor.org/rfc/rfc5737"),
        ("IANA: special-purpose address registries", "https://www.iana.org/assignments/iana-ipv4-special-registry"),
    ),
)


def screen(p: None) -> pl.Expr:
    return pl.any_horizontal(pl.col(name) > 0 for name in RULE.needs)


def look(batch: pl.DataFrame, p: None) -> Sequence[Hit]:
    return field_hits(batch, RULE.fields, ip_addresses)
