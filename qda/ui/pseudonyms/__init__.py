"""Replacing names and places: candidates, hits one by one, the key file, the purge, the protocol."""
