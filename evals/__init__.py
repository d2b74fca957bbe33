"""The evaluation suite: ``python -m evals``, or ``replique eval`` in a checkout.

``sets`` are what is asked, ``suites`` what is measured, ``report`` how the figures of the answers are shown,
``fit`` what the files of ``rag/weights`` come from. ``python -m evals --help`` lists the commands.
"""

SEED = 20260106
"""Of whatever is drawn at random."""
