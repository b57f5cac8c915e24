"""Hits of a function that finds spans in one text, over the text fields of a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import polars as pl

from synlint.model import Hit, Span


def field_hits(
    batch: pl.DataFrame, fields: Sequence[str], find: Callable[[str], Iterable[Span]], evidence_chars: int = 200
) -> list[Hit]:
    """One hit for each span that `find` gives for a field's text, scored n/(1+n) for n spans in a field.

    All spans are kept, however many: of a secret every occurrence must be known, to be hidden.
    """
    hits = []
    for field in fields:
        for at, text in enumerate(batch[field].to_list()):
            spans = list(find(text)) if text else []
            score = len(spans) / (1 + len(spans))
            hits += [Hit(at, field, a, b, text[a : min(b, a + evidence_chars)], score=score) for a, b in spans]
    return hits
