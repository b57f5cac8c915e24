"""Rows that look like a defect and are none, and what the default rules say of each: all of them, and nothing else."""

from __future__ import annotations

import pytest

import synlint

TRAPS = {
    "an answer that is no answer, by choice": ("What became of the missing clerk?", "I have no comment.", set()),
    "a label": ("Is this review positive or negative? The soup was cold.", "Negative", set()),
    "a number": ("How many legs has a spider?", "8", set()),
    "a phrase that is quoted": (
        "Which words give a chat bot away?",
        'Many readers stop at "as an AI language model" or at "I hope this helps!".',
        set(),
    ),
    "thousands": (
        "What do 104 tickets cost at 40 each?",
        "104 x 40 = 4,160, and half of it is 4,160 / 2 = 2,080.",
        set(),
    ),
    "code": (
        "Write a test that fails.",
        "```python\nx = 3\nx = x + 4\nassert 5 * 2 == 11, 'no'\nprint('I cannot help with that')\n```",
        set(),
    ),
    "fiction": (
        "Write the first lines of a story.",
        '"I can\'t do this," she said. "I\'m sorry." The train had left, and nobody had waved.',
        set(),
    ),
    "a row about refusals": (
        "How should a shop assistant decline politely?",
        '"I\'m sorry, but I cannot do that" is short and kind. Say why, and offer what you can do.',
        set(),
    ),
    "a human who ends without a full stop": ("Where is the tower?", "In the old town, next to the river", set()),
    "a table of scores": ("How did the games end?", "The reds won 3-2, then lost 1 - 4 at home.", set()),
    "a text that was cut, whoever wrote it": (
        "Tell me of the river.",
        "The river rises in the hills and runs past the mill, where the boats lie in summer, and the",
        {"PAR009"},
    ),
    "an answer left empty by design": ("写一首关于春天的诗。", "", {"PAR001"}),
    "a token that leaked into a human corpus": ("Is snow white? Yes or no?", "Yes\n<|endoftext|>", {"FMT001"}),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_default_rules_on(trap: str) -> None:
    question, answer, expected = TRAPS[trap]
    report = synlint.check([{"question": question, "answer": answer}])
    assert set(report.findings["rule"].to_list()) == expected
