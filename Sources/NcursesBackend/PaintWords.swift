import CNcurses
import Theming

/// The sequences that change how characters are painted.
///
/// Why:    a change of colour is over twenty bytes the way curses writes it, and a row of listings has ten of them; what
///         stays the same need not be said again, and one sequence can say several things.
struct PaintWords {
  private let plain: [UInt8]
  private let foreground: String?
  private let background: String?
  private let attributes: [(TextAttributes, [UInt8])]
  /// What goes between `ESC [` and `m` to have the terminal's own colour again; nil: only `plain` brings it back.
  private let ownForeground: [UInt8]?
  private let ownBackground: [UInt8]?
  /// Whether all sequences are of the form `ESC [ … m`, so that several can be one.
  private let isJoinable: Bool
  /// The changes made before: a theme has a few dozen paints.
  private var changes: [Change: [UInt8]] = [:]

  private struct Change: Hashable {
    let last: Paint?
    let next: Paint
  }

  init() {
    func words(_ name: String) -> [UInt8]? { TerminalPreflight.capability(name).map(TerminalLanguage.withoutDelays) }
    let names: [(TextAttributes, String)] = [
      (.bold, "bold"), (.faint, "dim"), (.underline, "smul"), (.reverse, "rev"), (.italic, "sitm"),
    ]
    attributes = names.compactMap { attribute, name in words(name).map { (attribute, $0) } }
    foreground = TerminalPreflight.capability("setaf")
    background = TerminalPreflight.capability("setab")
    let plain = words("sgr0") ?? []
    // The rest of sgr0 takes back a character set that is never chosen here.
    let isECMA = plain.indices.contains { plain[$0...].starts(with: Array("\u{1B}[m".utf8)) }
    self.plain = isECMA ? Array("\u{1B}[m".utf8) : plain
    let colours = [foreground, background].compactMap { $0 }
      .map { TerminalLanguage.withoutDelays(String(cString: lt_filled($0, 1, 0))) }
    isJoinable = isECMA && (attributes.map(\.1) + colours).allSatisfy { Self.inside($0) != nil }
    let isOwnKnown = isJoinable && words("op") == Array("\u{1B}[39;49m".utf8)
    ownForeground = isOwnKnown ? Array("39".utf8) : nil
    ownBackground = isOwnKnown ? Array("49".utf8) : nil
  }

  mutating func change(from last: Paint?, to next: Paint) -> [UInt8] {
    if last == next { return [] }
    let change = Change(last: last, next: next)
    if let bytes = changes[change] { return bytes }
    let bytes = shortest(from: last, to: next)
    changes[change] = bytes
    return bytes
  }

  private func shortest(from last: Paint?, to next: Paint) -> [UInt8] {
    let anew = joined(fromPlain: true, pieces(of: next))
    guard let last, let step = step(from: last, to: next) else { return anew }
    let stepped = joined(fromPlain: false, step)
    return stepped.count < anew.count ? stepped : anew
  }

  /// What brings one paint about from plain.
  private func pieces(of paint: Paint) -> [[UInt8]] {
    attributes.filter { paint.attributes.contains($0.0) }.map(\.1) + colour(foreground, paint.foreground)
      + colour(background, paint.background)
  }

  /// What is to be said beyond what is in force already; nil where something can only be taken back as a whole.
  private func step(from last: Paint, to next: Paint) -> [[UInt8]]? {
    guard last.attributes.isSubset(of: next.attributes) else { return nil }
    var pieces = attributes.filter { next.attributes.subtracting(last.attributes).contains($0.0) }.map(\.1)
    for (words, own, old, new) in [
      (foreground, ownForeground, last.foreground, next.foreground),
      (background, ownBackground, last.background, next.background),
    ] where old != new {
      if new >= 0 {
        pieces += colour(words, new)
      } else if let own {
        pieces.append(Array("\u{1B}[".utf8) + own + Array("m".utf8))
      } else {
        return nil
      }
    }
    return pieces
  }

  private func colour(_ words: String?, _ number: Int32) -> [[UInt8]] {
    guard let words, number >= 0 else { return [] }
    return [TerminalLanguage.withoutDelays(String(cString: lt_filled(words, number, 0)))]
  }

  private func joined(fromPlain: Bool, _ pieces: [[UInt8]]) -> [UInt8] {
    guard isJoinable, !pieces.isEmpty else { return (fromPlain ? plain : []) + pieces.joined() }
    let numbers = (fromPlain ? [Array("0".utf8)] : []) + pieces.compactMap(Self.inside)
    return Array("\u{1B}[".utf8) + numbers.joined(separator: Array(";".utf8)) + Array("m".utf8)
  }

  /// What stands between `ESC [` and `m`; nil where the sequence has another form.
  private static func inside(_ words: [UInt8]) -> [UInt8]? {
    guard words.count > 3, words.starts(with: Array("\u{1B}[".utf8)), words.last == UInt8(ascii: "m") else {
      return nil
    }
    let inside = Array(words[2..<(words.count - 1)])
    return inside.allSatisfy { (0x30...0x3B).contains($0) } ? inside : nil
  }
}
