"""JSON that was asked for, or is announced by its code fence, cannot be parsed.

Programs that read such answers fail, and so does a model that learned to write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from synlint.analysis.markdown import fenced_blocks, marked_as
from synlint.analysis.parses import json_fault
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="FMT005",
    name="invalid-json",
    summary="answer holds JSON that cannot be parsed",
    message="invalid JSON: {evidence}",
    description=(
        "A code block marked as json, or a whole answer that begins with a brace or a bracket where the question "
        "asks for JSON as output, that the JSON parser refuses. Several documents in a row, the inside of an "
        "object, text after the first document, and JSON with comments, ellipses or placeholders are not judged; "
        "dictionaries of other languages that the question asks for are not meant."
    ),
    rationale=(
        "Programs that read such answers fail. A model that is trained on them writes JSON with trailing commas, "
        "single quotes and missing braces."
    ),
    severity="warning",
    confidence="high",
    stability="preview",
    examples_match=(
        Example(
            fields={"question": "Give me a person as JSON.", "answer": '{"name": "Ann", "age": 30,}'}, span=Span(0, 27)
        ),
        Example(fields={"question": "Return valid JSON.", "answer": "{'name': 'Ann'}"}, note="single quotes"),
        Example(fields={"question": "An example?", "answer": 'Here:\n```json\n{"a": [1, 2}\n```\n'}),
        Example(fields={"question": "Write the list in JSON format.", "answer": '[{"a": 1}, {"b": 2}'}, note="cut off"),
        Example(fields={"question": "Return JSON.", "answer": '{"a": {"b": 1}'}, note="a brace is missing at the end"),
    ),
    examples_no_match=(
        Example(fields={"question": "Give me a person as JSON.", "answer": '{"name": "Ann", "age": 30}'}),
        Example(fields={"question": "Convert this JSON to a Python dict.", "answer": "{'name': 'Ann'}"}),
        Example(
            fields={"question": "An example?", "answer": '```json\n"scripts": {"test": "jest"}\n```'}, note="a piece"
        ),
        Example(fields={"question": "Give me JSON.", "answer": '{"name": "Ann", ...}'}, note="elided"),
        Example(fields={"question": "Give me JSON lines.", "answer": '{"a": 1}\n{"a": 2}'}, note="one a line"),
        Example(fields={"question": "Who are you?", "answer": "[smiles] I am Ann."}, note="nobody asked for JSON"),
    ),
    references=(
        ("RFC 8259: The JavaScript Object Notation Data Interchange Format", "https://www.rfc-editor.org/rfc/rfc8259"),
    ),
)
_ASKED = (
    r"(?i)\b(?:in|as|into|to|valid|create|generate|write|output|return|produce|give me)"
    r"(?: (?:an?|the|valid|proper|pure|only|raw))* json\b"
)
_OTHER = (
    r"(?i)\bjson\b.{0,80}\b(?:to|into|as) (?:an? )?(?:equivalent )?"
    r"(?:python|java|dict|yaml|list|array|object literal|code)"
)
KEYWORDS = {"answer": ("```json",), "question": ("json",)}


def screen(_: None) -> pl.Expr:
    return pl.col("answer").str.contains(r"(?i)^\s*(?:```\w*\s*)?[\[{]|```json")


def look(batch: pl.DataFrame, _: None) -> Sequence[Hit]:
    asked = batch["question"].str.contains(_ASKED) & ~batch["question"].str.contains(_OTHER)
    hits = []
    for at, (text, wanted) in enumerate(zip(batch["answer"].to_list(), asked.fill_null(value=False), strict=True)):
        for start, end in _documents(text or "", wanted=wanted):
            fault = json_fault(text[start:end])
            if fault is not None:
                hits.append(Hit(at, "answer", start, end, f"{fault.why}, near {fault.near(text[start:end])!r}"))
    return hits


def _documents(text: str, *, wanted: bool) -> Iterator[tuple[int, int]]:
    """Where JSON is announced: blocks marked json; else the whole answer if it was asked for and begins like JSON."""
    blocks = fenced_blocks(text)
    yield from (inside for inside in marked_as(blocks, "json") if text[slice(*inside)].strip())
    if wanted and not blocks and text.lstrip().startswith(("{", "[")):
        yield len(text) - len(text.lstrip()), len(text.rstrip())
