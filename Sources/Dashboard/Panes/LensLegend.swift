import CodeWords
import Listings
import Sentences
import TextCells
import LexiconWork

/// The lines below a listing's text that say what the lens found in it.
struct LensLegend {
  /// A named line of the detail pane.
  struct Line: Equatable {
    let name: String
    let text: String
    let role: Role
  }

  private let fields: [(lens: TextLens, bytes: UnsafeRawBufferPointer)]
  private let lexicons: CompiledLexicons
  /// What is missing until the lexicons can say which words they know.
  private let awaited: Unfinished?
  /// Says of a sentence about nothing how final it is.
  private let soFar: (String) -> String

  init(_ state: State, _ row: Int) {
    let reading = state.detailReading(of: row)
    fields = [Field.title, .description].map { (reading.lens(on: $0), state.dataset.bytes(of: $0, at: row)) }
    lexicons = state.flags.lexicons
    let awaited = state.unreadWords
    self.awaited = awaited
    soFar = { state.soFar($0, until: awaited) }
  }

  /// Words and characters beyond these are counted, not named.
  private static let maximumWords = 24
  private static let maximumCharacters = 12

  var lines: [Line] {
    let lines = kindLines + wordLines + asideLines
    guard lines.isEmpty else { return lines }
    return [Line(name: localized("lens"), text: soFar(localized("the lens finds nothing hidden here")), role: .notice)]
  }

  // MARK: By kind

  /// What counts as a disguise, a line for each kind.
  private var kindLines: [Line] {
    LensWording.counts(fields.map(\.lens), .plain).map { kind, count in
      let names = names { $0.kind == kind && $0.grade == .plain }
      let text = LensWording.numbered(count, kind) + (names.isEmpty ? "" : ": " + names)
      return Line(name: LensWording.label(kind), text: text, role: .text)
    }
  }

  /// What may be a disguise, and what is ordinary in its script.
  private var asideLines: [Line] {
    var lines: [Line] = []
    let possible = LensWording.counts(fields.map(\.lens), .possible).map { LensWording.numbered($0.count, $0.kind) }
    if !possible.isEmpty {
      let text = possible.joined(separator: ", ") + "; " + soFar(localized("no code word was found by it"))
      lines.append(Line(name: localized("possible"), text: text, role: .faint))
    }
    let ordinary = names { $0.grade == .ordinary }
    if !ordinary.isEmpty {
      lines.append(
        Line(name: localized("ordinary"), text: localized("at home in such a script: \(ordinary)"), role: .faint))
    }
    return lines
  }

  /// The distinct characters among some places, each with how often it occurs.
  private func names(_ holds: (DisguisedSpan) -> Bool) -> String {
    var names: [String] = []
    var counts: [String: Int] = [:]
    for (lens, bytes) in fields {
      for place in lens.spans where holds(place) {
        let name = LensWording.name(of: place, as: Self.text(bytes, place.bytes))
        guard !name.isEmpty else { continue }
        if counts.updateValue(counts[name, default: 0] + 1, forKey: name) == nil { names.append(name) }
      }
    }
    let shown = names.prefix(Self.maximumCharacters).map { name in
      let count = counts[name] ?? 1
      return count == 1 ? name : "\(name) ×\(grouped(count))"
    }
    let left = names.count - shown.count
    let list = shown.joined(separator: ", ")
    return left > 0 ? localized("\(list) and \(grouped: left) more") : list
  }

  private static func text(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  // MARK: By word

  /// As written, as read, and the terms that were found.
  private var wordLines: [Line] {
    var seen: Set<String> = []
    var lines: [Line] = []
    var hidden = 0
    for (lens, bytes) in fields {
      for word in lens.words {
        guard lines.count < Self.maximumWords else {
          hidden += 1
          continue
        }
        let text = described(word, lens, bytes)
        guard seen.insert(text).inserted else { continue }
        let role: Role = word.terms.isEmpty ? .text : .hitTerm
        lines.append(Line(name: lines.isEmpty ? localized("words") : " ", text: text, role: role))
      }
    }
    if hidden > 0 {
      let text = localized(
        hidden, one: "and \(grouped: hidden) more word", other: "and \(grouped: hidden) more words")
      lines.append(Line(name: " ", text: text, role: .faint))
    }
    return lines
  }

  private func described(_ word: DisguisedWord, _ lens: TextLens, _ bytes: UnsafeRawBufferPointer) -> String {
    let terms = word.terms.map { term in
      let denotes = lexicons[term].denotes
      return denotes.isEmpty || denotes == word.readAs ? lexicons.labels[Int(term.number)] : denotes
    }
    let none = awaited == nil ? localized("no term") : localized("no term yet")
    let found = terms.isEmpty ? none : terms.joined(separator: ", ")
    return [Self.escaped(word, lens, bytes), word.readAs, found].joined(separator: " → ")
  }

  /// A word with every character named that is invisible or looks like another.
  private static func escaped(_ word: DisguisedWord, _ lens: TextLens, _ bytes: UnsafeRawBufferPointer) -> String {
    var text = ""
    var place = word.bytes.lowerBound
    for disguise in lens.spans(in: word.bytes) where disguise.bytes.lowerBound >= place {
      text += Self.text(bytes, place..<disguise.bytes.lowerBound)
      switch disguise.kind {
      case .hidden: text += "[\(HiddenCharacters.shortName(disguise.scalar))]"
      case .lookAlike: text += "[\(HiddenCharacters.codePoint(disguise.scalar))]"
      case .marks:
        let marks = Self.text(bytes, disguise.bytes).unicodeScalars
        text += marks.map { "[\(HiddenCharacters.codePoint($0.value))]" }.joined()
      case .styled, .reference, .leet, .spacedOut, .broken, .stretched: text += Self.text(bytes, disguise.bytes)
      }
      place = disguise.bytes.upperBound
    }
    return text + Self.text(bytes, place..<max(place, word.bytes.upperBound))
  }
}
