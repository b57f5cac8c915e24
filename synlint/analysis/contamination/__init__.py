"""What of a corpus stands in benchmark and test files, and which rows stand in its own training and test parts."""
