"""Texts that would do harm where they are shown, and a report that has them in every place a corpus can reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from synlint.model import Report

TEXTS = (
    "@octocat please see #1, user/repo#2, !3, GH-4 and deadbeefcafe",
    "<script>alert(1)</script><img src=x onerror=y> &amp; </details> --> ]]>",
    "![i](http://e.example/i.png) [l](http://e.example) http://e.example www.e.example a@e.example",
    "::error file=x::y ##[error]z %0A %25\r\n::stop-commands::t",
    "a | b \\| c ` `` ``` ~~~ *x* _y_ ~z~ $1$ :smile: {0} {name}",
    "\x00\x07\x1b[31m\x9b\u2028\u202e\ufffe\uffff\U0001ffff\ud800 x",
    "# no heading\n- no list\n1. no list\n> no quote\n---\n```\n",
)


def hostile(report: Report, text: str) -> Report:
    """The report with `text` wherever text of a corpus, a path or a rule file may stand."""
    said = {name: pl.lit(text.replace("\ud800", "")) for name in ("message", "evidence", "name", "group", "source_id")}
    table = report.store.frame().with_columns(**said)
    exhibits = [replace(exhibit, source_id=text, text=text + exhibit.text) for exhibit in report.exhibits]
    over = [result for result in report.rules if result.verdict == "over"]
    return replace(
        report,
        store=replace(report.store, table=table),  # type: ignore[type-var]
        sentence=text,
        notes=(text,),
        skipped=(("LEX999", text),),
        actions=tuple(replace(action, command=text, why=text, expected=text) for action in report.actions),
        failures=tuple(replace(failure, cause=text, path=text) for failure in report.failures),
        rules=tuple(replace(result, name=text, summary=text) for result in report.rules),
        exhibits=tuple(exhibits),
        templates=tuple(_hostile(template, text) for template in report.templates),
        slices={text: {text: {"rows": 1, "verdict": "findings", "rules": over}}},
    )


def _hostile(template: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The template with the text for words, fillers and examples; its slots stand before it."""
    slots = [
        {**slot, "start": 3 * at, "end": 3 * at + 3, "fillers": [{"text": text, "share": 0.9}]}
        for at, slot in enumerate(template["slots"])
    ]
    labels = "".join(f"<{slot['number']}>" for slot in slots)
    return {**template, "text": labels + text, "slots": slots, "examples": [text], "level": template["level"]}
