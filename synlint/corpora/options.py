"""How corpora are to be read: the options that a caller may set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

MIB = 1 << 20
FIELD_NAMES = ("question", "context", "answer", "system", "id")  # what `fields` may name


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Frozen; passed to `open_corpus` and `corpus_of`.

    `layout` names one layout for every file; `fields` maps canonical names (question, context, answer, system, id) to
    keys, dotted for nested objects. Both switch detection off. `group_by` is `source`, `generator`, `topic` or any key.
    A batch closes at `batch_rows` records or about `batch_bytes` of text, whichever comes first. `sample` below 1 (a
    float) is a share of the records, an int a number of them, drawn from `seed` and the file's digest only.
    """

    layout: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    source_field: str | None = None
    group_by: str | None = None
    branch: Literal["chosen", "rejected"] = "chosen"
    batch_rows: int = 32_768
    batch_bytes: int = 32 * MIB
    max_record_bytes: int = 256 * MIB
    sample: int | float | None = None
    seed: int = 0
    exclude: tuple[str, ...] = ()  # globs over paths found in folders
    allow_empty: bool = False
    skip_unsupported: bool = False  # files that are no corpus are left out and told, and are no failure
    stdin: BinaryIO | None = None  # what "-" reads; None: the process's standard input
