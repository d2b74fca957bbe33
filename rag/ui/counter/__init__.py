"""The view that answers a speech, its timer and the large print."""
