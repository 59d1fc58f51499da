import SmallFormats

// How the tables of a matcher are kept from one start of the program to the next. What one function writes, the one
// beside it reads.

extension SpellingMatcher {
  /// Adds the matcher to an archive.
  package func write(to archive: inout ArchiveWriter) {
    CharacterTable.write(to: &archive)
    LookAlikes.kinds.write(to: &archive)
    archive.put(spellings) { $0.put($1) }
    all.write(to: &archive)
    archive.put(deciding === all ? 0 : 1)
    if deciding !== all { deciding.write(to: &archive) }
    facts.write(to: &archive)
    texts.write(to: &archive)
  }

  /// The next matcher of an archive.
  ///
  /// Cost:   O(spellings) for their texts; the tables are used as they lie.
  package convenience init(from archive: inout ArchiveReader) throws(ArchiveError) {
    try CharacterTable.take(from: &archive)
    try LookAlikes.takeKinds(from: &archive)
    let spellings = try archive.list { (archive) throws(ArchiveError) in try Spelling(from: &archive) }
    let all = try SpellingKeys(from: &archive)
    let deciding = try archive.number() == 0 ? all : SpellingKeys(from: &archive)
    let facts = try FixedTable<SpellingFacts>(from: &archive)
    let texts = try FixedTable<UInt8>(from: &archive)
    guard facts.count == spellings.count else { throw .damaged }
    self.init(spellings, all, deciding, facts, texts)
  }
}

extension ArchiveWriter {
  /// Adds a spelling.
  fileprivate mutating func put(_ spelling: Spelling) {
    put(spelling.text)
    put(spelling.borders.rawValue)
    put(Int(spelling.folds.rawValue))
  }
}

extension Spelling {
  fileprivate init(from archive: inout ArchiveReader) throws(ArchiveError) {
    let text = try archive.text()
    guard let borders = Borders(rawValue: try archive.text()),
      let folds = UInt16(exactly: try archive.number())
    else { throw .damaged }
    self.init(text, borders: borders, folds: Folds(rawValue: folds))
  }
}

extension SpellingKeys {
  func write(to archive: inout ArchiveWriter) {
    plain.write(to: &archive)
    disguised.write(to: &archive)
    anywhere.write(to: &archive)
    disguiseFilter.write(to: &archive)
  }

  convenience init(from archive: inout ArchiveReader) throws(ArchiveError) {
    let (plain, disguised) = (try KeyIndex(from: &archive), try KeyIndex(from: &archive))
    let anywhere = try FixedTable<UInt64>(from: &archive)
    let disguiseFilter = try DisguiseFilter(disguised, from: &archive)
    guard anywhere.count == Self.anywhereWords else { throw .damaged }
    self.init(plain, disguised, anywhere, disguiseFilter)
  }
}
