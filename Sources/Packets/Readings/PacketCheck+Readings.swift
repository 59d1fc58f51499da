import CaseFiles
import SmallFormats
import Workspace

/// What a packet says that lexicons say, compared with what they do say.
extension PacketCheck {
  /// Reads every listing's texts again, where the lexicons and tables here are those that the packet names, byte for byte.
  ///
  /// Shape:  compared are hits with their standing and reasons, risk and points, and the terms that are cited.
  /// Limits: taxa are not compared, since a species cell's abbreviations are resolved by the whole file; a text with U+FFFD
  ///         is not read again, since in its place other bytes stood; nor are the shortened texts of a redacted packet.
  ///
  /// - Parameter open: gives what reads them; nil where no lexicons are at hand. It is not called in vain.
  mutating func checkReadings(again open: () -> ListingRereading?, _ document: JSONValue) {
    let what = "readings, which were not read again"
    let listed = readings.each("lexicons").isEmpty ? [] : readings.each("listings")
    guard !listed.isEmpty else { return }
    guard let rereading = open() else { return unchecked.append("\(what): no lexicons are at hand") }
    if let reason = Self.reason(against: rereading, readings) { return unchecked.append("\(what): \(reason)") }
    guard document.word("profile") == "full" else {
      return unchecked.append("\(what): this recipient does not get the texts as they were read")
    }
    var (read, skipped) = (0, 0)
    for listing in listed {
      let id = listing.word("id")
      let (title, text) = (listing.word("texts", "title"), listing.word("texts", "description"))
      guard !(title + text).unicodeScalars.contains("\u{FFFD}"),
        listing.word("not_read_because") != CitedReading.notRead
      else {
        skipped += 1
        continue
      }
      let species = document.at("tool", "listings", id)?.each("species_as_named").compactMap(\.asText) ?? []
      let again = rereading.reading(title: title, description: text, species: species)
      compare(listing, with: again)
      read += 1
    }
    if read > 0 {
      checked.append("hits, risk and reasons of \(Count.of(read, "listing")), read again with the same lexicons")
    }
    if skipped > 0 { unchecked.append("readings of \(Count.of(skipped, "listing")) that cannot be read again") }
  }

  /// Why nothing can be read again here; nil where it can.
  private static func reason(against rereading: ListingRereading, _ readings: JSONValue) -> String? {
    let program = readings.word("read_by")
    if program != rereading.program {
      return "\(DisplayText.visible(program, limit: 80)) read them, and this is \(rereading.program)"
    }
    let basis = rereading.basis
    let here = (basis.lexicons + basis.tables).map(\.citedName).filter(\.decidesReadings)
    let there = CitedName.all(in: readings).filter(\.decidesReadings)
    return Set(here) == Set(there) ? nil : "the lexicons and tables here are others"
  }

  /// Compares one listing's hits, risk and points, and the terms of its hits.
  private mutating func compare(_ listing: JSONValue, with again: CitedReading) {
    let terms = Dictionary(
      readings.each("terms").map { ("\($0.word("file")), line \($0.at("line")?.asNumber ?? 0)", $0) }
    ) { first, _ in first }
    let expected = JSONValue.map(
      ReadingsDocument.words(of: again) { term in terms[term.location]?.word("id") ?? "a term that is not listed" })
    guard case .map(let all) = listing, case .map(let names) = expected else { return }
    let found = JSONValue.map(all.filter { names[$0.key] != nil })
    if let difference = found.firstDifference(from: expected) {
      return report(
        ReadingsDocument.path,
        .differs(
          "\(listing.word("id")) \(difference.place)", found: difference.found, expected: difference.expected))
    }
    for term in again.hits.map(\.term) {
      guard let recorded = terms[term.location], seenTerms.insert(recorded.word("id")).inserted else { continue }
      if let difference = recorded.firstDifference(from: ReadingsDocument.term(term, id: recorded.word("id"))) {
        report(
          ReadingsDocument.path,
          .differs(
            "the term \(recorded.word("id")), \(difference.place)", found: difference.found,
            expected: difference.expected))
      }
    }
  }
}
