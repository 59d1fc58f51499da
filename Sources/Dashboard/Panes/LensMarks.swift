import CodeWords
import TextCells
import LexiconWork

/// How the lens shows what it found in the text itself.
enum LensMarks {
  /// Names in the place of what shows nothing; several of one kind on end are one name.
  static func labels(of lens: TextLens) -> [ByteLabel] {
    var labels: [ByteLabel] = []
    var run: [DisguisedSpan] = []
    func endRun() {
      if let first = run.first, let last = run.last {
        let bytes = first.bytes.lowerBound..<last.bytes.upperBound
        labels.append(ByteLabel(bytes: bytes, name: name(of: run), codePoint: first.scalar))
      }
      run.removeAll()
    }
    for place in lens.spans where place.kind == .hidden || place.kind == .marks {
      if let last = run.last, last.bytes.upperBound != place.bytes.lowerBound || !isAlike(last, place) { endRun() }
      run.append(place)
    }
    endRun()
    return labels
  }

  /// What passes for something else, in order of what is drawn over the other.
  static func ranges(of lens: TextLens) -> [MarkedRange] {
    lens.spans.filter { $0.kind != .hidden && $0.grade != .ordinary }
      .map { MarkedRange(bytes: $0.bytes, role: .disguised) }
  }

  private static func isAlike(_ a: DisguisedSpan, _ b: DisguisedSpan) -> Bool {
    guard a.kind == .hidden, b.kind == .hidden else { return false }
    return a.scalar == b.scalar || (HiddenCharacters.isTag(a.scalar) && HiddenCharacters.isTag(b.scalar))
  }

  private static func name(of run: [DisguisedSpan]) -> String {
    let first = run[0]
    // The marks themselves would cover the lines above and below.
    if first.kind == .marks { return first.bytes.count > 2 ? "MARKS" : HiddenCharacters.codePoint(first.scalar) }
    if run.count == 1 { return HiddenCharacters.shortName(first.scalar) }
    if HiddenCharacters.isTag(first.scalar) {
      let letters = run.map { HiddenCharacters.letter(ofTag: $0.scalar) }.joined()
      return "TAGS:" + letters.map { $0 == " " || $0 == "\u{7F}" ? "_" : String($0) }.joined()
    }
    return HiddenCharacters.shortName(first.scalar) + "*\(run.count)"
  }
}
