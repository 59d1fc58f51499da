import Casework
import Foundation
import Listings
import SmallFormats

/// What a rescue file holds.
package struct Rescue: Equatable, Sendable {
  package let source: RescueSource
  package let decisions: [RescuedDecision]
  /// Lines that are no decisions, such as one that was cut off with the power; counted from 1.
  package let unreadableLines: [Int]

  /// Reads the file; nil where it is not a rescue file.
  package init?(text: String) {
    // By bytes: to Swift, a carriage return and a line feed are one character.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    guard let first = lines.first.flatMap(Self.values), first["rescue"] == .number(1),
      case .text(let analyst)? = first["analyst"], case .text(let casebook)? = first["casebook"],
      case .text(let token)? = first["token"]
    else { return nil }
    source = RescueSource(analyst: analyst, casebook: casebook, token: token)
    var decisions: [RescuedDecision] = []
    var unreadable: [Int] = []
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      if let decision = Self.values(line).flatMap(RescuedDecision.init(values:)) {
        decisions.append(decision)
      } else {
        unreadable.append(index + 1)
      }
    }
    self.decisions = decisions
    unreadableLines = unreadable
  }

  private static func values(_ line: String) -> [String: JSONValue]? {
    guard case .map(let values)? = try? JSONReading.value(of: Array(line.utf8)) else { return nil }
    return values
  }
}

extension RescuedDecision {
  fileprivate init?(values: [String: JSONValue]) {
    func text(_ name: String) -> String? { if case .text(let text)? = values[name] { text } else { nil } }
    guard let keyText = text("key"), let time = text("decided"), Self.isTime(time) else { return nil }
    let action: Action = values["verdict"] == nil ? .writeNote : .fileVerdict
    guard let part = StandingPart(of: action, from: values) else { return nil }
    let key = ListingKey(keyText)
    var seen: ListingSnapshot?
    if let file = text("file"), case .number(let row)? = values["row"] {
      seen = ListingSnapshot(
        key: key, title: text("title"), platform: text("platform"), url: text("url"), seller: text("seller"),
        sighting: .init(file: file, row: row))
    }
    self.init(decision: Decision(key: key, part: part), time: time, seen: seen)
  }

  /// `2026-11-18T11:06:40Z`: such times are in order as texts.
  private static func isTime(_ text: String) -> Bool {
    let pattern = Array("0000-00-00T00:00:00Z".utf8)
    return text.utf8.count == pattern.count
      && zip(text.utf8, pattern).allSatisfy { $1 == UInt8(ascii: "0") ? (0x30...0x39).contains($0) : $0 == $1 }
  }
}
