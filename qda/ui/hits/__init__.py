"""Hits of a search in all documents, and coding from them."""
