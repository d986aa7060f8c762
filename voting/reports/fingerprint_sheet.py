"""会议指纹表: what people compare with their screens before the first vote, to be hung beside the hall screen."""

from voting.record.description import roster_document
from voting.reports import texts
from voting.reports.circumstances import over_of
from voting.reports.fingerprints import fingerprint
from voting.reports.record import SittingRecord
from voting.reports.sheet import AnyBlock, Notice, Sheet, Signature, Signatures
from voting.reports.times import moment
from voting.tally.json_form import sha256_hex


def fingerprint_sheet(record: SittingRecord) -> Sheet:
    """The keys and lists of the sitting in words: the same ones that pages and badges show."""
    keys = record.sitting.ceremony.keys
    blocks: list[AnyBlock] = []
    if keys is None:
        blocks.append(Notice(text=texts.NO_KEY_YET))
    else:
        blocks.append(fingerprint(texts.KEY_PRINT, sha256_hex(keys.public_key.encode()), texts.KEY_PRINT_NOTE))
    if record.server_key:
        blocks.append(fingerprint(texts.SERVER_KEY_PRINT, record.server_key, texts.SERVER_KEY_PRINT_NOTE))
    roster = sha256_hex(roster_document(record.sitting.plan.roster))
    blocks.append(fingerprint(texts.ROSTER_PRINT, roster, texts.ROSTER_PRINT_NOTE))
    if record.pages:
        blocks.append(fingerprint(texts.PAGES_PRINT, record.pages, texts.PAGES_PRINT_NOTE))
    signing = (Signature(texts.SECRETARIAT), Signature(texts.CHIEF_SCRUTINEER))
    return Sheet(
        name="fingerprints",
        over=over_of(record),
        title=texts.FINGERPRINTS_TITLE,
        subject="",
        as_of=record.as_of,
        as_of_line=texts.AS_OF.fill(time=moment(record.as_of)),
        blocks=(*blocks, Signatures(lines=signing, date=texts.SIGN_DATE)),
    )
