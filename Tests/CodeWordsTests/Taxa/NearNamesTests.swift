import ListingsTestSupport
import Testing

@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

struct NearNamesTests {
  @Test func namesThatBeginSoComeFirstTheWidestBeforeTheOthers() {
    let names = ShippedTaxa.table.taxa(near: "psitt").map { ShippedTaxa.table.acceptedName(of: $0) }
    #expect(names == ["Psittaciformes", "Psittacidae", "Psittacus"])
  }

  @Test(arguments: [
    ("Loxodonta afrikana", "Loxodonta africana"), ("Manis javnica", "Manis javanica"), ("elefantidae", "Elephantidae"),
    ("african elefant", "Loxodonta africana"),
  ])
  func aLetterOrTwoMoreLessOrOtherwiseIsNear(written: String, meant: String) {
    #expect(ShippedTaxa.table.match(written).taxon == nil)
    #expect(ShippedTaxa.table.taxa(near: written).contains { ShippedTaxa.name($0) == meant })
  }

  @Test(arguments: ["", "x", "zq", "quimbly pudding of nowhere", "象牙", "\u{202E}"])
  func farFromEverythingNothingIsNear(written: String) {
    #expect(ShippedTaxa.table.taxa(near: written).isEmpty)
    #expect(TaxonTable.empty.taxa(near: written).isEmpty)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func theDistanceIsLevenshteinsUpToItsBound(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<200 {
      let a = (0..<dice.below(9)).map { _ in UInt8(dice.below(3)) }
      var b = a
      for _ in 0..<dice.below(4) {
        if dice.once(in: 2) || b.isEmpty {
          b.insert(UInt8(dice.below(3)), at: dice.below(b.count + 1))
        } else {
          b.remove(at: dice.below(b.count))
        }
      }
      var distance = EditDistance(from: a)
      let whole = naive(a[...], b[...])
      for most in 0...3 {
        #expect(distance.to(b, most: most) == (whole <= most ? whole : nil), "\(a) \(b) within \(most)")
      }
    }
  }

  private func naive(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var next = [i + 1]
      for (j, y) in b.enumerated() { next.append(min(row[j] + (x == y ? 0 : 1), min(row[j + 1], next[j]) + 1)) }
      row = next
    }
    return row[b.count]
  }
}
