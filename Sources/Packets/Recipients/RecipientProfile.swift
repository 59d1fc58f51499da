import CaseFiles
import Sentences
import SmallFormats

/// What a kind of recipient gets: which parts of a listing are passed on, what the sender has to state, and how the packets
/// are cut. It is data: a file of a few lines, `Lexicons/recipients/NAME.toml`, and adding a kind needs no code.
///
/// Shape:  what a profile does not keep is withheld, so that a part that was forgotten, or that a later version adds, never
///         leaves by accident.
package struct RecipientProfile: Equatable, Sendable {
  /// What can be passed on of a listing, or not.
  package enum Part: String, CaseIterable, Sendable {
    /// The platform's name, domain and country.
    case platform
    /// The seller's alias; withheld or under another name.
    case seller
    /// The seller's account number, profile address and stated country.
    case account
    /// The listing's web address.
    case address
    /// The platform's number for the listing.
    case number
    case title
    case text
    /// The words of the species cell; taxa that tables resolved are always passed on.
    case species = "species-as-named"
    /// The quantity as advertised; a bare number is always passed on.
    case quantity = "quantity-as-advertised"
    /// The price as advertised; amount and currency are always passed on.
    case price = "price-as-advertised"
    /// The places in words; a country's code is always passed on.
    case place
    /// What analysts stated in codes, but for the grading.
    case description
    /// How they graded source and information.
    case grading
    /// Which words of the listing the lexicons' terms were found in.
    case hits = "found-words"
    /// How copies of one advert differ.
    case differences = "differences-of-copies"
    /// The cells of the row that have no field of their own.
    case otherCells = "other-cells"
    /// The analyst's note.
    case note
    /// The handle of the analyst who decided.
    case analyst
    /// The casebook's events about the listing, which name it and who decided.
    case history
    /// The row as collected, with the name and digest of its file.
    case row
    /// Files beside the row: attached ones, and those that its fields name.
    case files = "attached-files"
  }

  /// How listings are spread over packets.
  package enum Cut: String, Sendable {
    /// One packet for all.
    case together
    /// One packet for each platform, with nothing about the others.
    case byPlatform = "by-platform"
  }

  /// What a sender can be asked to state in the form.
  package enum Statement: String, CaseIterable, Sendable {
    case request
    case conditions
    case retainUntil = "retain-until"
    case collection
    case processing
    case instruments
    case goodFaith = "good-faith"
  }

  /// The name of its file without its ending: `platform-notice`.
  package let name: String
  /// What a packet of this kind is called: `Notice to a platform`.
  package var title = ""
  /// For whom it is meant, in a sentence.
  package var about = ""
  package var purpose = PacketPurpose.intelligence
  package var keeps: Set<Part> = []
  /// What is replaced by a name that is the same throughout a packet, and another one in the next.
  package var pseudonyms: Set<Part> = []
  package var cut = Cut.together
  /// What the sender must state.
  package var requires: [Statement] = []
  /// Whether every listing must have a web address.
  package var requiresAddress = false
  /// What the listings are reported as: `unlawful sale of animals`; nil where nothing is claimed.
  package var category: String?
  /// What the form proposes to ask for.
  package var request = ""
  /// The sections of the report, in order.
  package var sections = Section.allCases

  /// A section of the report.
  package enum Section: String, CaseIterable, Sendable {
    /// The summary with its charts.
    case summary
    /// Sender, recipients, what is asked, legal basis, handling.
    case facts
    case sellers
    /// Which listings are one advert.
    case copies
    /// A section for each listing.
    case listings
    case method
    case evidence
    case terms
    case taxa
    /// What was read with.
    case tables
  }

  package init(name: String) { self.name = name }

  /// The profile under which everything is passed on.
  package static let everything: RecipientProfile = {
    var profile = RecipientProfile(name: "full")
    profile.title = "Full packet"
    profile.about = "Everything that is known about each listing."
    profile.keeps = Set(Part.allCases)
    return profile
  }()

  /// Whether anything is withheld or renamed.
  package var isRedacted: Bool { keeps != Set(Part.allCases) || !pseudonyms.isEmpty }
}

/// Why a recipient's profile cannot be used. A profile with a mistake is not used at all: what it would let pass is not known.
package struct RecipientProblem: Error, Equatable, Sendable {
  package let file: String
  /// From 1; nil for what is missing.
  package let line: Int?
  package let why: String

  /// File, line, what is wrong, and what follows.
  package var sentence: String {
    let file = DisplayText.visible(file)
    return line.map { line in
      localized("\(file), line \(line): \(why). No packet is written by this profile until that is mended.")
    } ?? localized("\(file): \(why). No packet is written by this profile until that is mended.")
  }
}

