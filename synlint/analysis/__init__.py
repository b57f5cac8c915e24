"""What rules know about texts: arithmetic, constraints, languages, markup, check digits. No rule is here."""
