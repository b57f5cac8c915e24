"""Which texts and pairs say the same: shingles, MinHash, exact verification, groups."""
