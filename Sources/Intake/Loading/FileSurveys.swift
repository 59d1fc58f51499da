import Listings
import Synchronization

/// Whether the ids and addresses in a file identify its listings, judged by its first rows.
///
/// Shape:  an id column does not identify listings if it merely counts rows, or repeats for rows with different words.
///         Numbers that also occur in the addresses are ids, however small. An address column does not if it repeats
///         for such rows, as on a page with many adverts. A single edited advert proves nothing: more than one row in
///         five must contradict, or every one of several.
///         Where only a few values are shared by several listings (`0`, the home page), only those are ignored.
/// Cost:   one set and one dictionary per column, of the rows surveyed.
struct IdentitySurvey {
  private var addresses = Tally()
  private var ids = Tally()
  private var numbers = Numbers()
  /// Rows with an id and an address, and those of them in which the address has the id.
  private var both = (rows: 0, agreeing: 0)

  /// Takes in one row.
  ///
  /// - Parameters:
  ///   - candidates: fingerprints of the keys that its address and its id would make.
  ///   - wording: a fingerprint of its words.
  mutating func add(_ key: ListingKeyForm, _ candidates: (address: UInt64?, id: UInt64?), wording: UInt64) {
    if let address = candidates.address { addresses.add(address, wording) }
    guard let id = candidates.id else { return }
    ids.add(id, wording)
    numbers.add(key.listingID)
    guard let address = key.address else { return }
    both.rows += 1
    if address.holds(BlankTrimming.trimmed(key.listingID)) { both.agreeing += 1 }
  }

  /// The verdict.
  ///
  /// - Parameter rowCount: the approximate number of rows in the whole file.
  func identity(rowCount: Int) -> RowIdentity {
    RowIdentity(
      trustsIDs: !ids.contradicts && (areInAddresses || !numbers.countRows(of: max(rowCount, ids.rows))),
      trustsAddresses: !addresses.contradicts, idsAreInAddresses: areInAddresses,
      shared: ids.shared.union(addresses.shared))
  }

  /// How many rows had an address or an id.
  var rowCount: Int { max(addresses.rows, ids.rows) }

  /// Whether nearly all ids also occur in the addresses, for most rows.
  private var areInAddresses: Bool { both.rows > 0 && both.agreeing * 10 >= both.rows * 9 && both.rows * 2 > ids.rows }

  /// The values of one column, and how many different wordings each came with.
  ///
  /// Shape:  the column contradicts itself where more than one value in five comes with other words, or a single value is
  ///         repeated with as many wordings.
  private struct Tally {
    private var values: [UInt64: (rows: Int, wordings: Int)] = [:]
    private var seen: Set<UInt64> = []
    private(set) var rows = 0

    /// Takes in one value with the fingerprint of the words beside it.
    mutating func add(_ value: UInt64, _ wording: UInt64) {
      rows += 1
      values[value, default: (0, 0)].rows += 1
      let isNew = seen.insert(value &+ wording &* 0x9e37_79b9_7f4a_7c15).inserted
      if isNew { values[value, default: (0, 0)].wordings += 1 }
    }

    /// Whether values repeat across different wordings too often for a column of identities.
    var contradicts: Bool {
      let contradicting = values.values.reduce(0) { $0 + $1.wordings - 1 }
      if values.count == 1, let only = values.values.first, only.rows > 1, only.wordings == only.rows { return true }
      return contradicting > 1 && contradicting * 5 > rows
    }

    /// Values that stand for several listings, such as `0`.
    var shared: Set<UInt64> {
      Set(values.filter { $0.value.wordings >= 3 && $0.value.wordings * 2 > $0.value.rows }.keys)
    }
  }

  /// The ids of a column as numbers, as far as they are all numbers.
  ///
  /// Limits: one id that is not a number ends it.
  private struct Numbers {
    private var count = 0
    private var steps = 0
    private var last: Int?
    private var greatest = 0
    private var seen: Set<Int> = []
    private var areAll = true

    /// Takes in one id.
    mutating func add(_ cell: UnsafeRawBufferPointer) {
      guard areAll, let number = Self.number(cell) else {
        areAll = false
        return
      }
      count += 1
      if let last, number == last + 1 || number == last - 1 { steps += 1 }
      last = number
      greatest = max(greatest, number)
      seen.insert(number)
    }

