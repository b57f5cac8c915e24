"""The script that makes a shell ask synlint what may be typed: argcomplete's, a little changed."""

from __future__ import annotations

SHELLS = ("bash", "zsh", "fish")
# zsh would quote the tilde of what it is given: it is set aside, as zsh itself does it with files.
_TILDE = """\
        if [[ $PREFIX == \\~*/* ]]; then
            local home="${PREFIX%%/*}/"
            compset -p ${#home}
            completions=("${completions[@]#$home}")
        fi
"""
# zsh's $BUFFER is all that is typed, `cd data && synlint ...` too. The words of this command are in $words, and
# $PREFIX is the word under the cursor as far as the cursor.
_LINE = '"${(j: :)words[1,CURRENT-1]} ${IPREFIX}${QIPREFIX}${PREFIX}"'
_FOR_ZSH = {
    'COMP_LINE="$BUFFER"': f"COMP_LINE={_LINE}",
    'COMP_POINT="$CURSOR"': f"COMP_POINT=${{#:-{_LINE}}}",
    "        _describe ": f"{_TILDE}        _describe ",
    # So that it can be read anywhere in .zshrc, whether or not completion was set up before.
    "        compdef ": "        (( $+functions[compdef] )) || { autoload -Uz compinit; compinit; }\n        compdef ",
}


def script(shell: str) -> str:
    """What the shell is to read at its start, or to find in its folder of completions."""
    from argcomplete.shell_integration import shellcode

    # Without argcomplete's defaults: bash would offer any file where nothing fits.
    text = shellcode(["synlint"], use_defaults=False, shell=shell)
    for theirs, ours in _FOR_ZSH.items():
        text = text.replace(theirs, ours)
    # Another program's argcomplete, of whatever version, may define functions of the same names.
    return f"{text.replace('python_argcomplete', 'synlint_completion').strip()}\n"
