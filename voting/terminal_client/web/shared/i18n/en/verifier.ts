export default {
  title: "Public verification",
  intro: "Anyone can verify the archive of a poll here. Everything runs in your browser, without the server; no file is uploaded.",
  drop: {
    heading: "Files",
    text: "Drop an archive (.bel) here, and receipts (.json) as well if you have any.",
    choose: "Choose files",
    over: "Let go to add the files",
    archive: "Archive",
    receipts: "Receipts",
    noArchive: "none yet",
    noReceipts: "none (optional)",
    receiptCount: "{n}",
    run: "Verify",
    rerun: "Verify again",
    running: "Verifying",
    stop: "Stop",
  },
  refused: {
    too_large: "“{name}” is too large: an archive has at most {limit} MiB.",
    receipts_too_large: "“{name}” is too large: a file of receipts has at most {limit} MiB.",
    empty: "“{name}” is empty.",
    receipts_unreadable: "“{name}” holds no receipts: it should be one receipt or a list of them (JSON).",
    several_archives: "One archive at a time: “{name}” is used.",
    unreadable: "“{name}” cannot be read.",
  },
  verdict: {
    waiting: "Add an archive to begin",
    running: "Check {n} is running",
    passed: "Every check passed",
    passedNoReceipts: "The archive passed (no receipts given)",
    failed: "Check {n} failed: this archive cannot be trusted",
    notArchive: "This is not an intact archive of a poll",
    notArchiveText: "Its form, or the fingerprint of a file in it, is not right: it may be the wrong file, or changed, or damaged.",
    receipts: "The receipts did not pass",
    receiptsText:
      "The archive itself passed its checks; one of the receipts is invalid, belongs to another poll, or names a ballot that is not on the board.",
    detail: "Technical detail",
  },
  result: {
    heading: "What the archive says",
    sitting: "Sitting",
    ballots: "Ballots",
    credentials: "Credentials",
    receipts: "Receipts checked",
    scrutineers: "Scrutineers who decrypted",
    ofThreshold: "{n} (at least {t})",
    fingerprint: "Poll fingerprint",
    sha256: "SHA-256 of the archive",
    option: "Option",
    votes: "Votes",
    majority: "{n} delegates in office, majority {m}",
    noMajority: "In the order of the question",
  },
  checks: {
    heading: "Checks",
    ballots: "{done} of {total}",
    status: {
      waiting: "not yet",
      running: "running",
      passed: "passed",
      failed: "failed",
      not_reached: "not reached",
      none: "no receipts",
    },
  },
  check: {
    archive_format: {
      title: "The archive has the one allowed form; every file is named after its content",
      why: "Nothing can be changed, smuggled in or cut off.",
    },
    event_chain: {
      title: "Every record names the one before; none is missing",
      why: "Nothing can be inserted, removed or swapped later.",
    },
    event_grammar: {
      title: "The records are complete and in order: opening, ballots, end, sum, decryptions, result",
      why: "An incomplete archive never passes.",
    },
    canonical_json: {
      title: "Every file is written in the one canonical way",
      why: "Nothing can be read in two ways.",
    },
    election: {
      title: "The question, the rules and the public key are sound",
      why: "The question is the one fixed at opening.",
    },
    trustees: {
      title: "The scrutineers' certificates, shares and keys are proven and make this poll's key",
      why: "Nobody else's key is mixed in.",
    },
    credentials: {
      title: "The credentials are valid, sorted, and none appears twice",
      why: "Their order does not tell who is who.",
    },
    ballot_form: {
      title: "Every ballot belongs to this poll, bears a listed credential and is well formed",
      why: "No foreign ballot is mixed in.",
    },
    one_ballot_per_credential: {
      title: "No credential has two ballots",
      why: "Nobody votes twice.",
    },
    ballot_signature: {
      title: "Every ballot is signed by its credential",
      why: "Nobody votes for another.",
    },
    ballot_proofs: {
      title: "Every ballot is proven to hold an allowed choice",
      why: "No over-voting, without decrypting anything.",
    },
    tally_size: {
      title: "The number of ballots counted is the number of ballots",
      why: "None is left out, none counted twice.",
    },
    encrypted_tally: {
      title: "The encrypted sum, made again from these ballots, is the archived one",
      why: "The sum cannot be exchanged.",
    },
    partial_decryptions: {
      title: "Every partial decryption is proven and belongs to one scrutineer",
      why: "Decryptions cannot be forged.",
    },
    enough_decryptions: {
      title: "Enough scrutineers took part",
      why: "Too few cannot make a result.",
    },
    result: {
      title: "The votes, computed again from the decryptions, are the archived ones",
      why: "The result cannot be rewritten.",
    },
    result_bounds: {
      title: "The votes are possible for this number of ballots",
      why: "No option has more votes than ballots.",
    },
    receipts: {
      title: "Every receipt given stands on the board",
      why: "Reveals a ballot taken out before publication; receipts are signed by the server.",
    },
  },
  limits: {
    heading: "What this shows",
    does: "Verified",
    doesNot: "Cannot be verified from the archive alone",
    checked: {
      count: "The votes are the sum of all ballots in the archive.",
      each: "Every ballot is signed by a registered credential, one each, and holds an allowed choice.",
      secret: "Enough scrutineers opened the sum together; nothing in the record opens a single ballot.",
    },
    open: {
      eligible: "That the credentials belong to delegates who signed in: the sitting's journal and the scrutineers witness it.",
      removed: "That no ballot was taken out before publication: compare with the delegates' receipts.",
      device: "That a seat's terminal encrypted what its delegate chose: the inspection of the devices answers for it.",
      same: "That this archive is the one the hall was shown: compare the fingerprint and the SHA-256.",
      collusion: "That scrutineers did not collude in secret: as many as the threshold could open ballots.",
    },
  },
};
