import ArgumentParser
import Foundation
import Testing

@testable import LinsangCLI

/// A `linsang …` on a page.
struct CommandLineExample: CustomTestStringConvertible {
  let page: String
  let line: Int
  /// The words behind `linsang`, as a shell gives them.
  let words: [String]
  /// In a block of code it can be typed as it stands; in a sentence, what must follow may be left out.
  let isWhole: Bool

  var testDescription: String { "\(page):\(line) linsang \(words.joined(separator: " "))" }

  /// All examples of all pages.
  static let all: [CommandLineExample] = Page.all.flatMap { page -> [CommandLineExample] in
    var found: [CommandLineExample] = []
    var (continued, first) = ("", 0)
    for line in page.numbered where line.isCode {
      if continued.isEmpty { first = line.number }
      if line.text.hasSuffix("\\") {
        continued += line.text.dropLast() + " "
        continue
      }
      for words in Shell.commands(in: continued + line.text) {
        found.append(CommandLineExample(page: page.path, line: first, words: words, isWhole: true))
      }
      continued = ""
    }
    for span in page.spans where span.text.hasPrefix("linsang ") {
      for words in Shell.commands(in: span.text) {
        found.append(CommandLineExample(page: page.path, line: span.line, words: words, isWhole: false))
      }
    }
    return found
  }

  /// The command as the program understands it.
  func parsed() throws -> any ParsableCommand { try Linsang.parseAsRoot(words) }

  /// Why it does not parse; nil where it does.
  var fault: String? {
    do {
      if let open = try parsed() as? OpenCommand {
        // A command that does not exist would be taken for a file.
        let strange = open.files.filter { file in !file.contains { "./…-".contains($0) } }
        return strange.isEmpty ? nil : "\(strange.joined(separator: ", ")) is neither a command nor a file"
      }
      return nil
    } catch {
      if Linsang.exitCode(for: error) == .success { return nil }
      let message = Linsang.message(for: error)
      return !isWhole && message.hasPrefix("Missing expected argument") ? nil : message
    }
  }
}

/// As much of a shell as the pages use: quotes, comments, pipes and redirections.
enum Shell {
  /// The words behind `linsang` of each command in a line.
  static func commands(in line: String) -> [[String]] {
    commands(words(of: line)).compactMap { words in
      guard let place = words.firstIndex(of: "linsang"), place == 0 || words[..<place] == ["swift", "run"] else {
        return nil
      }
      return Array(words[(place + 1)...])
    }
  }

  private enum Word: Equatable {
    case text(String)
    /// `|`, `>`, `&&`.
    case sign(String)
  }

  private static func commands(_ words: [Word]) -> [[String]] {
    var commands: [[String]] = [[]]
    var isFile = false
    for word in words {
      switch word {
      case .sign(">"): isFile = true
      case .sign:
        commands.append([])
        isFile = false
      case .text(let text):
        if isFile { isFile = false } else { commands[commands.count - 1].append(text) }
      }
    }
    return commands
  }

  private static func words(of line: String) -> [Word] {
    var words: [Word] = []
    var (word, isOpen, quote): (String, Bool, Character?) = ("", false, nil)
    func close() {
      if isOpen { words.append(["|", ">", "&&"].contains(word) ? .sign(word) : .text(word)) }
      (word, isOpen) = ("", false)
    }
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "'" || character == "\"" {
        (quote, isOpen) = (character, true)
      } else if character == " " {
        close()
      } else if character == "#", !isOpen {
        break
      } else {
        word.append(character)
        isOpen = true
      }
    }
    close()
    return words
  }
}
