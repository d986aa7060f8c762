"""The closed list of reasons why the server does not take a request to the sitting, or cannot answer it."""

from enum import StrEnum


class WireRefusal(StrEnum):
    """What the server refuses by itself; the value is the key of the text in every catalogue."""

    NOT_YOUR_ROLE = "not_your_role"
    LOGIN_NEEDED = "login_needed"
    LOGGED_OUT = "logged_out"
    CODE_UNKNOWN = "code_unknown"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    PERSON_UNKNOWN = "person_unknown"
    TOO_MANY_REQUESTS = "too_many_requests"
    FRAME_MALFORMED = "frame_malformed"
    FRAME_TOO_LARGE = "frame_too_large"
    NOT_PUBLIC_YET = "not_public_yet"
    REPORTS_BUSY = "reports_busy"
    REPORTS_FAILED = "reports_failed"
    REPORT_FONT_MISSING = "report_font_missing"
    DISK_SPACE_LOW = "disk_space_low"
    SERVER_STOPPING = "server_stopping"
