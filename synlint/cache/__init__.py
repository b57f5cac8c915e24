"""What earlier runs found, kept by content, so that unchanged data is not checked again."""
