"""The way in: paths to a corpus whose files are found, unpacked, recognised and ready to be read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from synlint.corpora.block import Limits, Record
from synlint.corpora.columns import bind_extras, check_group
from synlint.corpora.containers.sniff import HEAD, Container, latin1, sniff
from synlint.corpora.detect import SAMPLE, choose
from synlint.corpora.layouts import preference
from synlint.corpora.layouts.registry import load
from synlint.corpora.named import check_named
from synlint.corpora.options import FIELD_NAMES, MIB, ReadOptions
from synlint.corpora.paths import STDIN, STDIN_SHOWN, Found, find
from synlint.corpora.read import Corpus, CorpusFile
from synlint.corpora.read_as import described
from synlint.corpora.source import Source, Sources, head_of, source_of
from synlint.errors import CorpusError, UnsupportedFile, UsageError
from synlint.model import Failure, Problem

MOST_BLOCKS = 64  # of unreadable records, before a file is given up


def open_corpus(paths: Sequence[str], options: ReadOptions | None = None) -> Corpus:
    """Find and recognise the files. Files that cannot be read are in `failures`; the others go on."""
    options = options or ReadOptions()
    return open_found(find(paths, options.exclude), options)


def open_found(found: Found, options: ReadOptions) -> Corpus:
    """Recognise files that were found before, and may have got other names to be shown."""
    return recognised(sources_of(found, options), options)


def sources_of(found: Found, options: ReadOptions) -> Sources:
    """The files that were found, each with its digest; standard input and remote files are copied first."""
    check_options(options)
    openers: list[Callable[[], Source]] = [
        partial(source_of, path, shown, typed=found.typed[path]) for path, shown in found.files
    ]
    if found.remote:
        from synlint.corpora.remote import spooled_remote

        openers += [partial(spooled_remote, url) for url in found.remote]
    if found.stdin:
        openers.append(lambda: spooled_stdin(options.stdin))
    return Sources(tuple(opened(opener) for opener in openers), tuple(found.errors))


def opened(opener: Callable[[], Source]) -> Source | CorpusError:
    """A source, or why it cannot be read."""
    try:
        return opener()
    except CorpusError as err:
        return err


def recognised(sources: Sources, options: ReadOptions) -> Corpus:
    """Container and layout of each file; the corpus of those that can be read."""
    failures = [Failure(cause=str(err), path=err.path) for err in sources.missing]
    files: list[CorpusFile] = []
    skipped: list[tuple[str, str]] = []
    for item in sources.items:
        if isinstance(item, CorpusError):
            failures.append(Failure(cause=str(item), path=item.path))
            continue
        try:
            file = recognise(item, options)
        except CorpusError as err:
            if options.skip_unsupported and isinstance(err, UnsupportedFile):
                skipped.append((err.path, err.problem))
                continue
            failures.append(Failure(cause=str(err), path=err.path))
            continue
        if file is not None:
            files.append(file)
    check_group([file.extras for file in files])
    check_branch(files, options)
    return Corpus(files, failures, options, skipped)


def check_options(options: ReadOptions) -> None:
    """Refuse options that make no sense, before any file is touched."""
    if options.layout is not None:
        load(options.layout)
    unknown = [name for name in options.fields if name not in FIELD_NAMES]
    if unknown:
        raise UsageError(f"--field {unknown[0]}=...: the fields are {', '.join(FIELD_NAMES)}")
    if options.fields and options.layout is not None:
        raise UsageError("--layout and --field exclude each other: --field already names every key")
    if options.fields and not {"question", "answer"} & set(options.fields):
        raise UsageError("--field: name at least the question or the answer")
    if options.batch_rows < 1 or options.batch_bytes < 1:
        raise UsageError("a batch needs at least one row and one byte")


def check_branch(files: Sequence[CorpusFile], options: ReadOptions) -> None:
    """Refuse `--branch rejected` where nothing has branches: the answers checked would not be those asked for."""
    layouts = sorted({file.reader.name for file in files})
    if options.branch != "chosen" and layouts and preference.NAME not in layouts:
        raise UsageError(
            f"--branch {options.branch}: only preference pairs have branches (a file with {preference.NEEDS}); "
            f"this corpus reads as {' and '.join(layouts)}"
        )


def recognise(source: Source, options: ReadOptions) -> CorpusFile | None:
    """Container and layout of one source; None for an empty file where empty files are allowed."""
    head = head_of(source, HEAD)
    if not head.removeprefix(b"\xef\xbb\xbf").strip():
        if options.allow_empty:
            return None
        what = "holds nothing but white space" if head else "is empty"
        raise CorpusError(source.shown, f"{what}: there is nothing to check (--allow-empty accepts it)")
    container = sniff(source, head)
    sample, seen, trouble, values = _sample(source, container, options)
    if seen == 0:
        if options.allow_empty:
            return None
        raise CorpusError(source.shown, "holds no record: there is nothing to check (--allow-empty accepts it)")
    if not sample and trouble is not None and options.layout is None and not options.fields:
        count = "its only record cannot" if seen == 1 else f"none of its first {seen:,} records can"
        kind = UnsupportedFile if values else CorpusError
        hint = f"; {latin1(source)}" if trouble.kind == "invalid-utf8" else ""
        raise kind(source.shown, f"{count} be read ({trouble.kind}: {trouble.detail}){hint}", line=trouble.line)
    check_named(source, container, sample, options)
    reader, rivals = choose(sample, source, options)
    how = described(reader, sample, options)
    extras = bind_extras(sample, options)
    if trouble is not None and trouble.kind == "invalid-utf8":
        told = f"{source.shown} is not all UTF-8; {latin1(source)}"
        extras = replace(extras, remark=told if extras.remark is None else f"{extras.remark}; {told}")
    return CorpusFile(source, container, reader, extras, rivals, how)


class _Sample(NamedTuple):
    """The first readable records, how many were tried for them, and the first trouble met.

    `values`: all trouble was with sound JSON that is no record, such as a list of numbers.
    """

    records: list[Record]
    seen: int
    trouble: Problem | None
    values: bool


def _sample(source: Source, container: Container, options: ReadOptions) -> _Sample:
    """Read up to `SAMPLE` records.

    A file that breaks off after some records is read as far as it goes: the batches end with its error.
    """
    sample: list[Record] = []
    seen = 0
    trouble: Problem | None = None
    values = True
    limits = Limits(SAMPLE, 8 * MIB, options.max_record_bytes)
    try:
        for block, _ in islice(container.blocks(source, limits), MOST_BLOCKS):
            sample += block.records[: SAMPLE - len(sample)]
            seen += block.seen
            trouble = trouble or next(iter(block.problems), None)
            values = values and all(problem.kind == "not-an-object" for problem in block.problems)
            if len(sample) >= SAMPLE:
                break
    except CorpusError:
        if not sample:
            raise
    return _Sample(sample, seen, trouble, values)


def spooled_stdin(stream: BinaryIO | None) -> Source:
    """Standard input on disk, as it is read more than once."""
    from synlint.corpora.spool import spool

    incoming = stream if stream is not None else cast(BinaryIO, sys.stdin.buffer)
    file = spool(iter(lambda: incoming.read(MIB), b""))
    return source_of(Path(file.name), STDIN_SHOWN, typed=STDIN, keep=file)
