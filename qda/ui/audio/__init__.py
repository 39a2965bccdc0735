"""Hearing the recording beside the transcript. Needs the extra ``audio``; without it time marks are plain."""
