"""The view in which a debater trains."""
