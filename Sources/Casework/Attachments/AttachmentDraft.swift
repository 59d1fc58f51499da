import Sentences
import SmallFormats

/// A file to attach, as it was typed.
package struct AttachmentDraft: Equatable, Sendable {
  /// What can be typed.
  package enum Part: CaseIterable, Sendable {
    case path, method, capturedAt, note

    package var label: String {
      switch self {
      case .path: localized("File")
      case .method: localized("How captured")
      case .capturedAt: localized("Captured at")
      case .note: localized("Note")
      }
    }
  }

  private var texts: [Part: String] = [:]

  package init() {}

  package subscript(part: Part) -> String {
    get { texts[part] ?? "" }
    set { texts[part] = newValue }
  }

  /// What was stated beside the file.
  ///
  /// - Parameter now: a capture that has not happened yet is refused.
  package func statements(now: UTCTime) throws(AttachmentProblem) -> (method: CaptureMethod, at: UTCTime?, note: String)
  {
    let word = self[.method]
    guard let method = word.isEmpty ? .found : CaptureMethod(rawValue: word) else { throw .noSuchMethod(word) }
    let note = self[.note]
    guard note.unicodeScalars.count <= Self.longestNote else { throw .noteTooLong(Self.longestNote) }
    guard !self[.capturedAt].isEmpty else { return (method, nil, note) }
    guard let time = CaptureTime.read(self[.capturedAt]) else { throw .noTime(self[.capturedAt]) }
    guard time <= now else { throw .notYet(self[.capturedAt]) }
    return (method, time, note)
  }

  /// In characters.
  private static let longestNote = 2000
}

/// Why something stated about a file cannot be recorded.
package enum AttachmentProblem: Error, Equatable, Sendable {
  case noFile
  case noSuchMethod(String)
  case noTime(String)
  case notYet(String)
  case noteTooLong(Int)
  /// No listing goes by this name, or several do.
  case noSuchListing(String)
  case severalListings(String, [String])
  /// No attachment has an event of this number, or it was withdrawn before.
  case noSuchAttachment(Int)
  case withdrawnBefore(Int)
  /// It came with another casebook under this token.
  case attachedElsewhere(String)

  /// The line of the form that is wrong; nil where none is.
  package var part: AttachmentDraft.Part? {
    switch self {
    case .noFile: .path
    case .noSuchMethod: .method
    case .noTime, .notYet: .capturedAt
    case .noteTooLong: .note
    default: nil
    }
  }

  /// What is wrong, and what to do.
  package var sentence: String {
    switch self {
    case .noFile: return localized("Type the path of a file.")
    case .noSuchMethod(let word):
      let methods = CaptureMethod.allCases.map(\.rawValue).joined(separator: ", ")
      return localized("\(word) is no way of capturing; write one of \(methods).")
    case .noTime(let text):
      return localized(
        "\(text) is no time; write it as 2026-11-18T11:06:40Z, or with the distance from UTC, 2026-11-18T18:06+07:00.")
    case .notYet(let text): return localized("\(text) has not come yet.")
    case .noteTooLong(let limit): return localized("The note is longer than \(limit) characters.")
    case .noSuchListing(let name):
      return localized(
        "No listing goes by \(name). Name it by its web address, its number or its key, exactly as the file has it; one that "
          + "was never decided is found only in the files given with --listings.")
    case .severalListings(let name, let keys):
      let (count, list) = (keys.count, keys.prefix(5).joined(separator: ", "))
      return localized(
        count, one: "\(count) listings go by \(name): \(list). Name one by its key.",
        other: "\(count) listings go by \(name): \(list). Name one by its key.")
    case .noSuchAttachment(let number):
      return localized("Event \(number) is no attachment. Nothing was changed; `linsang attach list` shows them.")
    case .withdrawnBefore(let number):
      return localized("The attachment of event \(number) was withdrawn before. Nothing was changed.")
    case .attachedElsewhere(let token):
      return localized("It was attached in casebook \(token); withdraw it there, and merge again. Nothing was changed.")
    }
  }
}

/// Reads the moment of a capture.
package enum CaptureTime {
  /// The moment in UTC; nil for another form, and for a time without its distance from UTC, which could be any.
  ///
  /// Shape:  `2026-11-18T11:06:40Z` or `2026-11-18 18:06+07:00`; seconds may be left out.
  /// Source: RFC 3339.
  package static func read(_ text: String) -> UTCTime? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 17, [0x54, 0x74, 0x20].contains(bytes[10]), let day = CalendarDay(text.prefix(10)) else {
      return nil
    }
    let hasSeconds = bytes[16] == 0x3a
    guard let hour = number(bytes, 11), bytes[13] == 0x3a, let minute = number(bytes, 14), hour < 24, minute < 60 else {
      return nil
    }
    let second = hasSeconds ? number(bytes, 17) : 0
    guard let second, second < 60 else { return nil }
    let zone = Array(bytes[(hasSeconds ? 19 : 16)...])
    let offset: Int
    if zone == [0x5a] || zone == [0x7a] {
      offset = 0
    } else {
      guard zone.count == 6, zone[0] == 0x2b || zone[0] == 0x2d, zone[3] == 0x3a, let hours = number(zone, 1),
        let minutes = number(zone, 4), hours < 24, minutes < 60
      else { return nil }
      offset = (zone[0] == 0x2b ? 1 : -1) * (hours * 60 + minutes) * 60
    }
    return UTCTime(
      unixSeconds: Int64(day.daysSince1970) * CalendarDay.seconds + Int64(hour * 3600 + minute * 60 + second - offset))
  }

  /// Two digits.
  private static func number(_ bytes: [UInt8], _ place: Int) -> Int? {
    guard place + 1 < bytes.count, (0x30...0x39).contains(bytes[place]), (0x30...0x39).contains(bytes[place + 1]) else {
      return nil
    }
    return Int(bytes[place] - 0x30) * 10 + Int(bytes[place + 1] - 0x30)
  }
}
