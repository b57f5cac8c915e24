"""Write the skeleton of a new rule, to be filled in."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import NoReturn

from synlint.commands.rules._shared import add_rule_sources, sources_of
from synlint.console.parser import CommandParser
from synlint.console.streams import say
from synlint.errors import SynlintError, UsageError, did_you_mean
from synlint.model import FAMILIES

USAGE = "FAMILY NAME [OPTIONS]"
EXAMPLES = ("synlint rules new lexical support-greeting --dir my_rules", "synlint rules new FMT shouting --python")
# Names of folders, in rules/ and on the command line.
FOLDERS = {
    "INT": "integrity",
    "LEX": "lexical",
    "PAR": "pair",
    "FMT": "format",
    "DUP": "duplication",
    "TPL": "template",
    "EMB": "embedding",
    "DST": "distribution",
    "DYN": "dynamics",
    "CON": "contamination",
    "SEC": "security",
}
FIRST_OF_USERS = 901  # built-in rules stay below 900


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("family", metavar="FAMILY", help="such as LEX or lexical")
    parser.add_argument("name", metavar="NAME", nargs="?", help="kebab-case; 'ignore NAME' should read well")
    parser.add_argument("--dir", metavar="DIR", default="rules", help="where to write FAMILY/NAME.yaml (default rules)")
    parser.add_argument("--python", action="store_true", help="a Python rule, for what YAML cannot say")
    add_rule_sources(parser)


def run(args: argparse.Namespace) -> int:
    if args.name is None:
        _refuse_half(args.family)
    family = family_of(args.family)
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", args.name):
        raise UsageError(
            f"'{args.name}' is no rule name: use small letters, digits and single hyphens, as in stock-opener"
        )
    rules, _ = sources_of(args)
    taken = {word for loaded in rules for word in (loaded.code, loaded.rule.name, *loaded.rule.aliases)}
    folder = Path(args.dir)
    taken |= set(re.findall(r"\b[A-Z]{3}\d{3}\b", _texts_in(folder)))
    if args.name in taken:
        raise UsageError(f"there is a rule '{args.name}' already; 'synlint rules show {args.name}' shows it")
    code = next(f"{family}{n:03d}" for n in range(FIRST_OF_USERS, 1000) if f"{family}{n:03d}" not in taken)
    path = folder / FOLDERS[family] / f"{args.name.replace('-', '_')}.{'py' if args.python else 'yaml'}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write((PYTHON if args.python else YAML).replace("@CODE@", code).replace("@NAME@", args.name))
    except FileExistsError:
        raise UsageError(f"{path} exists already") from None
    except OSError as error:
        raise SynlintError(f"cannot write {path}: {error.strerror or error}") from None
    say(f"wrote {path} ({code})\nfill in every TODO, then: synlint rules test {path}\n")
    return 0


def _refuse_half(word: str) -> NoReturn:
    """UsageError for one word where a family and a name are wanted: says which of the two is missing."""
    try:
        family_of(word)
    except UsageError:
        raise UsageError(
            f"missing FAMILY, such as LEX: synlint rules new LEX {word}; families: {_families()}"
        ) from None
    raise UsageError(f"missing NAME, such as: synlint rules new {word} stock-opener")


def _families() -> str:
    return ", ".join(f"{family} ({folder})" for family, folder in FOLDERS.items())


def family_of(word: str) -> str:
    """The family that a code prefix or a folder name means."""
    for family, folder in FOLDERS.items():
        if word.upper() == family or word.lower() in (folder, FAMILIES[family]):
            return family
    known = [*FOLDERS, *FOLDERS.values()]
    raise UsageError(f"unknown family '{word}'{did_you_mean(word, known)}; families: {_families()}")


def _texts_in(folder: Path) -> str:
    files = [file for kind in ("*.yaml", "*.yml", "*.py") for file in folder.rglob(kind)]
    return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)


YAML = """\
code: @CODE@
name: @NAME@
summary: TODO what a user would call the problem, one line
message: "TODO what this finding says: {evidence!r}"
description: |
  TODO exactly what is found, and what is not.
rationale: |
  TODO why it hurts a model that is trained on it.
severity: warning            # error | warning | info
confidence: high             # high | medium | low
stability: preview           # stable once it is measured on human text
since: 0.1.0
fields: [answer]             # question | context | answer | system
languages: [en]              # leave out if it holds for all languages
match:                       # one of phrases, regex, metric, echo, or any/all/none of them
  phrases:
    items: ["TODO a phrase"]
    at: anywhere             # anywhere | start | end | first_sentence | last_sentence
tests:                       # at least two each; the second kind is honest text that looks like the flaw
  match:
    - {answer: "TODO a phrase that must be found"}
    - {answer: "TODO a phrase, found again elsewhere"}
  no_match:
    - {answer: "TODO honest text"}
    - {answer: "TODO more honest text"}
"""

PYTHON = '''\
"""TODO what a user would call the problem.

TODO why it hurts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from synlint.model import Example, Hit, Rule

RULE = Rule(
    code="@CODE@",
    name="@NAME@",
    summary="TODO what a user would call the problem, one line",
    message="TODO what this finding says: {evidence!r}",
    description="TODO exactly what is found, and what is not.",
    rationale="TODO why it hurts a model that is trained on it.",
    stability="preview",
    fields=("answer",),
    examples_match=(
        Example(fields={"answer": "TODO text that must be found"}),
        Example(fields={"answer": "TODO another"}),
    ),
    examples_no_match=(
        Example(fields={"answer": "honest text that looks like it"}),
        Example(fields={"answer": "more honest text"}),
    ),
)


@dataclass(frozen=True)
class Params:
    """Knobs that a settings file may turn."""

    word: Annotated[str, "what is looked for"] = "TODO"


def screen(p: Params) -> pl.Expr:
    """Only rows where this cheap expression is true are looked at."""
    return pl.col("answer").str.contains(p.word, literal=True)


def look(batch: pl.DataFrame, p: Params) -> list[Hit]:
    hits = []
    for at, text in enumerate(batch["answer"]):
        start = text.find(p.word)
        if start >= 0:
            hits.append(Hit(at, "answer", start, start + len(p.word), evidence=p.word))
    return hits
'''
