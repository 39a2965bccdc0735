"""Editing transcripts: the edit mode of the text, and replacing words in all documents."""
