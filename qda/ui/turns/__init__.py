"""Speakers, turns, topics and later corrections of a transcript, done in the window."""
