"""What ``python -m evals scale`` does, phase by phase, each in a process of its own."""
