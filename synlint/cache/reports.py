"""Whole reports by everything that they depend on: the second run on unchanged files reads the first one's report."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from synlint import model
from synlint.cache.codec import decode, encode, frame_bytes, frame_from, table_of
from synlint.cache.folder import CacheFolder, Entry, keep_all, parts_into
from synlint.cache.key import digest_of, fields_of
from synlint.cache.toolchain import file_digest, imported_files, model_digest, models_used, rules_digests, toolchain
from synlint.engine.findings import FindingStore

if TYPE_CHECKING:
    import zipfile
    from pathlib import Path

    from synlint.cache.files import KeptFiles
    from synlint.corpora.options import ReadOptions
    from synlint.corpora.read import Corpus
    from synlint.corpora.source import Sources
    from synlint.engine.options import RunOptions
    from synlint.model import Report, Rule
    from synlint.rulebook.loaded import LoadedRule
    from synlint.settings import Settings

# Settings that change how a report is shown, and not what it holds. Every other setting is part of the key.
SHOWN_ONLY = frozenset(
    {"output", "statistics", "max_findings", "color", "width", "quiet", "cache", "cache_dir", "cache_size"}
    | {"paths", "progress"}
    | {"file", "origins"}
)
_READ_ONLY_BY = frozenset({"stdin"})  # of ReadOptions: what it holds is in the file's digest
_CLASSES = table_of(
    *(model.Report, model.RuleResult, model.Exhibit, model.Action, model.CorpusInfo, model.FileInfo, model.Failure),
    *(model.Known, model.CorpusValue),
    *(model.Rule, model.Gate, model.Fix),
)


class Known(NamedTuple):
    """What an entry holds."""

    report: Report
    rules: Mapping[str, Rule]  # by code, without examples


class KeptReports:
    """The reports of one set-up: settings, rules, libraries, and the command as it was typed.

    `options` are the options of the run before any rule is loaded: what the rules add follows from the set-up.
    """

    def __init__(self, folder: CacheFolder, settings: Settings, reading: ReadOptions, options: RunOptions) -> None:
        self._folder = folder
        self._settings = settings
        self._reading = reading
        self._started = time.perf_counter()
        self._where = str(settings.file.absolute().parent) if settings.file and settings.per_file_ignores else ""
        self._ignore_file = str(settings.ignores.absolute()) if settings.ignores else ""
        self._by_place = bool(settings.per_file_ignores or settings.ignores)  # both name files by their paths
        self.setup = digest_of(
            toolchain(),
            rules_digests(settings.rules),
            model_digest(settings.spacy_model),
            model_digest(settings.encoder),
            fields_of(settings, without=SHOWN_ONLY),
            fields_of(reading, without=_READ_ONLY_BY),
            options,
            self._where,
            self._ignore_file,
        )

    def may_know(self) -> bool:
        """Whether a run of this set-up was ever kept: only then is it worth reading the corpus before the rules."""
        return self._folder.begins("reports", self.setup)

    def find(self, sources: Sources) -> Known | None:
        """The report on these files, and what outputs say of the rules that ran."""
        if sources.errors:
            return None
        known: Known | None = self._folder.read("reports", self.key(sources), _restored)
        if known is None:
            return None
        timings = {"seconds": time.perf_counter() - self._started}
        return Known(replace(known.report, timings=timings), known.rules)

    def keep(self, report: Report, sources: Sources, rules: Sequence[LoadedRule]) -> None:
        """Remember the report, unless something could not be checked, or a file has changed since it was looked at."""
        if sources.errors or report.failures or not sources.unchanged():
            return

        def fill(archive: zipfile.ZipFile) -> dict[str, Any]:
            part = parts_into(archive)
            bare = replace(report, store=None, timings={})  # type: ignore[arg-type]
            first = next(iter(report.store.parts()), None)
            return {
                "report": encode(bare, _CLASSES, part),
                "rules": [encode(_without_examples(loaded.rule), _CLASSES, part) for loaded in rules],
                "findings": keep_all(archive, (frame_bytes(part) for part in report.store.parts())),
                "corpus_findings": first is not None and first["row"].item(0) is None,
                "imported": imported_files(self._settings.rules),
                "models": {model: model_digest(model) for model in models_used(rules)},
            }

        self._folder.write("reports", self.key(sources), fill)
        self._folder.trim()

    def files(
        self, sources: Sources, corpus: Corpus, rules: Sequence[LoadedRule], options: RunOptions
    ) -> KeptFiles | None:
        """What is known of the corpus's single files; None where that would not help."""
        from synlint.cache.files import memory_of

        shown = [file.path for file in corpus.files]
        return memory_of(self._folder, sources, shown, self._settings, self._reading, rules, options)

    def key(self, sources: Sources) -> str:
        """What the report on these files is kept under."""
        paths: Sequence[Path] = [source.path.resolve() for source in sources.found] if self._by_place else ()
        files = [
            (source.shown, source.typed, source.digest, source.compression, source.container)
            for source in sources.found
        ]
        return f"{self.setup}-{digest_of(files, paths)}"


def _without_examples(rule: Rule) -> Rule:
    """What outputs say of a rule; its examples can be longer than all the rest."""
    return replace(rule, examples_match=(), examples_no_match=(), todo=())


def _restored(entry: Entry) -> Known | None:
    from pathlib import Path

    head = entry.head
    if any(file_digest(Path(path)) != digest for path, digest in head["imported"].items()):
        return None  # a module that the rules use is another one now
    if any(model_digest(model) != digest for model, digest in head["models"].items()):
        return None
    bare = decode(head["report"], _CLASSES, entry.part)
    frames = (frame_from(entry.part(name)) for name in head["findings"])
    report: Report = replace(bare, store=FindingStore.restored(frames, corpus_first=head["corpus_findings"]))
    rules = [decode(node, _CLASSES, entry.part) for node in head["rules"]]
    return Known(report, {rule.code: rule for rule in rules})
