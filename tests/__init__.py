"""The tests, by room. A package, as one that is installed may be called so, too."""
