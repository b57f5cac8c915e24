"""Keys named by the user with `--field question=KEY --field answer=KEY`; dotted paths reach into objects."""

from __future__ import annotations

from collections.abc import Sequence

from synlint.corpora.block import Record
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.layouts.flat import FlatReader
from synlint.corpora.options import ReadOptions

NAME = "fields"
NEEDS = "the keys given with --field"
EXAMPLE: Record = {}


def bind(sample: Sequence[Record], options: ReadOptions) -> Reader | None:
    """A reader for exactly the keys given."""
    get = options.fields.get
    return FlatReader(NAME, get("question"), get("answer"), get("context"), get("system"))
