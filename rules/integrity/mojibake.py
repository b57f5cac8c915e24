"""Text was decoded with the wrong encoding: "cafÃ©" for "café".

The damage was done before the row reached this file, and a model trained on it writes the debris into its answers.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from synlint.analysis.encoding import SCREEN, broken_stretches
from synlint.model import TEXT_FIELDS, Example, Fix, Gate, Hit, Rule, Span

RULE = Rule(
    code="INT007",
    name="mojibake",
    summary="text was decoded with the wrong encoding",
    message="wrongly decoded: {evidence}",
    description=(
        'A stretch of characters that arises when bytes of one encoding are read as another\'s, such as "cafÃ©", '
        '"itâ€™s", "Â£5" or a control character where Windows has a dash, and that reads as text when this is '
        "undone. Accented letters, other scripts and characters that were lost for good (INT010) are not meant. Of "
        "the human corpora only T0 holds any, in the film reviews and news that it was made from."
    ),
    rationale=(
        "The damage was done before the row reached this file. The tokenizer cuts such text into rare pieces, and "
        "a model that is trained on it writes the debris into its own answers."
    ),
    severity="warning",
    confidence="high",
    fields=TEXT_FIELDS,
    gate=Gate(by="share", warn=0.001),
    fix=Fix("fix_encoding"),
    aliases=("FMT003", "garbled-characters"),
    examples_match=(
        Example(
            fields={"answer": "The cafÃ© opens at nine."},
            span=Span(7, 9),
            fixed={"answer": "The café opens at nine."},
        ),
        Example(fields={"answer": "Itâ€™s raining."}, span=Span(2, 5)),
        Example(fields={"answer": "The ticket costs Â£5."}, span=Span(17, 19)),
        Example(fields={"question": "A film of 1963 \u0096 a good one?", "answer": "Yes."}, span=Span(15, 16)),
        Example(fields={"answer": "ÐŸÑ€Ð¸Ð²ÐµÑ‚ means hello."}, note="Russian, read as Windows-1252"),
    ),
    examples_no_match=(
        Example(fields={"answer": "The café opens at nine. São Paulo, Ângela, crème brûlée, naïve."}, note="accents"),
        Example(fields={"answer": "It’s 5 € – or £4… «voilà»"}, note="real punctuation"),
        Example(fields={"answer": "Ça va? Â la bonne heure."}),
        Example(fields={"answer": "Привет, 你好, こんにちは, γειά"}, note="other scripts"),
        Example(fields={"answer": "Pronounced /œːvr/ in French."}, note="phonetic signs"),
    ),
    references=(("ftfy: fixes text for you", "https://ftfy.readthedocs.io/"),),
)


def screen(_: None) -> pl.Expr:
    """Some field holds more bytes than characters."""
    return pl.any_horizontal(pl.col(name).str.len_bytes() != pl.col(name).str.len_chars() for name in RULE.fields)


def look(batch: pl.DataFrame, _: None) -> Sequence[Hit]:
    hits = []
    for name in RULE.fields:
        texts = batch[name]
        for at in texts.str.contains(SCREEN).arg_true().to_list():
            for broken in broken_stretches(texts[at]):
                shown = f"{broken.text[:40]!r} should read {broken.meant[:40]!r}"
                hits.append(Hit(at, name, broken.start, broken.end, shown))
    return hits
