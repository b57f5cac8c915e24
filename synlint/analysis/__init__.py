"""What rules know about texts: arithmetic, constraints, languages, markup, numbers with check digits. No rule is here."""
