"""The readers of files, one a format: bytes -> text."""
