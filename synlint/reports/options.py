"""How a report is to be shown: the same frozen object goes to every output format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from synlint.model import Rule

Statistics = Literal["counts", "time"]


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Choices of presentation. None of them changes what was found, nor the verdict."""

    width: int | None = None  # cells of a line; None: the terminal's, or 80 where there is no terminal
    color: bool | None = None  # None: as NO_COLOR, FORCE_COLOR and the terminal say
    max_findings: int | None = 1000  # findings inside a JSON report; None: all of them
    max_exhibits: int = 8  # rows that `full` quotes
    max_slices: int = 20  # slices with findings in a --group-by table
    max_clean_slices: int = 10  # slices without; the rest is counted
    statistics: Statistics | None = None  # counts (or counts and seconds) per rule, in addition to the findings
    command: str = "synlint check CORPUS"  # what checks the same again, for hints such as "... --output concise"
    templates_command: str = ""  # what lists all templates; empty: nothing does
    explain: bool = True  # whether `synlint explain` will find this run
    explain_options: str = ""  # what `synlint explain` needs besides the place, led by a blank
    # Path in the report -> path from the root of the repository, with slashes; files outside of it are not in here.
    repository: Mapping[str, str] = field(default_factory=dict)
    # Path in the report -> path from the current folder, for what people click on or type again.
    here: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)  # what is known of the rules that ran, by code
    step_summary: str | None = None  # the file that GitHub shows as the summary of a workflow's step
