"""Whether JSON, XML and Python in an answer can be parsed, and if not, why. Standard library parsers only.

Each function abstains (None) on what is not meant to be whole: an ellipsis, a fragment, another dialect. Lengths are
bounded, as these parsers take seconds on a megabyte, and nothing that is nested too deep is judged.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from typing import NamedTuple
from xml.parsers import expat

_LONGEST_JSON, _LONGEST_XML, _LONGEST_PYTHON = 200_000, 200_000, 30_000


class Fault(NamedTuple):
    """The character at which parsing failed, and the parser's reason in a few words."""

    at: int
    why: str

    def near(self, text: str) -> str:
        """What stands around the character, on one line: for a message."""
        return text[max(self.at - 20, 0) : self.at + 20].replace("\n", " ")


# ------------------------------------------------------------------------------------------------------------- JSON

_ELIDED = re.compile(r"\.\.\.|…|<[a-zA-Z_ ]+>|\[(?:your|insert)\b", re.IGNORECASE)
_OPENED = {"{": "object", "[": "array"}
_COMMENT = re.compile(r"^\s*(?://|/\*|#)|[,{}\[\]\"\d]\s*//", re.MULTILINE)


def json_fault(text: str) -> Fault | None:
    """Why `text` is no JSON. None if it is, or several documents in a row, the inside of an object, or is elided."""
    if len(text) > _LONGEST_JSON or _ELIDED.search(text) or _COMMENT.search(text):
        return None
    fault = _json_fault(text)
    if fault is None or text.lstrip().startswith(("{", "[")):
        return fault
    inside = "{" + text.rstrip().rstrip(",") + "}"
    return None if _json_fault(inside) is None else fault


def _json_fault(text: str) -> Fault | None:
    """The fault of the first document that cannot be read, of documents that follow one another."""
    decoder, at = json.JSONDecoder(strict=False), 0
    while at < len(text):
        start = len(text) - len(text[at:].lstrip())
        if start == len(text):
            return None
        try:
            _, at = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            return Fault(min(error.pos, len(text) - 1), _reason(error, text, start))
        except RecursionError:
            return None
    return None


def _reason(error: json.JSONDecodeError, text: str, start: int) -> str:
    """The parser's reason, or a plainer one where there is one. `start` is where the document begins."""
    if not text[error.pos :].strip() and text[start] in _OPENED:
        return f"ends before the {_OPENED[text[start]]} is closed"
    if error.msg.startswith("Unterminated string"):
        return "ends before a string is closed"
    if error.msg.startswith("Expecting property name") and text[start:].lstrip("{[ \n\t").startswith("'"):
        return "single quotes"
    return error.msg[:1].lower() + error.msg[1:]


# -------------------------------------------------------------------------------------------------------------- XML

_PROLOGUE = re.compile(r"\s*<\?xml[^>]*\?>\s*")


def xml_fault(text: str) -> Fault | None:
    """Why `text` is not well-formed XML, as a document or as a fragment of one; None if it is, or cannot be judged.

    Entities and prefixes that are declared elsewhere are no fault. Documents that declare entities are not read at
    all, as reading them can be made to take for ever.
    """
    if len(text) > _LONGEST_XML or "<!ENTITY" in text or "<!DOCTYPE" in text or "..." in text:
        return None
    body = _PROLOGUE.sub("", text, count=1) if text.lstrip().startswith("<?xml") else text
    parser = expat.ParserCreate()
    parser.UseForeignDTD(True)  # undeclared entities are then skipped
    try:
        parser.Parse(f"<r>{body}</r>".encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        return _xml_fault(text, body, error)
    return None


def _xml_fault(text: str, body: str, error: expat.ExpatError) -> Fault | None:
    why = expat.ErrorString(error.code)
    if why in {"undefined entity", "unbound prefix", "no element found"}:
        return None
    lines = body.split("\n")
    line = min(error.lineno, len(lines)) - 1
    at = (
        sum(len(one) + 1 for one in lines[:line])
        + len(text)
        - len(body)
        + max(error.offset - (3 if line == 0 else 0), 0)
    )
    return Fault(min(at, len(text) - 1), why)


# ----------------------------------------------------------------------------------------------------------- Python

# What is Python of another kind: Python 2, a session, a notebook or a shell, and text that leaves something out.
_OTHER_PYTHON = re.compile(
    r"^[ \t]*(?:print[ \t]+[^\s(=]|exec[ \t]+[\"']|>>>|\.\.\.|In \[|[$!%]|pip3? install|python3? )"
    r"|^[ \t]*(?:except[ \t][\w.]+,|raise[ \t]\w+,)"
    r"|\.\.\.|…|<[a-zA-Z_ ]+>|<>|\bprint[ \t]+[\"'][^\n]*%",
    re.MULTILINE,
)
# Where the code of an answer ends and its output or an explanation begins.
_AFTER_CODE = re.compile(
    r"^(?:#+|//)?[ \t]*(?:(?:sample|expected|example|test|the)[ \t]+)?(?:in|out)?put(?:[ \t]+\w+)?:?[ \t]*$.*"
    r"|^(?:sample|expected|example)?[ \t]*(?:output|input|result|explanation|note|example)s?[ \t]*:.*|^```.*",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
_PROSE = re.compile(r"[ \t]*(?:[-*\d.)]+[ \t]+)?[A-Z\"'][\w'’\"]*(?:,?[ \t]+[\w'’`\"()/-]+){3,}")
# What any program holds: a name or a bracket. Bars, dashes and crosses also draw the grids of puzzles and tables.
_PROGRAM = re.compile(r"[^\W\d]|[(\[{=]")
# Syntax that some versions of Python have and others do not.
_BY_VERSION = re.compile(
    r"f-string|\b(?:print|exec|leading zeros|too many|parenthesized|type parameter|match|case|await|async)\b"
)


def python_fault(text: str) -> Fault | None:
    """Why `text` is no Python 3. None if it is, or is a stub, a session, Python 2, bare numbers, or ends otherwise."""
    code = _AFTER_CODE.sub("", text, count=1).rstrip()
    if not code or len(code) > _LONGEST_PYTHON or not _PROGRAM.search(code) or _OTHER_PYTHON.search(code):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except (MemoryError, RecursionError, ValueError):
        return None
    except SyntaxError as error:
        return _python_fault(code, error)
    return None


def _python_fault(code: str, error: SyntaxError) -> Fault | None:
    lines = code.split("\n")
    number = min(max(error.lineno or 1, 1), len(lines))
    line = lines[number - 1]
    headless = "expected an indented block" in error.msg and not "".join(lines[number - 1 :]).strip()
    stub = "expected an indented block" in error.msg and len([one for one in lines if one.strip()]) == 1
    if headless or stub or _PROSE.match(line) or _BY_VERSION.search(error.msg) or _BY_VERSION.search(line):
        return None
    at = sum(len(one) + 1 for one in lines[: number - 1])
    why = "// is no comment in Python" if re.search(r"(?:^|\s)//", line) else error.msg
    return Fault(min(at, max(len(code) - 1, 0)), f"{why}: {line.strip()[:60]}")
