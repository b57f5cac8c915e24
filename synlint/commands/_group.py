"""What `synlint explain` adds for a finding in a group of rows: the others, what differs, the nearest outside."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from synlint.console.last_run import LastRun

FAMILIES = ("DUP", "CON")  # whose clusters are groups of rows that are alike
_SHOWN = 3  # other rows of the group
_WORDS = 400  # of a text that are compared word by word
_MOST_ROWS = 200_000  # corpora with more are not searched for the nearest row outside the group
_FIELDS = ("question", "context", "answer")
_WORD = re.compile(r"\w+|[^\w\s]")
Finding = Mapping[str, Any]
Text = Callable[[Finding, str], str | None]  # a finding's row and a field -> its text, without secrets


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of another row: which row, how alike, which field, the characters that differ."""

    place: Finding
    alike: str
    field: str
    text: str
    differing: tuple[tuple[int, int], ...]


def others_of(finding: Finding, kept: LastRun) -> list[Finding]:
    """The other findings of its group, the most alike first; none where the rule makes no groups of rows."""
    import polars as pl

    if finding["rule"][:3] not in FAMILIES or not finding.get("cluster"):
        return []
    found = pl.scan_parquet(kept.findings).filter(
        (pl.col("rule") == finding["rule"]) & (pl.col("cluster") == finding["cluster"]) & pl.col("row").is_not_null()
    )
    rows = found.sort("score", "path", "row", descending=[True, False, False]).collect().to_dicts()
    here = [finding[name] for name in ("path", "row", "pair")]
    return [row for row in rows if [row[name] for name in ("path", "row", "pair")] != here]


def members(finding: Finding, others: Sequence[Finding], text: Text) -> Iterator[Shown]:
    """The first few others, each in the first field in which it differs from the finding's row."""
    mine = {name: text(finding, name) or "" for name in _FIELDS}
    for other in others[:_SHOWN]:
        theirs = {name: text(other, name) or "" for name in _FIELDS}
        differing = [name for name in _FIELDS if mine[name] != theirs[name]]
        name = differing[0] if differing else finding["field"] or "answer"
        alike = "the same, letter for letter" if not differing else other["message"]
        yield Shown(other, alike, name, theirs[name], differences(mine[name], theirs[name]))


def place_of(finding: Finding, path: str) -> str:
    """`data.jsonl:12`, or with the number of the row; `path` leads to the file from here."""
    return f"{path}:{finding['line']}" if finding["line"] is not None else f"{path}:row {finding['row']}"


def differences(one: str, other: str) -> tuple[tuple[int, int], ...]:
    """The ranges of characters of `other` whose words are not those of `one`, case apart; of long texts the first."""
    mine = [match[0].lower() for match in _WORD.finditer(one)][:_WORDS]
    theirs = list(_WORD.finditer(other))[:_WORDS]
    compared = difflib.SequenceMatcher(a=mine, b=[match[0].lower() for match in theirs], autojunk=False)
    return tuple(
        (theirs[first].start(), theirs[last - 1].end())
        for kind, _, _, first, last in compared.get_opcodes()
        if kind in ("replace", "insert") and last > first
    )


def nearest_outside(finding: Finding, others: Sequence[Finding], kept: LastRun) -> tuple[Finding, float] | None:
    """The row that is most like the finding's own in every field, and is not in its group; None if none is alike at
    all, or the corpus is too large to look through.
    """
    if kept.rows > _MOST_ROWS:
        return None
    from synlint.analysis.duplicates.nearest import Nearest

    inside = {(other["path"], other["row"], other["pair"]) for other in (finding, *others)}
    search: Nearest | None = None
    for path, frame in batches_of(kept):
        if path == finding["path"] and len(own := frame.filter(row=finding["row"], pair=finding["pair"])):
            search = Nearest.to(own)
            break
    if search is None:
        return None
    for path, frame in batches_of(kept):
        search.look(path, frame, inside)
    return search.found


def group_lines(
    finding: Finding,
    kept: LastRun,
    text: Text,
    show: Callable[[str, Sequence[tuple[int, int]]], Iterator[str]],
) -> Iterator[str]:
    """What is said of the finding's group; nothing where it has none. `show` writes a text with places underlined."""
    from synlint.commands._found import here
    from synlint.reports.escape import visible

    others = others_of(finding, kept)
    if not others:
        return
    yield ""
    at = here(kept)
    yield f"The others of its group ({len(others):,})"
    for shown in members(finding, others, text):
        path = str(shown.place["path"])
        yield visible(f"  {place_of(shown.place, at.get(path, path))}  {shown.alike}")
        yield from (f"    {line}".rstrip() for line in show(shown.text, shown.differing))
    if len(others) > _SHOWN:
        yield f"  and {len(others) - _SHOWN:,} more: synlint explain {finding['rule']}"
    nearest = nearest_outside(finding, others, kept)
    if nearest is None:
        return
    place, likeness = nearest
    yield ""
    where = place_of(place, at.get(str(place["path"]), str(place["path"])))
    yield visible(f"The nearest outside the group  {where}  {likeness:.2f} alike")
    mine, theirs = text(finding, "answer") or "", text({**finding, **place}, "answer") or ""
    yield from (f"    {line}".rstrip() for line in show(theirs, differences(mine, theirs)))


def batches_of(kept: LastRun) -> Iterator[tuple[str, pl.DataFrame]]:
    """The corpus of the last run, batch by batch, each with its file's path; of files that have changed nothing."""
    from synlint.corpora.open import open_corpus
    from synlint.session import read_options
    from synlint.settings import Settings

    reading = {name: kept.settings[name] for name in ("layout", "fields", "source_field", "branch")}
    corpus = open_corpus(kept.paths, read_options(Settings(**reading)))
    for batch in corpus.batches():
        file = corpus.files[batch.file]
        if file.digest == kept.digests.get(file.path):
            yield file.path, batch.frame
