import CodeWords
import Testing
import Matching

struct SpellingTests {
  @Test func everyFoldIsOneOfAll() {
    let single: [Folds] = [
      .letterCase, .compatibility, .accents, .chineseVariants, .invisible, .spacing, .lookAlikes, .leet, .repeats,
      .references,
    ]
    #expect(single.reduce(into: Folds()) { $0.formUnion($1) } == .all)
    #expect(single.count == Folds.all.rawValue.nonzeroBitCount)
  }
}
