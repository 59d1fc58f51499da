import CPlatform

extension SpellingMatcher {
  /// A run of the second reading at which a spelling may begin.
  struct Proposal: BitwiseCopyable {
    let run: UInt32
    let spelling: UInt32
  }

  /// What is known about the current text, in buffers that a pass over many texts reuses.
  ///
  /// Each reading is made when it is first needed, and then serves whichever spellings are looked for.
  package struct Scratch {
    /// The current text, borrowed from the caller.
    private(set) var text = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The first reading of the current text.
    let scan = ScanBuffers()
    /// The matches in the current text.
    var found: [SpellingMatch] = []
    /// The current text without decoding references.
    private(set) var literal = TextReading(readingReferences: false)
    /// The current text with references decoded.
    private(set) var decoded = TextReading(readingReferences: true)
    /// The second reading of the current text.
    let disguised = DisguisedReading()
    /// The second reading of the current text with references decoded.
    let disguisedReferences = DisguisedReading()
    /// What the second reading proposes.
    var proposals: [Proposal] = []
    /// Kept from text to text.
    let cache: FoldCache
    /// Kept from text to text.
    let patterns: PatternCache
    /// The readings that hold the current text.
    private var done: Readings = []

    private struct Readings: OptionSet {
      let rawValue: UInt8
      static let scan = Readings(rawValue: 1)
      static let literal = Readings(rawValue: 2)
      static let disguised = Readings(rawValue: 4)
      static let references = Readings(rawValue: 8)
    }

    /// - Parameter other: buffers whose caches these share, both on one thread.
    package init(sharing other: Scratch? = nil) {
      cache = other?.cache ?? FoldCache()
      patterns = other?.patterns ?? PatternCache()
    }

    /// Begins with another text.
    ///
    /// Limits: `text` must stay valid as long as anything is asked about it.
    package mutating func take(_ text: UnsafeRawBufferPointer) {
      self.text = text
      done = []
    }

    /// Scans the text, once.
    mutating func scanText(_ tables: ScanTables) {
      if done.insert(.scan).inserted { scan.scan(text, tables) }
    }

    /// Reads the text unit by unit, once, where a match cannot be decided without it.
    mutating func read() {
      if done.insert(.literal).inserted { literal.read(text) }
    }

    /// Reads by kinds of letters what was scanned, once.
    mutating func readDisguised(_ filter: DisguiseFilter) {
      if done.insert(.disguised).inserted { disguised.read(scan, text, filter) }
    }

    /// Reads the text with its references decoded, once. False where it has none.
    mutating func readReferences(_ filter: DisguiseFilter) -> Bool {
      if done.insert(.references).inserted {
        decoded.read(text)
        if decoded.hasReferences { disguisedReferences.read(decoded, text, filter) }
      }
      return decoded.hasReferences
    }
  }
}