    /// The cell as a whole number of at most 15 digits; `12.0` counts as 12, as spreadsheets export it.
    ///
    /// Fails:  returns nil for anything else.
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

    /// Whether the ids merely number the rows, in any order. Those of a partial export may start later.
    func countRows(of rowCount: Int) -> Bool {
      guard areAll, count > 0 else { return false }
      if seen.count == count, greatest <= rowCount + rowCount / 5 + 2 { return true }
      return count > 1 && steps * 5 >= (count - 1) * 4 && greatest <= rowCount * 20 + 2
    }
  }
}

/// Surveys the first rows of a file once, when its first key is made.
///
/// Cost:   parses half a megabyte once; every thread that needs a key waits for it.
final class IdentitySearch: Sendable {
  /// How much of a file is surveyed: a thousand rows or more.
  static let searchedBytes = 1 << 19

  private let found = Mutex<RowIdentity?>(nil)

  /// How the rows of a file are identified. The first caller surveys; others wait for its result.
  func identity(of reader: any PieceReading, _ tables: ReferenceTables) -> RowIdentity {
    found.withLock { found in
      if let found { return found }
      let identity = Self.survey(reader, tables)
      found = identity
      return identity
    }
  }

  /// Reads the first rows into a survey.
  private static func survey(_ reader: any PieceReading, _ tables: ReferenceTables) -> RowIdentity {
    let (start, count) = (reader.firstRecord, reader.bytes.count)
    guard start < count else { return RowIdentity() }
    let end = count - start <= searchedBytes ? count : reader.border(from: start, target: start + searchedBytes)
    let rows = RowAssembly(tables: tables, reader: reader, survey: IdentitySurvey())
    rows.begin(reader, piece: UnsafeRawBufferPointer(rebasing: reader.bytes[start..<end]))
    reader.read(start..<end, into: rows)
    let survey = rows.takeSurvey()
    return survey.identity(rowCount: survey.rowCount * (count - start) / max(1, end - start))
  }
}

/// Whether the day or the month comes first in a file's date columns, determined when the first date needs it.
///
/// Shape:  the first date that can be read in only one way decides (`27/03/2022`). If another one within the first
///         `searchedBytes` can only be read the other way, the column contradicts itself and decides nothing. The result
///         does not depend on how the file is cut into pieces.
/// Cost:   one scan of one column, at most once per column, while other workers wait. Files with the year first never
///         pay it.
final class DayOrderSearch: Sendable {
  /// How much of a file is searched for a contradiction.
  static let searchedBytes = 64 << 20

  private let found = Mutex<[Field: DayOrder?]>([:])

  /// The order in the column of `field`. `search` runs at most once per field; its result is shared by all workers.
  ///
  /// Shape:  nil is remembered too.
  func order(of field: Field, search: () -> DayOrderEvidence) -> DayOrder? {
    found.withLock { found in
      if let known = found[field] { return known }
      let order = search().order
      found[field] = order
      return order
    }
  }
}

/// What the dates of one column say about their order, seen one after another.
struct DayOrderEvidence {
  /// The first unambiguous date, with what it proves.
  private var first: DayOrder?
  private var contradicts = false

  /// Nil while no date decides, and where dates contradict each other.
  var order: DayOrder? { contradicts ? nil : first }
  /// Whether further dates can change nothing, `bytes` into the records.
  func isSettled(after bytes: Int) -> Bool { contradicts || first != nil && bytes >= DayOrderSearch.searchedBytes }

  /// Takes in one date.
  ///
  /// - Parameter row: the row in the file, from 1.
  mutating func add(_ cell: UnsafeRawBufferPointer, row: Int) {
    let text = BlankTrimming.trimmed(cell)
    guard let date = NumericDate(text), let shown = date.shown else { return }
    // `27/03/2022-1` is not a date.
    guard date.end == text.count || text[date.end] <= .blank || text[date.end] == .comma else { return }
    guard let first else {
      let written = UnsafeRawBufferPointer(rebasing: text[..<date.end])
      self.first = DayOrder(first: shown, row: row, text: String(decoding: written, as: UTF8.self))
      return
    }
    if first.first != shown { contradicts = true }
  }
}
