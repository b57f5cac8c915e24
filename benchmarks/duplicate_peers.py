"""How other tools find near duplicates in a JSONL file: what synlint is measured against, each in a process of its own.

Usage: python benchmarks/duplicate_peers.py TOOL FILE   (TOOL: datasketch, rensa, daft, dupekit, synlint)

Prints one JSON object: seconds by phase, rows and groups. Every tool is given the texts of the column `text` and the
same 21 bands of 6 permutations; words are runs of letters and digits in lower case, five to a shingle. What comes after
the signatures is the tool's own where it has it, and else the same few lines of NumPy and Python. None of them verifies
a candidate; synlint verifies each.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from typing import Any

PERMUTATIONS, BANDS, ROWS, WORDS = 126, 21, 6, 5
_WORD = re.compile(r"\w+")


def read(path: str) -> list[str]:
    import polars as pl

    texts: list[str] = pl.read_ndjson(path, schema={"text": pl.String})["text"].to_list()
    return texts


def shingles(text: str) -> list[str]:
    """Word 5-grams as strings."""
    words = _WORD.findall(text.lower())
    return [" ".join(words[at : at + WORDS]) for at in range(max(len(words) - WORDS + 1, 1))]


def joined(keys: Any) -> int:
    """Groups of rows that share a band key with another: union-find over the bands. `keys`: rows x bands."""
    import numpy as np

    parent = list(range(len(keys)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for band in range(keys.shape[1]):
        order = np.argsort(keys[:, band], kind="stable")
        column = keys[order, band]
        same = np.flatnonzero(column[1:] == column[:-1])
        for one, other in zip(order[same].tolist(), order[same + 1].tolist(), strict=True):
            a, b = root(one), root(other)
            if a != b:
                parent[max(a, b)] = min(a, b)
    sizes = np.bincount([root(at) for at in range(len(parent))])
    return int((sizes > 1).sum())


def band_keys(signatures: Any) -> Any:
    """One 64-bit key a band of 32-bit signatures."""
    import numpy as np

    keys = np.empty((len(signatures), BANDS), np.uint64)
    for band in range(BANDS):
        key = np.full(len(signatures), band + 1, np.uint64)
        for row in range(ROWS):
            key = (key ^ signatures[:, band * ROWS + row].astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        keys[:, band] = key
    return keys


def datasketch(path: str, lap: Callable[[str], None]) -> tuple[int, int]:
    from datasketch import MinHash, MinHashLSH

    texts = read(path)
    lap("read")
    sketches = MinHash.bulk(([s.encode() for s in shingles(text)] for text in texts), num_perm=PERMUTATIONS)
    lap("signatures")
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    parent = list(range(len(texts)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for at, sketch in enumerate(sketches):
        for other in index.query(sketch):
            a, b = root(at), root(other)
            if a != b:
                parent[max(a, b)] = min(a, b)
        index.insert(at, sketch, check_duplication=False)
    groups: dict[int, int] = {}
    for at in range(len(parent)):
        groups[root(at)] = groups.get(root(at), 0) + 1
    return len(texts), sum(size > 1 for size in groups.values())


def rensa(path: str, lap: Callable[[str], None]) -> tuple[int, int]:
    import numpy as np
    from rensa import RMinHash

    texts = read(path)
    lap("read")
    digests = []
    for text in texts:
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(shingles(text))
        digests.append(sketch.digest())
    signatures = np.array(digests, np.uint32)
    lap("signatures")
    return len(texts), joined(band_keys(signatures))


def daft(path: str, lap: Callable[[str], None]) -> tuple[int, int]:
    import daft as library
    import numpy as np
    from daft.functions import minhash, normalize

    frame = library.read_json(path)
    text = normalize(frame["text"], remove_punct=True, lowercase=True, nfd_unicode=False, white_space=True)
    frame = frame.select(minhash(text, num_hashes=PERMUTATIONS, ngram_size=WORDS, hash_function="xxhash").alias("m"))
    column = frame.to_arrow()["m"].combine_chunks()
    signatures = np.asarray(column.values).reshape(-1, PERMUTATIONS)
    lap("signatures")
    return len(signatures), joined(band_keys(signatures))


def synlint(path: str, lap: Callable[[str], None]) -> tuple[int, int]:
    import numpy as np
    import polars as pl

    from synlint.analysis.duplicates.texts import near_texts

    texts = pl.read_ndjson(path, schema={"text": pl.String})["text"]
    lap("read")
    found = near_texts(texts, lap=lap)
    sizes = np.bincount(found.group()[found.unit >= 0])
    return len(texts), int((sizes > 1).sum())


TOOLS = {"datasketch": datasketch, "rensa": rensa, "daft": daft, "synlint": synlint}


def main() -> None:
    if len(sys.argv) != 3 or sys.argv[1] not in TOOLS:
        sys.exit(__doc__)
    phases: dict[str, list[float]] = {}
    last = [time.perf_counter(), time.process_time()]

    def lap(name: str) -> None:
        now = [time.perf_counter(), time.process_time()]
        phases[name] = [round(b - a, 3) for a, b in zip(last, now, strict=True)]
        last[:] = now

    rows, groups = TOOLS[sys.argv[1]](sys.argv[2], lap)
    lap("rest")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps(
            {
                "tool": sys.argv[1],
                "rows": rows,
                "groups": groups,
                "phases": phases,
                "cpu": time.process_time(),
                "peak_mb": peak,
            }
        )
    )


if __name__ == "__main__":
    main()
