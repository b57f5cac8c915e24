"""Python code in the answer is no Python.

Lost indentation, comments of other languages, blanks that are no blanks: it cannot run as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent

import polars as pl

from synlint.analysis.markdown import fenced_blocks, marked_as
from synlint.analysis.parses import python_fault
from synlint.model import Example, Hit, Rule, Span

RULE = Rule(
    code="FMT012",
    name="code-does-not-parse",
    summary="answer holds Python code that does not parse",
    message="no valid Python: {evidence}",
    description=(
        "A code block marked as python, or a whole answer that begins as Python does where the question asks for "
        "Python, that Python's parser refuses, most often because its indentation was lost, its blanks are "
        "no-break spaces, or it has // comments or is another language altogether. Python 2, sessions, notebooks, "
        "shell commands, stubs, ellipses and placeholders, grids of numbers, syntax that only some versions of Python "
        "have, output or an explanation after the code, and rows about errors are not meant."
    ),
    rationale=(
        "The code cannot run as it stands. A model that is trained on it writes code that looks right and fails at the "
        "first line."
    ),
    severity="warning",
    confidence="high",
    examples_match=(
        Example(
            fields={
                "question": "Sum a list in Python.",
                "answer": "def total(xs):\ns = 0\nfor x in xs:\ns += x\nreturn s",
            },
            span=Span(15, 20),
        ),
        Example(fields={"question": "How?", "answer": "So:\n```python\nx = [1, 2\ny = 3\n```\n"}),
        Example(
            fields={"question": "How?", "answer": "```python\ndef\u00a0f(x):\n  return\u00a0x\n```"},
            note="no-break spaces",
        ),
        Example(fields={"question": "Python?", "answer": "import math\nx = math.pi // the number\n// Output: 3.14"}),
    ),
    examples_no_match=(
        Example(fields={"question": "Sum a list in Python.", "answer": "def total(xs):\n    return sum(xs)"}),
        Example(fields={"question": "How?", "answer": "```python\nprint 'hello'\n```"}, note="Python 2"),
        Example(fields={"question": "How?", "answer": "```python\n>>> 1 + 1\n2\n```"}, note="a session"),
        Example(fields={"question": "How?", "answer": "```python\n!pip install x\nimport x\n```"}, note="a notebook"),
        Example(fields={"question": "How?", "answer": "```python\ndef f(x):\n```"}, note="a stub"),
        Example(fields={"question": "Python?", "answer": "def f(x):\n    return x\n\nOutput:\nf is 3"}, note="output"),
        Example(
            fields={"question": "Python?", "answer": "import os\n\nThis module is for files and folders."}, note="prose"
        ),
        Example(fields={"question": "Fix the error", "answer": "```python\nprint('a)\n```\nlacks a quote"}),
        Example(fields={"question": "A puzzle?", "answer": "```python\n4 0 | 3 1\n----+----\n0 2 | 0 4\n```"}),
        Example(fields={"question": "Ruby?", "answer": "class A\nend"}, note="not Python"),
    ),
    references=(("The Python Language Reference: full grammar", "https://docs.python.org/3/reference/grammar.html"),),
)
KEYWORDS = {"answer": ("```py",), "question": ("python",)}
_BEGINS = r"^\s*(?:def \w+\(|import \w+|from \w[\w.]* import |class \w+[:(]|for \w+ in |while .+:|@\w+|#!.*python)"
_BEGINS_HERE = re.compile(_BEGINS)
_ABOUT_FAULTS = (
    r"(?i)\berrors?\b|\bbugs?\b|\bfix\b|\bdebug|\bwrong\b|\bincorrect|\bmistakes?\b|\bsyntax\b|\bpseudo-?code"
    r"|错误|问题|修复"
)


def screen(_: None) -> pl.Expr:
    return pl.col("answer").str.contains(rf"```py|{_BEGINS}")


def look(batch: pl.DataFrame, _: None) -> Sequence[Hit]:
    questions = batch["question"].fill_null("")
    meant = ~questions.str.contains(_ABOUT_FAULTS)
    wanted = questions.str.contains("(?i)python")
    hits = []
    for at in (meant & batch["answer"].is_not_null()).arg_true().to_list():
        text = batch["answer"][at]
        for start, end in _programs(text, wanted=wanted[at]):
            hit = _hit(at, text, start, end)
            if hit is not None:
                hits.append(hit)
    return hits


def _programs(text: str, *, wanted: bool) -> Iterator[tuple[int, int]]:
    """Where Python is announced: blocks marked so; else the whole answer if it begins as Python does."""
    blocks = fenced_blocks(text)
    yield from marked_as(blocks, "python", "python3", "py")
    if wanted and not blocks and _BEGINS_HERE.match(text):
        yield len(text) - len(text.lstrip("\n")), len(text)


def _hit(at: int, text: str, start: int, end: int) -> Hit | None:
    """The line of `text[start:end]` that cannot be parsed. The indentation of a whole block is left out of account."""
    code = text[start:end]
    fault = python_fault(dedent(code))
    if fault is None:
        return None
    line = dedent(code).count("\n", 0, fault.at)
    lines = code.split("\n")
    begin = start + sum(len(one) + 1 for one in lines[:line])
    return Hit(at, "answer", begin, begin + len(lines[line]), fault.why)
