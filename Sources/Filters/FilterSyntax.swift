import CodeWords
import Listings
import Taxa

/// Parses the text of a filter.
///
/// Grammar: a filter is a sequence of clauses that must all hold. `a OR b` are alternatives and bind weaker than sequence,
///          `( … )` groups, `-` negates the next clause. A clause is `name:value[,value…]`, a word, `"exact words"` or
///          `/regular expression/`. `column:name=value` asks a column by its own name, even if a field has that name.
/// Cost:    O(scalars).
/// Fails:   with one `FilterProblem` that says where; never crashes, whatever the text.
package struct FilterSyntax {
  private var scanner: FilterScanner
  private let columns: Set<String>
  private let taxa: TaxonTable?
  private let lists: [String: ValueList]
  /// Brackets and minus signs open around the current clause.
  private var depth = 0

  /// Deeper than a person types, and shallow enough for any thread's stack.
  private static let maximumDepth = 64

  /// Parses a filter.
  ///
  /// - Parameters:
  ///   - columns: names of columns beyond the canonical fields.
  ///   - taxa: resolves names of taxa; nil accepts any name, while no table is loaded.
  ///   - lists: the files of values that were read, by the names that filters have for them.
  /// Example: `ivory price:>100 -seller:"John" (platform:ebay OR platform:etsy)`
  /// Shape:  the empty text gives `Filter.everything`. `AND` between clauses is accepted and means nothing.
  /// Fails:  throws the first problem, with its range in characters of `text`.
  package static func read(
    _ text: String, columns: Set<String> = [], taxa: TaxonTable? = nil, lists: [String: ValueList] = [:]
  ) throws(FilterProblem) -> Filter {
    do {
      var syntax = FilterSyntax(scanner: FilterScanner(text), columns: columns, taxa: taxa, lists: lists)
      return try syntax.filter()
    } catch {
      throw FilterProblem(error.what, characters(error.range, in: text))
    }
  }

  /// A range of scalars as a range of characters, which is what people count.
  ///
  /// Cost:   O(characters up to the end of the range).
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

  /// The whole text.
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

  /// Clauses separated by `OR`.
  ///
  /// Fails:  throws `nothingAfter` where one side of `OR` is empty.
  private mutating func alternatives() throws(FilterProblem) -> Clause {
    var choices = [try conjunction()]
    while scanner.takeKeyword("OR") {
      let place = scanner.position
      let next = try conjunction()
      if next == .all([]) { throw FilterProblem(.nothingAfter("OR"), max(0, place - 2)..<place) }
      choices.append(next)
    }
    if choices.count == 1 { return choices[0] }
    if choices[0] == .all([]) { throw FilterProblem(.nothingAfter(FilterProblem.start), 0..<1) }
    return .any(
      choices.map { choice in
        if case .all(let inner) = choice, inner.count == 1 { return inner[0] }
        return choice
      })
  }

  /// Clauses in sequence, up to a closing bracket or `OR`.
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

  /// One clause, with its minus signs and brackets.
  ///
  /// Fails:  throws `tooDeep` where 64 brackets and minus signs are open, `unclosedGroup` where one is not closed.
  private mutating func clause() throws(FilterProblem) -> Clause {
    let start = scanner.position
    guard depth < Self.maximumDepth else { throw FilterProblem(.tooDeep, start..<start + 1) }
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

  /// A word, or a field with its values.
  private mutating func wordOrField(_ start: Int) throws(FilterProblem) -> Clause {
    if scanner.peek() == "\"" {
      let words = try scanner.takeQuoted()
      guard scanner.take(":") else { return .words(words) }
      return try field(words, start, isQuoted: true)
    }
    let word = scanner.takeWord()
    guard scanner.take(":") else {
      if let meant = Self.comparison(word) {
        throw FilterProblem(.unknownField(word, nearest: meant), start..<scanner.position)
      }
      return .words(word)
    }
    return try field(word, start, isQuoted: false)
  }

  /// What `price>100` and `platform=ebay` probably mean: `price:>100`, `platform:ebay`; nil for any other word. Taken for words
  /// they would silently find nothing; in quotes they are.
  static func comparison(_ word: String) -> String? {
    guard let sign = word.firstIndex(where: { "<>=".contains($0) }) else { return nil }
    let (name, rest) = (word[..<sign].lowercased(), word[sign...])
    guard name == "risk" || Field.named(name) != nil else { return nil }
    return name + ":" + (rest.first == "=" ? rest.dropFirst() : rest)
  }

  /// The values of a field, from behind its colon.
  private mutating func field(_ name: String, _ start: Int, isQuoted: Bool) throws(FilterProblem) -> Clause {
    // `http://…` is a word: no field is named http.
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

  /// The name in `column:name=…`; nil, with nothing consumed, where no `=` follows.
  private mutating func columnName() throws(FilterProblem) -> String? {
    var ahead = scanner
    let name = ahead.peek() == "\"" ? try ahead.takeQuoted() : ahead.takeName()
    guard !name.isEmpty, ahead.take("=") else { return nil }
    scanner = ahead
    return name
  }

  /// Values separated by commas.
  private mutating func values(of name: String, _ start: Int) throws(FilterProblem) -> [RawValue] {
    var values: [RawValue] = []
    repeat { values.append(try value(of: name, start)) } while scanner.take(",")
    return values
  }

  /// One value, quoted or not.
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
    var value = RawValue(text: text, quoting: .plain, range: from..<scanner.position)
    if let name = ValueList.name(in: text) {
      guard let list = lists[name] else { throw FilterProblem(.unreadList(name), value.range) }
      value.list = list
    }
    return value
  }
}

/// A value of a field, as typed.
struct RawValue {
  let text: String
  /// How it was quoted.
  let quoting: Quoting
  let range: Range<Int>
  /// The file of values that it names, if it does.
  var list: ValueList?

  /// `"value"` is the whole value, `*"some words"` a part with spaces, anything else a part, or `none`.
  enum Quoting { case plain, quoted, starred }

  /// The comparison that the value asks for.
  ///
  /// Example: `"Ebay"` is the whole value, `eba` a part, `e*y` a pattern, `none` no value.
  var pattern: ValuePattern {
    if let list { return .listed(list) }
    if quoting == .quoted { return .exactly(text) }
    if quoting == .plain, text.lowercased() == "none" { return .missing }
    return text.unicodeScalars.contains("*") ? .glob(text) : .containing(text)
  }
}

/// Compiles a regular expression once, so that a mistake in it is reported where it is typed.
enum RegexCheck {
  /// The pattern, if PCRE2 accepts it.
  ///
  /// Fails:  throws `badRegex` with PCRE2's words.
  static func checked(_ pattern: String, _ range: Range<Int>) throws(FilterProblem) -> String {
    do throws(RegularExpression.SyntaxError) {
      _ = try RegularExpression(pattern)
      return pattern
    } catch {
      throw FilterProblem(.badRegex(error.words), range)
    }
  }
}

/// Walks over the Unicode scalars of a filter's text.
///
/// Why:    by scalars, not characters, a quote or comma followed by a combining mark remains a quote or comma. Otherwise a
///         seller whose name begins with such a mark could not be written down.
struct FilterScanner {
  private let characters: [Unicode.Scalar]
  /// The next scalar to be read.
  private(set) var position = 0

  /// Schemes of addresses: `http://…` is a word, not a field.
  static let schemes: Set<String> = ["http", "https", "hxxp", "hxxps", "ftp"]

  init(_ text: String) { characters = Array(text.unicodeScalars) }

  /// The scalar at an offset from the position; nil behind the end.
  func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    position + offset < characters.count ? characters[position + offset] : nil
  }

  /// Moves past one given scalar, if it is next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == character else { return false }
    position += 1
    return true
  }

  /// Moves past spaces.
  mutating func skipBlanks() {
    while let next = peek(), next.isBlank { position += 1 }
  }

  /// Whether a keyword is next, as a whole word.
  ///
  /// Limits: case counts: `or` is a word.
  func isAtKeyword(_ keyword: String) -> Bool {
    let letters = Array(keyword.unicodeScalars)
    guard position + letters.count <= characters.count,
      Array(characters[position..<position + letters.count]) == letters
    else { return false }
    guard let after = peek(letters.count) else { return true }
    return after.isBlank || after == "(" || after == ")"
  }

  /// Moves past spaces and a keyword, if that is next.
  mutating func takeKeyword(_ keyword: String) -> Bool {
    skipBlanks()
    guard isAtKeyword(keyword) else { return false }
    position += keyword.unicodeScalars.count
    return true
  }

  /// The scalars up to a space, a bracket, a quote, or by choice a colon or comma.
  mutating func takeWord(stoppingAtComma: Bool = false, includingColons: Bool = false) -> String {
    let start = position
    while let next = peek(), !next.isBlank, next != "(", next != ")", next != "\"" {
      if next == ":", !includingColons { break }
      if next == ",", stoppingAtComma { break }
      position += 1
    }
    // A scalar that can begin nothing (a lone colon) must still be passed, or parsing would not terminate.
    if position == start, let next = peek(), next != ")", next != "(", next != "\"", !next.isBlank,
      !stoppingAtComma
    {
      position += 1
    }
    return Self.string(characters[start..<position])
  }

  /// The scalars up to `=`, or to the end of the word.
  mutating func takeName() -> String {
    let start = position
    while let next = peek(), !next.isBlank, next != "(", next != ")", next != "\"", next != "=" { position += 1 }
    return Self.string(characters[start..<position])
  }

  /// The text in quotes; `\"` and `\\` stand for the second character.
  ///
  /// Fails:  throws `unclosedQuote` at the opening quote.
  mutating func takeQuoted() throws(FilterProblem) -> String {
    let start = position
    position += 1
    var text = String.UnicodeScalarView()
    while let next = peek() {
      position += 1
      if next == "\"" { return String(text) }
      if next == "\\", let escaped = peek(), escaped == "\"" || escaped == "\\" {
        text.append(escaped)
        position += 1
      } else {
        text.append(next)
      }
    }
    throw FilterProblem(.unclosedQuote, start..<start + 1)
  }

  /// The pattern between two slashes; nil where no second slash ends a word.
  mutating func takeRegex() -> String? {
    var index = position + 1
    while index < characters.count {
      let next = characters[index]
      if next == "\\" {
        // A backslash escapes the next scalar: `\/` is a slash, `\\` before the last slash a backslash.
        index += 2
        continue
      }
      let after = index + 1 < characters.count ? characters[index + 1] : " "
      if next == "/", index > position + 1, after.isBlank || after == ")" {
        let pattern = Self.string(characters[position + 1..<index])
        position = index + 1
        return pattern
      }
      index += 1
    }
    return nil
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}

extension Unicode.Scalar {
  /// Whether the scalar separates words.
  var isBlank: Bool { properties.isWhitespace }
}
