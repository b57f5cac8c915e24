"""What to say about a file whose layout is unknown: the keys seen, and the `--field` options most likely meant."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Sequence

from synlint.corpora.block import Record

QUESTION_WORDS = (
    "question",
    "q",
    "instruction",
    "prompt",
    "query",
    "problem",
    "input",
    "user",
    "human",
    "request",
    "title",
)
ANSWER_WORDS = ("answer", "a", "response", "output", "completion", "solution", "reply", "assistant", "target", "text")
MAX_KEYS = 20


def key_counts(sample: Sequence[Record]) -> Counter[str]:
    """Top-level keys by how many records have them, in order of first appearance among equals."""
    return Counter(key for record in sample for key in record)


def keys_seen(sample: Sequence[Record]) -> str:
    """The keys for a message, the commonest first."""
    keys = [key for key, _ in key_counts(sample).most_common()]
    more = f" and {len(keys) - MAX_KEYS} more" if len(keys) > MAX_KEYS else ""
    return (", ".join(repr(key)[:60] for key in keys[:MAX_KEYS]) or "none") + more


def text_paths(sample: Sequence[Record]) -> list[str]:
    """Keys, and dotted paths one level into objects, that hold text in at least half of the records."""
    counts: Counter[str] = Counter()
    for record in sample:
        for key, value in record.items():
            if isinstance(value, str):
                counts[key] += 1
            elif isinstance(value, dict):
                counts.update(f"{key}.{inner}" for inner, v in value.items() if isinstance(v, str))
    return [path for path, n in counts.items() if n * 2 >= len(sample)]


def likely(paths: Sequence[str], words: Sequence[str]) -> list[str]:
    """Paths whose last part contains one of the words: earlier words first, the whole word before a part of one."""

    def rank(path: str) -> tuple[int, int] | None:
        parts = re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", path.rsplit(".", 1)[-1]).lower())
        for i, word in enumerate(words):
            if word in parts:
                return 0, i
        for i, word in enumerate(words):
            if len(word) > 1 and any(word in part for part in parts) and "context" not in parts:
                return 1, i
        return None

    ranked = [(r, at, path) for at, path in enumerate(paths) if (r := rank(path)) is not None]
    return [path for _, _, path in sorted(ranked)]


def unknown_layout(sample: Sequence[Record], typed: str) -> str:
    """The sentence, with real keys in the options it proposes."""
    paths = text_paths(sample)
    questions = likely(paths, QUESTION_WORDS)
    answers = [path for path in likely(paths, ANSWER_WORDS) if path not in questions[:1]]
    if not key_counts(sample):
        return "unknown layout: the records are empty objects"
    if wrapper := _wrapper(sample):
        return (
            f"unknown layout: the records seem to be a list under the key {wrapper!r}; unpack it: "
            f"`jq -c {shlex.quote(f'.[{_json(wrapper)}][]')} {shlex.quote(typed)} > records.jsonl`"
        )
    seen = f"unknown layout; the keys are {keys_seen(sample)}"
    if not questions and not answers:
        return (
            f"{seen}, and none of them looks like a question or an answer; if it is a corpus, name its keys: "
            f"`synlint check {shlex.quote(typed)} --field question=KEY --field answer=KEY`"
        )
    question = f"--field question={shlex.quote(questions[0])}" if questions else "--field question=KEY"
    answer = f"--field answer={shlex.quote(answers[0])}" if answers else "--field answer=KEY"
    others = f" (or answer={', answer='.join(map(shlex.quote, answers[1:4]))})" if len(answers) > 1 else ""
    return f"{seen}; name the right ones: `synlint check {shlex.quote(typed)} {question} {answer}`{others}"


def _wrapper(sample: Sequence[Record]) -> str | None:
    """The key under which a file's only object keeps its records."""
    if len(sample) > 1:
        return None
    lists = [(len(v), k) for k, v in sample[0].items() if isinstance(v, list) and v and isinstance(v[0], dict)]
    return max(lists)[1] if lists else None


def _json(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)
