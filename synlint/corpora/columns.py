"""What is kept of a record beside its texts: the user's own id, its source, and the group it is counted in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synlint.corpora.block import Record
from synlint.corpora.layouts.flat import ABSENT, dotted
from synlint.corpora.options import ReadOptions
from synlint.corpora.pairs import Texts
from synlint.errors import UsageError

SCALAR = (str, int, float, bool)
ID_KEYS = ("id", "question_id", "prompt_id", "conversation_id", "uid", "uuid", "key", "idx", "index")
GROUPS: Mapping[str, tuple[str, ...]] = {  # keys that --group-by tries for its three short names
    "source": ("source", "corpus", "dataset", "data_source", "meta.source", "metadata.source"),
    "generator": ("generator", "model", "model_name", "model_id", "meta.generator", "meta.model", "metadata.model"),
    "topic": ("topic", "category", "subject", "domain", "task", "meta.topic", "meta.category", "metadata.topic"),
}


@dataclass(frozen=True, slots=True)
class Extras:
    """Keys of one file for source_id, source and group; None where the file has none."""

    id_key: str | None = None
    source_key: str | None = None
    group_key: str | None = None

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
    return Extras(
        id_key=_present((named_id,) if named_id is not None else ID_KEYS, sample, share=0.5),
        source_key=_present(source, sample),
        group_key=group,
    )


def _present(keys: Sequence[str], sample: Sequence[Record], share: float = 0.0) -> str | None:
    """The first key that holds a scalar in more than `share` of the sample."""
    for key in keys:
        if sum(isinstance(dotted(record, key), SCALAR) for record in sample) > share * len(sample):
            return key
    return None


def check_group(bound: Sequence[Extras], options: ReadOptions, sample_keys: Sequence[str]) -> None:
    """Refuse a --group-by or --source-field that no file knows: a verdict per slice would silently be one slice."""
    if not bound:
        return
    for flag, wanted, keys in (
        ("--group-by", options.group_by, [b.group_key for b in bound]),
        ("--source-field", options.source_field, [b.source_key for b in bound]),
    ):
        if wanted is not None and not any(keys):
            raise UsageError(f"{flag} {wanted}: no record has such a key (keys seen: {', '.join(sample_keys[:20])})")
