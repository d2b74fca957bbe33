"""The view that checks claimed quotes."""
