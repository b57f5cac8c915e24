"""What is kept of a record beside its texts: the user's own id, its source, and the group it is counted in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from synlint.corpora.block import Record
from synlint.corpora.layouts.flat import ABSENT, dotted, type_name
from synlint.corpora.options import ReadOptions
from synlint.corpora.pairs import Texts
from synlint.errors import UsageError, did_you_mean

SCALAR = (str, int, float, bool)
MANY = 20  # rows from which "every row its own group" is no accident of a small file
ID_KEYS = ("id", "question_id", "prompt_id", "conversation_id", "uid", "uuid", "key", "idx", "index")
GROUPS: Mapping[str, tuple[str, ...]] = {  # keys that --group-by tries for its three short names
    "source": ("source", "corpus", "dataset", "data_source", "meta.source", "metadata.source"),
    "generator": ("generator", "model", "model_name", "model_id", "meta.generator", "meta.model", "metadata.model"),
    "topic": ("topic", "category", "subject", "domain", "task", "meta.topic", "meta.category", "metadata.topic"),
}


@dataclass(frozen=True, slots=True)
class Extras:
    """Keys of one file for source_id, source and group; None where the file has none.

    `missing` says, by the option that names a key, why there is none; `remark` what is odd about the group.
    """

    id_key: str | None = None
    source_key: str | None = None
    group_key: str | None = None
    missing: Mapping[str, str] = field(default_factory=dict)
    remark: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Top-level keys that are needed."""
        named = (self.id_key, self.source_key, self.group_key)
        return tuple(key.split(".")[0] for key in named if key is not None)

    def columns(self, records: Sequence[Record]) -> dict[str, Texts | None]:
        """The three columns, one entry per record."""
        return {
            "source_id": _column(self.id_key, records),
            "source": _column(self.source_key, records),
            "group": _column(self.group_key, records),
        }


def _column(key: str | None, records: Sequence[Record]) -> Texts | None:
    if key is None:
        return None
    values = [record.get(key) for record in records] if "." not in key else [dotted(record, key) for record in records]
    return values if set(map(type, values)) <= {str, type(None)} else [as_text(value) for value in values]


def as_text(value: Any) -> str | None:
    """A scalar or nested value as text for a label; JSON for everything but text."""
    if value is None or value is ABSENT or type(value) is str:
        return None if value is ABSENT else value
    import orjson

    return orjson.dumps(value, default=str).decode()


def bind_extras(sample: Sequence[Record], options: ReadOptions) -> Extras:
    """Choose the keys of one file from its sample."""
    group = None
    if options.group_by is not None:
        group = _present((options.group_by, *GROUPS.get(options.group_by, ())), sample)
    source = (options.source_field,) if options.source_field is not None else GROUPS["source"]
    named_id = options.fields.get("id")
    source_key = _present(source, sample)
    named = {"--group-by": (options.group_by, group), "--source-field": (options.source_field, source_key)}
    return Extras(
        id_key=_present((named_id,) if named_id is not None else ID_KEYS, sample, share=0.5),
        source_key=source_key,
        group_key=group,
        missing={
            flag: _why_none(flag, wanted, sample)
            for flag, (wanted, key) in named.items()
            if wanted is not None and key is None
        },
        remark=_as_many_groups_as_rows(group, options, sample) if group is not None else None,
    )


def _why_none(flag: str, wanted: str, sample: Sequence[Record]) -> str:
    """Why no record has a scalar under a key: it holds an object, a list, or is not there."""
    values = [value for record in sample if (value := dotted(record, wanted)) is not ABSENT]
    objects = [value for value in values if type(value) is dict]
    inner = [f"{wanted}.{key}" for key in _labels(objects)]
    if inner:
        others = f" (or {', '.join(inner[1:5])})" if len(inner) > 1 else ""
        return f"{flag} {wanted}: {wanted} is an object; try {flag} {inner[0]}{others}"
    kinds = {type_name(value) for value in values if value is not None}
    if kinds:
        return f"{flag} {wanted}: {wanted} is {sorted(kinds)[0]}, not a text or a number"
    keys = list(dict.fromkeys(key for record in sample for key in record))
    what = f"no record has such a key{did_you_mean(wanted, keys)}"
    if values:
        what = f"{wanted} is null in every record seen"
    return f"{flag} {wanted}: {what} (keys seen: {', '.join(keys[:20])})"


def _labels(objects: Sequence[Record]) -> list[str]:
    """Keys of inner objects that hold scalars; first those whose few values repeat, as labels do."""
    values: dict[str, list[str]] = {}
    for record in objects:
        for key, value in record.items():
            if isinstance(value, SCALAR):
                values.setdefault(key, []).append(str(value))

    def is_no_label(key: str) -> bool:
        return not 1 < len(set(values[key])) <= len(values[key]) / 2

    return sorted(values, key=is_no_label)


def _as_many_groups_as_rows(key: str, options: ReadOptions, sample: Sequence[Record]) -> str | None:
    values = [as_text(dotted(record, key)) for record in sample]
    if len(values) < MANY or None in values or len(set(values)) < len(values):
        return None
    return (
        f"--group-by {options.group_by}: each of the first {len(values):,} rows has a value of its own, "
        "so a slice is a row; group by a key whose values repeat"
    )


def _present(keys: Sequence[str], sample: Sequence[Record], share: float = 0.0) -> str | None:
    """The first key that holds a scalar in more than `share` of the sample."""
    for key in keys:
        if sum(isinstance(dotted(record, key), SCALAR) for record in sample) > share * len(sample):
            return key
    return None


def check_group(bound: Sequence[Extras]) -> None:
    """Refuse a --group-by or --source-field that no file knows: a verdict per slice would silently be one slice."""
    for flag in ("--group-by", "--source-field"):
        if bound and all(flag in extras.missing for extras in bound):
            raise UsageError(bound[0].missing[flag])
