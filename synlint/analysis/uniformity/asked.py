"""What kind of question a text is: what, why, how many, yes or no, write, explain ...

Told by the question word of its last question, or where there is no question mark by the verb that it begins with.
English and Chinese; what has neither is a statement, or an "other" question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

import numpy as np
import numpy.typing as npt
import polars as pl

from synlint.analysis.corpus_texts import CorpusTexts, tokens_of
from synlint.analysis.tokens import Places
from synlint.analysis.uniformity.streams import Sentences, Short, Stream, codes_of, sentences_of, stream_of
from synlint.analysis.uniformity.verdicts import effective_number, score_of
from synlint.model import Conclusion, CorpusHit, Measure

# The words of each kind; of two words in one entry the second follows the first.
_WORDS: Mapping[str, str] = {
    "what": "what what's whats 什",
    "who": "who who's whose whom 谁",
    "when": "when when's 何_时",
    "where": "where where's 哪_里 哪_儿",
    "which": "which 哪",
    "why": "why why's 为_什 为_何",
    "how many": "how_many how_much how_old how_long how_far how_often 多_少 几",
    "how": "how how's 怎 如_何",
}
_YES_NO = (
    "is are am was were do does did can could will would shall should has have had may might must isn't aren't wasn't"
    " weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't hasn't haven't 吗 是_否 能_否"
)
_VERBS: Mapping[str, str] = {
    "write": "write compose draft author pen 写 撰_写 编_写",
    "make": "create generate design build construct develop make produce invent imagine come implement plan prepare"
    " 生_成 设_计 创_建 创_作 制_定",
    "explain": "explain describe discuss elaborate tell define outline illustrate 解_释 描_述 介_绍 说_明 阐_述",
    "list": "list name give suggest provide recommend propose enumerate show offer 列 提_供 给_出 推_荐",
    "judge": "identify classify choose determine label sort categorize rank select pick decide detect compare analyze"
    " evaluate assess predict assign match arrange 判_断 分_类 比_较 分_析 识_别 选",
    "change": "rewrite edit convert translate summarize summarise paraphrase correct replace reword rephrase reverse"
    " remove add transform change modify fix improve simplify extract revise combine insert turn fill complete update"
    " 翻_译 改_写 总_结 概_括 修_改 提_取 转_换 将",
    "compute": "find calculate compute solve estimate count simplify evaluate 计_算 求",
}
_QUESTION_WORDS, _VERB_WORDS = tuple(_WORDS.items()), tuple(_VERBS.items())
_AUXILIARIES = (("yes or no", _YES_NO),)
KINDS = (*_WORDS, "yes or no", *_VERBS, "other question", "statement")
_OTHER, _STATEMENT = len(KINDS) - 2, len(KINDS) - 1
_QUESTION_MARKS = ("?", "？")


@dataclass(frozen=True)
class AskedParams:
    """How common one kind of question may be."""

    min_words: Annotated[int, "shorter questions are not counted"] = 3
    max_share: Annotated[float, "largest share of the different questions that are of one kind"] = 0.75
    max_concentration: Annotated[float, "the same as 1 - entropy of the kinds / largest entropy"] = 0.70


@dataclass(frozen=True, slots=True)
class Asked:
    """What each text asks: index in `KINDS`, and the token that tells it; -1 where none does."""

    kind: npt.NDArray[np.int64]
    token: Places

    def tell(self, texts: Places, kinds: npt.NDArray[np.int64], tokens: Places) -> None:
        """Say it of the texts whose deciding token was found."""
        found = tokens >= 0
        self.kind[texts[found]] = kinds[tokens[found]]
        self.token[texts[found]] = tokens[found]


def asked_in(stream: Stream) -> Asked:
    """What every text asks: what its last question says, else how its last sentence or its first begins."""
    asked, told, verb = (_known(stream, _table(words)) for words in (_QUESTION_WORDS, _VERB_WORDS, _AUXILIARIES))
    sentences = sentences_of(stream)
    marks = np.concatenate([[0], np.cumsum(np.isin(stream.codes, codes_of(*_QUESTION_MARKS)))])
    questions = np.flatnonzero(marks[sentences.end] > marks[sentences.start])
    everything = np.arange(len(sentences))
    words = np.append(np.flatnonzero(stream.word), 0)
    begins = words[np.searchsorted(words[:-1], sentences.start)]
    found = Asked(np.full(len(stream), _STATEMENT), np.full(len(stream), -1))
    for place in (1, 0):
        texts, chosen = _edge(sentences, everything, place)
        found.tell(texts, told, _first(told, sentences.start[chosen], sentences.end[chosen]))
    for place in (1, 0):
        texts, chosen = _edge(sentences, everything, place)
        found.tell(texts, asked, np.where(asked[begins[chosen]] >= 0, begins[chosen], -1))
    texts, chosen = _edge(sentences, questions, 1)
    found.kind[texts], found.token[texts] = _OTHER, -1
    start, end = sentences.start[chosen], sentences.end[chosen]
    found.tell(texts, verb, _first(verb, start, end))
    found.tell(texts, asked, _first(asked, start, end))
    found.tell(texts, verb, np.where(verb[begins[chosen]] >= 0, begins[chosen], -1))
    return found


def _edge(sentences: Sentences, among: Places, place: int) -> tuple[Places, Places]:
    """The texts that have some of these sentences, and of each the first (0) or the last one (1)."""
    texts, first, number = np.unique(sentences.text[among], return_index=True, return_counts=True)
    return texts, among[first + (number - 1) * place]


def _first(kinds: npt.NDArray[np.int64], start: Places, end: Places) -> Places:
    """The first token of a known kind in each range; -1 where none is."""
    known = np.append(np.flatnonzero(kinds >= 0), len(kinds))
    place = known[np.searchsorted(known, start)]
    return np.where(place < end, place, -1)


Table = tuple[Short, npt.NDArray[np.int64], npt.NDArray[np.uint64], npt.NDArray[np.int64]]


def _known(stream: Stream, table: Table) -> npt.NDArray[np.int64]:
    """For each token the kind that its word (and the next one) stands for; -1 for all others."""
    ones, kinds, twos, kinds_of_twos = table
    found = _looked_up(stream.codes, ones, kinds)
    wide = stream.codes.astype(np.uint64)
    pairs = (wide[:-1] << np.uint64(32)) | wide[1:]
    both = _looked_up(pairs, twos, kinds_of_twos)
    found[:-1] = np.where(both >= 0, both, found[:-1])
    return found


def _looked_up(
    codes: npt.NDArray[np.uint32] | npt.NDArray[np.uint64],
    known: npt.NDArray[np.uint32] | npt.NDArray[np.uint64],
    kinds: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    near = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    return np.where(known[near] == codes, kinds[near], -1)


@cache
def _table(words: tuple[tuple[str, str], ...]) -> Table:
    ones: dict[int, int] = {}
    twos: dict[int, int] = {}
    for name, entries in words:
        for entry in entries.split():
            parts = entry.split("_")
            codes = [int(code) for code in codes_of(*parts)]
            if len(codes) == 1:
                ones.setdefault(codes[0], KINDS.index(name))
            else:
                twos.setdefault((codes[0] << 32) | codes[1], KINDS.index(name))
    first, second = sorted(ones.items()), sorted(twos.items()) or [(0, -1)]
    return (
        np.array([code for code, _ in first], np.uint32),
        np.array([kind for _, kind in first], np.int64),
        np.array([code for code, _ in second], np.uint64),
        np.array([kind for _, kind in second], np.int64),
    )


def judged_of(stream: Stream, p: AskedParams) -> Places:
    """The texts that have enough words to be counted."""
    words = np.concatenate([[0], np.cumsum(stream.word)])
    return np.flatnonzero(words[stream.bounds[1:]] - words[stream.bounds[:-1]] >= max(p.min_words, 1))


@dataclass(frozen=True, eq=False)
class AskedMarker:
    """Marks the rows that ask a kind of question, with the word that tells it."""

    kind: int
    said: str
    p: AskedParams

    def __call__(self, batch: pl.DataFrame) -> pl.DataFrame:
        tokens = tokens_of(batch["question"])
        stream = Stream.of_tokens(tokens)
        asked = asked_in(stream)
        judged = judged_of(stream, self.p)
        rows = [
            (at, self.said, *((None, None) if token < 0 else (int(tokens.start[token]), int(tokens.end[token]))))
            for at, kind, token in zip(
                judged.tolist(), asked.kind[judged].tolist(), asked.token[judged].tolist(), strict=True
            )
            if kind == self.kind
        ]
        schema = {"at": pl.Int64, "evidence": pl.String, "start": pl.Int64, "end": pl.Int64}
        return pl.DataFrame(rows, schema=schema, orient="row")


def one_kind_of_question(state: CorpusTexts, p: AskedParams, min_rows: int) -> Conclusion:
    """Whether too many of the different questions are of one kind, or of too few, and the rows of the commonest."""
    stream = stream_of(state.question)
    judged = judged_of(stream, p)
    if len(judged) < max(min_rows, 1):
        return Conclusion(judged=False)
    kinds = asked_in(stream).kind[judged]
    counts = np.bincount(kinds, minlength=len(KINDS))
    effective = effective_number(counts.tolist())
    concentration = max(1 - float(np.log2(effective) / np.log2(len(KINDS))), 0.0)
    top = int(counts.argmax())
    share = int(counts[top]) / len(judged)
    metrics: dict[str, float | Measure] = {
        "top_question_kind_share": Measure(share, len(judged), p.max_share),
        "question_kind_concentration": Measure(concentration, None, p.max_concentration),
        "effective_question_kinds": effective,
    }
    rows = int(stream.counts[judged[kinds == top]].sum())
    if share > p.max_share:
        said, value, limit = KINDS[top], share, p.max_share
    elif concentration > p.max_concentration:
        said, value, limit = f"{KINDS[top]} and little else", concentration, p.max_concentration
    else:
        return Conclusion(metrics=metrics)
    hit = CorpusHit(said, value, limit, rows, "question", score_of(value, limit), key=KINDS[top])
    return Conclusion(hits=[hit], marker=AskedMarker(top, said, p), metrics=metrics)
