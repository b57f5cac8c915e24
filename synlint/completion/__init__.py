"""Completion in the shell: the scripts, and the words that may stand under the cursor."""
