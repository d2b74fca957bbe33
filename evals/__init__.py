"""The evaluation suite: ``python -m evals``, or ``replique eval`` in a checkout."""
