"""What the metadata of every rule must satisfy, whichever kind of file it comes from, and how its message is filled."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from synlint.errors import did_you_mean
from synlint.features.compute import feature_names, is_feature
from synlint.model import FAMILIES, SEVERITIES, TEXT_FIELDS, Rule

_CODE = re.compile(r"([A-Z]{3})[0-9]{3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VALUES: Mapping[str, Any] = {"evidence": "text", "value": 0.5, "threshold": 0.5, "share": 0.5, "field": "answer"}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "severity": SEVERITIES,
    "confidence": ("high", "medium", "low"),
    "stability": ("preview", "stable", "deprecated"),
}


class _Absent:
    """Stands for a number that this finding does not have; takes any format that a number takes."""

    def __format__(self, spec: str) -> str:
        return "n/a"

    __repr__ = __str__ = lambda self: "n/a"


_ABSENT = _Absent()


def fill_message(template: str, values: Mapping[str, Any]) -> str:
    """A rule's message with its values; those that are None or not given read as `n/a`."""
    return template.format(**{name: _ABSENT if values.get(name) is None else values[name] for name in _VALUES})


def faults(rule: Rule, file_stem: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a rule's metadata: (key, sentence)."""
    found = _CODE.fullmatch(rule.code)
    if not found or found[1] not in FAMILIES:
        hint = did_you_mean(rule.code[:3], FAMILIES)
        yield "code", f"code {rule.code!r} must be a family ({', '.join(FAMILIES)}) and three digits{hint}"
    wanted = file_stem.replace("_", "-")
    if rule.name != wanted:
        yield "name", f"name {rule.name!r} must be the file's name {wanted!r}"
    elif not _NAME.fullmatch(rule.name):
        yield "name", f"name {rule.name!r} must be lower-case words joined by single hyphens"
    for key, known in _CHOICES.items():
        if getattr(rule, key) not in known:
            yield key, f"unknown {key} {getattr(rule, key)!r} (known: {', '.join(known)})"
    for name in rule.fields:
        if name not in TEXT_FIELDS:
            yield "fields", f"unknown field {name!r}{did_you_mean(name, TEXT_FIELDS) or _listed(TEXT_FIELDS)}"
    for name in rule.needs:
        if not is_feature(name):
            yield "needs", no_feature(name)
    fault = _message_fault(rule.message)
    if fault:
        yield "message", fault


def no_feature(name: str) -> str:
    """The sentence for a feature column that cannot be computed."""
    field = name.partition(".")[0]
    known = [f"{field if field in TEXT_FIELDS else 'answer'}.{feature}" for feature in feature_names()]
    return f"no feature column {name!r}{did_you_mean(name, known) or _listed(known)}"


def wrong_types(rule: Rule) -> Iterator[str]:
    """Metadata of a Python rule that is not of the type it must have: texts that are no texts, lists for tuples."""
    for field in dataclasses.fields(Rule):
        value = getattr(rule, field.name)
        if field.type == "str" and not isinstance(value, str):
            yield f"{field.name} must be text, not {value!r}"
        elif field.type == "tuple[str, ...]" and not (
            isinstance(value, tuple) and all(isinstance(item, str) for item in value)
        ):
            yield f"{field.name} must be a tuple of texts, not {value!r}"


def _message_fault(template: str) -> str | None:
    try:
        fill_message(template, _VALUES)
    except KeyError as error:
        unknown = str(error.args[0])
        return f"message: no value {{{unknown}}}{did_you_mean(unknown, _VALUES) or _listed(_VALUES)}"
    except (ValueError, IndexError, AttributeError, TypeError) as error:
        return f"message: not a format template: {error}"
    return None


def _listed(known: typing.Iterable[str]) -> str:
    return f" (known: {', '.join(known)})"
