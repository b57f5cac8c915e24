"""FMT002: which fence has no partner, and how it is mended."""

from __future__ import annotations

import importlib

import polars as pl
import pytest

from synlint.rulebook.fixes import apply_fix

rule = importlib.import_module(
    "synlint_rules.format.unbalanced_code_fence"
)  # by name: the pack is a folder that is installed


@pytest.mark.parametrize(
    ("text", "evidence", "fixed"),
    [
        ("Run:\n```sh\nls", "'```sh' has no partner", "Run:\n```sh\nls\n```"),
        ("ls\n```", "'```' has no partner", "ls"),
        ("```\na\n```\nb\n```\n", "one of them has no partner, perhaps the last, '```'", "```\na\n```\nb"),
        ("```py\na\n```js\nb\n```", "'```py' has no partner", None),
        ("````md\n```\nx\n````\n```py\ny\n```\n```js\nz", "", None),
    ],
)
def test_evidence_and_fix(text: str, evidence: str, fixed: str | None) -> None:
    count = sum(line.startswith("```") for line in text.split("\n"))
    hits = rule.look(pl.DataFrame({"answer": [text], "answer.fences": [count]}), None)
    if count % 2 == 0:
        assert hits == []
        return
    (hit,) = hits
    assert (hit.evidence, hit.value) == (evidence, count)
    if fixed is not None:
        assert apply_fix(rule.RULE.fix, text, [(hit.start, hit.end)]) == fixed
