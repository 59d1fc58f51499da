import Filters
import Foundation
import Sentences

/// The files of values that filters name: `seller:@suspects.txt`.
///
/// Shape:  looked for as the name says, in the current folder, then in `Lists` of the configuration folder. UTF-8, a value a
///         line; see `ValueList`.
enum ValueListFile {
  /// Why a list cannot be used.
  struct Problem: Error, Equatable {
    let sentence: String
  }

  /// Larger files are no lists.
  private static let maximumBytes = 64 << 20

  /// Reads a list.
  ///
  /// - Parameter name: as in the filter, without the `@`.
  static func read(
    _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(Problem) -> ValueList {
    let paths = name.hasPrefix("/") ? [name] : [name, folder(environment) + "/" + name]
    guard let path = paths.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw Problem(
        sentence: localized(
          "there is no list \(name), here or in \(folder(environment)): a text file with a value in each line"))
    }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    guard size <= maximumBytes else {
      throw Problem(
        sentence: localized("\(path) is larger than \(maximumBytes >> 20) MB: a list has a value in each line"))
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Problem(sentence: localized("\(path) cannot be read; the filter stays as it was"))
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      let good = String(decoding: data, as: UTF8.self)
      let line = good.prefix { $0 != "\u{FFFD}" }.count { $0.isNewline } + 1
      throw Problem(sentence: localized("\(path), line \(line), is not in UTF-8; save the list in UTF-8 and try again"))
    }
    let list = ValueList(name: name, text: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
    guard !list.values.isEmpty else {
      throw Problem(sentence: localized("\(path) has no value: write one in each line"))
    }
    return list
  }

  /// The lists that the text of a filter names.
  static func lists(in filter: String) throws(Problem) -> [String: ValueList] {
    var lists: [String: ValueList] = [:]
    for part in filter.split(whereSeparator: { $0.isWhitespace || ",:()".contains($0) }) {
      guard let name = ValueList.name(in: part), lists[name] == nil else { continue }
      lists[name] = try read(name)
    }
    return lists
  }

  /// Where lists are kept for every folder.
  private static func folder(_ environment: [String: String]) -> String { XDG.config(environment) + "/linsang/Lists" }
}
