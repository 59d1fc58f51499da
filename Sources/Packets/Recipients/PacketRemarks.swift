import CaseFiles
import Casework
import CodeWords
import Listings
import Sentences

/// What a person should know before a packet leaves: what it lacks, and what in it is dangerous for this recipient. Unlike a
/// problem of the form it stops nothing once it was read.
package struct PacketRemark: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case personalDataInTheOpen = "personal data in the open"
    case contacts
    case noRetention = "no day of deletion"
    case noBasis = "no basis for personal data"
    case disputed = "disagreements"
    case handedOver = "in an earlier packet"
    case openNotes = "open notes"
    case unsure
    case undated
    case unidentifiable = "species cannot be told"
    case ungraded = "not graded"
    case legalNotInForce = "legal basis not in force"
    case legalUnchecked = "legal basis unverified"
    case unverifiedTerms = "unverified terms"
    case missingFiles = "missing files"
    case faultyCaptures = "faulty web archives"
    case withheldFiles = "withheld files"
  }

  package let kind: Kind
  /// What it is about, and of how many listings.
  package let sentence: String
}

/// What is known about the listings of a packet beside the packet itself.
package struct PacketSurroundings: Equatable, Sendable {
  /// Listings on which analysts disagree.
  package var disputed: Set<ListingKey>
  /// Listings with a note that was begun and not filed.
  package var openNotes: Set<ListingKey>
  /// The last packet that holds each listing, by its name; empty for a packet that replaces one.
  package var earlier: [ListingKey: String]

  package init(
    disputed: Set<ListingKey> = [], openNotes: Set<ListingKey> = [], earlier: [ListingKey: String] = [:]
  ) {
    (self.disputed, self.openNotes, self.earlier) = (disputed, openNotes, earlier)
  }
}

extension RecipientProfile {
  /// What a person should know before these listings leave under this form.
  ///
  /// Shape:  at most one remark of each kind, and of each legal basis that was not in force; the most dangerous first.
  /// Cost:   O(listings and those of their texts that are passed on).
  package func remarks(
    on form: PacketForm, _ listings: [CaseListing], _ around: PacketSurroundings
  ) -> [PacketRemark] {
    var remarks: [PacketRemark] = []
    func add(_ kind: PacketRemark.Kind, _ count: Int, _ words: (Int) -> String) {
      guard count > 0 else { return }
      remarks.append(PacketRemark(kind: kind, sentence: words(count)))
    }
    let named = listings.count { passesOnWho($0) }
    if [.green, .clear].contains(form.tlp) {
      add(.personalDataInTheOpen, named) { count in
        localized(
          count, one: "\(form.tlp.rawValue) lets the packet travel, and \(count) listing in it can lead to a person",
          other: "\(form.tlp.rawValue) lets the packet travel, and \(count) listings in it can lead to a person")
      }
    }
    let patterns = Contacts()
    add(.contacts, isRedacted ? listings.count { passesOnContacts($0, patterns) } : 0) { count in
      localized(
        count, one: "\(count) listing has a telephone number, an address or a name to write to in what is passed on",
        other: "\(count) listings have a telephone number, an address or a name to write to in what is passed on")
    }
    if named > 0, form.retainUntil.isEmpty {
      add(.noRetention, named) { count in
        localized(
          count, one: "\(count) listing can lead to a person, and no day of deletion is given",
          other: "\(count) listings can lead to a person, and no day of deletion is given")
      }
    }
    if named > 0, form.legal.processingBasis.allSatisfy(\.isWhitespace) {
      add(.noBasis, named) { count in
        localized(
          count, one: "\(count) listing can lead to a person, and why that may be kept is not stated",
          other: "\(count) listings can lead to a person, and why that may be kept is not stated")
      }
    }
    add(.disputed, listings.count { around.disputed.contains($0.key) }) { count in
      localized(
        count, one: "analysts disagree on \(count) listing, and the disagreement is not settled",
        other: "analysts disagree on \(count) listings, and the disagreement is not settled")
    }
    let earlier = listings.compactMap { around.earlier[$0.key] }
    if let last = earlier.max() {
      add(.handedOver, earlier.count) { count in
        localized(
          count,
          one: "\(count) listing is in \(last) already: if this is its next version, name it under “Replaces packet”",
          other: "\(count) listings are in earlier packets already, the last \(last): if this is its next version, "
            + "name it under “Replaces packet”")
      }
    }
    add(.openNotes, listings.count { around.openNotes.contains($0.key) }) { count in
      localized(
        count, one: "\(count) listing has a note that was begun and not filed; it is not in the packet",
        other: "\(count) listings have a note that was begun and not filed; it is not in the packet")
    }
    add(.unsure, listings.count { $0.decision.status.verdict == .unsure }) { count in
      localized(
        count, one: "\(count) listing in it is unsure, not confirmed",
        other: "\(count) listings in it are unsure, not confirmed")
    }
    add(.undated, listings.count { $0.firstSeen == nil && !$0.evidence.contains { $0.capturedAt != nil } }) {
      count in
      localized(
        count, one: "when \(count) listing was seen is not known",
        other: "when \(count) listings were seen is not known")
    }
    // Only investigators need a grading.
    add(.ungraded, !isRedacted ? listings.count { $0.decision.status.description[.grading] == nil } : 0) {
      count in
      localized(
        count, one: "\(count) listing has no grading of source and information; F6, “cannot be judged”, stands for it",
        other: "\(count) listings have no grading of source and information; F6, “cannot be judged”, stands for it")
    }
    let isForInvestigation = form.recipients.contains { [.police, .customs].contains($0.kind) } || !isRedacted
    let untold = listings.count { $0.decision.status.description[.species]?.value == "unidentifiable" }
    add(.unidentifiable, isForInvestigation ? untold : 0) { count in
      localized(
        count, one: "the species of \(count) listing cannot be told, as an analyst states",
        other: "the species of \(count) listings cannot be told, as an analyst states")
    }
    remarks += legalRemarks(on: form.legal.entries, listings)
    add(.unverifiedTerms, listings.count(where: \.restsOnUnverifiedTerms)) { count in
      localized(
        count, one: "\(count) listing has a risk that rests only on terms without a source",
        other: "\(count) listings have a risk that rests only on terms without a source")
    }
    let missing = Self.named(listings.flatMap(\.missingFiles))
    add(.missingFiles, listings.count { !$0.missingFiles.isEmpty }) { count in
      localized(
        count, one: "\(count) listing has files that could not be had: \(missing)",
        other: "\(count) listings have files that could not be had: \(missing)")
    }
    add(.faultyCaptures, keeps.contains(.files) ? listings.count { $0.files.contains(where: \.isFaulty) } : 0) {
      count in
      localized(
        count,
        one:
          "\(count) listing has a web archive that does not agree with what it says of itself; it goes "
          + "along, and the packet says so",
        other:
          "\(count) listings have a web archive that does not agree with what it says of itself; it goes "
          + "along, and the packet says so"
      )
    }
    add(.withheldFiles, keeps.contains(.files) ? 0 : listings.count { !$0.files.isEmpty }) { count in
      localized(
        count, one: "\(count) listing has files that this recipient does not get; the packet says how many",
        other: "\(count) listings have files that this recipient does not get; the packet says how many")
    }
    return remarks
  }

