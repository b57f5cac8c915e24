"""A reference profile: what is kept of a corpus that others are held against. Counts and quantiles, never a text.

Words and openers are kept as hashes of 32 and 64 bits with the number of texts that have them; those of fewer than two
texts are left out, so that nothing that only one row says is in the file. Lengths are kept whole, as a histogram.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from synlint.analysis.corpus_texts import CorpusTexts
from synlint.analysis.languages import language_of, same_language
from synlint.analysis.profiles.counts import opener_counts, word_counts, words_of
from synlint.analysis.tokens import Codes, Places
from synlint.analysis.uniformity.streams import Short, stream_of
from synlint.analysis.uniformity.texts import Texts
from synlint.errors import ProfileError

VERSION = 1
FIELDS = ("question", "answer")
OPENERS = (1, 2, 3, 4)  # words of an opener
LEAST_TEXTS = 2  # that have a word or an opener, or it is not kept
MOST_WORDS, MOST_OPENERS = 200_000, 50_000  # the commonest, of each field
_KIND = "synlint-profile"


@dataclass(frozen=True, eq=False)
class FieldProfile:
    """What is kept of one field's distinct texts.

    `texts`: how many; `lengths`: how many of them have so many words (index: words, the last: as many or more);
    `words`, `word_texts`: codes, rising, and the texts that have them; `openers`, `opener_texts`: by number of words,
    keys, rising, and the texts that begin so; `tokens`: of all texts.
    """

    texts: int = 0
    tokens: int = 0
    lengths: Places = field(default_factory=lambda: np.zeros(1, np.int64))
    words: Short = field(default_factory=lambda: np.empty(0, np.uint32))
    word_texts: Places = field(default_factory=lambda: np.empty(0, np.int64))
    openers: Mapping[int, Codes] = field(default_factory=dict)
    opener_texts: Mapping[int, Places] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Texts) -> FieldProfile:
        """The profile of the distinct texts of a field."""
        stream = stream_of(texts)
        lengths = words_of(stream)
        codes, counts = _common(*word_counts(stream), MOST_WORDS)
        openers = {size: _common(*opener_counts(stream, size), MOST_OPENERS) for size in OPENERS}
        return cls(
            len(stream),
            len(stream.codes),
            np.bincount(np.minimum(lengths, MOST_LENGTH), minlength=1).astype(np.int64),
            codes.astype(np.uint32),
            counts,
            {size: keys for size, (keys, _) in openers.items()},
            {size: counts for size, (_, counts) in openers.items()},
        )


MOST_LENGTH = 20_000  # words, up to which lengths are told apart


def _common(keys: npt.NDArray[Any], counts: Places, most: int) -> tuple[npt.NDArray[Any], Places]:
    """Those that enough texts have, the commonest of them, by key."""
    kept = np.flatnonzero(counts >= LEAST_TEXTS)
    if len(kept) > most:
        kept = np.sort(kept[np.lexsort((keys[kept], -counts[kept]))[:most]])
    return keys[kept], counts[kept]


@dataclass(frozen=True, eq=False)
class Profile:
    """The profile of a corpus. `rows`: its rows; `language`: that of most answers ("" where it has none)."""

    fields: Mapping[str, FieldProfile]
    rows: int
    language: str
    name: str = ""

    @classmethod
    def of(cls, state: CorpusTexts, language: str | None = None, name: str = "") -> Profile:
        """The profile of a corpus whose texts are known. `language`: "" for whatever it is in; None: found out."""
        fields = {name: FieldProfile.of(getattr(state, name)) for name in FIELDS}
        rows = max(getattr(state, name).rows for name in FIELDS)
        return cls(fields, rows, language_of_texts(state) if language is None else language, name)

    def to_bytes(self) -> bytes:
        """The file, the same bytes for the same statistics: a zip archive of arrays (NumPy's npz) and one JSON text."""
        about = {"kind": _KIND, "version": VERSION, "rows": self.rows, "language": self.language, "fields": {}}
        arrays: dict[str, npt.NDArray[Any]] = {}
        for name, one in self.fields.items():
            about["fields"][name] = {"texts": one.texts, "tokens": one.tokens}  # type: ignore[index]
            arrays |= {f"{name}.lengths": one.lengths, f"{name}.words": one.words, f"{name}.word_texts": one.word_texts}
            for size in OPENERS:
                arrays[f"{name}.openers_{size}"] = one.openers[size]
                arrays[f"{name}.opener_texts_{size}"] = one.opener_texts[size]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("about.json"), json.dumps(about, sort_keys=True))
            for key, array in sorted(arrays.items()):
                stored = io.BytesIO()
                np.save(stored, array, allow_pickle=False)
                entry = zipfile.ZipInfo(f"{key}.npy")
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, stored.getvalue())
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes, name: str) -> Profile:
        """The profile that `to_bytes` wrote. Raises ProfileError, which names the file and the remedy."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                about = json.loads(archive.read("about.json"))
                _check_version(about, name)
                arrays = {
                    key.removesuffix(".npy"): np.load(io.BytesIO(archive.read(key)), allow_pickle=False)
                    for key in archive.namelist()
                    if key.endswith(".npy")
                }
            fields = {field: _field(about["fields"][field], field, arrays) for field in FIELDS}
            return cls(fields, int(about["rows"]), str(about["language"]), name)
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, OSError) as error:
            raise ProfileError(name, f"is damaged, or no profile ({type(error).__name__})") from None


def is_profile(data: bytes) -> bool:
    """Whether the first bytes of a file are those of a profile, and not of a corpus."""
    return data[:4] == b"PK\x03\x04" and b"about.json" in data[:64]


def language_of_texts(state: CorpusTexts) -> str:
    """The language of most of the first answers (of questions, where there are none)."""
    from collections import Counter

    from synlint.analysis.embedding.vectors import written

    texts = state.answer if state.answer.rows else state.question
    part = texts.distinct()
    spelling = dict(texts.spelling().iter_rows())
    told = Counter(language_of(text)[0] for text in written(part, spelling, min(_READ, len(part.keys))))
    return min(told.items(), key=lambda entry: (-entry[1], entry[0]))[0] if told else ""


def unlike(state: CorpusTexts, field: str, reference: Profile, least: int) -> str:
    """Why a field cannot be held against the reference; nothing where it can."""
    texts = reference.fields[field].texts
    if texts < max(least, 1):
        return f"the reference has too few {field}s: {texts:,} of at least {least:,}"
    language = language_of_texts(state)
    if language and reference.language and not same_language(language, reference.language):
        return f"the reference is in '{reference.language}', the corpus in '{language}'"
    return ""


_READ = 100  # texts whose language is looked at


def _check_version(about: Mapping[str, Any], name: str) -> None:
    if about.get("kind") != _KIND:
        raise ProfileError(name, "is no profile of synlint")
    if about.get("version") != VERSION:
        raise ProfileError(name, f"is a profile of version {about.get('version')}, and this synlint reads {VERSION}")


def _field(about: Mapping[str, Any], name: str, arrays: Mapping[str, npt.NDArray[Any]]) -> FieldProfile:
    return FieldProfile(
        int(about["texts"]),
        int(about["tokens"]),
        arrays[f"{name}.lengths"].astype(np.int64),
        arrays[f"{name}.words"].astype(np.uint32),
        arrays[f"{name}.word_texts"].astype(np.int64),
        {size: arrays[f"{name}.openers_{size}"].astype(np.uint64) for size in OPENERS},
        {size: arrays[f"{name}.opener_texts_{size}"].astype(np.int64) for size in OPENERS},
    )
