"""Baselines on disk: the compact file that `baseline write` makes, and JSON reports of an earlier check.

The compact file is made for git: sorted, a fingerprint a line, no text of the corpus, no time and no path.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from synlint.corpora.stored import content_of, stored
from synlint.errors import CorpusError, SynlintError
from synlint.suppressions.baseline import Baseline, CorpusEntry, Counted

KIND = "synlint-baseline"
VERSION = 1
DEFAULT = ".synlint-baseline.json"
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_WRITE = "synlint baseline write PATH"


class BaselineError(SynlintError):
    """A baseline cannot be used."""

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        self.problem = problem
        super().__init__(f"baseline {name}: {problem}")


def read_baseline(path: str, name: str = "") -> Baseline:
    """The baseline in a file, be it compact or a JSON report; BaselineError says what is wrong with the file.

    `name` is what messages call it (by default the path).
    """
    name = name or path
    document = _document(path, name)
    if document.get("kind") == KIND:
        return _shaped(_compact, document, name)
    if "findings" in document and "verdict" in document and "synlint" in document:
        return _shaped(_report, document, name)
    kind = document.get("kind")
    what = (
        f"is a {kind}" if isinstance(kind, str) and kind.isprintable() and len(kind) < 40 else "is JSON of another kind"
    )
    raise BaselineError(name, f"{what}, not a baseline; write one: {_WRITE} -o FILE")


def is_baseline(path: str) -> bool:
    """Whether a file is a compact baseline, which another may replace: stored in the way that its name says."""
    from synlint.reports.files import compression_of

    try:
        if _document(path, path).get("kind") != KIND:
            return False
        return stored(Path(path).expanduser(), path).compression == compression_of(path)
    except (BaselineError, CorpusError):
        return False


def written(baseline: Baseline) -> str:
    """The compact file's text."""
    head = {
        "kind": KIND,
        "version": VERSION,
        "synlint": baseline.synlint,
        "settings_digest": baseline.settings_digest,
        "corpus": {"files": baseline.files, "rows": baseline.rows},
    }
    rules = [
        f"{json.dumps(code)}: {json.dumps({'rows': counted.rows, 'share': counted.share})}"
        for code, counted in sorted(baseline.rules.items())
    ]
    corpus = [
        json.dumps(
            {"rule": entry.rule, "fingerprint": key, "value": entry.value, "threshold": entry.threshold, "n": entry.n}
        )
        for key, entry in sorted(baseline.corpus.items(), key=lambda item: (item[1].rule, item[0]))
    ]
    findings = []
    for code in sorted(baseline.texts):
        known = ",\n".join(json.dumps(key) for key in sorted(baseline.texts[code]))
        findings.append(f"{json.dumps(code)}: [\n{known}\n]")
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    lines.append(f'"rules": {_block("{", rules, "}")}')
    lines.append(f'"corpus_findings": {_block("[", corpus, "]")}')
    lines.append(f'"findings": {_block("{", findings, "}")}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write_baseline(baseline: Baseline, path: str) -> None:
    """Write the compact file, whole or not at all. Raises OutputError."""
    from synlint.reports.files import replace_file, text_file

    text = written(baseline)

    def fill(draft: Path) -> None:
        with text_file(draft, path) as out:
            out.write(text)

    replace_file(path, fill)


def _block(opening: str, lines: list[str], closing: str) -> str:
    return f"{opening}\n" + ",\n".join(lines) + f"\n{closing}" if lines else opening + closing


def _document(path: str, name: str) -> dict[str, Any]:
    try:
        file = Path(path).expanduser()
        if file.is_dir():
            raise BaselineError(name, "is a folder; name the file in it")
        if file.exists() and not file.is_file():
            raise BaselineError(name, "is no regular file")
        if not file.exists():
            raise BaselineError(name, f"there is no such file; write it: {_WRITE} -o {name}")
        text = content_of(stored(file, name)).decode("utf-8-sig")
        document = json.loads(text)
    except CorpusError as error:
        raise BaselineError(name, error.problem) from None
    except OSError as error:
        raise BaselineError(name, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise BaselineError(
            name, f"is not JSON (it is not even UTF-8 text); write a baseline: {_WRITE} -o FILE"
        ) from None
    except (ValueError, RecursionError) as error:
        raise BaselineError(name, _not_json(text, error)) from None
    if not isinstance(document, dict):
        raise BaselineError(name, f"is JSON of another kind, not a baseline; write one: {_WRITE} -o FILE")
    return document


def _not_json(text: str, error: Exception) -> str:
    if re.search(r"(?m)^(<<<<<<<|=======|>>>>>>>)", text):
        return "holds the marks of a merge that git could not settle; settle it, or write the baseline anew"
    if not text.strip():
        return f"is empty; write a baseline: {_WRITE} -o FILE"
    line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
    return f"is not JSON{line}: it is damaged, or no baseline; write one: {_WRITE} -o FILE"


def _shaped(read: Any, document: Mapping[str, Any], name: str) -> Baseline:
    version = document.get("version")
    if isinstance(version, int) and version > VERSION:
        made = document.get("synlint")
        raise BaselineError(
            name, f"has version {version}, and this synlint reads version {VERSION}: it was written by synlint {made}"
        )
    try:
        baseline: Baseline = read(document, name)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BaselineError(name, f"is damaged: something in it is missing or wrong; write it anew: {_WRITE}") from None
    return baseline


def _compact(document: Mapping[str, Any], name: str) -> Baseline:
    return Baseline(
        name,
        {str(code): frozenset(map(_fingerprint, keys)) for code, keys in document["findings"].items()},
        {_fingerprint(entry["fingerprint"]): _entry(entry) for entry in document["corpus_findings"]},
        {str(code): Counted(int(entry["rows"]), entry["share"]) for code, entry in document["rules"].items()},
        str(document["synlint"]),
        str(document["settings_digest"]),
        int(document["corpus"]["files"]),
        int(document["corpus"]["rows"]),
    )


def _report(document: Mapping[str, Any], name: str) -> Baseline:
    missing, listed = document["truncated"]["findings"], len(document["findings"])
    if missing:
        raise BaselineError(
            name,
            f"lists only the first {listed:,} of its {listed + missing:,} findings; "
            f"write it with --max-findings {listed + missing}, or use '{_WRITE}'",
        )
    if "known" not in document:
        raise BaselineError(name, f"was written by an older synlint, {document['synlint']}; write it anew")
    left_out = document["known"]["baseline"]
    if left_out:
        raise BaselineError(
            name, f"leaves out {left_out:,} findings that were in a baseline then; write it without --baseline"
        )
    about_texts = {rule["code"] for rule in document["rules"] if rule["scope"] == "row"}
    texts: dict[str, set[str]] = {}
    for finding in document["findings"]:
        if finding["row"] is not None and finding["rule"] in about_texts:
            texts.setdefault(finding["rule"], set()).add(_fingerprint(finding["fingerprint"]))
    return Baseline(
        name,
        {code: frozenset(keys) for code, keys in texts.items()},
        {_fingerprint(entry["fingerprint"]): _entry(entry) for entry in document["corpus_findings"]},
        {rule["code"]: Counted(int(rule["rows"]), rule["share"]) for rule in document["rules"] if rule["rows"]},
        str(document["synlint"]),
        str(document["settings_digest"]),
        len(document["corpus"]["paths"]),
        int(document["corpus"]["rows"]),
    )


def _entry(entry: Mapping[str, Any]) -> CorpusEntry:
    value, threshold = float(entry["value"]), float(entry["threshold"])
    if not (math.isfinite(value) and math.isfinite(threshold)):
        raise ValueError("not a number")
    return CorpusEntry(str(entry["rule"]), value, threshold, int(entry["n"]))


def _fingerprint(value: Any) -> str:
    if not isinstance(value, str) or not _FINGERPRINT.fullmatch(value):
        raise ValueError("not a fingerprint")
    return value
