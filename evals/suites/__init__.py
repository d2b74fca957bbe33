"""What is measured, a suite a file: ``run(progress, …) -> report``, ``tables(report)``, ``failures(report)``.

``systems`` and ``rows`` are what the suite of the answers compares; ``echo`` is a server that the suite of
the page starts.
"""
