"""Which layout a file has: every layout is scored on the first readable records, and doubt is an error."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from synlint.corpora.block import Record
from synlint.corpora.hints import keys_seen, unknown_layout
from synlint.corpora.layouts.contract import Reader
from synlint.corpora.layouts.registry import LAST_RESORT, layout_names, load
from synlint.corpora.layouts.renamed import folded_keys, renamed
from synlint.corpora.options import ReadOptions
from synlint.corpora.source import Source
from synlint.errors import CorpusError, UnsupportedFile

SAMPLE = 1000
WINS = 0.95  # share of the sample a layout must fit
MIXED = 0.05  # share from which a second layout is no accident


@dataclass(frozen=True, slots=True)
class Score:
    """How many records of the sample a bound layout fits."""

    reader: Reader
    fits: int
    share: float


def choose(sample: Sequence[Record], source: Source, options: ReadOptions) -> tuple[Reader, Sequence[Reader]]:
    """The reader for a file, and the readers of the layouts that its minority rows may follow."""
    if options.fields or options.layout is not None:
        return _as_told(sample, source, options)
    scores = scored(sample, options)
    if not any(score.share >= WINS for score in scores) and (names := folded_keys(sample)):
        folded = [names_to_canonical(record, names) for record in sample]
        better = [Score(renamed(s.reader, names), s.fits, s.share) for s in scored(folded, options)]
        if any(score.share >= WINS for score in better):
            scores = better
    return _winner(scores, sample, source), [score.reader for score in scores]


def names_to_canonical(record: Record, names: dict[str, str]) -> Record:
    """The record with its keys renamed."""
    return {names.get(key, key): value for key, value in record.items()}


def scored(sample: Sequence[Record], options: ReadOptions) -> list[Score]:
    """Scores of the layouts that fit anything, in order of precedence."""
    scores: list[Score] = []
    for name in layout_names():
        if name == LAST_RESORT and scores:
            continue
        reader = load(name).bind(sample, options)
        if reader is not None and (fits := sum(map(reader.fits, sample))):
            scores.append(Score(reader, fits, fits / len(sample)))
    return scores


def _as_told(sample: Sequence[Record], source: Source, options: ReadOptions) -> tuple[Reader, Sequence[Reader]]:
    """The reader that the options name. It may fit few records, but they must have something to do with it.

    That keys given with --field are there is for `named.py` to see.
    """
    name = "fields" if options.fields else str(options.layout)
    layout = load(name)
    reader = layout.bind(sample, options) or layout.bind([layout.EXAMPLE], options)
    assert reader is not None
    if sample and not options.fields and not any(reader.touches(record) for record in sample):
        raise CorpusError(
            source.shown,
            f"no record of the first {len(sample):,} fits: --layout {name} needs {layout.NEEDS}; "
            f"the keys are {keys_seen(sample)}",
        )
    rivals = [score.reader for score in scored(sample, ReadOptions()) if score.reader.name != name]
    return reader, rivals


def _winner(scores: Sequence[Score], sample: Sequence[Record], source: Source) -> Reader:
    """The first layout by precedence that fits, unless another fits too and reads other answers."""
    winners = [score for score in scores if score.share >= WINS]
    if winners:
        first = winners[0].reader
        for rival in winners[1:]:
            differ = sum(not agree(answers(first, r), answers(rival.reader, r)) for r in sample)
            if differ > MIXED * len(sample):
                raise CorpusError(
                    source.shown,
                    f"can be read in two ways with different answers, as {first.name} and as {rival.reader.name}; "
                    f"say which: `{command(source.typed, first.name)}` or `{command(source.typed, rival.reader.name)}`",
                )
        return first
    parts = sorted((s for s in scores if s.share >= MIXED), key=lambda s: -s.fits)
    if len(parts) > 1:
        a, b = parts[0], parts[1]
        raise CorpusError(
            source.shown,
            f"holds two layouts in one file: {a.share:.0%} of the first {len(sample):,} records read as "
            f"{a.reader.name}, {b.share:.0%} as {b.reader.name}; split the file, or check one part and have the rest "
            f"reported: `{command(source.typed, a.reader.name)}` or `{command(source.typed, b.reader.name)}`",
        )
    if scores:
        best = max(scores, key=lambda s: s.fits)
        # A fit that is as rare as an accident says that these are other records than a corpus has.
        raise (UnsupportedFile if best.share < MIXED else CorpusError)(
            source.shown,
            f"only {best.fits:,} of the first {len(sample):,} records ({best.share:.0%}) read as {best.reader.name}; "
            f"to check those and have the rest reported: `{command(source.typed, best.reader.name)}` "
            f"(keys seen: {keys_seen(sample)})",
        )
    raise UnsupportedFile(source.shown, unknown_layout(sample, source.typed))


def agree(one: set[str], other: set[str]) -> bool:
    """Are the answers the same content under two names? One layout may hold fewer turns of it than the other."""
    return one <= other or other <= one


def answers(reader: Reader, record: Record) -> set[str]:
    """The answers that a layout reads in a record."""
    if not reader.fits(record):
        return set()
    return {turn.text.strip() for turn in reader.turns(record) if turn.role == "assistant" and turn.text}


def command(typed: str, layout: str) -> str:
    """The command that settles the layout."""
    return f"synlint check {shlex.quote(typed)} --layout {layout}"


def other_layout(record: Record, rivals: Sequence[Reader]) -> str | None:
    """The layout that a minority record follows, if it is one that was seen or the usual ones."""
    for reader in rivals:
        if reader.fits(record):
            return reader.name
    for name in layout_names():
        reader_ = load(name).bind([record], ReadOptions())
        if reader_ is not None and reader_.fits(record):
            return name
    return None
