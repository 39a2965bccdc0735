"""Suggestions in the window: shown above the codes with their reason, decided by the person."""
