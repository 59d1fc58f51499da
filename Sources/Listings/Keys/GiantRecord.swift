/// Records too long to be read again while somebody waits for the screen: a broken file can make one of gigabytes.
///
/// What is kept in columns is shown of them; the rest only where it is asked for, as in an export. Their key is made of
/// their beginnings, so that it, too, costs no reading.
package enum GiantRecord {
  /// Bytes; decoding so much takes about 20 ms.
  package static let limit = 4 << 20
  /// Bytes of each text that count and are shown.
  package static let shownText = 1 << 16

  package static func isGiant(byteCount: Int) -> Bool { byteCount > limit }

  /// The key of a giant record, from the beginnings of its texts and their lengths; where it has neither title nor
  /// description, from its own beginning, end and length.
  package static func key(
    platform: UnsafeRawBufferPointer, seller: UnsafeRawBufferPointer, title: UnsafeRawBufferPointer,
    description: UnsafeRawBufferPointer, record: UnsafeRawBufferPointer
  ) -> ListingKey {
    var words = FoldedFingerprint()
    words.append(platform)
    words.append(seller)
    if title.count + description.count > 0 {
      append(title, to: &words)
      append(description, to: &words)
    } else {
      append(record, to: &words)
      words.append(UnsafeRawBufferPointer(rebasing: record.suffix(shownText)))
    }
    var out = Array("text:".utf8)
    Hexadecimal.append(words.first, to: &out)
    Hexadecimal.append(words.second, to: &out)
    return ListingKey(String(decoding: out, as: UTF8.self))
  }

  private static func append(_ text: UnsafeRawBufferPointer, to words: inout FoldedFingerprint) {
    words.append(beginning(of: text))
    withUnsafeBytes(of: UInt64(text.count).littleEndian) { words.append($0) }
  }

  package static func beginning(of text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text.prefix(shownText))
  }
}

extension Dataset {
  package func isGiant(_ row: Int) -> Bool { GiantRecord.isGiant(byteCount: record(at: row).count) }

  /// The cells of a row for the screen: all of them, except that a giant record shows the beginnings of its texts.
  package func shownCells(of row: Int) -> [RecordCell] {
    guard isGiant(row) else { return cells(of: row) }
    return [Field.title, .description].map { field in
      let text = GiantRecord.beginning(of: bytes(of: field, at: row))
      return RecordCell(name: field.rawValue, field: field, text: String(decoding: text, as: UTF8.self))
    }
  }

  /// A field of a row for the screen; empty where only reading a giant record again would tell.
  package func shownText(of field: Field, at row: Int) -> String {
    field.storage == .dictionary || !isGiant(row)
      ? text(of: field, at: row) : shownCells(of: row).first { $0.field == field }?.text ?? ""
  }
}
