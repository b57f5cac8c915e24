"""List, show, test, scaffold and document rules."""
