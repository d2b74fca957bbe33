"""A checked dossier as a file: Markdown, Word or a page to print."""
