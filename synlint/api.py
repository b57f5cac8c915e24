"""`synlint.check(...)`: the command's check, for Python."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from synlint.engine.run import run
from synlint.errors import SynlintError
from synlint.model import Report
from synlint.session import Session, session_of


def check(data: Any, **settings: Any) -> Report:
    """Lint a corpus and return its report; `report.findings` and `report.rules` hold what was found.

    `data` is a path (or a list of paths, globs, folders), a polars DataFrame or LazyFrame, a `datasets.Dataset` or
    `IterableDataset`, or an iterable of records (dicts). `settings` are the settings of a settings file by their names
    with underscores: select, ignore, layout, fields, group_by, sample, rule, ...; no settings file is read unless
    `config=FILE` names one.

    Raises SynlintError when settings or rule files are wrong, or when nothing at all could be read; a file among
    others that could not be read, and a rule that crashed, are in `report.failures`.
    """
    session = session_of(settings, shown_paths=_shown(data))
    corpus = _corpus(data, session)
    if not corpus.files and corpus.failures:
        raise SynlintError("; ".join(failure.cause for failure in corpus.failures))
    return run(corpus, session.rules, session.run_options, timed=session.settings.statistics == "time")


def _corpus(data: Any, session: Session) -> Any:
    if _is_path(data):
        from synlint.corpora.open import open_corpus

        return open_corpus([os.fspath(data)], session.read_options)
    if isinstance(data, list | tuple) and data and all(_is_path(item) for item in data):
        from synlint.corpora.open import open_corpus

        return open_corpus([os.fspath(item) for item in data], session.read_options)
    from synlint.corpora.frames import corpus_of

    return corpus_of(data, session.read_options)


def _is_path(data: Any) -> bool:
    return isinstance(data, str | os.PathLike)


def _shown(data: Any) -> Sequence[str]:
    if _is_path(data):
        return (os.fspath(data),)
    if isinstance(data, list | tuple) and data and all(_is_path(item) for item in data):
        return tuple(os.fspath(item) for item in data)
    return ()
