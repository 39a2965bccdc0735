"""The commands of ``qda``: the same acts and queries as in the window, for scripts, teams and tests."""
