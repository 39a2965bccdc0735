"""Cue words: what a clause may say about a phenomenon (a reason, a way of acting), asked, never set."""
