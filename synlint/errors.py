"""Every way a run can stop, each rendering to one sentence that names the place and the remedy."""

from __future__ import annotations

from collections.abc import Iterable


class SynlintError(Exception):
    """Base of all errors that synlint raises on purpose. `str(error)` is the whole sentence shown to the user."""

    exit_code = 2


class UsageError(SynlintError):
    """The command line or an API argument makes no sense."""


class SettingsError(SynlintError):
    """A settings file or an override is wrong."""

    def __init__(self, file: str, problem: str) -> None:
        self.file = file
        self.problem = problem
        super().__init__(f"{file}: {problem}")


class CorpusError(SynlintError):
    """A corpus file cannot be read as a whole (a bad row is a finding, never this error).

    `line` is the 1-based physical line, when the trouble has one.
    """

    def __init__(self, path: str, problem: str, *, line: int | None = None) -> None:
        self.path = path
        self.problem = problem
        self.line = line
        place = f"{path}:{line}" if line is not None else path
        super().__init__(f"{place}: {problem}")


class UnsupportedFile(CorpusError):
    """Nothing is wrong with the file, but it is no corpus: another kind of records, or a pointer in place of the data.

    `--skip-unsupported` passes over such files; what is damaged stays an error.
    """


class RuleFileError(SynlintError):
    """A rule file is malformed. Stops the run before any data is read."""

    def __init__(self, file: str, problem: str, *, line: int | None = None, column: int | None = None) -> None:
        self.file = file
        self.problem = problem
        self.line = line
        self.column = column
        place = ":".join(str(part) for part in (file, line, column) if part is not None)
        super().__init__(f"{place}: {problem}")


class RuleOptionError(RuleFileError):
    """The settings give a rule an option that it does not have, or a value that the option cannot take."""

    def __init__(self, file: str, code: str, option: str, problem: str) -> None:
        self.code = code
        self.option = option
        super().__init__(file, problem)


class MissingExtra(SynlintError):
    """A feature needs an optional dependency that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        self.feature = feature
        self.extra = extra
        self.needs = f"needs pip install 'synlint[{extra}]'"  # the same, in a list of rules that were skipped
        super().__init__(f"{feature} needs an optional dependency: pip install 'synlint[{extra}]'")


class MissingModel(SynlintError):
    """A rule needs a spaCy model that is not installed. `problem` says which, and what to do."""

    def __init__(self, feature: str, problem: str) -> None:
        self.feature = feature
        self.needs = problem
        super().__init__(f"{feature} cannot run: {problem}")


class ProfileError(SynlintError):
    """A reference profile cannot be used. `problem` goes on from the file's name."""

    def __init__(self, file: str, problem: str) -> None:
        self.file = file
        super().__init__(f"{file} {problem}; build it again: synlint profile CORPUS -o {file}")


class MissingReference(SynlintError):
    """A rule compares the corpus with other files, and none is named."""

    def __init__(self, feature: str, needs: str = "needs the files to compare with: --against FILE") -> None:
        self.feature = feature
        self.needs = needs
        super().__init__(f"{feature} {needs}")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean 'select'?)` for the nearest known word, or nothing when none is near.

    Of words that are equally near, the one that begins alike for longest: people seldom mistype a beginning.
    """
    import difflib  # only ever needed on the way to an error
    from itertools import takewhile

    by_lower = {name.lower(): name for name in known}
    typed = word.lower()
    near = difflib.get_close_matches(typed, sorted(by_lower), n=12, cutoff=0.6)
    if not near:
        return ""
    alike = difflib.SequenceMatcher(b=typed)

    def likeness(name: str) -> tuple[float, int]:
        alike.set_seq1(name)
        same = takewhile(lambda pair: pair[0] == pair[1], zip(name, typed, strict=False))
        return alike.ratio(), sum(1 for _ in same)

    return f" (did you mean '{by_lower[max(sorted(near), key=likeness)]}'?)"
