"""Real shells that are asked what they would complete: bash, zsh and fish, with synlint's script read in each."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

SCRIPTS = Path(sys.executable).parent  # of this interpreter's synlint
BASH = r"""
source "$1"; shift
asks=$(complete -p synlint); asks=${asks#*-F }; asks=${asks%% *}
for COMP_LINE in "$@"; do
  COMP_POINT=${#COMP_LINE} COMP_TYPE=9 COMPREPLY=()
  "$asks" synlint
  printf '%s\n' "${COMPREPLY[@]}"; printf '\0'
done
"""
FISH = r"""
source $argv[1]
for line in $argv[2..]
  complete -C $line
  printf '\0'
end
"""
# Keys are typed into zsh itself; what its completion adds is written down on the way.
ZSH = r"""
PS1='READY> ' ; unsetopt prompt_sp beep; setopt no_list_beep
[[ -z $SCRIPT ]] || source "$SCRIPT"
bindkey -e; LISTMAX=100000
compadd() {
  local -a found
  builtin compadd "$@"
  [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]] && return
  builtin compadd -A found "$@"
  print -rl -- $found >> "$OFFERS"
}
dump() { print -rn -- $'\0' >> "$OFFERS"; print -rn -- "$BUFFER"$'\0' >> "$LINES_TYPED"; BUFFER= }
zle -N dump; bindkey '^Xd' dump
"""

BASH_KEYS = r"""
PS1='READY> '; bind 'set bell-style none'; bind 'set enable-bracketed-paste off'
[ -z "$SCRIPT" ] || source "$SCRIPT"
dump() { printf '%s\0' "$READLINE_LINE" >> "$LINES_TYPED"; READLINE_LINE= READLINE_POINT=0; }
bind -x '"\C-xd": dump'
"""
FISH_KEYS = r"""
test -z "$SCRIPT"; or source $SCRIPT
function dump; printf '%s\0' (commandline) >> $LINES_TYPED; commandline -r ''; end
bind \cxd dump
"""


def environment(folder: Path) -> dict[str, str]:
    """Of a user whose home is `folder`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SYNLINT_", "XDG_", "_ARGC"))}
    return {**clean, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def needed(shell: str) -> str:
    """The path of a shell; without it the test is skipped, or fails where all shells are required."""
    path = shutil.which(shell)
    if path is None:
        sentence = f"{shell} is not installed"
        if os.environ.get("SYNLINT_REQUIRE_SHELLS"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    return path


def script_file(shell: str, folder: Path) -> Path:
    """The script as a user gets it."""
    command = [str(SCRIPTS / "synlint"), "completions", shell]
    done = subprocess.run(command, capture_output=True, check=True, cwd=folder)
    file = folder / f".completions.{shell}"
    file.write_bytes(done.stdout)
    return file


def offers(shell: str, lines: Sequence[str], folder: Path) -> list[list[str]]:
    """What the shell offers after each line, meanings left out."""
    path, script = needed(shell), script_file(shell, folder)
    if shell == "zsh":
        shown = typed_into_zsh(path, lines, folder)[0]
    else:
        program = BASH if shell == "bash" else FISH
        head = [path, "--norc", "-c", program, "test"] if shell == "bash" else [path, "--no-config", "-c", program]
        done = subprocess.run(
            [*head, str(script), *lines],
            capture_output=True,
            text=True,
            cwd=folder,
            env=environment(folder),
            check=False,
        )
        assert done.returncode == 0 and not done.stderr, done.stderr
        shown = done.stdout.split("\0")[:-1]
    assert len(shown) == len(lines)
    return [list(dict.fromkeys(_bare(word) for word in text.splitlines() if word)) for text in shown]


def _bare(word: str) -> str:
    """The word itself: fish shows its meaning after a tab, bash ends a finished word with a space."""
    return re.sub(r"\\(.)", r"\1", word.partition("\t")[0].rstrip(" "))


def typed(shell: str, lines: Sequence[str], folder: Path) -> list[str]:
    """What becomes of each line when TAB is pressed after it, in a shell at a terminal."""
    path = needed(shell)
    if shell == "zsh":
        return typed_into_zsh(path, lines, folder)[1]
    done, script = folder / ".typed", script_file(shell, folder)
    done.write_text("")
    setup, arguments = (BASH_KEYS, ["--norc", "-i"]) if shell == "bash" else (FISH_KEYS, ["--no-config", "-i"])
    rc = folder / ".setup"
    rc.write_text(setup)
    extra = {"SCRIPT": str(script), "LINES_TYPED": str(done)}
    _type(path, arguments, rc, [f"{line}\t\x18d" for line in lines], folder, extra)
    return done.read_text().split("\0")[:-1]


def typed_into_zsh(path: str, lines: Sequence[str], folder: Path) -> tuple[list[str], list[str]]:
    """What zsh's completion offers after each line, and what the line is then."""
    files = {name: folder / f".{name.lower()}" for name in ("OFFERS", "LINES_TYPED")}
    for file in files.values():
        file.write_text("")
    rc = folder / ".setup"
    rc.write_text(ZSH)
    extra = {"SCRIPT": str(script_file("zsh", folder)), **{name: str(file) for name, file in files.items()}}
    _type(path, ["-f", "-i"], rc, [f"{line}\t\x18d" for line in lines], folder, extra)
    return files["OFFERS"].read_text().split("\0")[:-1], files["LINES_TYPED"].read_text().split("\0")[:-1]


def typed_after_installing(shell: str, line: str, typed: str, folder: Path) -> str:
    """What becomes of a line in a new shell of a user who ran `line` in an earlier one."""
    path, done, rc = needed(shell), folder / ".lines_typed", folder / ".setup"
    subprocess.run([path, "-c", "true"], check=True, env=environment(folder))  # fish makes its folder
    subprocess.run([path, "-c", line], check=True, env=environment(folder))
    rc.write_text({"bash": BASH_KEYS, "zsh": ZSH, "fish": FISH_KEYS}[shell])
    extra = {"SCRIPT": "", "OFFERS": os.devnull, "LINES_TYPED": str(done)}
    _type(path, ["-i"], rc, [f"{typed}\t\x18d"], folder, extra)
    return done.read_text().rstrip("\0")


def _type(
    path: str, arguments: Sequence[str], rc: Path, keys: Sequence[str], folder: Path, extra: Mapping[str, str]
) -> None:
    """Start a shell at a terminal, have it read `rc`, and press keys."""
    import pexpect

    env = {**environment(folder), **extra, "TERM": "dumb"}
    shell = pexpect.spawn(path, list(arguments), env=env, cwd=str(folder), encoding="utf-8", timeout=60)
    try:
        shell.sendline(f"source {rc}; echo SET''UP")
        shell.expect("SETUP")
        for key in keys:
            shell.send(key)
        shell.sendline("echo DO''NE")
        shell.expect("DONE")
    finally:
        shell.close(force=True)
