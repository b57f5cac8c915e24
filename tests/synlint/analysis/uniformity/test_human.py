"""The table of human measures: what is in it, and that it is what the rules' own code measures."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from statistics import median

import pytest

from synlint.analysis.uniformity import compression, structure
from synlint.analysis.uniformity.human import human_median, human_values, sizes_of
from synlint.analysis.uniformity.streams import Stream
from synlint.analysis.uniformity.texts import Texts


@pytest.mark.parametrize(
    ("measure", "sizes"), [(structure.MEASURE, structure.SIZES), (compression.MEASURE, compression.SIZES)]
)
def test_every_size_has_three_corpora_or_more(measure: str, sizes: tuple[int, ...]) -> None:
    assert sizes_of(measure) == tuple(sorted(sizes, reverse=True))
    for size in sizes:
        values = human_values(measure, size)
        assert len(values) >= 3
        assert human_median(measure, size) == median(values.values()) > 0


def test_dolly_measures_what_the_table_says(corpora: Path) -> None:
    with gzip.open(corpora / "dolly_3k_human.jsonl.gz", "rt", encoding="utf-8") as stream:
        answers = [json.loads(line)["answer"] for line in stream]
    found = Stream.of_texts(Texts.of(answers))
    _, counts = structure.marks_at_heads(found)
    for size in structure.SIZES:
        expected = human_values(structure.MEASURE, size)["dolly"]
        assert structure.spread_of(counts[:size]) == pytest.approx(expected, abs=1e-4)
    symbols = compression.skeletons_of(found).symbols
    for size in compression.SIZES:
        expected = human_values(compression.MEASURE, size)["dolly"]
        assert compression.compression_of(symbols[:size]) == pytest.approx(expected, abs=1e-4)
