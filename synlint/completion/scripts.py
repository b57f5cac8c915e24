"""The script that makes a shell ask synlint: argcomplete's, with two words changed for zsh."""

from __future__ import annotations

SHELLS = ("bash", "zsh", "fish")
# zsh's $BUFFER is all that is typed, `cd data && synlint ...` too. The words of this command are in $words, and
# $PREFIX is the word under the cursor as far as the cursor.
_LINE = '"${(j: :)words[1,CURRENT-1]} ${IPREFIX}${QIPREFIX}${PREFIX}"'
_FOR_ZSH = {'COMP_LINE="$BUFFER"': f"COMP_LINE={_LINE}", 'COMP_POINT="$CURSOR"': f"COMP_POINT=${{#:-{_LINE}}}"}


def script(shell: str) -> str:
    """What the shell is to read at its start, or to find in its folder of completions."""
    from argcomplete.shell_integration import shellcode

    # Without argcomplete's defaults: bash would offer any file where nothing fits.
    text = shellcode(["synlint"], use_defaults=False, shell=shell)
    for whole, own in _FOR_ZSH.items():
        text = text.replace(whole, own)
    return f"{text.strip()}\n"
