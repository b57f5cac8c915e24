"""The check step of action.yml: inputs from the environment to one `synlint check`, its outcome to the step's outputs.

Inputs come as INPUT_* and are data: no shell reads them, and a path is never taken for an option.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


class InputError(ValueError):
    """An input of the action makes no sense; the message is one sentence."""


def command(inputs: Mapping[str, str]) -> list[str]:
    """The arguments of `synlint` for these inputs (environment variables by name)."""
    paths = [line.strip() for line in inputs.get("INPUT_PATHS", "").splitlines() if line.strip()]
    try:
        options = shlex.split(inputs.get("INPUT_ARGS", ""))
    except ValueError as error:
        raise InputError(f"args: {str(error).lower()}: {inputs['INPUT_ARGS']}") from None
    words = ["check", "--no-progress", "--output", "github", *options]
    sarif = inputs.get("INPUT_SARIF", "").strip()
    if len(sarif.splitlines()) > 1:
        raise InputError("sarif: name one file")
    if sarif:
        words += ["--output", f"sarif={sarif}"]
    fail_on = inputs.get("INPUT_FAIL_ON", "").strip()
    if fail_on == "never":
        words.append("--exit-zero")
    elif fail_on:
        words += ["--fail-on", fail_on]
    return [*words, *(f"./{path}" if path.startswith("-") else path for path in paths)]


def environment(inputs: Mapping[str, str]) -> dict[str, str]:
    """The environment of the check: without a step summary where none is wanted."""
    wanted = inputs.get("INPUT_SUMMARY", "true").strip().lower()
    if wanted not in ("true", "false"):
        raise InputError(f"summary: expected true or false, got {wanted}")
    return {name: value for name, value in inputs.items() if name != "GITHUB_STEP_SUMMARY" or wanted == "true"}


def stamp(path: str) -> tuple[int, int] | None:
    """What changes when a file is written anew."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def main() -> int:
    """Run the check, tell the outputs, and end as it did."""
    sarif = os.environ.get("INPUT_SARIF", "").strip()
    try:
        words, env = command(os.environ), environment(os.environ)
    except InputError as error:
        sys.stderr.write(f"synlint: error: {error}\n")
        return 2
    before = stamp(sarif)
    # -I: no module of the repository that is checked takes the place of ours.
    code = subprocess.run([sys.executable, "-I", "-m", "synlint", *words], env=env, check=False).returncode
    written = sarif if sarif and stamp(sarif) not in (None, before) else ""
    with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as outputs:
        outputs.write(f"exit-code={code}\nsarif={written}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
