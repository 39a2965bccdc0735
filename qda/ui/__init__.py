"""The window: views and widgets. No SQL, no session, no rule of the method."""
