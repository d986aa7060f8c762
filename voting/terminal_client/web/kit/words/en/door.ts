export default {
  title: "Choose your page",
  seat: "Delegates and observers: sign in, agenda, vote, results",
  console: "Executive chair and staff: run the agenda, open and close polls",
  screen: "Hall screen: agenda, progress and results",
  scrutineer: "Scrutineers: key ceremony, checking ballots, decryption, confirming the count",
  verifier: "Anyone: download the record of an announced poll and verify it",
};
