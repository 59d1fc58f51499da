import Listings
import Sentences
import SmallFormats

/// Why a file of codes cannot be used.
package struct CodeListProblem: Error, Equatable, Sendable {
  package let file: String
  /// From 1.
  package let line: Int?
  package let why: String

  /// File, line, what is wrong, and what follows.
  package var sentence: String {
    line.map { line in
      localized("\(file), line \(line): \(why). No listing is described by these codes until that is mended.")
    } ?? localized("\(file): \(why). No listing is described by these codes until that is mended.")
  }
}

/// The codes in which listings are described: the shipped lists with what analysts added of their own.
///
/// Shape:  TOML, a table for each list with `list-source`, `list-as-of` and codes with their meanings.
/// Cost:   O(codes) to read.
package struct DescriptionCodes: Equatable, Sendable {
  /// The lists by the names of their tables.
  package enum Name: String, CaseIterable, Sendable {
    case term, source, purpose, unit, documents, reliability, credibility
  }

  /// A code with what it means.
  package struct Code: Equatable, Sendable {
    package let code: String
    package let meaning: String

    package init(_ code: String, _ meaning: String) { (self.code, self.meaning) = (code, meaning) }
  }

  /// One list, with where it comes from.
  package struct List: Equatable, Sendable {
    /// In the order of the file.
    package var codes: [Code] = []
    package var source = ""
    /// As of when, as the file has it: `2019-12`.
    package var asOf = ""
  }

  private var lists: [Name: List] = [:]

  /// No codes, as where the file is missing.
  package init() {}

  package subscript(name: Name) -> List { lists[name] ?? List() }

  /// Adds the codes of a file; one that is there already gets another meaning.
  ///
  /// Fails:  at the first thing that is unknown or not in the form of its list.
  package mutating func add(_ text: String, file: String) throws(CodeListProblem) {
    let content = SettingLines(text)
    if let first = content.problems.first { throw CodeListProblem(file: file, line: first.line, why: first.why) }
    for entry in content.entries {
      func problem(_ why: String) -> CodeListProblem { CodeListProblem(file: file, line: entry.line, why: why) }
      guard let name = Name(rawValue: entry.path[0]) else {
        throw problem(localized("there is no list \(entry.path[0])"))
      }
      if entry.value == .table { continue }
      guard entry.path.count == 2, case .text(let words) = entry.value, !words.isEmpty else {
        throw problem(localized("expected a code and its meaning in quotation marks"))
      }
      switch entry.path[1] {
      case "list-source": lists[name, default: List()].source = words
      case "list-as-of": lists[name, default: List()].asOf = words
      case let code:
        guard Self.accepts(code, in: name) else {
          throw problem(localized("\(code) is not in the form of the codes of \(name.rawValue)"))
        }
        lists[name, default: List()].codes.removeAll { $0.code == code }
        lists[name, default: List()].codes.append(Code(code, words))
      }
    }
  }

  private static func accepts(_ code: String, in name: Name) -> Bool {
    switch name {
    case .term: Aspect.term.accepts(code)
    case .source: Aspect.source.accepts(code)
    case .purpose: Aspect.purpose.accepts(code)
    case .unit: Aspect.quantity.accepts("1 " + code)
    case .documents: Aspect.documents.accepts(code) && !code.contains(",")
    case .reliability: Aspect.grading.accepts(code + "1")
    case .credibility: Aspect.grading.accepts("A" + code)
    }
  }
}

extension DescriptionCodes {
  /// The values of an aspect to choose from, each with what it means; none for a quantity, whose amount is typed.
  package func choices(_ aspect: Aspect) -> [Code] {
    switch aspect {
    case .species, .offer, .lot, .scam: return aspect.words.map { Code($0, aspect.meaning(of: $0)) }
    case .quantity, .tags: return []
    case .documents: return self[.documents].codes
    case .grading:
      return self[.reliability].codes.flatMap { source in
        self[.credibility].codes.map { Code(source.code + $0.code, "\(source.meaning); \($0.meaning)") }
      }
    case .term: return self[.term].codes
    case .source: return self[.source].codes
    case .purpose: return self[.purpose].codes
    }
  }

