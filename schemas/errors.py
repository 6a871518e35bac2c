"""The exceptions of Crossfoot, in one small tree.

CrossfootError
├── UsageError        the command was asked for something that makes no sense       exit code 2
└── DocumentError     one document cannot be read; it is quarantined, the run goes on

Problems of the *data* (a total that does not add up) are values, not exceptions: see `findings`.
"""


class CrossfootError(Exception):
    """Root of the tree. `advice` says what the user can do next; `exit_code` is what the command ends with."""

    exit_code = 1

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class UsageError(CrossfootError):
    """The command line or an argument is wrong; nothing was changed."""

    exit_code = 2


class DocumentError(CrossfootError):
    """One file cannot be read. `reason` is a stable code (`encrypted`, `truncated`, `empty` …) for the quarantine."""

    def __init__(self, message: str, *, reason: str, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.reason = reason
