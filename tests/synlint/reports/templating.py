"""Template records as the miner makes them, from pieces: words, and the fillers of a slot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Fillers = Mapping[str, float]


def slot(start: int, number: int, fillers: Fillers, **changes: Any) -> dict[str, Any]:
    """A slot with these fillers and their shares; more fillers are there than are told."""
    return {
        "number": number,
        "start": start,
        "end": start + len(f"<{number}>"),
        "kind": "text",
        "entropy": 7.25,
        "distinct": len(fillers) + 40,
        "dead": False,
        "fillers": [{"text": text, "share": share} for text, share in fillers.items()],
    } | changes


def template(
    *pieces: str | Fillers | tuple[Fillers, Mapping[str, Any]], share: float = 0.1, **changes: Any
) -> dict[str, Any]:
    """A record: words as strings, slots as their fillers, with changes to the slot in a pair."""
    text, slots = "", list[dict[str, Any]]()
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        fillers, other = piece if isinstance(piece, tuple) else (piece, {})
        slots.append(slot(len(text), len(slots) + 1, fillers, **other))
        text += f"<{len(slots)}>"
    ident = f"t-{abs(hash_of(text)):010x}"
    return {
        "id": ident,
        "field": "answer",
        "level": "sentence frame",
        "text": text,
        "rows": round(share * 52_002),
        "share": share,
        "bits": 1234.5,
        "tokens": 8,
        "slots": slots,
        "examples": [text.replace("<1>", "an example"), "another one"],
    } | changes


def hash_of(text: str) -> int:
    """The same in every process."""
    import hashlib

    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=5).digest())


DEAD = {"entropy": 0.4, "dead": True, "distinct": 3}


def templates() -> tuple[dict[str, Any], ...]:
    """Common and rare ones, long ones, dead slots, words that look like a slot, hostile characters, right to left."""
    return (
        template(
            "What is the capital of ", {"France": 0.02, "Perú": 0.01}, "?",
            share=0.162, field="question", level="whole text",
        ),
        template(
            "Context:\n", {"a long text " * 9: 0.001}, "\n\nAnswer ", ({"yes": 0.93, "no": 0.05}, DEAD),
            " or no, in <b>HTML such as <1></b>, " + "and mind what you have been told before " * 6 + "\nQuestion: ",
            {"Where?": 0.004},
            share=0.041, field="question", level="section skeleton",
        ),
        template("Sure! Here is \x1b[31m", {"a \u202elist\x07": 0.3, "": 0.2}, " (שלום עולם)", share=0.071),
        template("東京は", ({"1": 0.2, "2": 0.1}, {"kind": "number", "distinct": 2}), "の首都です👩‍💻。", share=0.02),
        template("A rare frame: ", {"x": 0.5}, share=0.004),
        template("Create a ", {"x": 0.5}, share=0.3, level="opener", tokens=2),
    )  # fmt: skip
