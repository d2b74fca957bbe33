"""Fit the files of ``rag/weights``, one a file: ``run(…, output)`` writes it, with where it comes from."""
