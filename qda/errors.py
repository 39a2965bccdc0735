"""The two kinds of error: the user's world, told in a sentence, and our bugs, which are seen."""


class KnownError(Exception):
    """Something in the user's world stands in the way.

    The message is one sentence (or two) in the window's language: what happened, what was kept,
    what to do. The command line prints it on one line and exits with 1; the window shows it.
    """

    def __init__(self, sentence: str, *, path: object = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.path = path


class UsageError(KnownError):
    """The call itself is wrong (an unknown act, a key that the act does not take): exit code 2."""


class AmbiguousError(KnownError):
    """A name means several objects; ``candidates`` tells them apart."""

    def __init__(self, sentence: str, *, candidates: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.candidates = candidates
