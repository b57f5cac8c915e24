"""Output formats: every one is a function of a finished `Report`; none of them checks, decides or reads a corpus."""
