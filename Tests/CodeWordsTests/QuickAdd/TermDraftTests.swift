import CodeWords
import Listings
import ListingsTestSupport
import Testing
import LexiconWork

/// A word on its way into a lexicon: what passes is a sound row, what does not is told why.
struct TermDraftTests {
  private func draft(_ word: String, _ more: [TermDraft.Line: String] = [:]) -> TermDraft {
    var draft = TermDraft()
    draft[.word] = word
    draft[.denotes] = "elephant ivory"
    for (line, text) in more { draft[line] = text }
    return draft
  }

  private func fault(_ draft: TermDraft) -> TermDraftError? {
    do throws(TermDraftError) {
      _ = try draft.term()
      return nil
    } catch {
      return error
    }
  }

  @Test func aWordBecomesATermWithAllThatASheetSays() throws {
    let term = try draft(
      " 果冻 ", [.language: "zh", .taxon: "Loxodonta africana", .weight: "45", .needs: "手串 | @jewellery"]
    ).term(reviewed: "2026-11-24")
    #expect(term.surfaceForms == ["果冻"] && term.language == "zh" && term.kind == .codeWord && term.weight == 45)
    #expect(term.needs == [.word("手串"), .group("jewellery")])
    #expect(term.taxon == "Loxodonta africana" && term.source == Term.unverified && term.reviewed == "2026-11-24")
  }

  @Test(arguments: [
    ("", "choose a word"), ("   ", "choose a word"), ("ivory|bone", "a bar"), ("=HYPERLINK(1)", "formula"),
    ("＝1", "formula"), ("+49", "formula"), ("-ivory", "formula"), ("@handle", "formula"), ("…!?", "no letter"),
    ("ivo\u{202E}ry", "U+202E"), ("ivo\u{7}ry", "U+7"), ("ivo\nry", "U+A"), ("ivo\u{FFFD}ry", "U+FFFD"),
    (String(repeating: "a", count: 101), "longer than 100"),
    ("a" + String(repeating: "\u{301}", count: 2000), "longer than 100"),
  ])
  func aHostileWordIsRefusedWithItsReason(word: String, why: String) {
    let fault = fault(draft(word))
    #expect(fault?.line == .word)
    #expect(fault?.why.contains(why) == true, "\(fault?.why ?? "taken")")
  }

  @Test func everyLineIsHeldToTheSame() {
    #expect(fault(draft("ivory", [.denotes: "=1+1"]))?.line == .denotes)
    #expect(fault(draft("ivory", [.denotes: ""]))?.line == .denotes)
    #expect(fault(draft("ivory", [.kind: "harmless", .denotes: " "]))?.why.contains("name the group") == true)
    #expect(fault(draft("ivory", [.language: "English"]))?.line == .language)
    #expect(fault(draft("ivory", [.weight: "lots"]))?.line == .weight)
    #expect(fault(draft("ivory", [.weight: "101"]))?.line == .weight)
    #expect(fault(draft("ivory", [.weight: "0"]))?.line == .weight)
    #expect(fault(draft("ivory", [.needs: "=cmd"]))?.line == .needs)
    #expect(fault(draft("ivory", [.needs: "@jewellery"])) == nil)
    #expect(fault(draft("ivory", [.taxon: "Loxo\u{200B}donta"]))?.line == .taxon)
  }

  @Test func whatScriptsAreWrittenWithIsNotTakenForHidden() {
    #expect(fault(draft("👩‍⚖️", [.language: "mul", .kind: "emoji"])) == nil)
    #expect(fault(draft("عاج\u{200C}ها", [.language: "fa"])) == nil)
    #expect(fault(draft("vảy tê tê", [.language: "vi"])) == nil)
  }

  @Test func whatPassesIsTheSameTermWhenItIsReadBack() throws {
    var dice = Dice(seed: 12)
    let pieces = [
      "ivory", "\"", ",", ";", "|", "'", "=", "@", "-", " ", "\n", "\r\n", "\t", "\u{202E}", "\u{200B}", "\u{0}", "象牙",
      "🐘",
      "งา", "é", "\\", "#", "%", "a\u{301}", "\u{FEFF}",
    ]
    var taken = 0
    for _ in 0..<3000 {
      let draft = draft(
        dice.text(of: pieces, upTo: 6),
        [.denotes: dice.text(of: pieces, upTo: 4), .needs: dice.once(in: 2) ? dice.text(of: pieces, upTo: 4) : ""])
      guard let term = try? draft.term(reviewed: "2026-11-24") else { continue }
      taken += 1
      let line = LexiconRow.text(draft.cells(reviewed: "2026-11-24"))
      #expect(!line.contains { $0.isNewline })
      // By the rules of RFC 4180, read by hand.
      let cells = Self.cells(line)
      let rows = [TableRow(line: 1, cells: LexiconFile.columns), TableRow(line: 2, cells: cells)]
      #expect(LexiconFile.read(rows, file: TermDraft.file).lexicon.terms == [term], "\(line)")
      #expect(cells.allSatisfy { !"=+".unicodeScalars.contains($0.unicodeScalars.first ?? " ") }, "\(line)")
      #expect(term.surfaceForms.count == 1)
    }
    #expect(taken > 100)
  }

  private static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    var scalars = Array(line.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if scalar == "\"", isQuoted, scalars.first == "\"" {
        cells[cells.count - 1] += "\""
        scalars.removeFirst()
      } else if scalar == "\"" {
        isQuoted.toggle()
      } else if scalar == ",", !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].unicodeScalars.append(scalar)
      }
    }
    return cells
  }

  @Test func aWordOfAListingIsTakenWithoutWhatCannotBeSeen() {
    #expect(TermDraft.shown("je\u{200B}l\u{202E}ly\nring\t ") == "jelly ring")
    #expect(TermDraft.shown("👩‍⚖️") == "👩‍⚖️")
  }

  @Test(arguments: [
    ("果冻", "", "", "zh"), ("象牙", "これはのです", "", "ja"), ("งาช้าง", "", "", "th"), ("бивень", "", "", "ru"),
    ("бивень", "", "uk", "uk"), ("ivory", "", "", "en"), ("ivory", "", "fr", "fr"), ("ivory", "", "zh-CN", "en"),
    ("nga voi", "vòng tay ngà voi đẹp", "", "vi"), ("🐘", "ivory", "en", "mul"), ("상아", "", "", "ko"),
    ("123", "", "", "mul"),
  ])
  func theLanguageIsGuessedFromTheLetters(word: String, text: String, listing: String, language: String) {
    #expect(LanguageGuess.language(of: word, in: text, listing: listing) == language)
  }
}
