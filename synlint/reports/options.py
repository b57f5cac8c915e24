"""How a report is to be shown: the same frozen object goes to every output format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Statistics = Literal["counts", "time"]


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Choices of presentation. None of them changes what was found, nor the verdict."""

    width: int | None = None  # cells of a line; None: the terminal's, or 100 where there is no terminal
    color: bool | None = None  # None: as NO_COLOR, FORCE_COLOR and the terminal say
    max_findings: int | None = 1000  # findings inside a JSON report; None: all of them
    max_exhibits: int = 8  # rows that `full` quotes
    max_slices: int = 20  # lines of a --group-by table
    statistics: Statistics | None = None  # only a count (or count and seconds) per rule, instead of the findings
    group_by: str | None = None  # the key whose slices are shown; None: every key of the report
    command: str = "synlint check"  # what the user typed, for hints such as "... --output concise"
