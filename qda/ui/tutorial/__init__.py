"""The written tutorial in a window of its own, beside the one in which its steps are done."""
