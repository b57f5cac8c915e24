"""What commands share at the terminal: option parsing, help, the progress bar, the memory of the last run."""
