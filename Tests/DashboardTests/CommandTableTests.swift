import Glibc
import TerminalIO
import TextCells
import Testing

@testable import Dashboard

/// The command table is what help, hints, palette, `linsang keys` and the page of keys read.
struct CommandTableTests {
  @Test(arguments: Pane.allCases) func noKeyMeansTwoThingsInOnePane(pane: Pane) {
    var meaning: [Key: String] = [:]
    for command in CommandTable.all where command.applies(in: pane) {
      for key in command.keys {
        #expect(meaning[key] == nil, "\(key.label) is \(meaning[key] ?? "") and \(command.name) in \(pane)")
        meaning[key] = command.name
      }
    }
  }

  @Test func everyCommandHasItsOwnNameAndAHelp() {
    let names = CommandTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    for command in CommandTable.all {
      #expect(!command.help.isEmpty)
      #expect(command.name.allSatisfy { $0.isLowercase || $0 == "-" })
      #expect(command.help.first?.isUppercase == false, "\(command.name): a help goes on from the key's name")
    }
  }

  @Test func noVerdictNeedsShiftOrAltGr() {
    for name in ["confirm", "false-positive", "unsure", "note", "undo"] {
      let command = CommandTable.all.first { $0.name == name }
      guard case .character(let scalar)? = command?.keys.first else {
        Issue.record("\(name) has no letter")
        continue
      }
      #expect(("a"..."z").contains(scalar))
    }
  }

  /// What needs AltGr on some keyboard of Europe or Latin America, or is no key of its own on a laptop.
  private static func isAwkward(_ key: Key) -> Bool {
    switch key {
    case .character(let scalar): "[]{}\\|@~#`^€".unicodeScalars.contains(scalar) || !scalar.isASCII
    case .function, .insert, .unknown: true
    default: false
    }
  }

  @Test func everyCommandIsReachedWithoutAltGrFunctionKeysAndTheMouse() {
    for command in CommandTable.all where !command.keys.isEmpty {
      #expect(command.keys.contains { !Self.isAwkward($0) }, "\(command.name): \(command.shownKeys)")
    }
    // Where a command has no key at all, the list of commands has it, in every pane where it works.
    for command in CommandTable.all {
      for pane in Pane.allCases where command.applies(in: pane) {
        #expect(KeyBindings.standard.matching(command.name, in: pane).contains { $0.name == command.name })
      }
    }
    for sheet in Mode.sheets {
      for (keys, help) in sheet.keyRows(.standard) {
        let keys = keys.split(separator: " ").compactMap { Key(named: $0.filter { $0 != "`" }) }
        #expect(keys.contains { !Self.isAwkward($0) }, "\(sheet.name): \(help)")
      }
    }
  }

  @Test(arguments: Pane.allCases, [24, 40, 60, 80, 120])
  func theHintsFitAndAlwaysTellHelpAndQuit(pane: Pane, columns: Int) {
    let hints = HintLine.hints(of: pane, width: columns - 1)
    let width = hints.reduce(-2) { $0 + SafeText("\($1.key.label) \($1.words)").width + 2 }
    #expect(width <= columns - 1)
    #expect(hints.suffix(2).map(\.key.label) == ["?", "q"])
  }

  @Test(arguments: Pane.allCases) func theHelpOfAPaneTellsEveryKeyOfIt(pane: Pane) {
    let told = HelpSheet.rows(for: pane).map(\.keys)
    for command in CommandTable.all where command.applies(in: pane) && !command.keys.isEmpty {
      #expect(told.contains(command.shownKeys))
    }
  }

  @Test func everyCommandIsFoundByItsName() {
    for command in CommandTable.all {
      guard let pane = Pane.allCases.first(where: { command.applies(in: $0) }) else { continue }
      #expect(KeyBindings.standard.matching(command.name, in: pane).contains { $0.name == command.name })
    }
  }
}

/// Text files of the tests.
enum TextFile {
  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func write(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { return }
    fputs(text, file)
    fclose(file)
  }
}
