import Matching
import SmallFormats

// How lexicons and what is compiled from them are kept from one start of the program to the next. What one function
// writes, the one beside it reads.

extension LexiconSet {
  /// Adds the lexicons to an archive.
  ///
  /// Limits: only without problems.
  package func write(to archive: inout ArchiveWriter) {
    precondition(problems.isEmpty, "problems are not archived")
    archive.put(lexicons) { archive, lexicon in
      archive.put(lexicon.name)
      archive.put(lexicon.file)
      archive.put(lexicon.terms) { $1.write(to: &$0) }
    }
    archive.put(off.sorted())
    archive.put(sources.values.sorted { $0.id < $1.id }) { $1.write(to: &$0) }
    archive.put(exclusions.values.sorted { $0.name < $1.name }) { $1.write(to: &$0) }
    archive.put(terms) { $1.write(to: &$0) }
  }

  /// The next lexicons of an archive.
  package init(from archive: inout ArchiveReader) throws(ArchiveError) {
    let lexicons = try archive.list { (archive) throws(ArchiveError) in
      Lexicon(
        name: try archive.text(), file: try archive.text(),
        terms: try archive.list { (archive) throws(ArchiveError) in try Term(from: &archive) })
    }
    let off = Set(try archive.textList())
    let sources = try archive.list { (archive) throws(ArchiveError) in try LexiconSource(from: &archive) }
    let exclusions = try archive.list { (archive) throws(ArchiveError) in try ExclusionGroup(from: &archive) }
    let terms = try archive.list { (archive) throws(ArchiveError) in try Term(from: &archive) }
    self.init(
      lexicons, off: off, sources: Dictionary(sources.map { ($0.id, $0) }) { $1 },
      exclusions: Dictionary(exclusions.map { ($0.name, $0) }) { $1 }, inForce: terms)
  }
}

extension Term {
  fileprivate func write(to archive: inout ArchiveWriter) {
    archive.put(surfaceForms)
    for text in [language, kind.rawValue, denotes, taxon, product, borders.rawValue, source, note, reviewed] {
      archive.put(text)
    }
    archive.put(weight)
    archive.put(Int(folds.rawValue))
    for conditions in [needs, unless] { Condition.write(conditions, to: &archive) }
    archive.put(location.lexicon)
    archive.put(location.file)
    archive.put(location.line)
  }

  fileprivate init(from archive: inout ArchiveReader) throws(ArchiveError) {
    let forms = try archive.textList()
    let language = try archive.text()
    guard !forms.isEmpty, let kind = TermKind(rawValue: try archive.text()) else { throw .damaged }
    let (denotes, taxon, product) = (try archive.text(), try archive.text(), try archive.text())
    guard let borders = Spelling.Borders(rawValue: try archive.text()) else { throw .damaged }
    let (source, note, reviewed) = (try archive.text(), try archive.text(), try archive.text())
    let weight = try archive.number()
    guard let folds = UInt16(exactly: try archive.number()) else { throw .damaged }
    let (needs, unless) = (try Condition.list(from: &archive), try Condition.list(from: &archive))
    let location = TermLocation(
      lexicon: try archive.text(), file: try archive.text(), line: try archive.number())
    self.init(
      forms, language: language, kind: kind, denotes: denotes, taxon: taxon, product: product, weight: weight,
      needs: needs, unless: unless, borders: borders, folds: Folds(rawValue: folds), source: source, note: note,
      reviewed: reviewed, location: location)
  }
}

extension Condition {
  /// Adds conditions as texts: a mark of their kind, then the word or group.
  fileprivate static func write(_ conditions: [Condition], to archive: inout ArchiveWriter) {
    archive.put(
      conditions.map { condition in
        switch condition {
        case .word(let word): "w" + word
        case .group(let group): "g" + group
        }
      })
  }

  fileprivate static func list(from archive: inout ArchiveReader) throws(ArchiveError) -> [Condition] {
    var conditions: [Condition] = []
    for text in try archive.textList() {
      switch text.utf8.first {
      case UInt8(ascii: "w"): conditions.append(.word(String(decoding: text.utf8.dropFirst(), as: UTF8.self)))
      case UInt8(ascii: "g"): conditions.append(.group(String(decoding: text.utf8.dropFirst(), as: UTF8.self)))
      default: throw .damaged
      }
    }
    return conditions
  }
}

extension LexiconSource {
  fileprivate func write(to archive: inout ArchiveWriter) {
    for text in [id, citation, url, accessed, note] { archive.put(text) }
  }

  fileprivate init(from archive: inout ArchiveReader) throws(ArchiveError) {
    self.init(
      id: try archive.text(), citation: try archive.text(), url: try archive.text(), accessed: try archive.text(),
      note: try archive.text())
  }
}

extension ExclusionGroup {
  fileprivate func write(to archive: inout ArchiveWriter) {
    archive.put(name)
    archive.put(file)
    archive.put(rows) { archive, row in
      archive.put(row.line)
      archive.put(row.language)
      archive.put(row.words)
      archive.put(row.source)
      archive.put(row.note)
      archive.put(row.characters)
    }
  }

  fileprivate init(from archive: inout ArchiveReader) throws(ArchiveError) {
    self.init(
      name: try archive.text(), file: try archive.text(),
      rows: try archive.list { (archive) throws(ArchiveError) in
        Row(
          line: try archive.number(), language: try archive.text(), words: try archive.textList(),
          source: try archive.text(), note: try archive.text(), characters: try archive.number())
      })
  }
}

extension SpellingUses {
  func write(to archive: inout ArchiveWriter) {
    terms.write(to: &archive)
    cues.write(to: &archive)
    areEvidence.write(to: &archive)
    Condition.write(conditions, to: &archive)
  }

  init(from archive: inout ArchiveReader) throws(ArchiveError) {
    self.init(
      terms: try NumberLists(from: &archive), cues: try NumberLists(from: &archive),
      areEvidence: try FixedTable(from: &archive), conditions: try Condition.list(from: &archive))
  }
}

extension TermTables {
  func write(to archive: inout ArchiveWriter) {
    facts.write(to: &archive)
    needs.write(to: &archive)
    unless.write(to: &archive)
    guards.write(to: &archive)
    own.write(to: &archive)
    groups.write(to: &archive)
  }

  init(from archive: inout ArchiveReader) throws(ArchiveError) {
    facts = try FixedTable(from: &archive)
    needs = try CueSets(from: &archive)
    unless = try CueSets(from: &archive)
    guards = try NumberLists(from: &archive)
    own = try NumberLists(from: &archive)
    groups = try FixedTable(from: &archive)
  }
}
