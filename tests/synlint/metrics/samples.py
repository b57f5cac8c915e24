"""Two samples that published implementations were asked about; the tests say which, and what they answered."""

from __future__ import annotations

import numpy as np

_CHANCE = np.random.default_rng(7)
FIRST = _CHANCE.normal(size=(60, 8)) * np.array([3, 2, 2, 1, 1, 0.5, 0.5, 0.1]) + np.array([1, 0, 0, 0, 0, 0, 0, 0.3])
SECOND = _CHANCE.normal(size=(50, 8)) + 0.4
