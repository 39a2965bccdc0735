"""Retrieval of passages: a query built by clicking, its sentence, its passages."""