  /// What should be known of the chosen legal bases: those that were not in force when the adverts were seen, and those that
  /// nobody checked.
  private func legalRemarks(on entries: [LegalEntry], _ listings: [CaseListing]) -> [PacketRemark] {
    var remarks: [PacketRemark] = []
    let days = listings.compactMap(\.day)
    for entry in entries {
      let out = days.count { !entry.isInForce(on: $0) }
      guard out > 0 else { continue }
      remarks.append(
        PacketRemark(
          kind: .legalNotInForce,
          sentence: localized(
            out, one: "\(entry.citation) was not in force on the day of \(out) listing (in force \(entry.period))",
            other: "\(entry.citation) was not in force on the day of \(out) listings (in force \(entry.period))")))
    }
    let unchecked = entries.filter { !$0.isChecked }
    if !unchecked.isEmpty {
      remarks.append(
        PacketRemark(
          kind: .legalUnchecked,
          sentence:
            localized(
              "nobody checked the text of \(unchecked.map(\.citation).joined(separator: "; ")): it is shown as unverified"
            )
        ))
    }
    return remarks
  }

  /// The first missing files with what is wrong, and how many more there are.
  private static func named(_ missing: [MissingEvidence]) -> String {
    let shown = missing.prefix(3).map { "\(DisplayText.visible($0.text, limit: 80)) (\($0.source)) \($0.why)" }
    let more = missing.count - 3
    let rest = more > 0 ? [localized(more, one: "and \(more) more", other: "and \(more) more")] : []
    return (shown + rest).joined(separator: "; ")
  }

  /// Whether what is passed on of a listing can lead to a person.
  private func passesOnWho(_ listing: CaseListing) -> Bool {
    let seller = listing.seller
    return keeps.contains(.row) || keeps.contains(.seller) && seller.alias != nil
      || keeps.contains(.account) && (seller.userID != nil || seller.profileAddress != nil)
      || keeps.contains(.address) && listing.address != nil
  }

  private func passesOnContacts(_ listing: CaseListing, _ contacts: Contacts) -> Bool {
    var texts: [String] = []
    if keeps.contains(.title), let title = listing.title { texts.append(title) }
    if keeps.contains(.text), let text = listing.text { texts.append(text) }
    if keeps.contains(.otherCells) { texts += listing.otherFields.map(\.text) }
    return texts.contains { !contacts.found(in: $0).isEmpty }
  }
}

extension CaseListing {
  /// Whether terms count, and none of those that do has a source.
  fileprivate var restsOnUnverifiedTerms: Bool {
    let counted = reading?.hits.filter { $0.status == .counted && $0.term.isEvidence } ?? []
    return !counted.isEmpty && counted.allSatisfy { $0.term.row.source == Term.unverified }
  }
}
