"""Write, prune and show baselines: findings that are known."""
