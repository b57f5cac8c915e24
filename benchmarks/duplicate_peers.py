"""How other tools find near duplicates in a JSONL file: what synlint is measured against, each in a process of its own.

Usage: python benchmarks/duplicate_peers.py TOOL FILE   (TOOL: synlint, daft, rensa, datasketch, datasketch-xxh3,
dupekit)

Prints one JSON object: seconds by phase, rows and groups. Every tool is given the texts of the column `text` and the
same 21 bands of 6 permutations; words are runs of letters and digits in lower case, five to a shingle (dupekit: five
characters, it has nothing else). What comes after the signatures is datasketch's own index for datasketch, and for the
others the fastest that we know of: band keys sorted in NumPy, connected components in SciPy. None of them verifies a
candidate; synlint verifies each, and how long that takes is told apart.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from typing import Any

PERMUTATIONS, BANDS, ROWS, WORDS = 126, 21, 6, 5
_READ = 1 << 25  # bytes
_WORD = re.compile(r"\w+")


class Laps:
    """Wall and processor seconds since the last call, by the name of what was done."""

    def __init__(self) -> None:
        self.phases: dict[str, list[float]] = {}
        self.last = time.perf_counter(), time.process_time()

    def __call__(self, name: str) -> None:
        now = time.perf_counter(), time.process_time()
        self.phases[name] = [round(b - a, 3) for a, b in zip(self.last, now, strict=True)]
        self.last = now


def read(path: str) -> list[str]:
    import polars as pl

    texts: list[str] = pl.read_ndjson(path, schema={"text": pl.String})["text"].to_list()
    return texts


def shingles(text: str) -> list[str]:
    """Word 5-grams as strings."""
    words = _WORD.findall(text.lower())
    return [" ".join(words[at : at + WORDS]) for at in range(max(len(words) - WORDS + 1, 1))]


def joined(keys: Any) -> int:
    """Groups of rows that share a band key with another: connected components. `keys`: rows x bands."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ones, others = [], []
    for band in range(keys.shape[1]):
        order = np.argsort(keys[:, band], kind="stable")
        column = keys[order, band]
        same = np.flatnonzero(column[1:] == column[:-1])
        ones.append(order[same])
        others.append(order[same + 1])
    one, other = np.concatenate(ones), np.concatenate(others)
    graph = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(len(keys), len(keys)))
    sizes = np.bincount(connected_components(graph, directed=False)[1])
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


def datasketch(path: str, lap: Laps, **how: Any) -> tuple[int, int]:
    from datasketch import MinHash, MinHashLSH

    texts = read(path)
    lap("read")
    shingled = ([shingle.encode() for shingle in shingles(text)] for text in texts)
    sketches = MinHash.bulk(shingled, num_perm=PERMUTATIONS, **how)
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


def rensa(path: str, lap: Laps) -> tuple[int, int]:
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


def daft(path: str, lap: Laps) -> tuple[int, int]:
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


def datasketch_xxh3(path: str, lap: Laps) -> tuple[int, int]:
    """With a faster hash than its own choice."""
    from xxhash import xxh3_64_intdigest

    return datasketch(path, lap, hashfunc=xxh3_64_intdigest, scheme="affine64")


def dupekit(path: str, lap: Laps) -> tuple[int, int]:
    import numpy as np
    from dupekit import Transformation, transform
    from pyarrow import json as reader

    steps = [
        Transformation.CleanText("text", "clean"),
        Transformation.MinHash("clean", "signature", PERMUTATIONS, WORDS, 1),
        Transformation.MinHashLSH("signature", "bands", BANDS),
        Transformation.SelectColumns(["bands"]),
    ]
    table = reader.read_json(path)
    lap("read")
    keys = [
        np.asarray(transform(batch, steps)["bands"].flatten()).reshape(-1, BANDS)
        for batch in table.to_batches(max_chunksize=16_384)
    ]
    lap("signatures")
    every = np.concatenate(keys)
    return len(every), joined(every)


def synlint(path: str, lap: Laps) -> tuple[int, int]:
    import numpy as np
    import polars as pl

    from synlint.analysis.duplicates import near
    from synlint.analysis.duplicates.texts import near_texts

    schema, parts = {"text": pl.String}, []
    with open(
        path, "rb"
    ) as stream:  # some at a time, as a corpus is read: the whole file would be there beside the texts
        while lines := stream.read(_READ):
            parts.append(pl.read_ndjson(lines + stream.readline(), schema=schema)["text"])
    texts = pl.concat(parts, rechunk=False)
    del parts
    lap("read")
    verified, spent = near.verified, [0.0, 0.0]

    def timed(*given: Any) -> Any:
        before = time.perf_counter(), time.process_time()
        found = verified(*given)
        spent[0] += time.perf_counter() - before[0]
        spent[1] += time.process_time() - before[1]
        return found

    near.verified = timed  # type: ignore[assignment]
    found = near_texts(texts, lap=lap)
    lap.phases["verification"] = [round(seconds, 3) for seconds in spent]
    sizes = np.bincount(found.group()[found.unit >= 0])
    return len(texts), int((sizes > 1).sum())


TOOLS = {
    "synlint": synlint,
    "daft": daft,
    "rensa": rensa,
    "datasketch": datasketch,
    "datasketch-xxh3": datasketch_xxh3,
    "dupekit": dupekit,
}


def main() -> None:
    if len(sys.argv) != 3 or sys.argv[1] not in TOOLS:
        sys.exit(__doc__)
    lap = Laps()
    rows, groups = TOOLS[sys.argv[1]](sys.argv[2], lap)
    lap("rest")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    told = {"tool": sys.argv[1], "rows": rows, "groups": groups, "phases": lap.phases}
    print(json.dumps({**told, "cpu": time.process_time(), "peak_mb": round(peak)}))


if __name__ == "__main__":
    main()
