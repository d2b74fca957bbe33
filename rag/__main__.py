"""``python -m rag`` is the command ``replique``."""

from rag.cli import main

main()
