r"""Escapes such as \n, \u00e9, &amp; or \" stand in prose.

They were left when text was taken out of JSON, HTML or source code once too seldom.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.escapes import ABOUT, Leftover, leftover_escapes
from synlint.model import TEXT_FIELDS, Example, Fix, Gate, Hit, Rule, Span

RULE = Rule(
    code="INT009",
    name="leftover-escapes",
    summary="an escape such as \\n or &amp; was left in the text",
    message="left-over escape {evidence}",
    description=(
        "HTML entities (&amp;, &#39;, &amp;lt;), code points (\\u00e9, \\xe9), line ends (\\n, \\r\\n), tabs and "
        'escaped quotes (\\") that stand in prose. Texts with markup, and backslashes in texts with source code, '
        "regular expressions or LaTeX, escapes in quotes or code quotes, and rows whose question is about code, "
        "formats or encodings are not meant. A \\n before a small letter counts only if there are two in a row. Of "
        "the human corpora T0 is above the others, as its reviews and process texts came from files that were "
        "escaped."
    ),
    rationale=(
        "The text was taken out of JSON, HTML or source code once too seldom. A model that is trained on it writes "
        "escapes where a reader expects a line end, a quote or an accent."
    ),
    severity="warning",
    confidence="high",
    fields=TEXT_FIELDS,
    gate=Gate(by="share", warn=0.001),
    fix=Fix("unescape"),
    examples_match=(
        Example(
            fields={"question": "Which food is good?", "answer": "Fish &amp; chips."},
            span=Span(5, 10),
            fixed={"question": "Which food is good?", "answer": "Fish & chips."},
        ),
        Example(fields={"answer": "The engine&#x27;s smoke rises."}, span=Span(10, 16)),
        Example(fields={"answer": "It was &amp;lt;great&amp;gt;."}, span=Span(7, 15), note="escaped twice"),
        Example(
            fields={"question": "Great food.\\n\\nWe will be back! Is this review good?", "answer": "Yes"},
            span=Span(11, 15),
        ),
        Example(fields={"answer": "The caf\\u00e9 is open."}, span=Span(7, 13)),
        Example(fields={"answer": 'They call it \\"home\\" now.'}, span=Span(13, 15)),
        Example(fields={"context": "第一段。\\n第二段。", "question": "改写", "answer": "好"}, span=Span(4, 6)),
    ),
    examples_no_match=(
        Example(fields={"answer": 'printf("%d\\n", n);'}, note="source code"),
        Example(fields={"answer": "We have $a \\neq b$ and \\nu = 3."}, note="LaTeX"),
        Example(fields={"answer": "<p>Fish &amp; chips</p>"}, note="markup"),
        Example(fields={"question": "How do I write & in HTML?", "answer": "As &amp;"}, note="a row about escapes"),
        Example(fields={"answer": "Separate them with an empty line (`\\n\\n`)."}, note="code quotes"),
        Example(fields={"answer": 'Use two line ends ("\\n\\n") between.'}, note="quoted"),
        Example(fields={"answer": "^\\d{3}\\n?$"}, note="a regular expression"),
        Example(fields={"answer": "Open C:\\new and look at AT&T; R&D."}, note="a path"),
    ),
    todo=(Example(fields={"question": "```python\\ndef f(x):\\n return x\\n```"}, note="code on one line"),),
    references=(("HTML: named character references", "https://html.spec.whatwg.org/#named-character-references"),),
)
# Rust has no look-ahead, so a superset: what stands after is checked on the rows that pass.
_MAYBE = (
    r"&(?:[a-zA-Z]{2,8}|[a-zA-Z]{4}12|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
    r"""|\\(?:[nt](?:[^a-z]|$)|u[0-9a-fA-F]{4}|x[89a-fA-F]|["'])"""
)


def look(batch: pl.DataFrame, _: None) -> Sequence[Hit]:
    about = batch["question"].str.contains(ABOUT).fill_null(False)
    hits = []
    for name in RULE.fields:
        for at in (batch[name].str.contains(_MAYBE) & ~about).arg_true().to_list():
            for escape in leftover_escapes(batch[name][at]):
                hits.append(Hit(at, name, escape.start, escape.end, _shown(escape)))
    return hits


def _shown(escape: Leftover) -> str:
    meant = escape.meant
    if not meant.strip("\n"):
        ends = len(meant)
        shown = {1: "a line end", 2: "two line ends"}.get(ends, f"{ends} line ends")
    else:
        shown = {"\t": "a tab", " ": "a space"}.get(meant, meant)
    return f"{escape.text[:40]} should read {shown[:40]}"


def screen(_: None) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).str.contains(_MAYBE) for name in RULE.fields)
