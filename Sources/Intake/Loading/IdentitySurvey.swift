import Listings
import Synchronization

/// What the first rows of a file show about its ids and addresses: whether they name listings.
///
/// Rules:  a column of ids does not, where it counts the rows or reads the same for rows with different words (numbers that
///         the addresses have too are ids, however small); nor does a column of addresses that read the same for such rows, as those of a page with many adverts do. One advert whose
///         words were changed is no such case: more than one in five rows must contradict, or all of several.
///         Where only a few values stand for several listings (`0`, the address of the home page), only those are left out.
struct IdentitySurvey {
  private var addresses = Tally()
  private var ids = Tally()
  private var numbers = Numbers()
  /// Rows with an id and an address, and those of them in which the address has the id.
  private var both = (rows: 0, agreeing: 0)

  /// Takes a row in: the fingerprints of the keys that its address and its id would make, and of its words.
  mutating func see(_ key: ListingKeyForm, _ candidates: (address: UInt64?, id: UInt64?), wording: UInt64) {
    if let address = candidates.address { addresses.see(address, wording) }
    guard let id = candidates.id else { return }
    ids.see(id, wording)
    numbers.see(key.listingID)
    guard let address = key.address else { return }
    both.rows += 1
    if address.holds(BlankTrimming.trimmed(key.listingID)) { both.agreeing += 1 }
  }

  /// - Parameter rowCount: how many rows the whole file has, about.
  func identity(rowCount: Int) -> RowIdentity {
    RowIdentity(
      trustsIDs: !ids.contradicts && (areInAddresses || !numbers.countRows(of: max(rowCount, ids.rows))),
      trustsAddresses: !addresses.contradicts, shared: ids.shared.union(addresses.shared))
  }

  var rowCount: Int { max(addresses.rows, ids.rows) }

  private var areInAddresses: Bool { both.rows > 0 && both.agreeing * 10 >= both.rows * 9 && both.rows * 2 > ids.rows }

  /// The values of a column, and with which words each was met.
  private struct Tally {
    private var values: [UInt64: (rows: Int, wordings: Int)] = [:]
    private var met: Set<UInt64> = []
    private(set) var rows = 0

    mutating func see(_ value: UInt64, _ wording: UInt64) {
      rows += 1
      values[value, default: (0, 0)].rows += 1
      let isNew = met.insert(value &+ wording &* 0x9e37_79b9_7f4a_7c15).inserted
      if isNew { values[value, default: (0, 0)].wordings += 1 }
    }

    var contradicts: Bool {
      let contradicting = values.values.reduce(0) { $0 + $1.wordings - 1 }
      if values.count == 1, let only = values.values.first, only.rows > 1, only.wordings == only.rows { return true }
      return contradicting > 1 && contradicting * 5 > rows
    }

    var shared: Set<UInt64> {
      Set(values.filter { $0.value.wordings >= 3 && $0.value.wordings * 2 > $0.value.rows }.keys)
    }
  }

  /// Ids as numbers.
  private struct Numbers {
    private var count = 0
    private var steps = 0
    private var last: Int?
    private var greatest = 0
    private var met: Set<Int> = []
    private var areAll = true

    mutating func see(_ cell: UnsafeRawBufferPointer) {
      guard areAll, let number = Self.number(cell) else {
        areAll = false
        return
      }
      count += 1
      if let last, number == last + 1 || number == last - 1 { steps += 1 }
      last = number
      greatest = max(greatest, number)
      met.insert(number)
    }

    private static func number(_ cell: UnsafeRawBufferPointer) -> Int? {
      var text = BlankTrimming.trimmed(cell)
      if text.count > 2, text[text.count - 1] == UInt8(ascii: "0"), text[text.count - 2] == UInt8(ascii: ".") {
        text = UnsafeRawBufferPointer(rebasing: text.dropLast(2))
      }
      guard text.count > 0, text.count < 16 else { return nil }
      var number = 0
      for byte in text {
        guard byte &- 0x30 < 10 else { return nil }
        number = number * 10 + Int(byte &- 0x30)
      }
      return number
    }

    /// Whether the ids are the numbers of rows, in their order or in another; those of a part of the rows begin later.
    func countRows(of rowCount: Int) -> Bool {
      guard areAll, count > 0 else { return false }
      if met.count == count, greatest <= rowCount + rowCount / 5 + 2 { return true }
      return count > 1 && steps * 5 >= (count - 1) * 4 && greatest <= rowCount * 20 + 2
    }
  }
}

/// Looks at the first rows of a file once, when its first key is made.
final class IdentitySearch: Sendable {
  /// How much of a file is looked at: a thousand rows or more.
  static let lookedThrough = 1 << 19

  private let found = Mutex<RowIdentity?>(nil)

  func identity(of reader: any PieceReading, _ tables: ReferenceTables) -> RowIdentity {
    found.withLock { found in
      if let found { return found }
      let identity = Self.survey(reader, tables)
      found = identity
      return identity
    }
  }

  private static func survey(_ reader: any PieceReading, _ tables: ReferenceTables) -> RowIdentity {
    let (start, count) = (reader.firstRecord, reader.bytes.count)
    guard start < count else { return RowIdentity() }
    let end = count - start <= lookedThrough ? count : reader.border(from: start, target: start + lookedThrough)
    let rows = RowAssembly(tables: tables, reader: reader, survey: IdentitySurvey())
    rows.begin(reader, piece: UnsafeRawBufferPointer(rebasing: reader.bytes[start..<end]))
    reader.read(start..<end, into: rows)
    let survey = rows.takeSurvey()
    return survey.identity(rowCount: survey.rowCount * (count - start) / max(1, end - start))
  }
}
