import SmallFormats

/// `data/README.txt`: what the packet contains and how to check it, for people who open the folder first. It is derived from
/// `packet.json` alone.
///
/// Shape:  plain text with LF. No field can begin a line of its own, since its line breaks are kept and its controls shown.
struct ReadMe {
  /// `packet.json`.
  let document: JSONValue

  /// The whole file.
  ///
  /// Shape:  UTF-8 without a byte-order mark; the last line ends in LF.
  /// Fails:  never; text of the form is made visible before it is set in.
  var bytes: [UInt8] { Array(text.utf8) }

  private var isSigned: Bool { document.at("tool", "signature")?.asText != nil }

  /// The file in order: name and mark, title, sender and recipients, handling, summary, then the standing sections.
  private var text: String {
    let folderName = PacketSubjects(of: document).folderName
    let email = DisplayText.visible(document.word("sender", "contact_email"))
    let tlp = document.word("handling", "tlp")
    let test =
      document.at("test_data") == .truth(true) ? "\nTEST DATA: the listings in this packet are invented.\n" : ""
    let conditions = document.word("handling", "conditions").nonEmpty.map { "\n" + lines($0) } ?? ""
    let isDescribed = document.each("listings").contains {
      document.at("tool", "listings", $0.word("id"), "description") != nil
    }
    let described =
      isDescribed
      ? """

        What an analyst stated in codes stands under tool.listings, description, each with
        name and time; what the row says stands beside it. Nothing there is inferred.
      """ : ""
    return """
      \(folderName)  \(tlp)\(isSigned ? "" : "  UNSIGNED")
      \(DisplayText.visible(document.word("title")))
      \(test)
      From: \(DisplayText.visible(document.word("sender", "org"))) <\(email)>
      To:   \(document.each("recipients").map { DisplayText.visible($0.word("org")) }.joined(separator: "\n      "))

      \(TrafficLight(rawValue: tlp)?.words ?? "")\(conditions)

      \(lines(document.word("summary")))

      WHAT LIES HERE
        data/report.html    read this; it needs no network and runs nothing
        data/listings.csv   the listings for a spreadsheet (\(document.each("listings").count))
        data/packet.json    the same for programs, with the exact texts; under tool.copies,
                            which listings are one advert, and where their words differ
        data/stix/          the listings as STIX 2.1, for MISP, OpenCTI and the like
        data/case/          the evidence as CASE/UCO, for forensic laboratories
        data/evidence/      \(evidence)
        data/readings.json  what the lexicons say about each listing: every hit with its
                            place, term, standing and source, the risk and its points,
                            the taxa and their protection; readings.schema.json beside it
                            says what its fields are, since packet.json has none for them
        data/audit.jsonl    who did what when; each line holds the hash of the one before

      \(withheld)HOW TO READ IT
        "Confirmed match to criteria" is the verdict that the named analyst gave a listing.
        What it shows is suspected, not established, and it is about a listing, not about a
        person's guilt. "Unsure" is the verdict of an analyst who did not decide.
        Statements of the sender (how the listings were collected, good faith, conditions)
        stand here only where the sender made them.\(described)
        What is not known is written as unknown, never guessed. A grade of F6 means that
        source and information were not graded. Under red_flags, packet.json has remarks
        that begin "data note": they say how far a fact carries. A url that begins
        urn:linsang:listing: is a name, given where no web address was collected.
        In report.html and listings.csv a character that hides or turns text is shown as
        [U+202E], and in listings.csv an apostrophe stands before what a spreadsheet would
        take for a formula. A cell may be cut. packet.json holds the exact text.

      HOW IT WAS FLAGGED
        A term of a lexicon is a reason to look, never proof. Risk, 0 to 100, is about an
        advert's words alone; its points add up to it. A hit is a range of bytes (UTF-8,
        from 0) of the title or description as read, which readings.json holds beside it
        and says after what conversion it was read.
      \(basis)

      HOW TO CHECK IT
        In the folder \(folderName):
          sha256sum -c tagmanifest-sha256.txt
          sha256sum -c manifest-sha256.txt
        Every line must say OK. Then no file was changed since the lists were made.
        `linsang verify \(folderName)` checks this and the audit chain, whose head is
          \(document.word("audit", "head_sha256"))
        `bagit.py --validate \(folderName)` does as well; the folder is a BagIt bag.
      \(authenticity(folderName, email))

      """
  }

