import Dashboard
import Workspace

/// Invented problems of invented files.
enum SampleProblems {
  /// One group of `count` problems on ascending lines, of which the first `kept` are there.
  static func group(
    _ count: Int, kept: Int? = nil, kind: String = "priceUnreadable", words: String = "no amount in the price",
    file: String = "week47.csv", field: String? = "price", hasRows: Bool = true
  ) -> ProblemList.Group {
    ProblemList.Group(
      kind: kind, words: words, path: "scrapes/\(file)", file: file, field: field, count: count,
      problems: (0..<(kept ?? count)).map { index in
        ProblemList.Problem(
          line: index + 2, sourceRow: index + 1, row: hasRows ? index : nil, found: words,
          done: "the listing is kept, its price is shown as it stands", excerpt: "ask me \(index)")
      })
  }

  static func list(_ count: Int, kept: Int? = nil) -> ProblemList { ProblemList(groups: [group(count, kept: kept)]) }

  /// Groups of several kinds, one larger than what is kept of it, one of a whole file, one hostile.
  static var several: ProblemList {
    let whole = ProblemList.Problem(
      line: nil, sourceRow: nil, row: nil, found: "the encoding is a guess, Windows-1252 (unsure: few letters)",
      done: "all listings are kept, name the encoding with --encoding if they look wrong", excerpt: "")
    let hostile = ProblemList.Problem(
      line: 12, sourceRow: 11, row: 2, found: "an unknown currency",
      done: "the listing is kept, its currency is taken from other signs if there are any",
      excerpt: "=cmd\u{1B}[2J\u{202E}象牙")
    return ProblemList(groups: [
      group(240_000, kept: 40),
      ProblemList.Group(
        kind: "encodingUnsure", words: "the encoding is a guess", path: "scrapes/kl/week47.csv", file: "kl/week47.csv",
        field: nil, count: 1, problems: [whole]),
      ProblemList.Group(
        kind: "currencyUnknown", words: "an unknown currency", path: "scrapes/week48.csv", file: "week48.csv",
        field: "currency", count: 1, problems: [hostile]),
    ])
  }
}
