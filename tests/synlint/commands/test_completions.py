from __future__ import annotations

import pytest

from synlint.completion.scripts import SHELLS, script
from tests.synlint.commands.conftest import Call


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_printed(shell: str, call: Call) -> None:
    done = call("completions", shell)
    assert (done.code, done.out, done.err) == (0, script(shell), "")


def test_other_shells_are_named(call: Call) -> None:
    done = call("completions", "bahs")
    assert done.code == 2
    assert "'bahs' is none of bash, zsh, fish (did you mean 'bash'?)" in done.err
