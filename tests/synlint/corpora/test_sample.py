"""Which rows a sample takes."""

from __future__ import annotations

from synlint.corpora.options import ReadOptions
from synlint.corpora.sample import sampler


def test_a_share_is_a_coin_per_row_and_file() -> None:
    wanted = sampler(ReadOptions(sample=0.25), ["a", "b"], lambda _: 0)
    rows = [[row for row in range(4000) if wanted[file](row)] for file in range(2)]
    assert all(850 < len(part) < 1150 for part in rows) and rows[0] != rows[1]


def test_a_number_is_exact_over_all_files() -> None:
    wanted = sampler(ReadOptions(sample=50), ["a", "b"], lambda file: (100, 300)[file])
    assert sum(wanted[0](row) for row in range(100)) + sum(wanted[1](row) for row in range(300)) == 50


def test_more_than_there_is_takes_all() -> None:
    wanted = sampler(ReadOptions(sample=1000), ["a"], lambda _: 10)
    assert all(map(wanted[0], range(10)))
