"""What near-duplicate detection finds of planted copies, and which look-alikes it takes for copies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from exact_join import Edges, likeness, shingles_of
from planted import Planted, Row
from planted_copies import Copies, bits_of, likeness_of

THRESHOLD = 0.8
OTHER = 0.5  # likeness below which two rows of one template have other content
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Two rows taken for copies that are none. `likeness`: of what is not a template's, in the field where least."""

    one: str
    other: str
    kind: str  # of both: a family, look-alikes, the template that they have, or the host's own
    likeness: float


@dataclass(slots=True)
class CopyScore:
    """`edges`: kind -> planted pairs that are alike to the threshold, and those of them that were found; `missed`: how
    alike those are that were not found, and how alike they were found to be (0: not compared); `called`: pairs with a
    planted row taken for copies; `alike`: kind of look-alikes -> their pairs, and those taken for copies.
    """

    edges: dict[str, Pair] = field(default_factory=dict)
    missed: list[tuple[float, float]] = field(default_factory=list)
    called: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    alike: dict[str, Pair] = field(default_factory=dict)
    same_frame: int = 0  # pairs of one planted template with other content, taken for copies

    @property
    def recall(self) -> float:
        true, found = (sum(counts) for counts in zip(*self.edges.values(), strict=True))
        return float(found / max(true, 1))

    @property
    def precision(self) -> float:
        return 1 - len(self.wrong) / max(self.called, 1)


def score_copies(copies: Copies, planted: Planted, groups: Sequence[Iterable[int]], edges: Edges) -> CopyScore:
    """Compare what was found with the truth. `groups`: unit -> its rows, in order; `edges`: how like units are."""
    result = CopyScore()
    unit = {row: number for number, rows in enumerate(groups) for row in rows}
    first = [next(iter(rows)) for rows in groups]
    known = {(unit[edge.one], unit[edge.other]): edge.likeness for edge in copies.edges}
    known |= {(b, a): value for (a, b), value in known.items()}
    called = {pair for pair, value in edges.items() if value >= THRESHOLD}
    for edge in copies.edges:
        if edge.likeness >= THRESHOLD:
            a, b = sorted((unit[edge.one], unit[edge.other]))
            hit = a == b or (a, b) in called
            true, found = result.edges.get(edge.kind, (0, 0))
            result.edges[edge.kind] = true + 1, found + hit
            result.missed += [] if hit else [(edge.likeness, edges.get((a, b), 0.0))]
    kinds = _kinds(copies, planted)
    for a, b in sorted(called):
        one, other = first[a], first[b]
        ours = kinds.get(one, set()), kinds.get(other, set())
        if not (ours[0] or ours[1]):
            continue  # the host's own
        result.called += 1
        value = known.get((a, b))
        value = content_likeness(copies, one, other) if value is None else value
        if value < THRESHOLD:
            both = ours[0] & ours[1]
            result.wrong.append(Wrong(str(copies.rows[one]["id"]), str(copies.rows[other]["id"]),
                                      " and ".join(sorted(both)) or "other rows", value))  # fmt: skip
            result.same_frame += value < OTHER and any(kind.startswith("template ") for kind in both)
    for name, rows in copies.alike.items():
        units = {unit[row] for row in rows}
        found = len(rows) - len(units) + sum(a in units and b in units for a, b in called)
        result.alike[name] = len(rows) * (len(rows) - 1) // 2, found
    return result


def _kinds(copies: Copies, planted: Planted) -> dict[int, set[str]]:
    """What was planted in each row: copies, look-alikes, templates (by the ids of the rows: new ones were put in)."""
    found: dict[int, set[str]] = {}
    for edge in copies.edges:
        for row in (edge.one, edge.other):
            found.setdefault(row, set()).add("copies")
    for name, rows in copies.alike.items():
        for row in rows:
            found.setdefault(row, set()).add(f"look-alikes, {name}")
    now: dict[str, list[int]] = {}
    for number, told in enumerate(copies.rows):
        now.setdefault(str(told["id"]).partition("-copy")[0], []).append(number)
    for name, spans in planted.spans.items():
        for before in spans:
            for row in now[str(planted.rows[before]["id"])]:
                found.setdefault(row, set()).add(f"template {name}")
    return found


def content_likeness(copies: Copies, one: int, other: int) -> float:
    """How alike two rows are in the field where they are least: all words of question and context, and those words of
    the answer that are no planted template's.
    """
    ours, theirs = copies.rows[one], copies.rows[other]
    answers = (bits_of(copies.rows[row]["answer"], copies.frame.get(row, ())) for row in (one, other))
    asked = (likeness(*(shingles_of(str(row.get(name) or "")) for row in (ours, theirs)))
             for name in ("question", "context"))  # fmt: skip
    return min(likeness_of(*answers), *asked)


def found_by_synlint(rows: Sequence[Row], masked: bool) -> tuple[list[list[int]], Edges]:
    """The units of a corpus (rows that differ in punctuation at most), and how like those are that DUP003 compares."""
    from synlint.analysis.corpus_texts import observe, pair_keys
    from synlint.analysis.duplicates.pairs import near_pairs
    from synlint.testing import frame_of

    batch = frame_of(rows)
    found = near_pairs(observe(batch, None), THRESHOLD, masked=masked)
    number = {plain: at for at, plain in enumerate(found.units["plain"].to_list())}
    groups: list[list[int]] = [[] for _ in number]
    for row, plain in enumerate(pair_keys(batch)["plain"].to_list()):
        if plain in number:
            groups[number[plain]].append(row)
    pairs = zip(found.edges.one.tolist(), found.edges.other.tolist(), strict=True)
    return groups, dict(zip(pairs, found.edges.likeness.tolist(), strict=True))
