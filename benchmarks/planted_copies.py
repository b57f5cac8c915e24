"""Near-duplicates of known likeness, and pairs that look alike and are none, planted beside templates.

A copy is a row with words exchanged, left out and put in at random until its answer is as like the original as was
drawn. How like is computed from the texts, exactly: the Jaccard similarity of the sets of word 5-grams as
exact_join.py has them. In a row with a planted template its fixed words are neither changed nor counted.
"""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path

from exact_join import SILENT, parts_of
from planted import Material, Piece, Planted, Row, Span, pieces_of

WORDS = 5  # of a shingle
FAMILIES, COPIES = 400, 1  # originals with one copy
LARGE_FAMILIES, LARGE_COPIES = 40, 5
TEMPLATED = 150  # originals that have a template around their own text
LEAST = 40  # words of an original, the template's not counted
MOST = 3000  # characters of an original
PLAIN, CROWDED, FRAMED = "one copy", "five copies", "one copy, in a template"


@dataclass(frozen=True, slots=True)
class Edge:
    """Two rows of one family, and how like each other their answers are; their questions are equal."""

    one: int
    other: int
    likeness: float
    kind: str


@dataclass(slots=True)
class Copies:
    """A corpus with known copies. `alike`: kind of look-alikes -> their rows, no two of which say the same. `frame`: of
    a row the characters of its answer that belong to a template.
    """

    rows: list[Row]
    edges: list[Edge] = field(default_factory=list)
    alike: dict[str, list[int]] = field(default_factory=dict)
    frame: dict[int, list[Span]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bit:
    """A word of an answer or what stands between two; `fixed`: belongs to a template."""

    text: str
    word: bool
    fixed: bool


def bits_of(text: str, fixed: Sequence[Span] = ()) -> list[Bit]:
    """A text in words that count and what is between them. A word is fixed where it begins in one of the ranges."""
    bits, at = [], 0
    for start, piece in parts_of(text):
        if piece not in SILENT:
            bits.append(Bit(text[at:start], False, False))
            at = start + len(piece)
            bits.append(Bit(piece, True, any(first <= start < end for first, end in fixed)))
    return [*bits, Bit(text[at:], False, False)]


def shingles_of(bits: Iterable[Bit]) -> set[tuple[str, ...]]:
    """The word 5-grams of what is not fixed; of fewer words all together."""
    words = [bit.text.lower().replace("’", "'") for bit in bits if bit.word and not bit.fixed]
    return {tuple(words[at : at + WORDS]) for at in range(max(len(words) - WORDS + 1, 1))}


def likeness_of(one: Iterable[Bit], other: Iterable[Bit]) -> float:
    """The Jaccard similarity of two answers."""
    ours, theirs = shingles_of(one), shingles_of(other)
    return len(ours & theirs) / len(ours | theirs)


def edited(bits: Sequence[Bit], target: float, words: Sequence[str], rng: random.Random) -> list[Bit]:
    """A copy, changed word by word at random places until it is at most so like the original."""
    copy = list(bits)
    ours = shingles_of(bits)
    while True:
        theirs = shingles_of(copy)
        if len(ours & theirs) <= target * len(ours | theirs):
            return copy
        at = rng.choice([n for n, bit in enumerate(copy) if bit.word and not bit.fixed])
        deed, word = rng.choice(("exchange", "leave out", "put in")), Bit(rng.choice(words), True, False)
        if deed == "put in":
            copy[at:at] = [word, Bit(" ", False, False)]
        else:
            copy[at : at + 1] = [word] if deed == "exchange" else []


def copy_into(planted: Planted, seed: int, foreign: Iterable[str] = ()) -> Copies:
    """Add copies and look-alikes to a corpus with planted templates, and shuffle the new rows in among the old."""
    rng = random.Random(f"copied {seed}")
    frame = planted.frame()
    material = Material([row for n, row in enumerate(planted.rows) if n not in frame], foreign, rng)
    result = Copies(list(planted.rows), frame=dict(frame))
    free, framed = _originals(planted, rng)
    large = min(LARGE_FAMILIES, len(free) // 10)
    for kind, originals, copies, low in (
        (CROWDED, free[:large], LARGE_COPIES, 0.6),
        (PLAIN, free[large : large + FAMILIES], COPIES, 0.3),
        (FRAMED, framed[:TEMPLATED], COPIES, 0.3),
    ):
        for original in originals:
            kept = [rng.uniform(low, 1) ** 0.5 for _ in range(copies)]
            _add_family(result, original, kind, kept, material)
    for name, wanted, question, answer in _lookalikes():
        result.alike[name] = _add_alike(result, wanted, question, answer, material)
    return _shuffled(result, rng)


def _originals(planted: Planted, rng: random.Random) -> tuple[list[int], list[int]]:
    """Rows with a long enough answer that no other has, in random order: those without a template, and those with one
    around the text.
    """
    frame = planted.frame()
    seen = Counter(row["answer"] for row in planted.rows)
    order = rng.sample(range(len(planted.rows)), len(planted.rows))
    free, framed = FAMILIES + LARGE_FAMILIES, TEMPLATED
    found: dict[bool, list[int]] = {False: [], True: []}
    for row in order:
        told, fixed = planted.rows[row], frame.get(row, [])
        ours, most = found[bool(fixed)], framed if fixed else free
        wanted = len(ours) < most and len(told["answer"]) < MOST and seen[told["answer"]] == 1
        if wanted and len(shingles_of(bits_of(told["answer"], fixed))) + WORDS > LEAST:
            ours.append(row)
    return found[False], found[True]


def _add_family(result: Copies, original: int, kind: str, targets: Sequence[float], material: Material) -> None:
    row = result.rows[original]
    first = bits_of(row["answer"], result.frame.get(original, ()))
    members = [(original, first)]
    for number, target in enumerate(targets):
        bits = edited(first, target, material.words, material.rng)
        new = _add(result, {**row, "id": f"{row['id']}-copy{number}"}, bits)
        members.append((new, bits_of(result.rows[new]["answer"], result.frame.get(new, ()))))
    for at, (one, ours) in enumerate(members):
        for other, theirs in members[at + 1 :]:
            result.edges.append(Edge(one, other, likeness_of(ours, theirs), kind))


def _add(result: Copies, row: Row, bits: Sequence[Bit]) -> int:
    """One more row, with this answer; its number."""
    ends = list(accumulate(len(bit.text) for bit in bits))
    spans = [(end - len(bit.text), end) for bit, end in zip(bits, ends, strict=True) if bit.fixed]
    if spans:
        result.frame[len(result.rows)] = spans
    result.rows.append({**row, "answer": "".join(bit.text for bit in bits)})
    return len(result.rows) - 1


@cache
def _lookalikes() -> tuple[tuple[str, int, tuple[Piece, ...], tuple[Piece, ...]], ...]:
    source = tomllib.loads(Path(__file__).with_name("planted_templates.toml").read_text(encoding="utf-8"))
    return tuple(
        (each["name"], each["rows"], pieces_of(each["question"]), pieces_of(each["answer"]))
        for each in source["lookalike"]
    )


def _add_alike(
    result: Copies, wanted: int, question: tuple[Piece, ...], answer: tuple[Piece, ...], material: Material
) -> list[int]:
    """Rows with one frame around other content: no filler of words twice, and the same in question and answer."""
    added: list[int] = []
    pools = {"name": material.names, "topic": material.topics, "sentence": material.sentences}
    drawn = {kind: material.rng.sample(pool, min(wanted, len(pool))) for kind, pool in pools.items()}
    for number in range(min(len(pool) for pool in drawn.values())):
        fillers = {kind: pool[number] for kind, pool in drawn.items()}
        asked, told = (_filled(pieces, fillers, material) for pieces in (question, answer))
        added.append(len(result.rows))
        row = {"id": f"alike-{len(result.rows)}", "question": "".join(bit.text for bit in asked), "context": ""}
        _add(result, row, told)
    return added


def _filled(pieces: Iterable[Piece], fillers: dict[str, str], material: Material) -> list[Bit]:
    parts = ((piece.kind, fillers.get(piece.kind) or piece.text) for piece in pieces)
    return [
        Bit(text if kind in ("fixed", *fillers) else material.fill(Piece(kind, text), {}), True, kind == "fixed")
        for kind, text in parts
    ]


def _shuffled(copies: Copies, rng: random.Random) -> Copies:
    order = list(range(len(copies.rows)))
    rng.shuffle(order)
    now = {old: new for new, old in enumerate(order)}
    edges = [
        Edge(min(one, other), max(one, other), edge.likeness, edge.kind)
        for edge in copies.edges
        for one, other in [(now[edge.one], now[edge.other])]
    ]
    alike = {name: [now[row] for row in rows] for name, rows in copies.alike.items()}
    frame = {now[row]: spans for row, spans in copies.frame.items()}
    return Copies([copies.rows[old] for old in order], edges, alike, frame)
