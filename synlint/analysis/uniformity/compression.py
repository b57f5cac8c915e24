"""How well the skeletons of sentences compress: function words and marks as they are, all else a slot.

What a text is about stands in its content words; how it is built, in the others. Texts of one build repeat each other's
skeletons, which a dictionary coder finds, whatever the template is. English and Chinese; what has too few function
words (code, tables, other languages) is left out.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

import numpy as np
import numpy.typing as npt

from synlint.analysis.corpus_texts import CorpusTexts
from synlint.analysis.tokens import NUMERIC, Places
from synlint.analysis.uniformity.human import human_median, sizes_of
from synlint.analysis.uniformity.streams import Flags, Short, Stream, codes_of, stream_of
from synlint.analysis.uniformity.texts import ranges
from synlint.analysis.uniformity.verdicts import score_of
from synlint.model import Conclusion, CorpusHit, Measure

MEASURE = "skeleton_compression"
SIZES = (5_000, 10_000)  # tokens of skeletons; the window of zlib is 32 kB
HEAD = 80  # tokens of a text that are looked at, so that many texts are
LEAST_TEXT = 10  # tokens
_LEAST_FUNCTION = 0.20  # share of function words among a text's words
_MOST_TEXTS = 5_000  # of which some 20,000 tokens are found in nearly any corpus
_GRAM = 8
_FUNCTION = (
    "a an the this that these those i you he she it we they me him her us them my your his its our their who whom whose"
    " which what when where why how there here and or but nor so yet if then than as because while although though"
    " since until unless after before of in on at by for with from to into onto over under about above below between"
    " among through during against without within along across behind beyond up down out off again not no only own"
    " same too very just also both each few more most other some such all any can could will would shall should may"
    " might must do does did done have has had having be is am are was were been being don't doesn't didn't can't isn't"
    " aren't won't it's i'm you're that's"
    " 的 了 是 在 和 与 或 不 也 都 就 而 及 着 过 这 那 你 我 他 她 它 们 有 为 以 对 于 从"
    " 到 被 把 让 可 能 会 要 很 更 最 还 个 之 其 如 但 并 所 者 等 中 上 下 吗 呢 吧"
)
_SLOT, _NUMBER, _END, _FIRST = 0, 1, 2, 3
_MOST_SYMBOLS = 255
_SHOWN = {_SLOT: "_", _NUMBER: "<n>", _END: "|"}
Symbols = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class CompressionParams:
    """How well skeletons may compress."""

    max_ratio: Annotated[float, "how many times better they may compress than in the median human corpus"] = 1.20


@dataclass(frozen=True, slots=True)
class Skeletons:
    """The skeletons of texts, each with an end. `texts`: how many they are; `said`: symbol -> code."""

    symbols: Symbols
    texts: int
    said: Mapping[int, int]


@cache
def _function_codes() -> Short:
    return np.unique(codes_of(*_FUNCTION.split()))


def skeletons_of(stream: Stream) -> Skeletons:
    """The skeletons of the texts that have enough function words: runs of other words are one slot each."""
    few = stream.first(_MOST_TEXTS)
    low, high = few.bounds[:-1], np.minimum(few.bounds[1:], few.bounds[:-1] + HEAD)
    function = np.isin(few.codes, _function_codes())
    words, functions = (_sums(flags) for flags in (few.word, function))
    said, built = words[high] - words[low], functions[high] - functions[low]
    kept = np.flatnonzero((high - low >= LEAST_TEXT) & (built >= _LEAST_FUNCTION * said) & (built > 0))
    low, high = low[kept], high[kept]
    at = ranges(low, high - low)
    slot = few.word[at] & ~function[at]
    number = slot & ((few.shapes[at] & NUMERIC) > 0)
    ends = np.cumsum(high - low)
    again = np.append(False, slot[1:] & slot[:-1] & ~number[1:] & ~number[:-1])[: len(at)]
    again[(ends - (high - low))[: len(kept)]] = False
    symbols, said_by = _symbols(few.codes[at], slot, number)
    with_ends = np.insert(symbols, ends, _END)
    shown = np.insert(~again, ends, True)
    return Skeletons(with_ends[shown], len(kept), said_by)


def _sums(flags: Flags) -> Places:
    return np.concatenate([[0], np.cumsum(flags)]).astype(np.int64)


def _symbols(codes: Short, slot: Flags, number: Flags) -> tuple[Symbols, Mapping[int, int]]:
    """One byte a token: the commonest function words and marks their own, of equals the one with the lesser code."""
    values, place, counts = np.unique(codes[~slot], return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(values), np.int64)
    rank[order] = np.arange(len(values))
    symbols = np.full(len(codes), _SLOT, np.uint8)
    symbols[~slot] = np.minimum(rank[place] + _FIRST, _MOST_SYMBOLS)
    symbols[number] = _NUMBER
    said = {at + _FIRST: int(values[each]) for at, each in enumerate(order[: _MOST_SYMBOLS - _FIRST].tolist())}
    return symbols, said


def compression_of(symbols: Symbols) -> float:
    """How many times shorter zlib makes them."""
    return len(symbols) / len(zlib.compress(symbols.tobytes(), 9))


def commonest_run(skeletons: Skeletons, words: Mapping[int, str]) -> str:
    """The run of eight symbols within one text that stands most often, in words: "the _ of the _ is a _"."""
    kept = skeletons.symbols.tobytes()
    runs = Counter(kept[at : at + _GRAM] for at in range(len(kept) - _GRAM + 1))
    whole = [(number, run) for run, number in runs.items() if _END not in run and run.count(_SLOT) < _GRAM // 2]
    if not whole:
        return ""
    _, run = max(whole, key=lambda entry: (entry[0], entry[1]))
    told = (_SHOWN.get(each) or words.get(skeletons.said.get(each, -1), "?") for each in run)
    return " ".join(word.strip(" ") or word for word in told).replace("\n", "\\n")


def compressible_skeletons(state: CorpusTexts, p: CompressionParams, min_rows: int) -> Conclusion:
    """Whether the skeletons of the different answers compress far better than people's of the same length."""
    skeletons = skeletons_of(stream_of(state.answer))
    size = next((size for size in sizes_of(MEASURE) if size <= len(skeletons.symbols)), 0)
    if skeletons.texts < max(min_rows, 1) or not size:
        return Conclusion(judged=False)
    cut = Skeletons(skeletons.symbols[:size], skeletons.texts, skeletons.said)
    found, usual = compression_of(cut.symbols), human_median(MEASURE, size)
    metrics: dict[str, float | Measure] = {
        "answer_skeleton_compression": Measure(found, None, usual * p.max_ratio),
        "answer_skeleton_compression_of_people": usual,
    }
    ratio = found / usual
    if ratio <= p.max_ratio:
        return Conclusion(metrics=metrics)
    said = commonest_run(cut, dict(state.answer.spelling().iter_rows()))
    score = score_of(1 - 1 / ratio, 1 - 1 / p.max_ratio) if p.max_ratio >= 1 else 0.5
    hit = CorpusHit(said, ratio, p.max_ratio, state.answer.rows, "answer", score, key="skeletons")
    return Conclusion(hits=[hit], metrics=metrics)
