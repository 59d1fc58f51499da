import TextCells
import Testing

@testable import TerminalIO

struct TerminalKindTests {
  private func kind(_ variables: String) -> TerminalKind {
    let pairs = variables.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    return TerminalKind { name in pairs.first { $0[0] == name }.map { $0.count > 1 ? $0[1] : "" } }
  }

  @Test(arguments: [
    "TERM=linux", "TERM=dumb", "TERM=vt100", "TERM=vt220", "TERM=ansi", "TERM=screen", "TERM=screen-256color",
    "TERM=cons25", "TERM=sun", "TERM=", "", "TERM=xterm-256color STY=12.pts-3.host", "TERM=eterm-color", "TERM=rxvt",
    "TERM=cygwin", "TERM=hurd",
  ]) func terminalsThatMayPrintAQuestionAreNotAsked(variables: String) {
    #expect(TerminalQuestions.sequence(for: kind(variables)) == nil)
    #expect(!kind(variables).hasHyperlinks && !kind(variables).hasTitle && !kind(variables).joinsCharacters)
  }

  @Test(arguments: ["xterm", "xterm-256color", "foot", "xterm-kitty", "alacritty", "putty-256color", "st-256color"])
  func terminalsLikeXtermAreAskedTheQuestionThatAllAnswerLast(name: String) throws {
    let questions = try #require(TerminalQuestions.sequence(for: kind("TERM=\(name)")))
    #expect(questions == "\u{1B}]11;?\u{1B}\\\u{1B}[?2026$p\u{1B}[c")
  }

  @Test(arguments: ["TERM=xterm-256color", "TERM=foot", "TERM=tmux-256color TMUX=/tmp/x,1,0"])
  func terminalsLikeXtermAreSentWholeEmoji(variables: String) { #expect(kind(variables).joinsCharacters) }

  @Test func tmuxIsAskedItselfAndBefore3_4AlsoWhatIsAroundIt() throws {
    let old = "TERM=screen-256color TMUX=/tmp/x,1,0 TERM_PROGRAM=tmux TERM_PROGRAM_VERSION="
    let questions = try #require(TerminalQuestions.sequence(for: kind(old + "3.3a")))
    #expect(questions == "\u{1B}]11;?\u{1B}\\\u{1B}Ptmux;\u{1B}\u{1B}]11;?\u{1B}\u{1B}\\\u{1B}\\\u{1B}[c")
    #expect(TerminalQuestions.sequence(for: kind(old + "3.4")) == "\u{1B}]11;?\u{1B}\\\u{1B}[c")
    #expect(
      !kind(old + "3.3a").hasHyperlinks && kind(old + "3.4").hasHyperlinks && kind(old + "next-3.6").hasHyperlinks)
    #expect(!kind("TERM=tmux-256color TMUX=/tmp/x,1,0").hasHyperlinks)
    #expect(kind("TERM=tmux-256color TMUX=/tmp/x,1,0").tmux == TerminalKind.Version(0, 0))
  }

  @Test func appleTerminalIsNotAskedForModes() {
    #expect(
      TerminalQuestions.sequence(for: kind("TERM=xterm-256color TERM_PROGRAM=Apple_Terminal"))
        == "\u{1B}]11;?\u{1B}\\\u{1B}[c")
  }

  @Test func aTerminalIsAskedWhatItIsWhereThatIsWanted() {
    #expect(
      TerminalQuestions.sequence(for: kind("TERM=xterm"), about: [.type]) == "\u{1B}[>c\u{1B}[?2026$p\u{1B}[c")
    #expect(
      TerminalQuestions.sequence(for: kind("TERM=tmux TMUX=/tmp/x,1,0"), about: [.background, .type])
        == TerminalQuestions.sequence(for: kind("TERM=tmux TMUX=/tmp/x,1,0")))
    #expect(TerminalQuestions.sequence(for: kind("TERM=xterm"), about: []) == nil)
    #expect(TerminalQuestions.reply(parameters: Array(">0;136;0".utf8), final: UInt8(ascii: "c")) == .type(136))
    #expect(TerminalQuestions.reply(parameters: Array(">".utf8), final: UInt8(ascii: "c")) == .type(0))
  }

  @Test func rowsThatATerminalPutsInOrderAreLeftToIt() {
    #expect(TextOrder.auto.isOwn(on: kind("TERM=xterm-256color")) && TextOrder.auto.isOwn(on: kind("TERM=linux")))
    #expect(!TextOrder.auto.isOwn(on: kind("TERM=putty-256color")) && !TextOrder.auto.isOwn(on: kind("TERM=konsole")))
    #expect(!TextOrder.auto.isOwn(on: kind("TERM=xterm-256color TERM_PROGRAM=Apple_Terminal")))
    #expect(!TextOrder.auto.isOwn(on: kind("TERM=xterm"), type: 136))
    #expect(TextOrder.auto.isOwn(on: kind("TERM=xterm"), type: 41))
    #expect(TextOrder.linsang.isOwn(on: kind("TERM=putty"), type: 136))
    #expect(!TextOrder.terminal.isOwn(on: kind("TERM=xterm")))
  }

  @Test func consolesAreNotAskedToCopy() {
    #expect(!kind("TERM=linux").canBeAskedToCopy && !kind("TERM=vt100").canBeAskedToCopy)
    #expect(kind("TERM=screen STY=1").canBeAskedToCopy && kind("TERM=xterm").canBeAskedToCopy)
  }

  @Test(arguments: [
    ("11;rgb:0000/8080/ffff", TerminalReply.background(red: 0, green: 128, blue: 255)),
    ("11;rgb:f/0/8", .background(red: 255, green: 0, blue: 136)),
    ("11;#ffffff", .background(red: 255, green: 255, blue: 255)),
    ("11;rgb:fff/000/800", .background(red: 255, green: 0, blue: 128)),
  ]) func aBackgroundIsReadInEveryForm(text: String, reply: TerminalReply) {
    #expect(TerminalQuestions.background(in: Array(text.utf8)) == reply)
  }

  @Test(arguments: [
    "", "11", "11;", "11;?", "11;rgb:", "11;rgb:ffff/ffff", "11;rgb:fffff/0/0", "11;rgb:gg/00/00", "11;rgb:ff/ff/ff/ff",
    "10;rgb:0/0/0", "11;#ff", "11;#gggggg", "11;rgb:+f/0/0", "11;red", "4;1;rgb:0/0/0",
  ]) func whatIsNoBackgroundIsNone(text: String) {
    #expect(TerminalQuestions.background(in: Array(text.utf8)) == nil)
  }

  @Test(arguments: [(1, true), (2, true), (0, false), (3, false), (4, false)])
  func aModeIsKnownWhereItCanBeSet(setting: Int, isKnown: Bool) {
    #expect(
      TerminalQuestions.reply(parameters: Array("?2026;\(setting)$".utf8), final: UInt8(ascii: "y"))
        == .mode(2026, isKnown: isKnown))
  }
}

