"""Rules as people read them: a page of Markdown each, the table in README, the text of `rules show`, and JSON.

All of it follows from the rule object, so that nothing can be out of date. `python -m synlint.rulebook.render` writes
the pages of the built-in rules and README's table; with `--check` it only says what is stale and exits 1.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from synlint.model import FAMILIES, Example
from synlint.rulebook.loaded import CorpusCheck, LoadedRule
from synlint.text import clipped, control_shown

BEGIN, END = "<!-- rules:begin -->", "<!-- rules:end -->"
PAGES = Path("docs/rules")
_ROWS_SHOWN = 4  # rows of a corpus rule's example
_TEXT_SHOWN = 300  # characters of an example


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a point of a list, or text to be shown letter by letter."""

    kind: Literal["text", "item", "code"]
    text: str


Section = tuple[str, list[Piece]]


def sections(loaded: LoadedRule) -> list[Section]:
    """What there is to say about a rule, in order."""
    rule = loaded.rule
    found = [
        ("What it finds", _paragraphs(rule.description)),
        ("Why it hurts", _paragraphs(rule.rationale)),
        ("Found", [Piece("code", _example(example)) for example in rule.examples_match]),
        ("Not found", [Piece("code", _example(example)) for example in rule.examples_no_match]),
        ("Known misses", [Piece("code", _example(example)) for example in rule.todo]),
        ("When it counts", [Piece("text", _gate(loaded))]),
        ("On human text", [Piece("text", _human(loaded))]),
        ("On machine text", [Piece("text", _machine(loaded))] if loaded.machine else []),
        ("Fix", [Piece("text", _fix(loaded))] if rule.fix else []),
        (
            "Parameters",
            [Piece("item", f"{n} = {v!r} ({kind}): {note}") for n, (kind, v, note) in loaded.options.items()],
        ),
        ("To silence it", [Piece("text", _silence(loaded))]),
        ("References", [Piece("item", f"{title}: {url}") for title, url in rule.references]),
    ]
    return [(title, pieces) for title, pieces in found if pieces]


def facts(loaded: LoadedRule) -> list[tuple[str, str]]:
    """The short facts above a rule's text."""
    rule = loaded.rule
    entries = [
        ("severity", rule.severity),
        ("confidence", rule.confidence),
        ("stability", rule.stability),
        ("looks at", "the corpus as a whole" if rule.scope == "corpus" else "each row"),
        ("fields", ", ".join(rule.fields)),
        ("languages", ", ".join(rule.languages) or "all"),
        ("needs", ", ".join(f"synlint[{extra}]" for extra in rule.requires)),
        ("since", rule.since),
        ("also called", ", ".join(rule.aliases)),
        ("kind", rule.kind),
        ("file", rule.origin),
    ]
    return [(name, value) for name, value in entries if value]


def page(loaded: LoadedRule) -> str:
    """The rule's page of Markdown."""
    rule = loaded.rule
    lines = [f"# {rule.code} {rule.name}", "", _markdown(_sentence(rule.summary)), ""]
    lines += ["| | |", "|---|---|", *(f"| {name} | {_cell(value)} |" for name, value in facts(loaded)), ""]
    for title, pieces in sections(loaded):
        lines += [f"## {title}", ""]
        for piece in pieces:
            lines += [*_markdown_piece(piece), *([] if piece.kind == "item" else [""])]
        if lines[-1]:
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def text(loaded: LoadedRule, width: int = 80) -> str:
    """The rule as plain text, for `rules show`."""
    rule = loaded.rule
    lines = [f"{rule.code} {rule.name}", *textwrap.wrap(_sentence(rule.summary), width), ""]
    lines += [f"  {name:<12} {value}" for name, value in facts(loaded)]
    for title, pieces in sections(loaded):
        lines += ["", title]
        for number, piece in enumerate(pieces):
            if piece.kind == "code":
                lines += [*([""] if number else []), *(f"    {line}" for line in piece.text.splitlines())]
            else:
                mark = "  - " if piece.kind == "item" else "  "
                indent = " " * len(mark)
                lines += textwrap.wrap(
                    piece.text,
                    width,
                    initial_indent=mark,
                    subsequent_indent=indent,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
    return "\n".join(lines) + "\n"


def record(loaded: LoadedRule) -> dict[str, Any]:
    """The rule as JSON-ready data."""
    rule, human = loaded.rule, loaded.human
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "summary": rule.summary,
        "message": rule.message,
        "description": rule.description.strip(),
        "rationale": rule.rationale.strip(),
        "severity": rule.severity,
        "confidence": rule.confidence,
        "stability": rule.stability,
        "scope": rule.scope,
        "kind": rule.kind,
        "since": rule.since,
        "fields": list(rule.fields),
        "languages": list(rule.languages),
        "requires": list(rule.requires),
        "gate": {"by": rule.gate.by, "limit": None if rule.scope == "corpus" else loaded.limit()},
        "human_rate": {"share": human.share, "upper": human.upper} if human else None,
        "fix": {"kind": rule.fix.kind, "applicability": rule.fix.applicability} if rule.fix else None,
        "parameters": {n: {"type": kind, "value": v, "help": note} for n, (kind, v, note) in loaded.options.items()},
        "aliases": list(rule.aliases),
        "references": [{"title": title, "url": url} for title, url in rule.references],
        "origin": rule.origin,
    }


