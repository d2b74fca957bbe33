"""The view in which a brief is made, looked through and exported."""
