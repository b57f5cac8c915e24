"""One text with chat markup: ChatML, Llama, Zephyr and Gemma tags, `Human:` / `Assistant:`, `### Instruction:`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from synlint.corpora.block import Block, Record
from synlint.corpora.layouts.contract import Marks, Reader
from synlint.corpora.layouts.conversation import ROLES, check_order
from synlint.corpora.layouts.flat import ABSENT, type_name
from synlint.corpora.options import ReadOptions
from synlint.corpora.pairs import Columns, Turn, add_pairs, conversation_columns

NAME = "chat-text"
NEEDS = "text with chat markup such as <|im_start|>, [INST], Human: or ### Instruction:"
EXAMPLE: Record = {"text": "Human: Q\n\nAssistant: A"}
KEYS = ("text", "content", "conversation", "formatted_text")

# Each pattern matches the head of a turn and names its role; the turn runs to the next head. Tags that end a turn are
# cut off. The most explicit markup comes first: the text of a ChatML turn may well contain a line `User:`.
HEADS = (
    re.compile(r"<\|im_start\|>[ ]*(?P<role>\w+)[ ]*\n?"),
    re.compile(r"<\|start_header_id\|>[ ]*(?P<role>\w+)[ ]*<\|end_header_id\|>\n*"),
    re.compile(r"<start_of_turn>[ ]*(?P<role>\w+)[ ]*\n?"),
    re.compile(r"(?m)^<\|(?P<role>system|user|assistant|observation)\|>[ ]*\n?"),
    re.compile(r"(?m)^###[ ]*(?P<role>System|Instruction|Input|Context|Response|Human|Assistant|User)[ ]*:[ ]*\n?"),
    re.compile(r"(?m)^(?P<role>Human|Assistant|User|System|HUMAN|USER|ASSISTANT|SYSTEM)[ ]*:[ ]?"),
    re.compile(r"(?:^|(?<=[\s>.?!]))(?P<role>USER|ASSISTANT):[ ]?"),  # Vicuna writes all turns in one line
)
ENDS = re.compile(
    r"\s*(?:<\|im_end\|>|<\|eot_id\|>|<\|eom_id\|>|<end_of_turn>|<\|end_of_text\|>|<\|endoftext\|>|</s>|<eos>)\s*\Z"
)
LEAD = re.compile(r"\A\s*(?:<s>|<bos>|<\|begin_of_text\|>)\s*")
LLAMA2 = re.compile(r"\[INST\](?P<user>.*?)\[/INST\](?P<assistant>.*?)(?=(?:</s>\s*)?(?:<s>\s*)?\[INST\]|\Z)", re.S)
LLAMA2_SYSTEM = re.compile(r"\A\s*<<SYS>>(?P<system>.*?)<</SYS>>", re.S)
OTHER_ROLES = {"instruction": "user", "input": "context", "response": "assistant"}


def split_markup(text: str) -> list[Turn]:
    """Turns of a marked-up text; none if it has no markup with both a question and an answer."""
    if "[/INST]" in text:
        return _llama2(text)
    for head in HEADS:
        found = list(head.finditer(text))
        roles = [_role(match["role"]) for match in found]
        if "user" in roles and "assistant" in roles:
            return _turns(text, [m for m, r in zip(found, roles, strict=True) if r], [r for r in roles if r])
    return []


def _role(name: str) -> str | None:
    name = name.lower()
    return OTHER_ROLES.get(name) or ROLES.get(name)


def _turns(text: str, heads: Sequence[re.Match[str]], roles: Sequence[str]) -> list[Turn]:
    turns: list[Turn] = []
    before = LEAD.sub("", text[: heads[0].start()]).strip()
    if before:
        turns.append(Turn("system", before, None))
    for i, (head, role) in enumerate(zip(heads, roles, strict=True)):
        end = heads[i + 1].start() if i + 1 < len(heads) else len(text)
        content = text[head.end() : end].strip("\n") if i + 1 < len(heads) else text[head.end() :]
        turns.append(Turn(role, _without_end(content), None))
    # the prompt that ends a generation request: an assistant's head with nothing after it
    if turns[-1].role == "assistant" and not turns[-1].text and not text.rstrip().endswith(">"):
        turns.pop()
    return turns


def _without_end(content: str) -> str:
    while (cut := ENDS.sub("", content)) != content:
        content = cut
    return content.strip()


def _llama2(text: str) -> list[Turn]:
    turns: list[Turn] = []
    for match in LLAMA2.finditer(text):
        user = match["user"]
        if system := LLAMA2_SYSTEM.match(user):
            turns.append(Turn("system", system["system"].strip(), None))
            user = user[system.end() :]
        turns.append(Turn("user", user.strip(), None))
        answer = _without_end(match["assistant"])
        if answer:
            turns.append(Turn("assistant", answer, None))
    return turns


class ChatTextReader:
    """Cuts one text into turns. Row spans count within the turn; the pointer names the whole text."""

    name = NAME

    def __init__(self, key: str) -> None:
        self.keys = (key,)
        self._key = key
        self._split = lru_cache(maxsize=1)(split_markup)  # `fits` and `turns` ask for the same text in a row

    def fits(self, record: Record) -> bool:
        text = record.get(self._key)
        return type(text) is str and any(turn.role == "assistant" for turn in self._split(text))

    def touches(self, record: Record) -> bool:
        return self._key in record

    def read(self, block: Block, out: Marks) -> Columns:
        columns = conversation_columns()
        for at, record in enumerate(block.records):
            text = record.get(self._key, ABSENT)
            if type(text) is not str:
                if text is ABSENT:
                    out.misfit(at)
                else:
                    kind = "null-field" if text is None else "wrong-type"
                    out.mark(at, kind, f"/{self._key}", f"{self._key} is {type_name(text)}, not text")
                continue
            turns = self._split(text)
            if not turns:
                out.mark(at, "other-layout", f"/{self._key}", "the text has no chat markup")
                continue

            def report(kind: str, pointer: str | None, detail: str, at: int = at) -> None:
                out.mark(at, kind, pointer, detail)

            check_order(turns, lambda _: f"/{self._key}", report)
            add_pairs(columns, at, turns)
        return columns

    def turns(self, record: Record) -> list[Turn]:
        text = record.get(self._key)
        return list(self._split(text)) if type(text) is str else []

    def pointer(self, field: str, turn: int | None) -> str | None:
        return f"/{self._key}"

    def reads(self) -> list[tuple[str, str]]:
        return [("turns", self._key)]


def bind(sample: Sequence[Record], options: ReadOptions) -> Reader | None:
    """A reader for the key whose texts have markup most often."""
    counts = {key: sum(ChatTextReader(key).fits(record) for record in sample if key in record) for key in KEYS}
    best = max(KEYS, key=lambda key: counts[key])
    return ChatTextReader(best) if counts[best] else None
