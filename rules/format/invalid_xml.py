"""XML that was asked for, or is announced by its code fence, is not well-formed.

Programs that read such answers fail, and so does a model that learned to write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from synlint.analysis.markdown import fenced_blocks, marked_as
from synlint.analysis.parses import xml_fault
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="FMT006",
    name="invalid-xml",
    summary="answer holds XML that is not well-formed",
    message="XML is not well-formed: {evidence}",
    description=(
        "A code block marked as xml or svg, an answer that begins with an XML declaration, or one that begins with "
        "a tag where the question asks for XML, SVG or RSS, that an XML parser refuses. Pieces of a document, "
        "prefixes and entities that are declared elsewhere, documents with a DOCTYPE, and ellipses are not judged. "
        "HTML, which may leave tags open, is not meant."
    ),
    rationale="Programs that read such answers fail. A model that is trained on them leaves elements open and & bare.",
    severity="warning",
    confidence="high",
    stability="preview",
    examples_match=(
        Example(fields={"question": "Write it as XML.", "answer": "<person><name>Ann</person>"}, span=Span(0, 26)),
        Example(fields={"question": "An example?", "answer": "```xml\n<a><b>Fish & chips</b></a>\n```"}),
        Example(fields={"question": "A feed?", "answer": '<?xml version="1.0"?>\n<rss><item id=3/></rss>'}),
    ),
    examples_no_match=(
        Example(fields={"question": "Write it as XML.", "answer": "<person><name>Ann</name></person>"}),
        Example(fields={"question": "An example?", "answer": "```xml\n<a>1</a>\n<b>2</b>\n```"}, note="pieces"),
        Example(fields={"question": "A page?", "answer": "<p>One<br>Two"}, note="HTML"),
        Example(fields={"question": "A layout?", "answer": '```xml\n<View android:id="x">&nbsp;</View>\n```'}),
        Example(fields={"question": "XML?", "answer": "<a> ... </a>"}),
    ),
    references=(
        ("Extensible Markup Language 1.0: well-formed documents", "https://www.w3.org/TR/xml/#sec-well-formed"),
    ),
)
KEYWORDS = {"answer": ("```xml", "```svg", "<?xml"), "question": ("xml", "svg", "rss")}
_ASKED = r"(?i)\b(?:in|as|into|to|an?|create|generate|write|output|return|valid)(?: \w+){0,2} (?:xml|svg|rss)\b"


def screen(_: None) -> pl.Expr:
    return pl.col("answer").str.contains(r"(?i)^\s*<|```(?:xml|svg)")


def look(batch: pl.DataFrame, _: None) -> Sequence[Hit]:
    asked = batch["question"].str.contains(_ASKED).fill_null(value=False)
    hits = []
    for at, (text, wanted) in enumerate(zip(batch["answer"].to_list(), asked, strict=True)):
        for start, end in _documents(text or "", wanted=wanted):
            fault = xml_fault(text[start:end])
            if fault is not None:
                hits.append(Hit(at, "answer", start, end, f"{fault.why} near {fault.near(text[start:end])!r}"))
    return hits


def _documents(text: str, *, wanted: bool) -> Iterator[tuple[int, int]]:
    """Where XML is announced: blocks marked so; else the whole answer, if it is declared or was asked for."""
    blocks = fenced_blocks(text)
    yield from marked_as(blocks, "xml", "svg")
    start = len(text) - len(text.lstrip())
    declared = text.startswith("<?xml", start)
    is_html = text[start : start + 15].lower().startswith(("<!doctype html", "<html"))
    if (
        not blocks
        and not is_html
        and (declared or (wanted and text.startswith("<", start)))
        and text.rstrip().endswith(">")
    ):
        yield start, len(text.rstrip())
