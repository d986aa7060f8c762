"""Elections made wholly by belenios-tool 2.0: keys, credentials, ballots, tally, decryptions and the record."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

GROUP = "BELENIOS-2048"
UUID = "ForeignRecord1"
ANSWERS = ("示例甲", "示例乙", "示例丙")
CHOICES = ((1, 0, 0), (0, 1, 0), (1, 0, 0))
COUNTS = (2, 1, 0)
VOTERS = 4


@dataclass
class Foreign:
    """A folder in which the tool makes an election."""

    tool: str
    folder: Path

    def run(self, *arguments: str, given: str = "") -> str:
        """What the tool writes to standard output."""
        command = [self.tool, *arguments]
        done = subprocess.run(
            command, cwd=self.folder, input=given, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def files(self, suffix: str) -> list[Path]:
        """The files that the tool has made, by name."""
        return sorted(self.folder.glob(f"*.{suffix}"))

    def write(self, name: str, text: str) -> str:
        """A file for the tool; its name."""
        (self.folder / name).write_text(text, "utf-8")
        return name


def foreign_record(tool: str, folder: Path, threshold: int | None) -> bytes:
    """Three of four vote. threshold: of three trustees; None for two who are both indispensable.

    The credentials stand in an order that no sorting gives.
    """
    election = Foreign(tool, folder)
    _setup(election, threshold)
    election.run("archive", "init")
    for ballot in _ballots(election):
        election.run("archive", "add-event", "--type", "Ballot", given=ballot)
    election.run("archive", "add-event", "--type", "EndBallots")
    tally = election.run("election", "compute-encrypted-tally", "--dir", ".")
    election.run("archive", "add-event", "--type", "EncryptedTally", given=tally)
    for trustee in (1, 2) if threshold is None else (1, 3):
        opened = _decrypt(election, trustee, single=threshold is None)
        election.run("archive", "add-event", "--type", "PartialDecryption", given=opened)
    result = election.run("election", "compute-result", "--dir", ".")
    election.run("archive", "add-event", "--type", "Result", given=result)
    return (folder / f"{UUID}.bel").read_bytes()


def _setup(election: Foreign, threshold: int | None) -> None:
    group = ("--group", GROUP)
    election.run("setup", "generate-credentials", "--uuid", UUID, *group, "--count", str(VOTERS))
    (listed,) = election.files("pubcreds")
    credentials = sorted(json.loads(listed.read_text()))
    election.write("public_creds.json", _compact([*credentials[1:], credentials[0]]))
    if threshold is None:
        for _ in range(2):
            election.run("setup", "generate-trustee-key", *group)
    else:
        _threshold_keys(election, threshold)
    election.write("public_keys.jsons", _joined(election.files("pubkey")))
    election.run("setup", "make-trustees")
    question = {"answers": ANSWERS, "min": 0, "max": 1, "question": "示例问题"}
    template = {"description": "示例", "name": "示例选举", "questions": [question]}
    election.write("template.json", _compact(template | {"administrator": "示例", "credential_authority": "示例"}))
    election.run("setup", "make-election", "--uuid", UUID, *group, "--template", "template.json")


def _threshold_keys(election: Foreign, threshold: int) -> None:
    step = ("setup", "generate-trustee-key-threshold", "--group", GROUP, "--certs", "certs.jsons", "--step")
    asked = ("--threshold", str(threshold))
    for _ in range(3):
        election.run("setup", "generate-trustee-key-threshold", "--group", GROUP, "--step", "1")
    election.write("certs.jsons", _joined(election.files("cert")))
    election.run(*step, "2")
    keys = election.files("key")
    dealt = [election.run(*step, "3", "--key", key.name, *asked) for key in keys]
    election.write("polynomials.jsons", "".join(dealt))
    election.run(*step, "4", "--polynomials", "polynomials.jsons", *asked)
    outputs = [
        election.run(*step, "5", "--key", key.name, *asked, given=key.with_suffix(".vinput").read_text())
        for key in keys
    ]
    made = election.run(*step, "6", "--polynomials", "polynomials.jsons", *asked, given="".join(outputs))
    election.write("threshold.json", made)


def _ballots(election: Foreign) -> list[str]:
    (private,) = election.files("privcreds")
    tokens = [line.split()[-1] for line in private.read_text().splitlines()]
    ballots = []
    for token, choice in zip(tokens, CHOICES, strict=False):
        credential = election.write("credential", f"{token}\n")
        choices = election.write("choice.json", _compact([choice]))
        made = ("election", "generate-ballot", "--dir", ".", "--privcred", credential, "--ballot", choices)
        ballots.append(election.run(*made))
    return ballots


def _decrypt(election: Foreign, trustee: int, *, single: bool) -> str:
    place = ("--dir", ".", "--trustee-id", str(trustee))
    if single:
        return election.run("election", "decrypt", *place, "--privkey", election.files("privkey")[trustee - 1].name)
    key = election.files("key")[trustee - 1]
    sealed = key.with_suffix(".dkey").name
    return election.run("election", "decrypt-threshold", *place, "--key", key.name, "--decryption-key", sealed)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _joined(files: Sequence[Path]) -> str:
    return "".join(path.read_text() for path in files)
