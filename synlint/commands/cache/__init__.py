"""Show or empty the cache of earlier results."""