  /// How to find out that the packet comes from the sender it names.
  private func authenticity(_ folderName: String, _ email: String) -> String {
    guard isSigned else {
      return """
          UNSIGNED: whoever changes the packet can make new lists. Ask the sender, through a
          channel other than the packet's, for the head given above.
        """
    }
    return """
        The packet is signed: \(PacketSignature.path) is an SSH signature over
        the list of lists. Ask the sender for the public key through a channel other than
        the packet's, and write it into a file of allowed signers (ssh-keygen(1)):
          \(email) namespaces="\(PacketSignature.namespace)" ssh-ed25519 AAAA...
          linsang verify --allowed-signers FILE \(folderName)
        or, without Linsang, in the folder:
          ssh-keygen -Y verify -f FILE -I \(email) -n \(PacketSignature.namespace)
            -s \(PacketSignature.path) < tagmanifest-sha256.txt   (in one line)
      """
  }

  /// What the listings were read with, and what is not known about that.
  ///
  /// Shape:  the lexicons, then a warning about appendices if there is one; each begins a line.
  private var basis: String {
    let count = document.at("code_lists")?.each("lexicons").count ?? 0
    let lexicons =
      count > 0
      ? "Read with \(count) lexicons, whose SHA-256 stand in readings.json."
      : "No lexicon was on: the listings were not read for code words."
    let appendices = document.word("tool", "readings", "appendices").nonEmpty
    return [lexicons, appendices].compactMap { $0 }.map { Self.wrapped(DisplayText.visible($0)) }.joined(
      separator: "\n")
  }

  /// The text in indented lines of at most 88 characters, like the rest of the file.
  ///
  /// Limits: a word that is longer keeps a line of its own; nothing is cut.
  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let line = lines.last, line.count + word.count < 86 {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { "  " + $0 }.joined(separator: "\n")
  }

  private var isRedacted: Bool { document.word("profile") == "redacted" }

  /// What the evidence is.
  private var evidence: String {
    isRedacted && !keepsRows
      ? """
      of each listing an extract of what you get of it; the row as it was
                            collected is withheld
      """
      : """
      each listing's row, byte for byte as it stood in the source
                            file; files end in .txt so that nothing starts them\(converted)\(files)
      """
  }

  private var keepsRows: Bool { document.at("tool", "recipient")?.each("keeps").contains(.text("row")) == true }

  /// Lines about files beside the rows; empty where there are none and none is missing.
  ///
  /// Shape:  it continues the line about `data/evidence/`, and so begins with a line break.
  private var files: String {
    let listings = document.at("tool", "listings") ?? .null
    let count = document.each("evidence").count { piece in
      listings.at(piece.word("listing"))?.at("evidence", piece.word("id"))?.at("source") != nil
    }
    let missing = document.at("tool", "evidence_missing")?.asList?.count ?? 0
    var lines: [String] = []
    if count > 0 {
      lines.append("Beside them \(Count.of(count, "file")) that analysts attached or that the rows")
      lines.append("name, byte for byte; what could run ends in .txt. Annex A of the")
      lines.append("report says where each is from")
    }
    if missing > 0 {
      lines.append("\(Count.of(missing, "file")) could not be had; annex A and packet.json say which and why")
    }
    return lines.map { "\n                      " + $0 }.joined()
  }

  /// What the recipient does not get; empty where that is nothing.
  private var withheld: String {
    guard isRedacted else { return "" }
    let lines = document.each("redactions").map { redaction in
      let count = redaction.at("count")?.asNumber ?? 0
      return Self.wrapped("\(redaction.word("rule")), of \(count): \(redaction.word("path"))")
    }
    let named = document.at("tool", "recipient")?.each("renames").contains(.text("seller")) == true
    return """
      WHAT IS WITHHELD
        This packet is of the kind "\(DisplayText.visible(document.word("tool", "recipient", "title")))". What it leaves out of the listings:
      \(lines.joined(separator: "\n"))
        [withheld] stands where a text was.\(named ? " Sellers have names that only this packet gives\n  them; the same seller has another one in the next." : "")
        The sender has the whole and may be asked for it.


      """
  }

  /// A sentence about evidence whose bytes are not those on disk; empty if there is none.
  ///
  /// Shape:  it continues the line about `data/evidence/`, and so begins with a line break.
  private var converted: String {
    let rows = document.each("evidence").filter { $0.at("original") == .truth(false) }
    guard !rows.isEmpty else { return "" }
    return """

                            (\(rows.count) of them read from a file that was packed, in another
                            encoding, or a workbook or database: packet.json says there
                            "original": false, what was done, and whose SHA-256 it is)
      """
  }

  /// The text in its own lines, made visible.
  /// Each line is made visible by itself, so that only the writer's own breaks remain breaks.
  private func lines(_ text: String) -> String {
    HTMLText.lines(of: text).map { DisplayText.visible($0) }.joined(separator: "\n")
  }
}
