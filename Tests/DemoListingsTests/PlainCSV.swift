/// A strict reader of RFC 4180, independent of the program's own, so that the demo's files are judged by something else.
struct PlainCSV {
  let header: [String]
  let rows: [[String]]

  /// Fails with a sentence on anything that RFC 4180 does not allow.
  init(_ bytes: [UInt8]) throws(Fault) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Fault("not UTF-8") }
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == 0x22 {
        position += 1
        while true {
          guard position < bytes.count else { throw Fault("a quoted field does not end") }
          if bytes[position] != 0x22 {
            field.append(bytes[position])
            position += 1
          } else if position + 1 < bytes.count, bytes[position + 1] == 0x22 {
            field.append(0x22)
            position += 2
          } else {
            position += 1
            break
          }
        }
      } else {
        while position < bytes.count, bytes[position] != 0x2C, bytes[position] != 0x0A {
          guard bytes[position] != 0x22, bytes[position] != 0x0D else { throw Fault("a quote or CR in a plain field") }
          field.append(bytes[position])
          position += 1
        }
      }
      guard position < bytes.count else { throw Fault("the last line has no end") }
      row.append(String(decoding: field, as: UTF8.self))
      field = []
      if bytes[position] == 0x0A {
        rows.append(row)
        row = []
      } else if bytes[position] != 0x2C {
        throw Fault("text after a closing quote")
      }
      position += 1
    }
    guard let header = rows.first else { throw Fault("no header") }
    guard rows.allSatisfy({ $0.count == header.count }) else { throw Fault("rows of different length") }
    self.header = header
    self.rows = Array(rows.dropFirst())
  }

  /// The values of one column; empty where there is no such column.
  func column(_ name: String) -> [String] {
    guard let position = header.firstIndex(of: name) else { return [] }
    return rows.map { $0[position] }
  }

  struct Fault: Error {
    let sentence: String
    init(_ sentence: String) { self.sentence = sentence }
  }
}
