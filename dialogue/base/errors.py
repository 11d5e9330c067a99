"""What an operation raises when a rule says no; turned into pages in one place (web.errors)."""

from dialogue.base.i18n import Lazy, lazy


class DomainError(Exception):
    """A rule said no. The message names the thing, the rule and the way out."""

    status = 400

    def __init__(self, message: Lazy) -> None:
        super().__init__(message.message)
        self.message = message


class Invalid(DomainError):
    """A value is wrong; ``field`` names the form's field it came from, "" when it concerns the whole."""

    status = 422

    def __init__(self, message: Lazy, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Closed(DomainError):
    """It was possible once, or will be, but not now."""

    status = 409


class NotAllowed(DomainError):
    """This person may not do this."""

    status = 403

    def __init__(self, message: Lazy = lazy("You do not have access to do this.")) -> None:
        super().__init__(message)


class NotFound(DomainError):
    """There is no such thing, or none that this person may know of."""

    status = 404

    def __init__(
        self, message: Lazy = lazy("The address may be wrong, or the page may have been taken down.")
    ) -> None:
        super().__init__(message)


class TooMany(DomainError):
    """Too many attempts in a short time."""

    status = 429

    def __init__(
        self, message: Lazy = lazy("There have been too many attempts. Wait a few minutes and try again.")
    ) -> None:
        super().__init__(message)
