"""Building blocks that several rules share: what an opener is, a corpus rule over it, the score of a finding.

Rules may import this beside `synlint.model` and `synlint.states`; users' own rules may as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from random import Random
from typing import Annotated, ParamSpec, overload

import polars as pl

from synlint.model import Conclusion, CorpusHit, Measure
from synlint.states import CountTable

P = ParamSpec("P")


@dataclass(frozen=True)
class OpenerParams:
    """What counts as an opener, and how common it may be."""

    words: Annotated[int, "how many leading words make an opener"] = 3
    characters: Annotated[int, "how many leading characters do, in scripts without spaces"] = 6
    min_words: Annotated[int, "shorter texts are not counted"] = 8
    max_share: Annotated[float, "largest share of the texts that one opener may have"] = 0.10
    error_share: Annotated[float, "from this share on it is an error"] = 0.50


_SPACELESS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_MARKS = r"[^\p{L}\p{N}]*"  # quotes, bullets, punctuation and white space
_WORD = r"[^\s\p{L}\p{N}]*[\p{L}\p{N}]\S*"
_GAP = r"\s+(?:[^\s\p{L}\p{N}]+\s+)*"  # what is punctuation only is no word
_HEAD = 160  # characters that hold the first eight words of nearly every text
_SHORT = 40  # characters of a text that may be nothing but its opener
_REPEATED = 0.9  # of the texts that begin so, this share is one text, over and over
# Settings before the text proper: lines of "key: value", and the descriptions of tools, which end in a signature.
_HEADER = r"^(?:[A-Za-z][\w -]{0,30}: ?[^\n.?!\"“]{1,80}\n+)+(?:(?s:.*)\n\w+\([^()\n]*\)\n+)?"


_SYLLABLES = ("ba", "ke", "li", "mon", "ra", "tu", "sel", "vo", "di", "gan", "pe", "shu", "no", "fi", "wer", "zo", "ha")


def free_text(n: int) -> str:
    """Six to twelve made-up words in no order, other ones for each n: what examples of rules have in their slots."""
    chance = Random(n)
    return " ".join("".join(chance.choices(_SYLLABLES, k=2)) for _ in range(chance.randint(6, 12)))


class LaterRows(Sequence[Mapping[str, str | None]]):
    """Rows of an example that are made when somebody looks at them: a check has no use for them."""

    def __init__(self, make: Callable[[], Sequence[Mapping[str, str | None]]]) -> None:
        self._make = make
        self._made: Sequence[Mapping[str, str | None]] | None = None

    def _rows(self) -> Sequence[Mapping[str, str | None]]:
        if self._made is None:
            self._made = self._make()
        return self._made

    @overload
    def __getitem__(self, at: int) -> Mapping[str, str | None]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Mapping[str, str | None]]: ...
    def __getitem__(self, at: int | slice) -> Mapping[str, str | None] | Sequence[Mapping[str, str | None]]:
        return self._rows()[at]

    def __len__(self) -> int:
        return len(self._rows())

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return tuple, ()  # rules travel to workers without their examples, which nobody asks for there


def made_later(make: Callable[P, Sequence[Mapping[str, str | None]]]) -> Callable[P, LaterRows]:
    """The function, put off until somebody looks at the rows that it makes."""

    @wraps(make)
    def later(*args: P.args, **kwargs: P.kwargs) -> LaterRows:
        return LaterRows(lambda: make(*args, **kwargs))

    return later


@made_later
def free_rows(rows: int, **forms: str) -> list[Mapping[str, str | None]]:
    """So many rows: in each field its form, with a free text of its own wherever the form says {}."""
    return [
        {name: form.format(*(free_text(n + at) for at in range(form.count("{}")))) for name, form in forms.items()}
        for n in range(rows)
    ]


def opener(field: str, p: OpenerParams) -> pl.Expr:
    """The field's opener, lower-cased and without punctuation; null where the text is too short to count.

    A question that begins with a header begins behind it, unless nothing worth counting is left there.
    """
    return _plain(_written(field, p))


def openers(batch: pl.DataFrame, field: str, p: OpenerParams) -> CountTable:
    """Count the openers of a batch: the state of a rule that ends in `common_openers`.

    A key holds the opener as it is written, and the text itself where there is hardly more to it.
    """
    found = batch.select(_written(field, p).str.replace_all(r"\s+", " ").alias("written"), _whole(field).alias("whole"))
    keys = found.drop_nulls("written").select(pl.concat_str("written", "whole", separator="\t"))
    return CountTable.of(keys.to_series())


def _written(field: str, p: OpenerParams) -> pl.Expr:
    """The opener as the text has it."""
    text = pl.col(field)
    return pl.coalesce(_leading(_body(text), p), _leading(text, p)) if field == "question" else _leading(text, p)


def _body(text: pl.Expr) -> pl.Expr:
    return text.str.replace(_HEADER, "")


def _whole(field: str) -> pl.Expr:
    text = pl.col(field).str.strip_chars()
    return pl.when(text.str.len_chars() <= _SHORT).then(text.str.replace_all(r"\s+", " ")).otherwise(pl.lit(""))


def _leading(text: pl.Expr, p: OpenerParams) -> pl.Expr:
    head = text.str.head(_HEAD).str.replace_all(r"(?i)\b(i)['’]m\b", "$1 am")
    more_words, more_characters = max(p.min_words - p.words, 0), max(p.min_words - p.characters, 0)
    words = head.str.extract(rf"^{_MARKS}({_WORD}(?:{_GAP}{_WORD}){{{p.words - 1}}})(?:\s+\S+){{{more_words}}}")
    character = rf"{_MARKS}{_SPACELESS}"
    spaceless = head.str.extract(
        rf"^((?:{character}){{{p.characters}}})(?:{_MARKS}[\p{{L}}\p{{N}}]){{{more_characters}}}"
    )
    return pl.coalesce(spaceless.str.replace_all(r"[^\p{L}\p{N}]+", ""), words)


def _plain(written: pl.Expr) -> pl.Expr:
    # Punctuation is taken off the few characters that are left, not off the texts: half the cost.
    plain = written.str.to_lowercase().str.replace_all("’", "'", literal=True).str.replace_all(r"[^\p{L}\p{N}']+", " ")
    return plain.str.strip_chars(" '")


def _quoted(written: pl.Expr) -> pl.Expr:
    """Fit to be quoted: no marks but those that end a word inside it."""
    words = written.str.replace_all(r"[^\p{L}\p{N}'’,.!?:;-]+", " ").str.replace_all(r"(^|\s)[^\p{L}\p{N}\s]+", " ")
    return words.str.replace_all(r"\s+", " ").str.replace(r"^[^\p{L}\p{N}]+", "").str.replace(r"[^\p{L}\p{N}]+$", "")


def common_openers(field: str, seen: CountTable, p: OpenerParams, min_rows: int) -> Conclusion:
    """The openers that more than `max_share` of the texts have, the rows that have them, and the commonest's share.

    They are quoted as they are most often written. One text that is repeated is none, however often it comes.
    """
    if seen.rows < min_rows:
        return Conclusion(judged=False)
    split = pl.col("key").str.splitn("\t", 2).struct.rename_fields(["written", "whole"]).alias("of")
    table = seen.table().select(split, "n").unnest("of")
    table = table.with_columns(_plain(pl.col("written")).alias("opener"), _quoted(pl.col("written")).alias("quoted"))
    counts = table.group_by(key="opener").agg(pl.col("n").sum())
    whole = CountTable(seen.rows, [counts])
    common = {hit.evidence: hit for hit in common_keys(field, whole, p.max_share) if not _is_one_text(table, hit)}
    metrics = {f"top_{field}_opener_share": Measure(whole.top_share(), seen.rows, p.max_share)}
    if not common:
        return Conclusion(metrics=metrics)
    quoted = {key: _commonest(table, key, "quoted")[0] for key in common}
    found = opener(field, p)
    return Conclusion(
        hits=[
            replace(hit, evidence=quoted[key], key=key, severity="error" if hit.value >= p.error_share else None)
            for key, hit in common.items()
        ],
        mark=found.is_in(list(common)),
        evidence=found.replace_strict(quoted, default=None, return_dtype=pl.String),
        span=pl.coalesce(*(pl.when(found == key).then(_place(field, key)) for key in common)),
        metrics=metrics,
    )


def _commonest(table: pl.DataFrame, key: str, column: str) -> tuple[str, int]:
    """The commonest of what `column` holds for an opener, and how often; of equals, the first."""
    forms = table.filter(pl.col("opener") == key).group_by(column).agg(pl.col("n").sum())
    form, n = forms.sort(["n", column], descending=[True, False]).row(0)
    return str(form), int(n)


def _is_one_text(table: pl.DataFrame, hit: CorpusHit) -> bool:
    whole, times = _commonest(table, hit.evidence, "whole")
    return bool(whole) and times >= _REPEATED * hit.rows


def _place(field: str, key: str) -> pl.Expr:
    """Where the text has the opener `key`: a struct of `start` and `end`, in characters; null where it has not."""
    pieces = key.split() if " " in key else list(key)
    gap = r"[^\p{L}\p{N}]+" if " " in key else _MARKS
    pattern = gap.join(map(re.escape, pieces)).replace("'", "['’]").replace(rf"i{gap}am", rf"i(?:['’]|{gap}a)m")
    text = pl.col(field)
    parts = (_body(text), text) if field == "question" else (text,)
    starts = [text.str.len_chars() - part.str.len_chars() + _length(part, rf"^({_MARKS}){pattern}") for part in parts]
    ends = [start + _length(part, rf"^{_MARKS}({pattern})") for start, part in zip(starts, parts, strict=True)]
    return pl.struct(pl.coalesce(starts).alias("start"), pl.coalesce(ends).alias("end"))


def _length(text: pl.Expr, pattern: str) -> pl.Expr:
    return text.str.extract(f"(?i){pattern}").str.len_chars()


def common_keys(field: str, seen: CountTable, limit: float) -> list[CorpusHit]:
    """A finding for each key that more than `limit` of the texts have; the commonest first."""
    return [corpus_hit(field, key, share, limit, n) for key, n, share in seen.above(limit).iter_rows()]


def share_of(count: int, texts: int, limit: float | None = None) -> Measure:
    """The metric `count` of so many texts, with the largest share that the rule tolerates."""
    return Measure(count / texts, texts, limit)


def corpus_hit(field: str, evidence: str, value: float, limit: float, rows: int, key: str | None = None) -> CorpusHit:
    """A finding about the corpus, scored by how far `value` has left its limit behind.

    `key` is what it is known by in another version of the corpus, where the evidence holds numbers that change.
    """
    return CorpusHit(evidence, value, limit, rows, field=field, score=score_of(value, limit), key=key)


def score_of(value: float, limit: float) -> float:
    """How far a value has left its limit behind: 0.5 at the limit, towards 1 above it."""
    ratio = value / limit if limit > 0 else 1e9
    return ratio / (1 + ratio)
