"""What acknowledges a request: the reply that its type names, or a refusal."""

from typing import Annotated

import msgspec

from voting.congress.refusal import Refusal
from voting.wire.base import Wire
from voting.wire.polls import PollView

Yes = Annotated[bool, msgspec.Meta(extra_json_schema={"const": True})]
No = Annotated[bool, msgspec.Meta(extra_json_schema={"const": False})]


class RefusedReply(Wire, frozen=True):
    """Not carried out, and why not."""

    refusal: Refusal
    ok: No = False


class DoneReply(Wire, frozen=True):
    """Carried out."""

    ok: Yes = True


class CastReply(Wire, frozen=True):
    """The ballot is stored durably under this tracker, and not verified yet."""

    tracker: str
    ok: Yes = True


class NewCodeReply(Wire, frozen=True):
    """The new code in clear, this once. qr: of the link that logs in with it, an SVG picture as a data URI."""

    code: str
    qr: str
    ok: Yes = True


class PreviewReply(Wire, frozen=True):
    """The poll that a draft would become."""

    preview: PollView
    ok: Yes = True


Reply = RefusedReply | DoneReply | CastReply | PreviewReply
