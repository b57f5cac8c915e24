"""What corpora look like to an encoder: how varied their texts are, and where they crowd."""
