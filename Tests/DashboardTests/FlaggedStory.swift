import CodeWords
import Dashboard
import Listings
import TextCells

/// Stories with a few invented terms, and the rows flagged by them.
extension KeyStory {
  static let lexicons = CompiledLexicons(
    LexiconSet(layers: [
      [
        Lexicon(
          name: "invented", file: "invented.csv",
          terms: [
            Term(["ivory", "ivories"], language: "en", kind: .product, denotes: "elephant ivory", weight: 60),
            Term(
              ["jelly"], language: "en", kind: .codeWord, denotes: "elephant ivory", weight: 40,
              needs: [.word("bracelet")]),
            Term(["象牙"], language: "zh", kind: .product, denotes: "elephant ivory", weight: 70),
            Term(["dm me"], language: "en", kind: .transactionCue, denotes: "price in private", weight: 20),
            Term(["resin"], language: "en", kind: .benign, denotes: "other material", weight: 60),
          ])
      ]
    ]))

  /// Listings with these titles and descriptions, flagged.
  static func flagged(_ listings: [(title: String, description: String)], _ columns: Int = 120, _ rows: Int = 36)
    -> Self
  {
    var text = "listing_id,platform,url,title,description,price,currency\n"
    for (number, listing) in listings.enumerated() {
      text +=
        "\(number + 1),Larets,https://a.example/\(number + 1),\"\(listing.title)\",\"\(listing.description)\",5,USD\n"
    }
    var story = KeyStory(on: [text], columns, rows)
    story.flag()
    return story
  }

  /// All rows are flagged.
  mutating func flag(with lexicons: CompiledLexicons = lexicons) {
    tell(.flagged(RowFlagging(lexicons).extend(over: state.dataset), of: state.dataset))
  }

  /// Where a text stands on the screen first, from a line on, and the roles of its cells.
  func roles(of text: String, from first: Int = 0) -> String? {
    let frame = frame
    for row in first..<frame.size.rows {
      let cells = (0..<frame.size.columns).map { frame[$0, row] }
      for start in cells.indices {
        var seen = ""
        var end = start
        while end < cells.count, seen.unicodeScalars.count < text.unicodeScalars.count {
          seen += cells[end].text
          end += 1
        }
        guard seen.unicodeScalars.elementsEqual(text.unicodeScalars) else { continue }
        var runs: [(Role, Int)] = []
        for cell in cells[start..<end] where !cell.isContinuation {
          if let last = runs.last, last.0 == cell.role {
            runs[runs.count - 1].1 += 1
          } else {
            runs.append((cell.role, 1))
          }
        }
        return runs.map { "\($0.0.rawValue)×\($0.1)" }.joined(separator: " ")
      }
    }
    return nil
  }
}
