"""The questions of method in the window: a panel to ask and to answer, and what is open about a model."""
