import SmallFormats

/// The packet's own facts, and how to read the report.
struct PacketFacts {
  let records: PacketRecords

  private var document: JSONValue { records.document }

  /// The section.
  ///
  /// Shape:  a row for each fact that is stated; what the sender states about the law is labelled as the sender's.
  var html: String {
    """
    <section aria-labelledby="packet">
    <h2 id="packet">This packet</h2>
    <table class="facts"><tbody>
    \(facts)\(legal)</tbody></table>
    <h3>How to read this</h3>
    <p>A verdict is about a listing, not about a person: &ldquo;confirmed match to criteria&rdquo; is the verdict that the
    named analyst gave the listing; what it shows is suspected, not established. Species, prices and places are as the
    listing gives them unless it is said otherwise. Terms of lexicons are marked in the text: \
    <mark>counted</mark>, <mark class="weak">weak</mark>, <mark class="void">void</mark>, \
    <mark class="against">speaking for something harmless</mark>; the small number is that of the hit in the list below.
    A term is a reason to look, not proof; risk, 0 to 100, is about an advert's words alone. \(warning)Web addresses are
    written so that nothing follows them (hxxps, [.]); characters that hide or turn the text show as [U+202E]. What is not
    known is left out. The exact words are in packet.json, the rows as they were collected under evidence.</p>
    </section>

    """
  }

  private var facts: String {
    let handling = document.at("handling") ?? .null
    let sender = document.at("sender") ?? .null
    let contact = HTMLText.foreign(sender.word("contact_name")) + ", " + HTMLText.foreign(sender.word("contact_email"))
    let evidenceUse: String? =
      switch handling.at("not_for_evidence_without_sender") {
      case .truth(true): "only after asking the sender"
      case .truth(false): "not limited by the sender"
      default: nil
      }
    let version = document.at("packet_version")?.asNumber ?? 0
    return HTMLTable.rows([
      ("Packet", "\(HTMLText.escaped(DisplayText.visible(document.word("packet_id")))), version \(version)"),
      ("Replaces", document.at("supersedes")?.asText.map { HTMLText.foreign($0) }),
      (
        "Purpose",
        HTMLText.escaped(PacketPurpose(rawValue: document.word("purpose"))?.words ?? document.word("purpose"))
      ),
      (
        "Made",
        HTMLText.foreign(Moment.words(document.word("created"))) + " by "
          + HTMLText.foreign(records.chain.first?.word("actor")) + " with \(HTMLText.foreign(tool))"
      ),
      ("Sender", organisation(sender)), ("Contact", contact),
      ("Recipients", document.each("recipients").map(organisation).joined(separator: "<br>\n")),
      ("Keep until", handling.at("retain_until")?.asText.map { HTMLText.foreign($0) }),
      ("Use as evidence", evidenceUse),
      ("Integrity", integrity),
    ])
  }

  private var tool: String { "\(document.word("tool", "name")) \(document.word("tool", "version"))" }

  /// The chain's length and head, the casebook's if there is one, and whether it is signed.
  private var integrity: String {
    let chain =
      "audit.jsonl has \(Count.of(document.at("audit", "entries")?.asNumber ?? 0, "line")), its head is "
      + "<code>\(HTMLText.escaped(document.word("audit", "head_sha256")))</code>"
    let start = records.beginning
    let casebook = start.at("casebook_entries")?.asNumber.map {
      "<br>\nthe casebook then had \(Count.of($0, "event")), head "
        + "<code>\(HTMLText.escaped(start.word("casebook_head_sha256")))</code>"
    }
    let signed =
      document.at("tool", "signature")?.asText != nil
      ? "This packet is signed, and README.txt says how to check by whom."
      : "<strong>UNSIGNED</strong>: that it comes from the sender, the sender must confirm in another way."
    return chain + (casebook ?? "") + "<br>\n\(signed) README.txt says how to check that no file was changed since."
  }

  /// The sender's statements about the legal basis, without those that the sender did not make.
  private var legal: String {
    stated + HTMLTable.rows([("Provisions that may apply, as the sender chose", chosen)])
  }

  private var stated: String {
    let legal = document.at("legal") ?? .null
    func lines(_ name: String) -> String? {
      legal.at(name)?.asText.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : HTMLText.foreignLines($0, limit: 20_000) }
    }
    func list(_ name: String, _ separator: String) -> String? {
      let texts = legal.each(name).compactMap(\.asText)
      return texts.joined().allSatisfy(\.isWhitespace)
        ? nil : HTMLText.foreign(texts.joined(separator: separator), limit: 2000)
    }
    return HTMLTable.rows(
      [
        ("Basis of collection", lines("collection_basis")), ("Basis of processing", lines("processing_basis")),
        ("Jurisdictions", list("jurisdictions", ", ")), ("Instruments that may apply", list("instruments", "; ")),
        ("Good faith", lines("good_faith")),
      ].map { ("\($0.0), as the sender states", $0.1) })
  }

  /// The entries that the sender chose from the table of legal bases, each with its source.
  private var chosen: String? {
    let entries = document.at("tool")?.each("legal") ?? []
    guard !entries.isEmpty else { return nil }
    return entries.map { entry in
      let until = entry.at("in_force_until")?.asText
      let period = until.map { "\(entry.word("in_force_from")) to \($0)" } ?? "since \(entry.word("in_force_from"))"
      let speaks = entry.each("speaks_of").compactMap(\.asText).joined(separator: ", ")
      let unchecked = entry.at("unchecked")?.asText.map {
        " <strong>Unverified:</strong> \(HTMLText.foreign($0, limit: 400))."
      }
      return "<strong>\(HTMLText.foreign("\(entry.word("name")), \(entry.word("article"))", limit: 400))</strong> "
        + HTMLText.foreign("(\(entry.word("jurisdiction")), in force \(period)): \(entry.word("about"))", limit: 600)
        + (speaks.isEmpty ? "" : " " + HTMLText.foreign("It names \(speaks).", limit: 400))
        + "<br>\n<span class=\"small\">"
        + HTMLText.foreign("\(entry.word("title")). Source, looked up \(entry.word("looked_up")): ", limit: 600)
        + HTMLText.address(entry.word("source")) + ".\(unchecked ?? "")</span>"
    }.joined(separator: "<br>\n")
  }

  /// An organisation on one line.
  private func organisation(_ value: JSONValue) -> String {
    let kind = value.word("kind") == OrganisationKind.other.rawValue ? "" : value.word("kind") + ", "
    return "\(HTMLText.foreign(value.word("org"))) (\(HTMLText.escaped(kind + value.word("country"))))"
  }

  /// What must be known before reading an appendix here.
  private var warning: String {
    records.readings.at("appendices", "warning")?.asText.map { HTMLText.foreign($0, limit: 1000) + " " } ?? ""
  }
}
