/// Which casebook a file is of, and how often that was written: one value in every commit, found again byte for byte in
/// the main file and in its log.
///
/// Shape:  86 bytes: a prefix that no UTF-8 text holds, the casebook's token (32 hexadecimal digits, for ever the same),
///         how many commits there were, a random number for this one, and that of the commit before (16 digits each).
///         Two copies of a casebook that went on apart are told apart by their random numbers.
struct CasebookStamp: Equatable, Sendable {
  let token: String
  let count: UInt64
  let nonce: UInt64
  let previous: UInt64

  /// FF "LNSG" FF: FF stands in no UTF-8 text, so that nothing a listing or a note says passes for a stamp.
  static let prefix: [UInt8] = [0xFF] + Array("LNSG".utf8) + [0xFF]
  static let length = 6 + 32 + 3 * 16
  static let tokenLength = 32

  /// A casebook's first stamp.
  init(token: String) {
    self.token = token
    (count, nonce, previous) = (1, .random(in: 1 ... .max), 0)
  }

  private init(after last: CasebookStamp) {
    token = last.token
    (count, nonce, previous) = (last.count + 1, .random(in: 1 ... .max), last.nonce)
  }

  /// The stamp of the next commit.
  var next: CasebookStamp { CasebookStamp(after: self) }

  func follows(_ other: CasebookStamp) -> Bool {
    token == other.token && count == other.count + 1 && previous == other.nonce
  }

  /// Four digits that stand for the casebook in the numbers of its packets: the first 20 bits of its token, so that two
  /// casebooks share them once in a million.
  ///
  /// Source: Crockford's base 32, whose digits leave out I, L, O and U.
  static func shortToken(of token: String) -> String {
    let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    let bits = Int(token.prefix(5), radix: 16) ?? 0
    return String([15, 10, 5, 0].map { digits[bits >> $0 & 31] })
  }

  // MARK: Bytes

  var bytes: [UInt8] {
    Self.prefix + Array(token.utf8) + [count, nonce, previous].flatMap { Self.digits($0) }
  }

  /// The stamp that these bytes begin with.
  init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes.prefix(Self.length))
    guard bytes.count == Self.length, bytes.starts(with: Self.prefix) else { return nil }
    let numbers = [38, 54, 70].map { UInt64(String(decoding: bytes[$0..<$0 + 16], as: UTF8.self), radix: 16) }
    guard let count = numbers[0], let nonce = numbers[1], let previous = numbers[2] else { return nil }
    token = String(decoding: bytes[6..<38], as: UTF8.self)
    (self.count, self.nonce, self.previous) = (count, nonce, previous)
  }

  /// The stamp on a page of the file that holds its table; nil for any other page.
  ///
  /// Source: sqlite.org/fileformat2.html, section 1.6: a leaf of a table has type 13, the count of its cells at 3, the
  ///         first cell's offset at 8.
  init?(page: some RandomAccessCollection<UInt8>) {
    func byte(_ at: Int) -> Int { Int(page[page.index(page.startIndex, offsetBy: at)]) }
    guard page.count >= 512, byte(0) == 13, byte(3) == 0, byte(4) == 1 else { return nil }
    let cell = byte(8) << 8 | byte(9)
    guard cell + Self.length <= page.count else { return nil }
    // Before the value: lengths and types, of a few bytes each.
    let values = cell..<min(cell + 12, page.count)
    guard let start = values.first(where: { byte($0) == Int(Self.prefix[0]) }) else { return nil }
    self.init(page.dropFirst(start))
  }

  private static func digits(_ number: UInt64) -> [UInt8] {
    let text = String(number, radix: 16)
    return Array((String(repeating: "0", count: 16 - text.count) + text).utf8)
  }
}
