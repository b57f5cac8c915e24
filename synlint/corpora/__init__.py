"""From paths and Python objects to canonical batches of question-answer pairs."""
