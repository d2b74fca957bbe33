"""The view of the documents: what the corpus holds, added to, described, removed."""
