"""What a verified record says, in sentences for a person and in fields for a program.

Votes and papers are stated as they were cast; what follows from them under the poll's rules (who is
elected, which paper is void because it elects too many) is not decided here.
"""

from collections import Counter
from typing import Any

from voting.tally.ballots.singly import ABSTAIN, AGAINST, FOR, Paper, Ranks, WriteIns
from voting.tally.board.election import AnyQuestion, MixedQuestion
from voting.tally.board.result import Counts
from voting.tally.board.result import Papers as Listed
from voting.tally.errors import TallyError
from voting.tally.verify.checks import VerifiedRecord
from voting.tally.verify.laws import LAW_TITLES

Numbers = tuple[int, ...]


def verdict_lines(record: VerifiedRecord) -> list[str]:
    """The verdict on a record whose checks passed, with every law that it lacks."""
    if not record.lacking:
        return ["This record is valid."]
    laws = [f"A stricter law that it does not keep: {LAW_TITLES[law]}." for law in record.lacking]
    return ["This record is valid by the published format.", *laws]


def describe_record(record: VerifiedRecord) -> list[str]:
    """Lines for the auditor's terminal, after the checks and the verdict."""
    election = record.election
    texts = "; ".join(question.text for question in election.questions[:3])
    lines = [f"Poll: {election.name} ({texts}{'; …' if election.questions[3:] else ''})"]
    lines.append(
        f"{record.n_ballots} ballots from {record.n_credentials} credentials; group {election.group.name};"
        f" {_opened_by(record)}; {record.receipts} receipts checked."
    )
    if record.n_replaced:
        lines.append(f"{record.n_replaced} earlier ballots were replaced by a later one of the same credential.")
    if not record.receipts:
        lines.append("Without receipts a ballot that was removed before publication would not be noticed.")
    for question, found in zip(election.questions, record.result, strict=True):
        if len(election.questions) > 1:
            lines.append(question.text)
        lines += _describe(question, found)
    for vote in record.named:
        lines.append(f"  {vote.voter.delegate} {vote.voter.name}: {_named(record, vote.answers)}")
    lines += [f"Fingerprint of the poll: {record.fingerprint}", f"Head of the board: {record.head}"]
    return [*lines, f"SHA-256 of the file: {record.archive_sha256}"]


def record_fields(record: VerifiedRecord) -> dict[str, Any]:
    """The same as JSON. ``question``, ``answers`` and ``counts`` stand only where there is one summed question."""
    election, trustees = record.election, record.trustees
    fields: dict[str, Any] = {
        "uuid": election.uuid,
        "name": election.name,
        "group": election.group.name,
        "secrecy": "recorded" if election.recorded else "secret",
    }
    if len(election.questions) == 1 and not isinstance(election.questions[0], MixedQuestion):
        question = election.question
        fields |= {"question": question.text, "answers": list(question.answers), "counts": list(record.counts)}
    return fields | {
        "questions": [
            {"question": question.text, "answers": list(question.answers), **_as_fields(question, found)}
            for question, found in zip(election.questions, record.result, strict=True)
        ],
        "ballots": record.n_ballots,
        "replaced": record.n_replaced,
        "credentials": record.n_credentials,
        "named": [
            {"delegate": vote.voter.delegate, "name": vote.voter.name, "answers": [list(v) for v in vote.answers]}
            for vote in record.named
        ],
        "shufflers": list(record.shufflers),
        "owners": list(record.owners),
        "threshold": trustees.threshold if trustees else 0,
        "trustees": trustees.size if trustees else 0,
        "receipts": record.receipts,
        "fingerprint": record.fingerprint,
        "head": record.head,
        "archive_sha256": record.archive_sha256,
        "lacking": [law.value for law in record.lacking],
    }


def _opened_by(record: VerifiedRecord) -> str:
    if record.trustees is None:
        return "a recorded poll, nothing was encrypted"
    shuffled = f"shuffled by scrutineers {', '.join(map(str, record.shufflers))}, " if record.shufflers else ""
    return (
        f"{shuffled}decrypted by scrutineers {', '.join(map(str, record.owners))} of {record.trustees.size}"
        f" ({record.trustees.threshold} needed)"
    )


def _describe(question: AnyQuestion, found: Counts | Listed) -> list[str]:
    if not isinstance(question, MixedQuestion):
        return [f"  {votes:6}  {answer}" for answer, votes in zip(question.answers, _numbers(found), strict=True)]
    papers = _papers(found)
    if isinstance(question.use, WriteIns):
        return _describe_write_ins(question.use, papers)
    if isinstance(question.use, Ranks):
        return _describe_ranks(question, question.use, papers)
    return [f"  {times:6}  {list(paper)}" for paper, times in sorted(Counter(papers).items())]


def _describe_write_ins(use: WriteIns, papers: list[Numbers]) -> list[str]:
    read: list[Paper] = []
    for paper in papers:
        try:
            read.append(use.read(paper))
        except TallyError:
            continue
    lines = ["     for against abstain"]
    for place, name in enumerate(use.candidates):
        marks = Counter(paper.marks[place] for paper in read)
        lines.append(f"  {marks[FOR]:6} {marks[AGAINST]:7} {marks[ABSTAIN]:7}  {name}")
    written = Counter(_written(use, item) for paper in read for item in paper.write_ins)
    lines += [f"  {times:6} written in: {name}" for name, times in sorted(written.items())]
    return [*lines, f"  {len(papers) - len(read):6} papers that cannot be read"]


def _describe_ranks(question: MixedQuestion, use: Ranks, papers: list[Numbers]) -> list[str]:
    read: list[Numbers] = []
    for paper in papers:
        try:
            read.append(use.read(paper))
        except TallyError:
            continue
    lines = [f"  papers that give place 1, 2, … {use.places}"]
    for position, answer in enumerate(question.answers):
        places = Counter(paper[position] for paper in read)
        lines.append("  " + " ".join(f"{places[place]:4}" for place in range(1, use.places + 1)) + f"  {answer}")
    return [*lines, f"  {len(papers) - len(read):6} papers that cannot be read"]


def _written(use: WriteIns, item: int | str) -> str:
    return use.roster[item - 1] if isinstance(item, int) else item


def _as_fields(question: AnyQuestion, found: Counts | Listed) -> dict[str, Any]:
    if isinstance(question, MixedQuestion):
        use = {} if question.use is None else {"use": question.use.to_json()}
        return {**use, "papers": [list(paper) for paper in _papers(found)]}
    return {"counts": list(_numbers(found))}


def _named(record: VerifiedRecord, answers: tuple[Numbers, ...]) -> str:
    parts: list[str] = []
    for question, values in zip(record.election.questions, answers, strict=True):
        if isinstance(question, MixedQuestion):
            parts.append(str(list(values)))
        else:
            chosen = [answer for answer, value in zip(question.answers, values, strict=True) if value]
            parts.append(", ".join(chosen) or "-")
    return "; ".join(parts)


def _numbers(found: Counts | Listed) -> Numbers:
    return tuple(item for item in found if isinstance(item, int))


def _papers(found: Counts | Listed) -> list[Numbers]:
    return [item for item in found if not isinstance(item, int)]
