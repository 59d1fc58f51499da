import Casework
import SmallFormats
import CaseFiles

/// Everything a packet is made of: what a person filled in, the listings, and what stamps it.
///
/// Nothing else enters a packet: no clock, no locale, no environment. The same value gives the same bytes.
package struct Packet: Equatable, Sendable {
  package var stamp: PacketStamp
  package var form: PacketForm
  /// The listings as evidence.
  package var file: CaseFile

  package init(stamp: PacketStamp, form: PacketForm, file: CaseFile) {
    self.stamp = stamp
    self.form = form
    self.file = file
  }

  package var listings: [CaseListing] {
    get { file.listings }
    set { file.listings = newValue }
  }
  package var casebook: CasebookReference? { file.casebook }
  package var reading: ReadingBasis { file.reading }

  /// The name of its folder: `LNS-2026-7K3Q-000007_v1`.
  package var folderName: String { "\(stamp.id.text)_v\(stamp.version)" }
}

/// Which packet it is, who made it and when.
package struct PacketStamp: Equatable, Sendable {
  package var id: PacketID
  /// From 1; a corrected packet keeps its id and counts up.
  package var version: Int
  /// The folder name of the packet this one replaces, `LNS-2026-7K3Q-000007_v1`.
  package var supersedes: String?
  package var created: UTCTime
  /// The analyst's handle, as it stands in the casebook.
  package var madeBy: String
  package var toolVersion: String

  package init(
    id: PacketID, version: Int = 1, supersedes: String? = nil, created: UTCTime, madeBy: String, toolVersion: String
  ) {
    self.id = id
    self.version = version
    self.supersedes = supersedes
    self.created = created
    self.madeBy = madeBy
    self.toolVersion = toolVersion
  }
}

/// The identity of a packet: `LNS-2026-7K3Q-000007`, a year, four digits of the casebook that numbered it, and a number
/// of that year. Packets of earlier versions have no digits of a casebook, `LNS-2026-000007`.
///
/// Source: the packet specification, section 3; the digits are Crockford's base 32.
package struct PacketID: Hashable, Sendable, CustomStringConvertible {
  package let text: String
  package var description: String { text }

  /// Nil outside the years 1 to 9999 and the numbers 0 to 999,999.
  package init?(year: Int, number: Int) {
    guard (1...9999).contains(year), (0...999_999).contains(number) else { return nil }
    text = "LNS-\(Digits.padded(year, 4))-\(Digits.padded(number, 6))"
  }

  package init?(_ text: String) {
    var parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 4 {
      guard parts[2].utf8.count == 4, parts[2].utf8.allSatisfy(Self.isTokenDigit) else { return nil }
      parts.remove(at: 2)
    }
    guard parts.count == 3, parts[0] == "LNS", parts[1].utf8.count == 4, parts[2].utf8.count == 6,
      parts[1...].allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    self.text = text
  }

  private static func isTokenDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39: true
    case UInt8(ascii: "I"), UInt8(ascii: "L"), UInt8(ascii: "O"), UInt8(ascii: "U"): false
    default: (0x41...0x5a).contains(byte)
    }
  }
}
