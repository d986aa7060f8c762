"""Headless terminals that speak the real protocol over real websockets, for rehearsals and the sample sitting."""

from voting.terminal_client.simulated_chair import SimulatedChair, SittingStalled
from voting.terminal_client.simulated_checks import BallotChecks
from voting.terminal_client.simulated_crypto import TerminalDistrust
from voting.terminal_client.simulated_hands import FoundByHand, HandCounter
from voting.terminal_client.simulated_link import Link, LinkLost, LoginRefused, open_http
from voting.terminal_client.simulated_scrutineer import SimulatedScrutineer
from voting.terminal_client.simulated_seat import SeatFailed, SimulatedSeat
from voting.terminal_client.simulated_view import ViewFollower

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
