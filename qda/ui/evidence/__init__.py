"""Evidence of relations: passages nearby, the queue of cases, relations from a passage."""
