"""One run: features, row rules, corpus states, merge, conclude, verdict."""
