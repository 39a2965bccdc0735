"""Rows of commands."""

from qda.ui.commands import Command

COMMANDS: tuple[Command, ...] = ()
