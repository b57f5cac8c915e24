"""What accumulates while batches go by, and what the corpus rules conclude from it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from synlint.engine.checked import checked_conclusion
from synlint.engine.exhibits import Gallery
from synlint.engine.findings import FindingStore
from synlint.engine.gates import denominator
from synlint.engine.options import RunOptions
from synlint.engine.partial import Partial, check_slices, masking
from synlint.engine.plan import Plan
from synlint.engine.secrets import Vault
from synlint.engine.tally import Tally
from synlint.isolate import isolated
from synlint.model import Batch, Conclusion
from synlint.rulebook.loaded import CorpusCheck, LoadedRule

Conclusions = dict[str, dict[str, Conclusion]]  # rule code -> slice name ("" is the whole corpus) -> conclusion


@dataclass(slots=True)
class Accumulated:
    """Counts, states, findings and crashes so far. A crashed rule leaves the plan at once."""

    plan: Plan
    options: RunOptions
    tally: Tally = field(default_factory=Tally)
    slices: dict[str, Tally] = field(default_factory=dict)
    store: FindingStore = field(default_factory=FindingStore)
    gallery: Gallery = field(default_factory=Gallery)
    vault: Vault = field(default_factory=Vault)
    crashed: dict[str, tuple[str | None, str]] = field(default_factory=dict)  # code -> (rows, cause)
    cpu: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, rules: Iterable[LoadedRule], options: RunOptions) -> Accumulated:
        plan = Plan.of(rules)
        return cls(plan, options, vault=Vault(hiding=masking(plan, options)))

    def absorb(self, order: int, batch: Batch, partial: Partial, path: str, *, exhibits: bool = True) -> None:
        """Take in what one batch contributed. `order` numbers the batches; findings are reported in that order."""
        self.tally = self.tally.merge(partial.tally)
        for name, tally in partial.slices.items():
            self.slices[name] = self.slices.get(name, Tally()).merge(tally)
        self.store.add(order, partial.rows)
        if exhibits:
            self.gallery.consider(order, batch, partial, path)
        for code, spent in partial.cpu.items():
            self.cpu[code] = self.cpu.get(code, 0.0) + spent
        self.vault.add(partial.secrets)
        for code, cause in partial.crashes.items():
            self.crash(code, path, batch, cause)
        self.check_merged(path, batch)

    def check_merged(self, path: str = "", batch: Batch | None = None) -> None:
        """Raise UsageError for too many slices; rules whose states could not be merged have crashed."""
        check_slices(len(self.slices))
        for tally in (self.tally, *self.slices.values()):
            for key, cause in tally.broken.items():
                for loaded, _ in self.plan.corpus:
                    if self.plan.sharing(loaded, self.options) == key:
                        self.crash(loaded.code, path, batch, cause)

    def crash(self, code: str, path: str, batch: Batch | None, cause: str) -> None:
        """Note that a rule crashed on this batch, and stop running it."""
        rows = [] if batch is None else batch.frame["row"].to_list()
        place = f"{path} {rows[0]}-{rows[-1]}" if rows else path or None
        self.crashed.setdefault(code, (place, cause))
        self.plan = Plan.of(loaded for loaded in self.plan.rules if loaded.code != code)


def conclusions_of(seen: Accumulated, *, shared: bool = True) -> Conclusions:
    """What each corpus rule concludes for the corpus and for each slice, where there are rows enough.

    Without `shared`, rules that share a state are left out: what they conclude takes long.
    """
    conclusions: Conclusions = {}
    for loaded, check in seen.plan.corpus:
        key = seen.plan.sharing(loaded, seen.options)
        for name, tally in [("", seen.tally), *sorted(seen.slices.items())]:
            if key not in tally.states or denominator(loaded, tally) < loaded.rule.min_rows:
                continue
            if check.shared is not None and not shared:
                continue
            started = time.process_time()
            concluded, crash = isolated(_concluded, check, tally.states[key])
            seen.cpu[loaded.code] = seen.cpu.get(loaded.code, 0.0) + time.process_time() - started
            if concluded is None:
                seen.crashed[loaded.code] = (None, crash or "conclude returned nothing")
                conclusions.pop(loaded.code, None)
                break
            conclusions.setdefault(loaded.code, {})[name] = concluded
    return conclusions


def _concluded(check: CorpusCheck, state: Any) -> Conclusion:
    return checked_conclusion(check.conclusion(state))
