import TerminalIO
import Testing
import TextCells

@testable import NcursesBackend

@Suite("Text from right to left, in the order in which it is seen") struct VisualOrderTests {
  private func shown(_ text: String, width: Int = 60, _ direction: WritingDirection = .byFirstLetter) -> String {
    var frame = Frame(Size(columns: width, rows: 1))
    frame.write(SafeText(text), at: Spot(column: 0, row: 0), as: .text, direction: direction)
    return VisualOrder.applied(to: frame).text(ofRow: 0)
  }

  @Test("Letters run from the right, numbers and Latin words from the left") func order() {
    #expect(shown("שלום") == "םולש")
    #expect(shown("מחיר 120") == "120 ריחמ")
    #expect(shown("שלום abc def") == "abc def םולש")
    #expect(shown("abc שלום def") == "abc םולש def")
    #expect(shown("abc שלום", .rightToLeft) == "םולש abc")
  }

  @Test("Brackets are mirrored") func mirrored() {
    #expect(shown("שלום (עולם)") == "(םלוע) םולש")
    #expect(shown("abc (שלום)") == "abc (םולש)")
  }

  @Test("Arabic and Persian letters have the forms in which they join") func joined() {
    #expect(shown("صقر") == "\u{FEAE}\u{FED8}\u{FEBB}")
    #expect(shown("عاج") == "\u{FE9D}\u{FE8E}\u{FECB}")
    #expect(shown("گچ") == "\u{FB7B}\u{FB94}")
  }

  @Test("Lam and alef are one sign; the cell that is left stands at the end") func ligature() {
    var frame = Frame(Size(columns: 8, rows: 1))
    let used = frame.write("سلام|", at: Spot(column: 0, row: 0), as: .text)
    frame.write("x", at: Spot(column: used, row: 0), as: .text)
    #expect(VisualOrder.applied(to: frame).text(ofRow: 0) == "|\u{FEE1}\u{FEFC}\u{FEB3} x")
  }

  @Test("What stands in quotation marks within a sentence moves nothing around it") func quoted() {
    #expect(shown("“שלום” 3 listings") == "“םולש” 3 listings")
    #expect(shown("seller “שלום”, 12 of 20") == "seller “םולש”, 12 of 20")
  }

  @Test("Cells beside one another do not get mixed up") func columns() {
    var frame = Frame(Size(columns: 30, rows: 1))
    frame.write("שלום", at: Spot(column: 0, row: 0), as: .text)
    frame.write("120", at: Spot(column: 8, row: 0), as: .text)
    frame.write("עולם", at: Spot(column: 14, row: 0), as: .text)
    #expect(VisualOrder.applied(to: frame).text(ofRow: 0) == "םולש    120   םלוע")
  }

  @Test("Marks, roles and both halves of a wide character go along") func cells() {
    var frame = Frame(Size(columns: 12, rows: 1))
    frame.write("שָ象ל", at: Spot(column: 0, row: 0), as: .text)
    frame[0, 0].role = .hit
    let ordered = VisualOrder.applied(to: frame)
    #expect(ordered.text(ofRow: 0) == "ל象שָ")
    #expect(ordered[3, 0].role == .hit && ordered[0, 0].role == .text)
    #expect(ordered[2, 0].isContinuation)
  }

  @Test("The cursor stays on its letter") func cursor() {
    var frame = Frame(Size(columns: 12, rows: 1))
    frame.write("שלום", at: Spot(column: 2, row: 0), as: .text)
    frame.cursor = Spot(column: 2, row: 0)
    #expect(VisualOrder.applied(to: frame).cursor == Spot(column: 5, row: 0))
    frame.cursor = Spot(column: 6, row: 0)
    #expect(VisualOrder.applied(to: frame).cursor == Spot(column: 6, row: 0))
  }

  @Test("What covers a part of a text ends its run there") func covered() {
    var frame = Frame(Size(columns: 12, rows: 1))
    frame.write("שלוםשלום", at: Spot(column: 0, row: 0), as: .text)
    frame.fill(Area(column: 3, row: 0, columns: 2, rows: 1))
    #expect(VisualOrder.applied(to: frame).text(ofRow: 0) == "ולש  םול")
    frame.write("ab", at: Spot(column: 1, row: 0), as: .text)
    #expect(VisualOrder.applied(to: frame).text(ofRow: 0) == "שab  םול")
    frame.clear(Size(columns: 12, rows: 1))
    #expect(frame.textRuns.isEmpty)
  }

  @Test("Text from the left is not touched") func untouched() {
    var frame = Frame(Size(columns: 40, rows: 1))
    frame.write("слоновая кость 象牙 👨‍👩‍👧 งาช้าง", at: Spot(column: 0, row: 0), as: .text)
    #expect(frame.textRuns.isEmpty && VisualOrder.applied(to: frame) == frame)
  }

  @Test("Any text keeps its letters, each once") func keepsLetters() {
    let letters = ["ש", "ل", "ا", "a", " ", "1", "(", "“", "”", "象", "ّ", "👍", "-", "\u{202E}", "ہ"]
    var state: UInt64 = 7
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += letters[Int(state >> 33) % letters.count]
      }
      var frame = Frame(Size(columns: 40, rows: 1))
      frame.write(SafeText(text), at: Spot(column: 1, row: 0), as: .text)
      let ordered = VisualOrder.applied(to: frame)
      // Lam and alef may become one.
      let before = frame.text(ofRow: 0).unicodeScalars.filter { !"لا".unicodeScalars.contains($0) && $0 != " " }
      let after = ordered.text(ofRow: 0).unicodeScalars.filter { $0 != " " }
      for letter in ["ש", "a", "1", "象", "👍", "-", "¤"].map({ $0.unicodeScalars.first! }) {
        #expect(before.count { $0 == letter } == after.count { $0 == letter }, "\(text)")
      }
    }
  }
}
