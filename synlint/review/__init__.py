"""Walk the findings of a run one by one, in the terminal, and decide on each."""
