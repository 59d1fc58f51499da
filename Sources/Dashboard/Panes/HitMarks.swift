import CodeWords
import Filters
import Listings
import Sentences
import TextCells

/// Bytes of a text that are highlighted.
struct MarkedRange: Equatable {
  let bytes: Range<Int>
  let role: Role
}

/// How hits, and the words of the filter, are marked in a text.
enum HitMarks {
  /// The hits of a field, those that matter most last, so that they cover the others.
  static func ranges(of reading: ListingReading, in field: Field, _ lexicons: CompiledLexicons) -> [MarkedRange] {
    reading.hits.filter { $0.field == field }
      .map { hit in (role: role(of: hit, lexicons[hit.term].kind), bytes: hit.bytes) }
      .sorted { (rank($0.role), $0.bytes.count) < (rank($1.role), $1.bytes.count) }
      .map { MarkedRange(bytes: $0.bytes, role: $0.role) }
  }

  static func role(of hit: Hit, _ kind: TermKind) -> Role {
    switch kind {
    case .benign: .hitBenign
    case .transactionCue: .hitCue
    default: hit.status.isCounted ? .hitTerm : .hitWeak
    }
  }

  private static func rank(_ role: Role) -> Int {
    [.hitWeak, .hitCue, .hitBenign, .hitTerm].firstIndex(of: role) ?? 0
  }

  /// The cells of a text, shown in `width` cells, that hold a word of the filter.
  static func cells(of search: [TextSearch], in text: UnsafeRawBufferPointer, width: Int) -> [Piece.Mark] {
    guard !search.isEmpty else { return [] }
    // A title of any length is drawn only as far as the pane is wide.
    let drawn = MappedText(utf8: text, limit: width + 1)
    let seen = UnsafeRawBufferPointer(rebasing: text.prefix(Int(drawn.offsets.last ?? 0)))
    return search.flatMap { $0.ranges(in: seen) }.flatMap { drawn.columns(showing: $0) }.filter { $0 < width }
      .map { Piece.Mark(column: $0, role: .hit) }
  }

  /// The cells of a text, shown in `width` cells, that hold a code word.
  static func cells(of marks: [MarkedRange], in text: UnsafeRawBufferPointer, width: Int) -> [Piece.Mark] {
    guard !marks.isEmpty, width > 0 else { return [] }
    let drawn = MappedText(utf8: text, limit: width + 1)
    let end = Int(drawn.offsets.last ?? 0)
    // Of a text that was cut the last cell shows that it was, and no word.
    let shown = end < text.count || drawn.text.width > width ? width - 1 : width
    return marks.filter { $0.bytes.lowerBound < end }.flatMap { mark in
      drawn.columns(showing: mark.bytes.clamped(to: 0..<end)).filter { $0 < shown }
        .map { Piece.Mark(column: $0, role: mark.role) }
    }
  }
}

extension HitStatus {
  /// `name` as the screen has it.
  var label: String {
    switch self {
    case .counted: localized("counted", context: "a code word")
    case .weak: localized("weak", context: "a code word")
    case .suppressed: localized("suppressed", context: "a code word")
    }
  }
}

extension TermKind {
  /// The raw value as the screen has it.
  var label: String {
    switch self {
    case .speciesName: localized("species name")
    case .product: localized("product")
    case .codeWord: localized("code word")
    case .euphemism: localized("euphemism")
    case .emoji: localized("emoji")
    case .transactionCue: localized("transaction cue")
    case .benign: localized("benign")
    case .context: localized("context")
    }
  }
}

extension State {
  /// The bare words of the filter, to be shown where they occur.
  var searchedWords: [TextSearch] { filter.clauses.flatMap(\.wantedWords).compactMap { TextSearch($0) } }
}

extension Clause {
  /// Words that a listing shown may hold because of this clause; what is excluded is not among them.
  fileprivate var wantedWords: [String] {
    switch self {
    case .words(let words): [words]
    case .all(let clauses), .any(let clauses): clauses.flatMap(\.wantedWords)
    default: []
    }
  }
}
