import Foundation
import Sentences
import Settings

/// The languages that the screen can have, from the files beside the lexicons.
struct LanguageFiles {
  /// `Lexicons/languages`, lowest precedence first.
  private let folders: [String]

  init(_ folders: DataFolders = DataFolders()) { self.folders = folders.lexicons.map { $0 + "/languages" } }

  /// The codes of the languages that there are, English first.
  var codes: [String] {
    let names = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
    return ["en"] + Set(names.filter { $0.hasSuffix(".po") }.map { String($0.dropLast(3)) }).sorted()
  }

  /// The sentences of a language; nil for English, and where there is no file that can be read.
  ///
  /// Cost:   about 2 ms for 2,000 sentences.
  func table(_ code: String) -> SentenceTable? {
    for folder in folders.reversed() {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(code).po") else { continue }
      return SentenceTable(TranslationFile(String(decoding: data, as: UTF8.self)), code: code)
    }
    return nil
  }
}

/// Which language the screen has, and why.
struct ChosenLanguage {
  /// `en` for English.
  let code: String
  /// nil: English.
  let table: SentenceTable?
  /// Who chose it: `by the locale`.
  let reason: String
  /// What is wrong with what was set; nil: nothing.
  let problem: String?

  /// By the option, else the setting, else the locale.
  ///
  /// - Parameter asked: the option's value.
  init(
    asked: String?, _ settings: SettingsInForce, files: LanguageFiles = LanguageFiles(),
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let codes = files.codes
    let (set, source) = settings.value(of: .language)
    var wanted = asked.map { ($0, "as asked for") }
    if wanted == nil, case .text(let code) = set, !code.isEmpty { wanted = (code, source.words) }
    if let (code, reason) = wanted, codes.contains(code) {
      (self.code, self.reason, problem) = (code, reason, nil)
    } else {
      let local = LanguageChoice.code(environment: environment, available: Set(codes))
      (code, reason) = (local ?? "en", local == nil ? "by default" : "by the locale")
      problem = wanted.map { Self.problem($0.0, codes) }
    }
    table = code == "en" ? nil : files.table(code)
  }

  /// What is said of a code that no language has.
  static func problem(_ code: String, _ codes: [String]) -> String {
    "There is no language “\(code)”; there are \(codes.joined(separator: ", "))"
  }

  /// For `linsang doctor`.
  var line: String {
    guard let table else { return "English, \(reason)" }
    let isRead = table.isReadByNative ? "" : "; not read by a native speaker yet"
    return "\(table.name) (\(code)), \(reason)\(isRead)"
  }
}
