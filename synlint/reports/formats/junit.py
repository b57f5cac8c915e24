"""JUnit XML: a suite for each file with a case for each row rule, and a suite of rules about the corpus as a whole.

A case fails where its rule is over its limit and found something in that file; the text of the failure shows the first
rows. Limits are those of the whole corpus. There are no times, so that equal input gives equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import TextIOBase
from typing import IO, TYPE_CHECKING, cast
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from synlint.model import Report, RuleResult
from synlint.reports.escape import spell, visible
from synlint.reports.options import ReportOptions

if TYPE_CHECKING:
    import polars as pl

HELP = "JUnit XML: a suite per file, a case per rule, the first rows as the text of a failure"
MACHINE = True
GIVES_VERDICT = True
ROWS = 10  # shown of each rule and file
CORPUS = "(corpus)"
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0, even as references


@dataclass(slots=True)
class _Case:
    """One rule in one suite; `outcome` is failure, error, skipped or "" (passed), `text` its rows or reason."""

    name: str
    outcome: str = ""
    message: str = ""
    text: list[str] = field(default_factory=list)
    kind: str = "synlint"  # the rule's code, where a rule is to blame


@dataclass(slots=True)
class _Found:
    """What a rule found in one file."""

    findings: int = 0
    lines: list[str] = field(default_factory=list)  # the first ROWS, each said once

    def add(self, other: _Found) -> None:
        self.findings += other.findings
        self.lines = list(dict.fromkeys([*self.lines, *other.lines]))[:ROWS]


def write(report: Report, out: IO[str], options: ReportOptions, /) -> None:
    """Stream the suites: memory holds one file's cases."""
    from synlint.reports.places import in_repository, nearest

    xml = XMLGenerator(cast("TextIOBase", out), encoding="utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("testsuites", AttributesImpl({"name": "synlint"}))
    marked: dict[str, _Found] = {}  # by rules about the corpus
    for path, found in _by_file(report, options):
        for result in report.rules:
            if result.scope == "corpus" and result.code in found:
                marked.setdefault(result.code, _Found()).add(found[result.code])
        cases = _file_cases(report, found)
        if path not in report.corpus.paths:  # the ignore file: no other rule has looked at it
            cases = [case for case in cases if case.kind in found]
        _write_suite(xml, nearest(path, options), in_repository(path, options), cases)
    _write_suite(xml, CORPUS, None, _corpus_cases(report, marked))
    xml.ignorableWhitespace("\n")
    xml.endElement("testsuites")
    xml.ignorableWhitespace("\n")
    xml.endDocument()


# ---------------------------------------------------------------------------------------------------------------- cases


def _corpus_cases(report: Report, marked: dict[str, _Found]) -> list[_Case]:
    """What could not be checked, rules about the corpus, and rules that did not run or could not judge at all."""
    from synlint.reports.records import cause, crash

    cases = []
    for failure in report.failures:
        name = f"{failure.rule} crashed" if failure.rule else "could not be checked"
        cases.append(_Case(name, "error", crash(failure) + cause(failure), kind=failure.rule or "synlint"))
    said = _about_corpus(report)
    reasons = dict(report.skipped)
    for result in sorted(report.rules, key=lambda result: result.code):
        if result.scope == "corpus" or result.code in said:
            found = marked.get(result.code, _Found())
            lines = said.get(result.code, [])
            cases.append(_case(result, len(lines) + found.findings, [*lines[:ROWS], *found.lines], reasons))
    ran = {result.code for result in report.rules}
    cases += [_Case(code, "skipped", reason, kind=code) for code, reason in sorted(report.skipped) if code not in ran]
    return cases


def _file_cases(report: Report, found: dict[str, _Found]) -> list[_Case]:
    reasons = dict(report.skipped)
    cases = []
    for result in sorted(report.rules, key=lambda result: result.code):
        if result.scope == "row":
            here = found.get(result.code, _Found())
            cases.append(_case(result, here.findings, here.lines, reasons))
    return cases


def _case(result: RuleResult, findings: int, lines: list[str], reasons: dict[str, str]) -> _Case:
    from synlint.reports.wording import measured, plural

    case = _Case(f"{result.code} {result.name}", kind=result.code)
    if result.verdict == "skipped" and not findings:
        return replace(case, outcome="skipped", message=reasons.get(result.code, "could not judge"))
    value, limit = measured(result)
    more = [f"... {plural(findings, 'finding')} in all"] if findings > len(lines) else []
    case.text = [*lines, *more]
    case.message = f"{result.summary}: {plural(findings, 'finding')} (corpus {value}, limit {limit})"
    case.outcome = "failure" if result.verdict == "over" and findings else ""
    return case


def _about_corpus(report: Report) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for part in report.store.parts():
        about = part.filter(part["row"].is_null() & part["path"].is_null())
        for row in about.iter_rows(named=True):
            group = f" [{row['group']}]" if row["group"] else ""
            said.setdefault(row["rule"], []).append(row["message"] + group)
        if len(about) < len(part):  # they come first
            break
    return said


def _by_file(report: Report, options: ReportOptions) -> Iterator[tuple[str, dict[str, _Found]]]:
    """Each file of the corpus, in order, with what each rule found in it; files without findings too."""
    pending = list(report.corpus.paths)
    marking = {result.code for result in report.rules if result.scope == "corpus"}
    current: str | None = None
    found: dict[str, _Found] = {}
    for part in report.store.parts():
        for (path,), rows in part.filter(part["path"].is_not_null()).group_by("path", maintain_order=True):
            if path != current:
                if current is not None:
                    yield current, found
                while path in pending:
                    if (next_path := pending.pop(0)) != path:
                        yield next_path, {}
                current, found = str(path), {}
            _gather(rows, found, marking, options)
    if current is not None:
        yield current, found
    yield from ((path, {}) for path in pending)


def _gather(rows: pl.DataFrame, found: dict[str, _Found], marking: set[str], options: ReportOptions) -> None:
    from synlint.reports.places import nearest
    from synlint.reports.wording import place

    for (rule,), of_rule in rows.group_by("rule", maintain_order=True):
        first = of_rule.unique(["row", "pair", "message"], keep="first", maintain_order=True).head(ROWS)
        lines = []
        for row in first.iter_rows(named=True):
            where = place(nearest(row["path"], options), row["line"], row["row"])
            # Rows that a rule about the corpus marks would only repeat what it says of the corpus.
            lines.append(where if rule in marking else f"{where}: {row['message']}")
        found.setdefault(str(rule), _Found()).add(_Found(len(of_rule), lines))


# ------------------------------------------------------------------------------------------------------------------ XML


def _write_suite(xml: XMLGenerator, name: str, file: str | None, cases: list[_Case]) -> None:
    outcomes = [case.outcome for case in cases]
    attributes = {"name": name, "tests": str(len(cases))}
    attributes |= {f"{kind}s": str(outcomes.count(kind)) for kind in ("failure", "error")}
    attributes |= {"skipped": str(outcomes.count("skipped")), **({"file": file} if file is not None else {})}
    _start(xml, 2, "testsuite", attributes)
    for case in cases:
        _write_case(xml, name, case)
    xml.ignorableWhitespace("\n  ")
    xml.endElement("testsuite")


def _write_case(xml: XMLGenerator, suite: str, case: _Case) -> None:
    # Services split the class name at dots into packages: the suite's name stays one word.
    _start(xml, 4, "testcase", {"classname": suite.replace(".", "_"), "name": case.name})
    text = "\n".join(case.text)
    if case.outcome:
        _start(xml, 6, case.outcome, {"type": case.kind, "message": case.message})
        xml.characters(_legal(text))
        xml.endElement(case.outcome)
    elif text:
        _start(xml, 6, "system-out", {})
        xml.characters(_legal(f"tolerated: {case.message}\n{text}"))
        xml.endElement("system-out")
    if case.outcome or text:
        xml.ignorableWhitespace("\n    ")
    xml.endElement("testcase")


def _start(xml: XMLGenerator, indent: int, name: str, attributes: dict[str, str]) -> None:
    xml.ignorableWhitespace("\n" + " " * indent)
    xml.startElement(name, AttributesImpl({key: _legal(value) for key, value in attributes.items()}))


def _legal(text: str) -> str:
    shown = "\n".join(map(visible, text.split("\n")))
    return _ILLEGAL.sub(lambda match: spell(match.group()), shown)
