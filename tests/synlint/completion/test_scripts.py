from __future__ import annotations

import pytest

from synlint.completion.scripts import SHELLS, script


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_names_synlint_and_no_function_of_argcomplete(shell: str) -> None:
    text = script(shell)
    assert "synlint" in text
    assert "python_argcomplete" not in text
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_each_change_for_zsh_is_made() -> None:
    """argcomplete's script might change its words: then ours would be lost in silence."""
    text = script("zsh")
    for part in ("$BUFFER", "$CURSOR"):
        assert part not in text
    for part in ("words[1,CURRENT-1]", "compset -p", "compinit"):
        assert part in text
    assert text.startswith("#compdef synlint\n")  # so that a folder of $fpath can hold it
