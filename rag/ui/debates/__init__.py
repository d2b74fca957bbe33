"""The switcher between debates."""
