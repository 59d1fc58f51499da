import Intake
import Listings
import ListingsTestSupport
import Testing

/// The rules of `QuoteRules`, character by character and without haste.
enum SlowRecords {
  static func read(_ text: [UInt8], delimiter: UInt8) -> [[String]] {
    var records: [[String]] = []
    var cells: [String] = []
    var position = 0
    var recordStart = 0
    func ends(_ at: Int) -> Bool { at >= text.count || text[at] == 10 || text[at] == delimiter }
    /// A closing quote may have blanks and a CR before the end of the cell.
    func closes(_ at: Int) -> Bool {
      var at = at
      let limit = at + 16
      while at < limit {
        if ends(at) { return true }
        guard text[at] == 32 || text[at] == 9 || text[at] == 13 else { return false }
        at += 1
      }
      return at >= text.count
    }
    func run(_ at: Int) -> Int {
      var end = at
      while end < text.count, text[end] == 34 { end += 1 }
      return end - at
    }
    /// The content of the quoted cell at `start` and where it closes; nil when it is plain text.
    func quoted(_ start: Int) -> (content: Range<Int>, next: Int)? {
      let opening = run(start)
      if opening % 2 == 0 {
        return closes(start + opening) ? (start + 1..<start + opening - 1, start + opening) : nil
      }
      var at = start + opening
      while at < text.count {
        guard text[at] == 34 else {
          at += 1
          continue
        }
        let length = run(at)
        if length % 2 == 1 {
          if closes(at + length) { return (start + 1..<at + length - 1, at + length) }
          if text[at - 1] == delimiter || text[at - 1] == 10 { return nil }
        }
        at += length
      }
      return nil
    }
    while position < text.count {
      if text[position] == 34, let (content, next) = quoted(position) {
        cells.append(String(decoding: content.map { text[$0] }, as: UTF8.self).replacing("\"\"", with: "\""))
        position = next
        while !ends(position) { position += 1 }
      } else {
        let start = position
        while !ends(position) { position += 1 }
        var end = position
        if position >= text.count || text[position] == 10 {
          while end > start, text[end - 1] == 13 { end -= 1 }
        }
        cells.append(String(decoding: text[start..<end], as: UTF8.self))
      }
      let isOver = position >= text.count || text[position] == 10
      if !isOver, position + 1 >= text.count { cells.append("") }
      if isOver || position + 1 >= text.count {
        let record = text[recordStart..<position]
        if !record.isEmpty, !record.allSatisfy({ $0 == 13 }) { records.append(cells) }
        cells = []
        recordStart = position + 1
      }
      position += 1
    }
    return records
  }
}

@Suite struct RecordScanTests {
  private func randomText(_ random: inout Dice, delimiter: Character, hasStrays: Bool) -> String {
    let words = ["ivory", "", "莲心阁", "12 \u{1F418}", " ", "a b", "é", "\r\n"]
    var text = ""
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      for cell in 0..<Int.random(in: 1...4, using: &random) {
        if cell > 0 { text.append(delimiter) }
        var word = words.randomElement(using: &random)! + (words.randomElement(using: &random)!)
        if hasStrays, Int.random(in: 0..<5, using: &random) == 0 {
          word += ["\"", "\"\"", "\"x", ",\"", "\"\n", "\"\"\""].randomElement(using: &random)!
          if Bool.random(using: &random) { word = "\"" + word }
          text += word.replacing("\r\n", with: "")
        } else if Int.random(in: 0..<3, using: &random) == 0 {
          word += [",", "\n", "\"", "\"\"", ";", "\n\n"].randomElement(using: &random)!
          text += "\"" + word.replacing("\"", with: "\"\"") + "\""
        } else {
          text += word.replacing("\r\n", with: "")
        }
      }
      text += ["\n", "\r\n", "\n\n", "\r\r\n"].randomElement(using: &random)!
    }
    if Bool.random(using: &random), text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  @Test func cellsAreThoseOfAnObviousReaderWhereverPiecesEnd() throws {
    var random = Dice(seed: 7)
    for round in 0..<150 {
      let hasStrays = round % 2 == 1
      let text = Array(
        ("h1,h2,h3\n" + randomText(&random, delimiter: ",", hasStrays: hasStrays)).utf8)
      let expected = Array(SlowRecords.read(text, delimiter: 0x2C).dropFirst())
      for pieceSize in [1, 2, 3, 5, 8, 13, 64, 1 << 20] {
        let (dataset, _) = try DatasetOpening.open(
          text, pieceSize: pieceSize, workers: 1 + round % 3, hasHeader: true,
          dialect: "plain,comma,double-quotes,doubled")
        // A lone header that the delimiter search takes for another dialect is no matter here: it is always a comma.
        #expect(
          dataset.cellTexts == expected,
          "round \(round), pieces of \(pieceSize): \(String(decoding: text, as: UTF8.self))")
        #expect(dataset.rowsWithAnotherKey.isEmpty)
        if dataset.cellTexts != expected { return }
      }
    }
  }

  @Test func aWellFormedFileIsReadWithoutProblemsInItsQuotes() throws {
    var random = Dice(seed: 11)
    for _ in 0..<100 {
      let text = "h1,h2\n" + randomText(&random, delimiter: ",", hasStrays: false)
      let (_, problems) = try DatasetOpening.open(text: text, hasHeader: true)
      #expect(problems.count(of: .unterminatedQuote) == 0, "\(text)")
    }
  }

  @Test(arguments: [",", ";", "\t", "|"])
  func theDelimiterIsFoundOut(_ delimiter: String) throws {
    let text = "title,price,seller\nbead, 12,Ayu\n\"a;b,c|d\",7,Bo\n".replacing(",", with: delimiter)
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(dataset.rowCount == 2)
    #expect(dataset.text(of: .sellerAlias, at: 1) == "Bo")
    #expect(problems.isEmpty)
  }

  @Test func blocksOfSixtyFourBytesMeetQuotesAnywhere() throws {
    for length in 0..<140 {
      let filler = String(repeating: "x", count: length)
      let (dataset, problems) = try DatasetOpening.open(text: "title,price\n\"\(filler)\"\"\n,\",5\n\(filler),6\n")
      #expect(dataset.cellTexts == [["\(filler)\"\n,", "5"], [filler, "6"]])
      #expect(dataset.text(of: .title, at: 0) == "\(filler)\"\n,")
      #expect(problems.isEmpty)
    }
  }
}
