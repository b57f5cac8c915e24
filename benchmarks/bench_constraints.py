"""How well constraints are recognised in questions, and their breaches in answers: results/constraints.md.

Usage: python benchmarks/bench_constraints.py   (corpora: SYNLINT_CORPORA). The truth is IFEval's: the instruction ids
and parameters of its prompts, and its own checkers' verdicts on answers of GPT-4. The rows are split by a hash of their
id; the recognisers were written with the first half open on the desk and the second one shut.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from measure import corpora, lines_of, machine, save

from synlint.analysis.constraints.model import Constraint
from synlint.analysis.constraints.registry import KINDS, constraints_of
from synlint.rulebook.human import wilson

Row = Mapping[str, Any]
HALVES = ("tuned on", "held out")
HEAD = """Constraints recognised from the wording of IFEval's prompts, and breaches found in GPT-4's answers to them
(264 of the 541 prompts; Zhou et al. 2023, arXiv 2311.07911). {machine}

The rows are split by the parity of blake2b(id). The recognisers and checkers were written with one half in view; of the
other only totals were seen, none of its errors. Precision and recall with 95 % Wilson intervals.

IFEval's verdicts are those of its own checkers: an answer such as `A` that its language guesser does not take for
English counts there as a breach of "all in capitals". What a prompt demands but IFEval does not list (capitals in a
prompt that is listed for its placeholders, English in those that ask for capitals in English) counts here as a false
alarm.

## Rows with a breach

| half | rows | with a breach | found | right | precision | recall |
|---|--:|--:|--:|--:|---|---|
"""
TYPES = """
## Recognition, by type

*Prompts*: how many have the instruction. *Found*: how many we say have it. *Parameters*: of the prompts rightly found,
those with the same number, words or language as IFEval's (where IFEval gives parameters). Right and wrong are over both
halves; the last column is the recall on the held-out half.

| type | prompts | found | right | precision | recall | parameters | recall, held out |
|---|--:|--:|--:|---|---|--:|--:|
"""


def half_of(name: str) -> int:
    """0 or 1, by a hash of the row's id."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big") % 2


def rows_of(folder: Path) -> list[dict[str, Any]]:
    """The labelled rows, each with IFEval's parameters under "kwargs"."""
    prompts = map(json.loads, lines_of(folder / "raw" / "ifeval_input_data_half.jsonl.gz"))
    known = {prompt["prompt"]: prompt["kwargs"] for prompt in prompts}
    rows = map(json.loads, lines_of(folder / "labelled_ifeval_gpt4.jsonl.gz"))
    return [{**row, "kwargs": known[row["question"]]} for row in rows]


def is_found(row: Row) -> bool:
    """Whether we say that the answer breaks a constraint of its question."""
    return any(one.check(row["answer"], row["question"]).broken for one in constraints_of(row["question"]))


def share(hits: int, of: int) -> str:
    """A share in per cent, with its Wilson interval."""
    if not of:
        return "-"
    low, high = wilson(hits, of)
    return f"{hits / of:.0%} ({low:.0%} to {high:.0%})"


def breaches(rows: Sequence[Row]) -> str:
    """The table of rows, a line for each half."""
    lines = []
    for half, name in enumerate(HALVES):
        mine = [row for row in rows if half_of(row["id"]) == half]
        found = [row for row in mine if is_found(row)]
        broken = sum(not row["label"]["follow_all"] for row in mine)
        right = sum(not row["label"]["follow_all"] for row in found)
        lines.append(
            f"| {name} | {len(mine)} | {broken} | {len(found)} | {right} | {share(right, len(found))}"
            f" | {share(right, broken)} |\n"
        )
    return "".join(lines)


def agrees(one: Constraint, truth: Mapping[str, Any]) -> bool:
    """Whether a demand has the parameters that IFEval gives it."""
    demand = one.demand
    relation = truth.get("relation") or truth.get("let_relation") or truth.get("capital_relation") or "at least"
    numbers = [value for key, value in truth.items() if key.startswith(("num_", "frequency", "let_f", "capital_f"))]
    # the number of paragraphs of an instruction on one paragraph is a constraint of its own with us
    if numbers and "first_word" not in truth:
        bound = demand.most if relation == "less than" else demand.least
        if bound != (numbers[0] - 1 if relation == "less than" else numbers[0]):
            return False
    named = [truth[key] for key in ("keyword", "letter", "language", "end_phrase", "first_word") if truth.get(key)]
    said = {word.lower().strip(" .?!") for word in (*demand.words, demand.text)}
    listed = truth.get("keywords") or truth.get("forbidden_words") or []
    return all(str(word).lower().strip(" .?!") in said for word in [*named, *listed])


def recognition(rows: Sequence[Row]) -> str:
    """The table of types."""
    prompts: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    same: Counter[str] = Counter()
    held: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        demands = constraints_of(row["question"])
        ours, truth = {one.kind.id for one in demands}, set(row["label"]["instructions"])
        prompts.update(truth)
        found.update(ours)
        right.update(ours & truth)
        if half_of(row["id"]):
            held.update((kind, kind in ours) for kind in truth)
        for kind, given in zip(row["label"]["instructions"], row["kwargs"], strict=True):
            given = {key: value for key, value in given.items() if value is not None and key != "prompt_to_repeat"}
            if given and kind in ours:
                judged[kind] += 1
                same[kind] += any(agrees(one, given) for one in demands if one.kind.id == kind)
    lines = []
    for kind in (*KINDS, "all"):
        n, f, r, j, s = (
            sum(counts.values()) if kind == "all" else counts[kind] for counts in (prompts, found, right, judged, same)
        )
        yes, no = (
            sum(count for (name, hit), count in held.items() if hit is wanted and kind in (name, "all"))
            for wanted in (True, False)
        )
        parameters = f"{s}/{j}" if j else "-"
        lines.append(
            f"| {kind} | {n} | {f} | {r} | {share(r, f)} | {share(r, n)} | {parameters} | {yes}/{yes + no} |\n"
        )
    return "".join(lines)


def main() -> int:
    rows = rows_of(corpora())
    save("constraints.md", HEAD.format(machine=machine()) + breaches(rows) + TYPES + recognition(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
