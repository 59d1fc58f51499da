import ListingsTestSupport
import Testing

@testable import Listings

/// What stands in four bytes reads as what was written, however large.
struct CompactColumnTests {
  private static let edges: [Int64] = [
    0, 1, -1, 0xBFFF_FFFF, 0xC000_0000, 0xC000_0001, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x1_0000_0000, .max, .min + 1, .min,
  ]

  private static func numbers(_ count: Int, seed: UInt64) -> [Int64] {
    var dice = Dice(seed: seed)
    return (0..<count).map { _ in
      dice.once(in: 20) ? dice.pick(edges) : dice.once(in: 9) ? .min : Int64(dice.below(1 << 31))
    }
  }

  private static func column(_ numbers: [Int64], piece: Int) -> CompactColumn {
    let column = CompactColumn()
    for start in stride(from: 0, to: numbers.count, by: piece) {
      column.append(numbers[start..<min(numbers.count, start + piece)])
    }
    return column
  }

  @Test(arguments: [1, 7, 1000, 100_000]) func numbersReadAsWritten(piece: Int) {
    let numbers = Self.edges + Self.numbers(70_000, seed: 3)
    let column = Self.column(numbers, piece: piece)
    #expect(column.count == numbers.count)
    #expect(numbers.indices.allSatisfy { column[$0] == numbers[$0] })
  }

  @Test func rangesAreThoseOfTheNumbers() {
    let numbers = Self.edges + Self.numbers(5000, seed: 4)
    let column = Self.column(numbers, piece: 999)
    let bounds = Self.edges.filter { $0 != .min }.sorted() + [1 << 20]
    for low in bounds {
      for high in bounds where high >= low {
        var words = [UInt64](repeating: ~0, count: (numbers.count + 63) / 64)
        words.withUnsafeMutableBufferPointer {
          column.fill($0.baseAddress!, block: 0, numbers.count, in: low...high)
        }
        let expected = numbers.indices.filter { numbers[$0] != .min && (low...high).contains(numbers[$0]) }
        #expect(RowSet(words: words, rowCount: numbers.count).rows == expected, "\(low)...\(high)")
      }
    }
  }

  @Test func recordsAndTextsAreFoundWhereverTheyStand() {
    // Records of two files, the second mapped below the first; every ninth text is decoded elsewhere, or there is none.
    let starts =
      (0..<300).map { UInt64(0x7F00_0000_0000) + UInt64($0) * 999 }
      + (0..<300).map { UInt64(0x1000_0000_0000) + UInt64($0) * 0xFFFF_FFFF }
    let texts = starts.indices.map {
      $0 % 9 == 0 ? UInt64(0x7E00_0000_0000) + UInt64($0) : starts[$0] + UInt64($0 % 500)
    }
    let lengths = starts.indices.map { UInt32($0 * 7) }
    let records = RecordStarts()
    let column = TextColumn(in: records)
    for range in [0..<1, 1..<63, 63..<65, 65..<310, 310..<600] {
      records.append(Array(starts[range]))
      column.append(Array(texts[range]), lengths: Array(lengths[range]), records: Array(starts[range]))
    }
    let (recordBlock, block) = (column.records(ofBlock: 0), column.block(0))
    for row in starts.indices {
      #expect(records[row] == starts[row] && recordBlock[row] == starts[row])
      for text in [column[row], block.text(at: row, record: recordBlock[row])] {
        #expect(UInt64(UInt(bitPattern: text.baseAddress)) == texts[row] && text.count == Int(lengths[row]))
      }
    }
  }
}
