"""The archive package in the window."""
