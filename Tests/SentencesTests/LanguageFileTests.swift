import Foundation
import Testing

@testable import Sentences

/// The sentences of the source against the files that translate them.
///
/// `LINSANG_RECORD=1` writes the files anew: sentences of the source in its order, translations kept, new ones empty.
@Suite("Languages of the screen") struct LanguageFileTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let folder = root.appendingPathComponent("Lexicons/languages")
  private static let isRecording = ProcessInfo.processInfo.environment["LINSANG_RECORD"] == "1"

  /// By the paths of their files.
  private static let sources: [(path: String, sentences: SourceSentences)] = {
    let base = root.appendingPathComponent("Sources")
    let names = FileManager.default.enumerator(atPath: base.path)?.allObjects as? [String] ?? []
    return names.filter { $0.hasSuffix(".swift") && !$0.hasPrefix("Sentences/") }.sorted().compactMap { name in
      guard let text = try? String(contentsOf: base.appendingPathComponent(name), encoding: .utf8),
        text.contains("import Sentences")
      else { return nil }
      return (name, SourceSentences(text))
    }
  }()

  /// Every sentence once, in the order of the source.
  private static let sentences: [SourceSentences.Found] = {
    var seen: Set<SourceSentences.Found> = []
    return sources.flatMap(\.sentences.found).filter { seen.insert($0).inserted }
  }()

  private static let files: [(code: String, file: TranslationFile)] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".po") }.sorted().compactMap { name in
      (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
        .map { (String(name.dropLast(3)), TranslationFile($0)) }
    }
  }()

  /// A sentence, as a file names it.
  private static func name(_ entry: TranslationFile.Entry) -> SourceSentences.Found {
    SourceSentences.Found(context: entry.context, english: entry.english, plural: entry.englishPlural)
  }

  @Test("Every sentence can be found in the source") func readable() {
    #expect(Self.sources.flatMap { source in source.sentences.unreadable.map { "\(source.path): \($0)" } } == [])
    #expect(Self.sentences.count > 100)
    for sentence in Self.sentences {
      #expect(sentence.english.trimmingCharacters(in: .whitespaces) == sentence.english, "no blanks at the ends")
    }
  }

  @Test("The files are there", .disabled(if: isRecording)) func languages() {
    #expect(Self.files.map(\.code) == ["es", "fr", "id", "th", "vi", "zh"])
  }

  @Test("Every sentence is translated, no other one is kept", .disabled(if: isRecording)) func complete() {
    let wanted = Set(Self.sentences)
    for (code, file) in Self.files {
      #expect(file.problems == [], "\(code)")
      let translated = file.entries.filter { entry in
        !entry.isFuzzy && !entry.translations.isEmpty && entry.translations.allSatisfy { !$0.isEmpty }
      }
      let names = Set(translated.map(Self.name))
      #expect(wanted.subtracting(names).map(\.english).sorted().prefix(5) == [], "\(code): not translated")
      #expect(names.subtracting(wanted).map(\.english).sorted().prefix(5) == [], "\(code): not in the source")
      #expect(file.entries.count == names.count, "\(code): twice")
    }
  }

  @Test("A translation has the values of its sentence, as many forms as the language, and nothing hidden")
  func wellFormed() {
    for (code, file) in Self.files {
      let forms = file.header["Plural-Forms"]?.hasPrefix("nplurals=1") == true ? 1 : 2
      for entry in file.entries {
        let wanted = Self.values(entry.englishPlural ?? entry.english)
        if entry.englishPlural != nil { #expect(entry.translations.count == forms, "\(code): \(entry.english)") }
        for translation in entry.translations where !translation.isEmpty {
          #expect(Self.values(translation) == wanted, "\(code): \(entry.english)")
          #expect(
            translation.filter { $0 == "\n" }.count == entry.english.filter { $0 == "\n" }.count,
            "\(code): \(entry.english)")
          #expect(
            translation.trimmingCharacters(in: .whitespacesAndNewlines) == translation,
            "\(code): blanks at an end of \(translation)")
          let hidden = translation.unicodeScalars.filter {
            [.control, .format, .privateUse, .surrogate].contains($0.properties.generalCategory) && $0 != "\n"
          }
          #expect(hidden.isEmpty, "\(code): \(entry.english)")
        }
      }
    }
  }

  private static func values(_ text: String) -> [String] {
    text.matches(of: /\{\d+\}/).map { String($0.output) }.sorted()
  }

  @Test("Recording the files", .enabled(if: isRecording)) func record() throws {
    try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
    for (code, file) in Self.files {
      let known = Dictionary(file.entries.map { (Self.name($0), $0) }) { first, _ in first }
      let forms = file.header["Plural-Forms"]?.hasPrefix("nplurals=1") == true ? 1 : 2
      let entries = Self.sentences.map { sentence in
        known[sentence]
          ?? TranslationFile.Entry(
            context: sentence.context, english: sentence.english, englishPlural: sentence.plural,
            translations: Array(repeating: "", count: sentence.plural == nil ? 1 : forms))
      }
      let header = [
        "Language", "X-Language-Name", "Plural-Forms", "X-Thousands-Separator", "X-Read-By-Native", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding",
      ].compactMap { name in file.header[name].map { "\(name): \($0)" } }
      let text = TranslationFile.text(
        remarks: ["The screen's sentences. See Language on the page Configuration of the manual."], header: header,
        entries: entries)
      try text.write(to: Self.folder.appendingPathComponent("\(code).po"), atomically: true, encoding: .utf8)
    }
  }
}