struct WindowTitleTests {
  @Test(arguments: ["week47.csv", "\u{1B}]0;owned\u{7}.csv", "a\u{9C}b", "x\u{7}\u{1B}\\y", "象牙.csv", "\u{202E}vsc.a"])
  func aTitleHoldsNothingThatCouldEndIt(name: String) {
    for usesASCII in [false, true] {
      let sequence = WindowTitle.sequence(name, usesASCII: usesASCII)
      let inside = sequence.unicodeScalars.dropFirst(4).dropLast(2)
      #expect(sequence.hasPrefix("\u{1B}]2;") && sequence.hasSuffix("\u{1B}\\"))
      #expect(inside.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x202E })
      if usesASCII { #expect(inside.allSatisfy { $0.isASCII }) }
    }
  }

  @Test func aLongTitleIsCut() {
    #expect(WindowTitle.sequence(String(repeating: "w", count: 500)).unicodeScalars.count <= WindowTitle.limit + 6)
  }
}

struct HyperlinkTests {
  @Test(arguments: [
    "https://hearthside.example/a1", "http://x.example:8080/~u/?q=1&r=%E8%B1%A1#top", "HTTPS://X.EXAMPLE/",
  ]) func anAddressOfTheWebIsAHyperlink(text: String) {
    #expect(Hyperlink.address(text) == text)
  }

  @Test(arguments: [
    "", "javascript:alert(1)", "file:///etc/passwd", "ftp://x.example", "https://", "https:///path",
    "https://x y.example",
    "https://x.example/\u{1B}\\", "https://x.example/\u{7}", "https://x.example/象",
    "https://bank.example@evil.example/",
    "https://x.example/\"", "https://x.example/<b>", "https://x.example/`id`", "https://x.example/\\", "//x.example",
    " https://x.example", "https://x.example/\u{202E}", "https://x.example/\n",
  ]) func whatIsNotSafeToOpenIsNone(text: String) {
    #expect(Hyperlink.address(text) == nil)
  }

  @Test func anEndlessAddressIsNone() {
    #expect(Hyperlink.address("https://x.example/" + String(repeating: "a", count: 3000)) == nil)
  }

  @Test func aHyperlinkIsBegunAndEnded() {
    #expect(Hyperlink.sequence("https://x.example/", number: 3) == "\u{1B}]8;id=l3;https://x.example/\u{1B}\\")
    #expect(Hyperlink.sequence(nil) == "\u{1B}]8;;\u{1B}\\")
  }
}

struct PlainCharactersTests {
  @Test func whatCanStandInOnePlaceHasSignsOfItsOwn() {
    for places in ["·✓✗?cxs!÷", "*+~≠ ", "●⊘ ", "┌─│", "┏━", "↑↓←→", "✓✗", "█▅▃▁ ", "±+↺−"] {
      let signs = places.unicodeScalars.map { PlainCharacters.sign(for: $0.value) }
      if places == "±+↺−" {
        // The heading of the column, and what stands in it.
        #expect(Set(signs.dropFirst()).count == 3)
      } else {
        #expect(Set(signs).count == places.unicodeScalars.count && !signs.contains(nil), "\(places)")
      }
    }
  }

  @Test func lettersLoseTheirAccentsAndOthersAreCounted() {
    #expect(PlainCharacters.text("Éléphant à vendre, ngà voi, łoś").text == "Elephant a vendre, nga voi, los")
    #expect(PlainCharacters.text("象牙 x").text == "???? x")
    #expect(PlainCharacters.text("слон").text == "????")
  }

  @Test func everySignIsASCII() {
    for scalar in UInt32(0)..<0x3000 {
      if let sign = PlainCharacters.sign(for: scalar) { #expect((0x20..<0x7F).contains(sign)) }
    }
  }
}
