"""Encoders: from texts to vectors whose cosine says how alike two texts are in meaning."""