def table(rules: Sequence[LoadedRule], folder: str = PAGES.as_posix()) -> str:
    """README's table of rules, a heading line per family."""
    lines: list[str] = []
    for family in dict.fromkeys(loaded.rule.family for loaded in rules):
        lines += [
            f"**{family}** {FAMILIES.get(family, '')}",
            "",
            "| rule | finds | severity |",
            "|---|---|---|",
        ]
        for loaded in (entry for entry in rules if entry.rule.family == family):
            rule = loaded.rule
            link = f"[{rule.code} {rule.name}]({folder}/{page_name(loaded)})"
            notes: list[str] = [] if rule.stability == "stable" else [rule.stability]
            notes += [f"needs {extra}" for extra in rule.requires]
            note = f" ({', '.join(notes)})" if notes else ""
            lines.append(f"| {link} | {_cell(rule.summary)}{note} | {rule.severity} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def page_name(loaded: LoadedRule) -> str:
    """File name of the rule's page."""
    return f"{loaded.code}-{loaded.rule.name}.md"


def documents(rules: Sequence[LoadedRule], pages: Path, readme: Path | None = None) -> dict[Path, str]:
    """Every generated file with the text it should have."""
    wanted = {pages / page_name(loaded): page(loaded) for loaded in rules}
    if readme is not None and readme.is_file():
        current = readme.read_text(encoding="utf-8")
        if BEGIN in current and END in current:
            head, tail = current.split(BEGIN, 1)[0], current.split(END, 1)[1]
            shown = pages.relative_to(readme.parent) if pages.is_relative_to(readme.parent) else pages
            wanted[readme] = f"{head}{BEGIN}\n{table(rules, shown.as_posix())}{END}{tail}"
    return wanted


def stale(wanted: dict[Path, str], pages: Path) -> list[str]:
    """One sentence for each file that is missing, outdated, or about a rule that is gone."""
    found = []
    for path, content in sorted(wanted.items()):
        if not path.is_file():
            found.append(f"{path} is missing")
        elif path.read_text(encoding="utf-8") != content:
            found.append(f"{path} is out of date")
    found += [f"{path} is about a rule that is gone" for path in orphans(wanted, pages)]
    return found


def orphans(wanted: dict[Path, str], pages: Path) -> list[Path]:
    """Generated pages in the folder that no rule has any more."""
    return [path for path in sorted(pages.glob("[A-Z][A-Z][A-Z][0-9][0-9][0-9]-*.md")) if path not in wanted]


def write(wanted: dict[Path, str], pages: Path) -> list[Path]:
    """Bring the files up to date; returns those that changed."""
    changed = []
    for path, content in sorted(wanted.items()):
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            changed.append(path)
    for path in orphans(wanted, pages):
        path.unlink()
        changed.append(path)
    return changed


def _paragraphs(content: str) -> list[Piece]:
    return [Piece("text", " ".join(part.split())) for part in content.strip().split("\n\n") if part.strip()]


def _sentence(summary: str) -> str:
    return summary[:1].upper() + summary[1:] + "."


def _example(example: Example) -> str:
    if example.raw is not None:
        return clipped(example.raw.encode("unicode_escape", "surrogatepass").decode("ascii"), _TEXT_SHOWN)
    if example.rows:
        lines = ["; ".join(_field_lines(row, None)) for row in example.rows[:_ROWS_SHOWN]]
        left = len(example.rows) - _ROWS_SHOWN
        return "\n".join([*lines, *([f"... and {left} more rows"] if left > 0 else [])])
    lines = list(_field_lines(example.fields, example))
    return "\n".join([*lines, *([f"({example.note})"] if example.note else [])])


def _field_lines(fields: Any, example: Example | None) -> Iterator[str]:
    for name, value in fields.items():
        yield f"{name}: {clipped(control_shown(value), _TEXT_SHOWN)}" if value is not None else f"{name} is absent"
    span = example.span if example else None
    if span and len(fields) == 1:
        [(name, value)] = fields.items()
        if value and value.isascii() and value.isprintable() and span.end <= _TEXT_SHOWN:
            yield " " * (len(name) + 2 + span.start) + "^" * max(span.end - span.start, 1)


def _gate(loaded: LoadedRule) -> str:
    rule, gate = loaded.rule, loaded.rule.gate
    if isinstance(loaded.check, CorpusCheck):
        return f"Judged on {rule.min_rows:,} rows or more; each finding is about the corpus as a whole and counts."
    if gate.by == "count":
        limit = loaded.limit()
        return "One row is enough." if limit == 0 else f"More than {limit:,.0f} rows."
    parts = [f"More than {_percent(loaded.limit())} of the rows that have the field"]
    if gate.warn is None:
        parts.append(" (upper bound of what human text shows, at least 0.1 %)")
    parts.append(f"; in a corpus of fewer than {gate.min_rows:,} such rows, one is enough.")
    if gate.error is not None:
        parts.append(f" Above {_percent(gate.error)} it is an error.")
    return "".join(parts)


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _machine(loaded: LoadedRule) -> str:
    fired = {name: (hits, n) for name, (hits, n) in sorted(loaded.machine.items()) if hits}
    if not fired:
        return f"Silent on all {len(loaded.machine)} corpora."
    corpora = ", ".join(f"{name} {hit:,} of {n:,}" for name, (hit, n) in fired.items())
    return f"In {len(fired)} of {len(loaded.machine)} corpora: {corpora}."


def _human(loaded: LoadedRule) -> str:
    if loaded.human is None:
        return "Not measured."
    if not any(hit for hit, _ in loaded.human.corpora.values()):
        bound, n = _percent(loaded.human.upper), len(loaded.human.corpora)
        return f"Silent on {n} {'corpora' if n > 1 else 'corpus'} (95 % upper bound {bound} of rows)."
    corpora = ", ".join(f"{name} {hit:,} of {n:,}" for name, (hit, n) in sorted(loaded.human.corpora.items()))
    bound = (
        f"{_percent(loaded.human.share)} of rows in the median corpus (95 % upper bound {_percent(loaded.human.upper)})"
    )
    return f"{bound}: {corpora}."


def _fix(loaded: LoadedRule) -> str:
    fix = loaded.rule.fix
    assert fix is not None
    what = fix.kind.replace("_", " ") + (f" by {fix.replacement!r}" if fix.kind == "replace" else "")
    return f"{fix.applicability.capitalize()}: {what}. No command of this version applies it."


def _silence(loaded: LoadedRule) -> str:
    code = loaded.code
    row = f'"_synlint": {{"ignore": ["{code}"], "reason": "..."}}'
    return f'In the settings: ignore = ["{code}"]. In one row: {row}.'


def _markdown(content: str) -> str:
    """Prose with the characters that Markdown and HTML would take for markup made literal."""
    escaped = content.replace("\\", "\\\\").replace("<", "&lt;")
    for mark in "*_`[]#|":
        escaped = escaped.replace(mark, f"\\{mark}")
    return escaped


def _cell(content: str) -> str:
    return _markdown(" ".join(content.split()))


def _markdown_piece(piece: Piece) -> list[str]:
    if piece.kind == "item":
        return [f"- {_markdown(piece.text)}"]
    if piece.kind == "text":
        return textwrap.wrap(_markdown(piece.text), 120, break_long_words=False, break_on_hyphens=False)
    fence = "```"
    while fence in piece.text:
        fence += "`"
    return [f"{fence}text", piece.text, fence]


def main(arguments: Sequence[str]) -> int:
    """Write (or with `--check` compare) the built-in rules' pages and README's table; run it in the repository."""
    from synlint.rulebook.load import load_rules

    rules = [loaded for loaded in load_rules() if loaded.pack == "synlint_rules"]
    wanted = documents(rules, PAGES, Path("README.md"))
    if "--check" in arguments:
        found = stale(wanted, PAGES)
        sys.stderr.write("".join(f"{sentence}; run python -m synlint.rulebook.render\n" for sentence in found))
        return 1 if found else 0
    sys.stdout.write("".join(f"wrote {path}\n" for path in write(wanted, PAGES)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
