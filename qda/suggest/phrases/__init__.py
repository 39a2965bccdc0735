"""Names for new codes, taken from the words of a passage: in vivo, noun phrases, process labels."""
