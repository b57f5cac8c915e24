"""What the values of settings may be, each with its meaning: rules, output formats, layouts, fields.

Editors show the meanings beside the words that they offer. A word is a `const` with a `description`, because that is
what language servers of TOML, YAML and JSON all understand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from synlint.model import FAMILIES, SEVERITIES

if TYPE_CHECKING:
    from synlint.rulebook.loaded import LoadedRule

SELECTOR = "selector"
_TYPES = {"int": "integer", "float": "number", "str": "string", "bool": "boolean"}


def words(meanings: Mapping[str, str]) -> list[dict[str, str]]:
    """Schemas that admit one word each."""
    return [{"const": word, "description": meaning} for word, meaning in meanings.items()]


def selector_schema(rules: Iterable[LoadedRule]) -> dict[str, Any]:
    """What `select` and its kin hold: the built-in words first, then any word that may name a rule of one's own."""
    listed = list(rules)
    known = {"ALL": "every rule"}
    known |= {family: f"family: {meaning}" for family, meaning in FAMILIES.items()}
    known |= {entry.code: _meaning(entry) for entry in listed}
    known |= {entry.rule.name: f"{entry.code}: {entry.rule.summary}{_remark(entry)}" for entry in listed}
    own = {
        "type": "string",
        "pattern": r"^([A-Za-z]{1,3}[0-9]{0,3}|[a-z][a-z0-9]*(-[a-z0-9]+)*)$",
        "description": "code or name of a rule, or the beginning of codes",
    }
    return {"anyOf": [*words(known), own]}


def rule_tables(rules: Iterable[LoadedRule]) -> dict[str, Any]:
    """The table `[rule.CODE]` of each built-in rule, and of any other."""
    return {
        "properties": {entry.code: _rule_table(entry) for entry in rules},
        "additionalProperties": {"type": "object", "properties": _general(None)},
    }


def _rule_table(entry: LoadedRule) -> dict[str, Any]:
    """The keys of one rule. A key with `_` may be written with `-` too, which editors need not offer twice."""
    own = {name: _option(*option) for name, option in entry.options.items()}
    properties = _general(entry)
    if "max_share" in own:
        properties["max-share"] |= own.pop("max_share")
    elif entry.rule.scope == "corpus":
        del properties["max-share"]  # it finds no rows that could have a share
    properties |= own
    other = {name: name.replace("-", "_") if "-" in name else name.replace("_", "-") for name in properties}
    return {
        "description": _meaning(entry),
        "type": "object",
        "properties": properties,
        "patternProperties": {f"^{spelt}$": properties[name] for name, spelt in other.items() if spelt != name},
        "additionalProperties": False,
    }


def _general(entry: LoadedRule | None) -> dict[str, Any]:
    """What every rule has."""
    severity: dict[str, Any] = {
        "description": "how grave the rule's findings are",
        "enum": list(reversed(SEVERITIES)),
    }
    share: dict[str, Any] = {
        "description": "share of the rows from which the findings count against the corpus",
        "type": "number",
        "minimum": 0,
        "maximum": 1,
    }
    if entry is not None:
        severity["default"] = entry.rule.severity
    return {"severity": severity, "max-share": share}


def _option(kind: str, value: Any, note: str) -> dict[str, Any]:
    of_kind = {"type": _TYPES[kind]} if kind in _TYPES else {}
    return {"description": note, **of_kind, "default": value}


def _meaning(entry: LoadedRule) -> str:
    return f"{entry.rule.name}: {entry.rule.summary}{_remark(entry)}"


def _remark(entry: LoadedRule) -> str:
    """Why a rule is not in the default selection, if it is not."""
    remarks: list[str] = [entry.rule.stability] if entry.rule.stability != "stable" else []
    remarks += [f"needs synlint[{extra}]" for extra in entry.rule.requires]
    return f" ({', '.join(remarks)})" if remarks else ""


def output_schema() -> dict[str, Any]:
    """What `output` holds: the formats, and any `FORMAT=FILE`."""
    from synlint.reports.write import FORMATS

    meanings: dict[str, str] = {}
    for name in FORMATS.names():
        module = FORMATS.load(name)
        suffixes: tuple[str, ...] | None = getattr(module, "SUFFIXES", None)
        written = name if suffixes is None else f"{name}={name}{suffixes[0]}"
        meanings[written] = _first_sentence(module.__doc__)
    request = {"type": "string", "pattern": r"^[a-z][a-z0-9-]*(=.+)?$", "description": "FORMAT, or FORMAT=FILE"}
    return {"type": "array", "items": {"anyOf": [*words(meanings), request]}}


def layout_schema() -> dict[str, Any]:
    """The layouts, each with the keys that its records have."""
    from synlint.corpora.layouts.registry import layout_names, load

    return {"oneOf": words({name: _first_sentence(load(name).__doc__) for name in layout_names()})}


def fields_schema() -> dict[str, Any]:
    """The text fields that a key of the records can be given for."""
    from synlint.corpora.options import FIELD_NAMES

    key = {"type": "string", "description": "key of the records; dots reach into objects"}
    return {"type": "object", "properties": dict.fromkeys(FIELD_NAMES, key), "additionalProperties": False}


def _first_sentence(text: str | None) -> str:
    return (text or "").strip().splitlines()[0].rstrip(".")
