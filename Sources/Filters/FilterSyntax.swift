import CodeWords
import Listings
import Taxa

/// Reads the text of a filter.
///
/// Grammar: a filter is clauses one after another (all must hold), alternatives are `a OR b` (binding weaker than
///          juxtaposition), `( … )` groups, `-` negates the next clause. A clause is `name:value[,value…]`, a word,
///          `"exact words"` or `/regular expression/`; `column:name=value` asks a column by its own name, also where a field
///          has that name.
/// Fails:   with one `FilterProblem` that says where; never crashes on any text.
package struct FilterSyntax {
  private var scanner: FilterScanner
  private let columns: Set<String>
  private let taxa: TaxonTable?
  /// Brackets and minus signs that are open around the clause being read.
  private var depth = 0

  /// Deeper than a person types, shallow enough for any thread's stack.
  private static let greatestDepth = 64

  /// - Parameters:
  ///   - columns: names of columns beyond the canonical fields that may be asked for.
  ///   - taxa: what names of taxa mean; nil while no table has been read, when any name may be asked for.
  package static func read(
    _ text: String, columns: Set<String> = [], taxa: TaxonTable? = nil
  ) throws(FilterProblem) -> Filter {
    do {
      var syntax = FilterSyntax(scanner: FilterScanner(text), columns: columns, taxa: taxa)
      return try syntax.filter()
    } catch {
      throw FilterProblem(error.what, characters(error.range, in: text))
    }
  }

  /// A range of scalars as a range of characters: what a person counts.
  private static func characters(_ scalars: Range<Int>, in text: String) -> Range<Int> {
    var (scalar, character, first) = (0, 0, 0)
    for each in text {
      if scalar <= scalars.lowerBound { first = character }
      if scalar >= scalars.upperBound { break }
      scalar += each.unicodeScalars.count
      character += 1
    }
    if scalar <= scalars.lowerBound { first = character }
    return first..<max(first, character)
  }

  private mutating func filter() throws(FilterProblem) -> Filter {
    let clause = try alternatives()
    if scanner.peek() == ")" {
      throw FilterProblem(.unexpectedClosing, scanner.position..<scanner.position + 1)
    }
    switch clause {
    case .all(let clauses): return Filter(clauses)
    default: return Filter([clause])
    }
  }

  private mutating func alternatives() throws(FilterProblem) -> Clause {
    var choices = [try conjunction()]
    while scanner.takeKeyword("OR") {
      let place = scanner.position
      let next = try conjunction()
      if next == .all([]) { throw FilterProblem(.nothingAfter("OR"), max(0, place - 2)..<place) }
      choices.append(next)
    }
    if choices.count == 1 { return choices[0] }
    if choices[0] == .all([]) { throw FilterProblem(.nothingAfter("the start"), 0..<1) }
    return .any(
      choices.map { choice in
        if case .all(let inner) = choice, inner.count == 1 { return inner[0] }
        return choice
      })
  }

  private mutating func conjunction() throws(FilterProblem) -> Clause {
    var clauses: [Clause] = []
    while true {
      scanner.skipBlanks()
      guard let next = scanner.peek(), next != ")", !scanner.isAtKeyword("OR") else { break }
      if scanner.takeKeyword("AND") { continue }
      clauses.append(try clause())
    }
    return .all(clauses)
  }

  private mutating func clause() throws(FilterProblem) -> Clause {
    let start = scanner.position
    guard depth < Self.greatestDepth else { throw FilterProblem(.tooDeep, start..<start + 1) }
    depth += 1
    defer { depth -= 1 }
    if scanner.take("-") {
      guard let next = scanner.peek(), !next.isBlank, next != ")" else {
        throw FilterProblem(.nothingAfter("-"), start..<start + 1)
      }
      return .not(try clause())
    }
    if scanner.take("(") {
      let inside = try alternatives()
      scanner.skipBlanks()
      guard scanner.take(")") else { throw FilterProblem(.unclosedGroup, start..<start + 1) }
      if case .all(let clauses) = inside, clauses.count == 1 { return clauses[0] }
      return inside
    }
    if scanner.peek() == "/", let pattern = scanner.takeRegex() {
      return .regex(try RegexCheck.checked(pattern, start..<scanner.position))
    }
    return try wordOrField(start)
  }

  private mutating func wordOrField(_ start: Int) throws(FilterProblem) -> Clause {
    if scanner.peek() == "\"" {
      let words = try scanner.takeQuoted()
      guard scanner.take(":") else { return .words(words) }
      return try field(words, start, isQuoted: true)
    }
    let word = scanner.takeWord()
    guard scanner.take(":") else { return .words(word) }
    return try field(word, start, isQuoted: false)
  }

  private mutating func field(_ name: String, _ start: Int, isQuoted: Bool) throws(FilterProblem) -> Clause {
    // `http://…` is a word, not a field: nobody means a field named http.
    if !isQuoted, scanner.peek() == "/", FilterScanner.schemes.contains(name.lowercased()) {
      return .words(name + ":" + scanner.takeWord(includingColons: true))
    }
    if !isQuoted, name.lowercased() == "column", let column = try columnName() {
      let values = try values(of: column, start)
      return try FieldClause(name: column, range: start..<scanner.position, columns: columns).column(values)
    }
    let values = try values(of: name, start)
    return try FieldClause(name: name, range: start..<scanner.position, columns: columns, taxa: taxa).clause(values)
  }

  /// The name in `column:name=…`; nil, and nothing taken, where no `=` follows it.
  private mutating func columnName() throws(FilterProblem) -> String? {
    var ahead = scanner
    let name = ahead.peek() == "\"" ? try ahead.takeQuoted() : ahead.takeName()
    guard !name.isEmpty, ahead.take("=") else { return nil }
    scanner = ahead
    return name
  }

  private mutating func values(of name: String, _ start: Int) throws(FilterProblem) -> [RawValue] {
    var values: [RawValue] = []
    repeat { values.append(try value(of: name, start)) } while scanner.take(",")
    return values
  }

  private mutating func value(of name: String, _ start: Int) throws(FilterProblem) -> RawValue {
    let from = scanner.position
    let star = scanner.peek() == "*" && scanner.peek(1) == "\""
    if star { _ = scanner.take("*") }
    if scanner.peek() == "\"" {
      let text = try scanner.takeQuoted()
      return RawValue(text: text, quoting: star ? .starred : .quoted, range: from..<scanner.position)
    }
    let text = scanner.takeWord(stoppingAtComma: true, includingColons: true)
    if text.isEmpty { throw FilterProblem(.emptyValue(name), start..<scanner.position) }
    return RawValue(text: text, quoting: .plain, range: from..<scanner.position)
  }
}

/// A value of a field as typed.
struct RawValue {
  let text: String
  let quoting: Quoting
  let range: Range<Int>

  /// `"value"` is the whole value, `*"some words"` a part with blanks in it, anything else a part or `none`.
  enum Quoting { case plain, quoted, starred }

  var pattern: ValuePattern {
    if quoting == .quoted { return .exactly(text) }
    if quoting == .plain, text.lowercased() == "none" { return .missing }
    return text.unicodeScalars.contains("*") ? .glob(text) : .containing(text)
  }
}

enum RegexCheck {
  static func checked(_ pattern: String, _ range: Range<Int>) throws(FilterProblem) -> String {
    do throws(RegularExpression.Fault) {
      _ = try RegularExpression(pattern)
      return pattern
    } catch {
      throw FilterProblem(.badRegex(error.words), range)
    }
  }
}
