"""Which rows a sample takes: drawn from the seed and the file's digest, so batch sizes cannot change it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from synlint.corpora.options import ReadOptions
from synlint.errors import UsageError


def sampler(
    options: ReadOptions, digests: Sequence[str], count: Callable[[int], int]
) -> dict[int, Callable[[int], bool]]:
    """A predicate over row numbers for each file. A number of rows costs one extra pass to count them."""
    size = options.sample
    if isinstance(size, float) and 0 < size < 1:
        return {i: _Coin(f"{options.seed}:{digest}", size).wanted for i, digest in enumerate(digests)}
    if size is None or size < 1 or size != int(size):
        raise UsageError(f"--sample {size}: give a share between 0 and 1, or a whole number of rows")
    counts = [count(i) for i in range(len(digests))]
    total = sum(counts)
    rng = random.Random(f"{options.seed}:{':'.join(digests)}")
    chosen = rng.sample(range(total), min(int(size), total))
    wanted: dict[int, Callable[[int], bool]] = {}
    start = 0
    for i, n in enumerate(counts):
        wanted[i] = {row - start for row in chosen if start <= row < start + n}.__contains__
        start += n
    return wanted


class _Coin:
    """A seeded coin per row number. Order does not matter: each row's toss is a hash of its number."""

    def __init__(self, seed: str, share: float) -> None:
        self._seed = seed.encode()
        self._limit = int(share * 2**64)

    def wanted(self, row: int) -> bool:
        import hashlib

        toss = hashlib.blake2b(row.to_bytes(8, "big"), digest_size=8, key=self._seed[:64]).digest()
        return int.from_bytes(toss, "big") < self._limit