extension RecipientProfile {
  /// Reads a profile.
  ///
  /// Shape:  TOML with `title`, `about`, `purpose`, `keep` (parts, or `everything`), `pseudonyms`, `packets`, `requires`,
  ///         `requires-address`, `category`, `request`, `report`.
  /// Fails:  at the first thing that is unknown, missing or contradictory.
  ///
  /// - Parameter file: the path, for problems.
  package init(_ text: String, name: String, file: String) throws(RecipientProblem) {
    self.init(name: name)
    func problem(_ line: Int?, _ why: String) -> RecipientProblem { RecipientProblem(file: file, line: line, why: why) }
    let content = SettingLines(text)
    if let first = content.problems.first { throw problem(first.line, first.why) }
    var seen: Set<String> = []
    for entry in content.entries {
      let key = entry.path.joined(separator: ".")
      seen.insert(key)
      do throws(Mistake) {
        try take(key, entry.value)
      } catch {
        throw problem(entry.line, "\(key): \(error.why)")
      }
    }
    for key in ["title", "about", "purpose", "keep"] where !seen.contains(key) {
      throw problem(nil, "\(key) is missing")
    }
    if let both = Part.allCases.first(where: { keeps.contains($0) && pseudonyms.contains($0) }) {
      throw problem(nil, "\(both.rawValue) is both kept and given another name")
    }
    // The row holds everything, and an event the listing's key, its note, what was stated of it, and who decided.
    if keeps.contains(.row), !keeps.union([.files]).isSuperset(of: Part.allCases) || !pseudonyms.isEmpty {
      throw problem(nil, "row can be kept only where everything is, attached-files aside")
    }
    // A picture may show anything that is withheld elsewhere.
    if keeps.contains(.files), !keeps.contains(.row) {
      throw problem(nil, "attached-files can be kept only where everything is")
    }
    if keeps.contains(.history),
      !keeps.isSuperset(of: [.address, .number, .note, .analyst, .description, .grading])
    {
      throw problem(
        nil, "history can be kept only with address, number, note, analyst, description and grading")
    }
    if purpose == .platformNotice, keeps.contains(.row) {
      throw problem(nil, "a notice to a platform does not pass on rows as collected")
    }
    if requiresAddress, !keeps.contains(.address) { throw problem(nil, "it requires the address and does not keep it") }
  }

  private struct Mistake: Error { let why: String }

  private mutating func take(_ key: String, _ value: SettingLines.Value) throws(Mistake) {
    switch key {
    case "title": title = try Self.line(value)
    case "about": about = try Self.line(value)
    case "category": category = try Self.line(value)
    case "request": request = try Self.line(value)
    case "purpose": purpose = try Self.one(value)
    case "packets": cut = try Self.one(value)
    case "keep": keeps = value == .list(["everything"]) ? Set(Part.allCases) : Set(try Self.several(value))
    case "pseudonyms":
      pseudonyms = Set(try Self.several(value))
      guard pseudonyms.isSubset(of: Self.nameable) else {
        throw Mistake(
          why: "only \(Self.nameable.map(\.rawValue).sorted().joined(separator: ", ")) can be given another name")
      }
    case "requires":
      guard case .list(var names) = value else { throw Mistake(why: "expected a list of names in quotation marks") }
      requiresAddress = names.contains("address")
      names.removeAll { $0 == "address" }
      requires = try Self.several(.list(names))
    case "report": sections = try Self.several(value)
    default: throw Mistake(why: "there is no such key")
    }
  }

  /// What has a name.
  private static let nameable: Set<Part> = [.platform, .seller, .analyst]

  private static func line(_ value: SettingLines.Value) throws(Mistake) -> String {
    guard case .text(let text) = value, !text.isEmpty, !text.unicodeScalars.contains(where: DisplayText.needsShowing)
    else { throw Mistake(why: "expected a text in quotation marks") }
    return text
  }

  private static func one<Word: RawRepresentable<String>>(_ value: SettingLines.Value) throws(Mistake) -> Word {
    guard case .text(let text) = value, let word = Word(rawValue: text) else {
      throw Mistake(why: "no such word is known here")
    }
    return word
  }

  private static func several<Word: RawRepresentable<String> & Hashable>(
    _ value: SettingLines.Value
  ) throws(Mistake) -> [Word] {
    guard case .list(let texts) = value else { throw Mistake(why: "expected a list of names in quotation marks") }
    var words: [Word] = []
    for text in texts {
      guard let word = Word(rawValue: text) else {
        throw Mistake(why: "\"\(DisplayText.visible(text, limit: 40))\" is not known here")
      }
      if words.contains(word) { throw Mistake(why: "\(text) stands there twice") }
      words.append(word)
    }
    return words
  }
}

extension RecipientProfile {
  /// What this recipient needs and the form or the listings lack.
  package func problems(of form: PacketForm, _ listings: [CaseListing]) -> [PacketProblem] {
    var found: [PacketProblem] = []
    if form.purpose == .platformNotice, keeps.contains(.row) {
      found.append(.init(field: "purpose", what: .redactionMissing))
    }
    for statement in requires where statement.isEmpty(in: form) {
      found.append(.init(field: statement.field, what: .required(by: title)))
    }
    let unreachable = listings.count { ListingAddress(collected: $0.address, key: $0.key).uri.hasPrefix("urn:") }
    if requiresAddress, unreachable > 0 { found.append(.init(field: "listings", what: .withoutAddress(unreachable))) }
    return found
  }
}

extension RecipientProfile.Statement {
  /// Whether the form does not state it.
  fileprivate func isEmpty(in form: PacketForm) -> Bool {
    switch self {
    case .request: form.request.allSatisfy(\.isWhitespace)
    case .conditions: form.conditions.allSatisfy(\.isWhitespace)
    case .retainUntil: form.retainUntil.isEmpty
    case .collection: form.legal.collectionBasis.allSatisfy(\.isWhitespace)
    case .processing: form.legal.processingBasis.allSatisfy(\.isWhitespace)
    case .instruments: form.legal.instruments.isEmpty && form.legal.entries.isEmpty
    case .goodFaith: form.legal.goodFaith.allSatisfy(\.isWhitespace)
    }
  }

  /// The field of the form that states it, as problems name it.
  package var field: String {
    switch self {
    case .request: "request"
    case .conditions: "conditions"
    case .retainUntil: "retain_until"
    case .collection: "legal.collection_basis"
    case .processing: "legal.processing_basis"
    case .instruments: "legal.instruments"
    case .goodFaith: "legal.good_faith"
    }
  }
}
