"""Who is connected, and who more than once."""

from voting.server.http.access import Principal
from voting.server.live.connections import Connection, Connections
from voting.server.live.shares import Line, Shares
from voting.wire.roles import Audience, Role


def test_a_seat_with_two_terminals_is_named_until_one_of_them_leaves() -> None:
    connections = Connections()
    seat, chair = Principal(Role.DELEGATE, "001"), Principal(Role.CHAIR)
    for sid, who in (("a", seat), ("b", chair), ("c", chair)):
        connections.add(Connection(sid, who, Audience.SEAT, Line(Shares())))
    assert connections.doubled() == frozenset()
    assert connections.online() == {"001"}
    connections.add(Connection("d", seat, Audience.SEAT, Line(Shares())))
    assert connections.doubled() == {"001"}
    connections.remove("a")
    assert connections.doubled() == frozenset()
