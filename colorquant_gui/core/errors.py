"""What can go wrong, in words a person can read."""


class ColorQuantError(Exception):
    """A failure whose message may be shown to a person as it stands."""


class InvalidParameterError(ColorQuantError, ValueError):
    """A setting is outside its range; the message names the value and the range."""


class ImageLoadError(ColorQuantError):
    """A file could not be opened as a picture; the message names the file and the reason."""


class SaveError(ColorQuantError):
    """A file could not be written; the message names the file and the reason."""


class Cancelled(ColorQuantError):  # noqa: N818 - not a failure, the person asked for it
    """The work was stopped because it was asked to stop."""

    def __init__(self) -> None:
        super().__init__("Cancelled.")
