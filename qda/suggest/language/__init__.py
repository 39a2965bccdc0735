"""Language tools in three tiers behind one interface: words, sentences, parts of speech, lemmas, parts."""
