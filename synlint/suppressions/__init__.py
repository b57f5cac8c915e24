"""What is known or accepted already, and so left out of a report: baselines and ignore files."""
