"""Corpora with known duplicates for the benchmarks: real rows, real rows in a cipher, and rewrites of both.

Usage: python benchmarks/duplicate_corpora.py ROWS FILE   (corpora: SYNLINT_CORPORA)

Seven rows of ten are real, or, where there are not enough, real rows in which every word of Latin letters is exchanged
for another one of its length (so that lengths, frequencies and repetitions stay, and no run of five words). Three of
ten are rewrites of one of those: some words exchanged, a sentence before or behind it, the text cut short, or nothing
but the case changed. One column, `text`: question, context and answer, a line each. The same bytes for the same seed.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from measure import corpora

SEED = 5
LEAST = 400  # characters: rows of about 850 on average
REWRITTEN = 0.3
BEFORE = (
    "Please answer the following. ",
    "You are a helpful assistant.\n\n",
    "Question: ",
    "As requested, here it is: ",
)
BEHIND = (" I hope this helps!", "\n\nLet me know if you have any other questions.", " Thank you.", "\n### End")
_WORD = re.compile(r"[A-Za-z]+")


def real_texts(folder: Path) -> list[str]:
    """Every different row of the normalised corpora that is long enough."""
    found: dict[str, None] = {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        if path.name.startswith("labels_"):
            continue
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                text = "\n".join(row[name] for name in ("question", "context", "answer") if row.get(name))
                if len(text) >= LEAST:
                    found[text] = None
    return list(found)


def ciphered(text: str, words: dict[str, str]) -> str:
    """The text with every word exchanged."""
    return _WORD.sub(lambda found: words.get(found[0], found[0]), text)


def rewritten(text: str, chance: random.Random) -> str:
    """A near copy, or one that is less near."""
    kind = chance.randrange(10)
    if kind == 0:
        return text.upper()
    if kind == 1:
        return chance.choice(BEFORE) + text
    if kind == 2:
        return text + chance.choice(BEHIND)
    if kind == 3:
        return text[: int(len(text) * chance.uniform(0.6, 0.98))]
    pieces = re.split(r"(\W+)", text)
    rate = chance.choice((0.002, 0.005, 0.01, 0.02, 0.04, 0.08))
    return "".join(
        chance.choice(pieces[::2]) if at % 2 == 0 and chance.random() < rate else piece
        for at, piece in enumerate(pieces)
    )


def texts(rows: int, folder: Path) -> Iterator[str]:
    """So many texts, rewrites among the others."""
    chance = random.Random(SEED)
    real = real_texts(folder)
    chance.shuffle(real)
    by_length: dict[int, list[str]] = {}
    for word in sorted({word for text in real for word in _WORD.findall(text)}):
        by_length.setdefault(len(word), []).append(word)
    recent: list[str] = []
    taken, mapping = 0, dict[str, str]()
    for _ in range(rows):
        if recent and chance.random() < REWRITTEN:
            yield rewritten(chance.choice(recent), chance)
            continue
        if taken % len(real) == 0 and taken:
            mapping = {}
            for words in by_length.values():
                mapping |= zip(words, chance.sample(words, len(words)), strict=True)
        text = real[taken % len(real)]
        if mapping and text.isascii():
            text = ciphered(text, mapping)
        taken += 1
        if len(recent) < 50_000:
            recent.append(text)
        else:
            recent[chance.randrange(len(recent))] = text
        yield text


def write(rows: int, target: Path) -> None:
    """Write the corpus as JSONL."""
    with target.open("w", encoding="utf-8") as out:
        for text in texts(rows, corpora()):
            out.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    write(int(sys.argv[1]), Path(sys.argv[2]))