  /// What a stated value means; nil where no list has it.
  package func meaning(of value: String, _ aspect: Aspect) -> String? {
    switch aspect {
    case .quantity:
      guard let quantity = UnderstoodQuantity(value) else { return nil }
      return self[.unit].codes.first { $0.code == quantity.unit }.map { "\(quantity.amount) \($0.meaning)" }
    case .documents:
      let parts = value.split(separator: ",").compactMap { part in choices(aspect).first { $0.code == part }?.meaning }
      return parts.isEmpty ? nil : parts.joined(separator: "; ")
    default: return choices(aspect).first { $0.code == value }?.meaning
    }
  }

  /// Reads what a person typed for an aspect; empty clears it.
  ///
  /// Shape:  words and codes in any case, documents separated by commas or blanks; `12kg` is not a quantity, `12 KIL` is.
  /// Fails:  with a sentence that names the values that there are.
  package func read(_ typed: String, _ aspect: Aspect) throws(DescriptionProblem) -> DescriptionChange {
    let text = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if text.isEmpty { return DescriptionChange(aspect, nil) }
    switch aspect {
    case .quantity:
      let value = text.uppercased()
      guard let quantity = UnderstoodQuantity(value), self[.unit].codes.contains(where: { $0.code == quantity.unit })
      else {
        throw DescriptionProblem(aspect: aspect, typed: typed, known: self[.unit].codes.map { "3 " + $0.code })
      }
      return DescriptionChange(aspect, value)
    case .documents:
      let words = Set(text.lowercased().split { $0 == "," || $0 == " " }.map(String.init)).sorted()
      let value = words.joined(separator: ",")
      let known = Set(choices(aspect).map(\.code))
      guard known.isSuperset(of: words), aspect.accepts(value) else {
        throw DescriptionProblem(aspect: aspect, typed: typed, known: choices(aspect).map(\.code))
      }
      return DescriptionChange(aspect, value)
    case .tags:
      let value = Aspect.tags(typed: text)
      guard aspect.accepts(value) else { throw DescriptionProblem(aspect: aspect, typed: typed, known: []) }
      return DescriptionChange(aspect, value)
    default:
      let folded = text.replacing(" ", with: "-").lowercased()
      guard let code = choices(aspect).first(where: { $0.code.lowercased() == folded })?.code else {
        throw DescriptionProblem(aspect: aspect, typed: typed, known: choices(aspect).map(\.code))
      }
      return DescriptionChange(aspect, code)
    }
  }
}

extension Aspect {
  /// What a word of the aspects without a list file means.
  fileprivate func meaning(of word: String) -> String {
    switch (self, word) {
    case (.species, "certain"): localized("identified beyond doubt from what is shown or said")
    case (.species, "probable"): localized("more likely than any other")
    case (.species, "possible"): localized("one of several")
    case (.species, _): localized("cannot be told from what is there")
    case (.offer, "overt"): localized("the goods are called by their name")
    case (.offer, _): localized("the goods are disguised: code words, emoji, other names")
    case (.lot, "lot"): localized("several specimens, sold together or one by one")
    case (.lot, _): localized("one specimen")
    case (.scam, "suspected"): localized("the goods may not exist, or not be what they are called")
    default: localized("nothing points to a swindle")
    }
  }
}

/// What was typed for an aspect is none of its values.
package struct DescriptionProblem: Error, Equatable, Sendable {
  package let aspect: Aspect
  package let typed: String
  package let known: [String]

  /// What is wrong, and what can be written.
  package var sentence: String {
    let (shown, name) = (known.prefix(24).joined(separator: ", "), aspect.screenName)
    if aspect == .tags {
      return localized(
        "“\(typed)” are no tags: write up to 20 words of letters, digits, - and _, with blanks between them")
    }
    if known.isEmpty { return localized("“\(typed)” is no value of \(name): the list of codes was not found") }
    return known.count > 24
      ? localized(
        "“\(typed)” is no value of \(name): write one of \(shown) … (`linsang describe --codes` lists all)")
      : localized("“\(typed)” is no value of \(name): write one of \(shown)")
  }
}

extension Aspect {
  /// A word of this aspect for the screen; filters, files and packets keep the word itself.
  package func screenWord(_ word: String) -> String {
    switch (self, word) {
    case (.species, "certain"): localized("certain", context: "how certain the species is")
    case (.species, "probable"): localized("probable", context: "how certain the species is")
    case (.species, "possible"): localized("possible", context: "how certain the species is")
    case (.species, "unidentifiable"): localized("unidentifiable", context: "how certain the species is")
    default: word
    }
  }
}
