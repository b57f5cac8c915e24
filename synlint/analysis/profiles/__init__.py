"""Statistics of a reference corpus, and how a corpus differs from it."""
