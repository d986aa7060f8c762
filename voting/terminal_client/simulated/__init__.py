"""Headless terminals that speak the real protocol over real websockets, for rehearsals and the sample sitting."""

from voting.terminal_client.simulated.chair import SimulatedChair, SittingStalled
from voting.terminal_client.simulated.checks import BallotChecks
from voting.terminal_client.simulated.crypto import TerminalDistrust
from voting.terminal_client.simulated.hands import FoundByHand, HandCounter
from voting.terminal_client.simulated.link import Link, LinkLost, LoginRefused, open_http
from voting.terminal_client.simulated.scrutineer import SimulatedScrutineer
from voting.terminal_client.simulated.seat import SeatFailed, SimulatedSeat
from voting.terminal_client.simulated.view import ViewFollower

__all__ = [
    "BallotChecks",
    "FoundByHand",
    "HandCounter",
    "Link",
    "LinkLost",
    "LoginRefused",
    "SeatFailed",
    "SimulatedChair",
    "SimulatedScrutineer",
    "SimulatedSeat",
    "SittingStalled",
    "TerminalDistrust",
    "ViewFollower",
    "open_http",
]
