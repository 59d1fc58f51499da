/// A sentence of the screen as the source has it, in English, with the values in it. Its translation is found by its key.
///
/// Written as a string literal: `"Listing \(index) of \(total)"` has the key `Listing {1} of {2}`.
/// Shape:  plain text. A whole sentence, or a label that stands alone: parts of sentences cannot be put together in other
///         languages.
package struct Sentence: ExpressibleByStringInterpolation, Equatable, Sendable {
  enum Piece: Equatable, Sendable {
    case words(String)
    case value(String)
    /// Sentences within the sentence, each in the language of the whole.
    case sentences([Sentence], separator: String)
  }

  var pieces: [Piece]

  package init(stringLiteral value: String) { pieces = value.isEmpty ? [] : [.words(value)] }
  package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  package struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(2 * interpolationCount + 1) }

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.words(literal)) }
    }

    package mutating func appendInterpolation(_ value: some StringProtocol) { pieces.append(.value(String(value))) }

    /// A sentence, or words that are translated by themselves, in the place of a value.
    package mutating func appendInterpolation(_ sentence: Sentence) {
      pieces.append(.sentences([sentence], separator: ""))
    }

    /// Several of them with something between them.
    package mutating func appendInterpolation(_ sentences: [Sentence], by separator: String) {
      pieces.append(.sentences(sentences, separator: separator))
    }

    /// A whole number, its thousands set apart as the language does it.
    package mutating func appendInterpolation(grouped number: Int) { pieces.append(.value(grouped(number))) }

    /// - Warning: a number is written without thousands set apart: for counts, `grouped:`.
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      pieces.append(.value(value.description))
    }
  }

  /// Whether it says nothing.
  package var isEmpty: Bool { pieces.isEmpty }

  /// A long sentence from several literals.
  package static func + (first: Sentence, second: Sentence) -> Sentence {
    var sum = first
    sum.pieces += second.pieces
    return sum
  }

  /// The English text with its values.
  package var english: String {
    pieces.reduce(into: "") { text, piece in
      switch piece {
      case .words(let words): text += words
      case .value(let value): text += value
      case .sentences(let sentences, let separator):
        text += sentences.map(\.english).joined(separator: separator)
      }
    }
  }

  /// By which translations are found: values are `{1}`, `{2}` and so on, in the order of the English sentence.
  package var key: String {
    var number = 0
    return pieces.reduce(into: "") { text, piece in
      switch piece {
      case .words(let words): text += words
      case .value, .sentences:
        number += 1
        text += "{\(number)}"
      }
    }
  }

  /// The values; sentences among them in the language of the screen.
  var values: [String] {
    pieces.compactMap { piece in
      switch piece {
      case .words: nil
      case .value(let value): value
      case .sentences(let sentences, let separator): sentences.map { localized($0) }.joined(separator: separator)
      }
    }
  }

  /// A translation with the values of this sentence in their places.
  ///
  /// Shape:  `{2}` stands for the second value; a number without a value, and any other brace, stays as it is.
  func filled(into translation: String) -> String {
    let values = values
    guard !values.isEmpty else { return translation }
    var text = ""
    var rest = Substring(translation)
    while let open = rest.firstIndex(of: "{") {
      text += rest[..<open]
      rest = rest[open...]
      guard let close = rest.firstIndex(of: "}"), let number = Int(rest[rest.index(after: open)..<close]),
        values.indices.contains(number - 1)
      else {
        text.append(rest.removeFirst())
        continue
      }
      text += values[number - 1]
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }
}
