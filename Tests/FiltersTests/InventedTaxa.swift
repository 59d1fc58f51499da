import CodeWords
import Listings
import ListingsTestSupport

@testable import Filters
import Taxa

/// A small invented classification, with lexicons whose terms name some of it.
enum InventedTaxa {
  static let table = TaxonTable(files: [
    TaxonFile(
      path: "taxa.csv",
      text: """
        name,rank,parent
        Animalia,kingdom,
        Mammalia,class,Animalia
        Proboscidea,order,Mammalia
        Elephantidae,family,Proboscidea
        Loxodonta,genus,Elephantidae
        Loxodonta africana,species,
        Elephas,genus,Elephantidae
        Elephas maximus,species,
        Pholidota,order,Mammalia
        Manidae,family,Pholidota
        Manis,genus,Manidae
        Manis javanica,species,
        Felidae,family,Mammalia
        Felis,genus,Felidae
        Felis parva,species,

        """),
    TaxonFile(
      path: "names.csv",
      text: """
        taxon,language,kind,names,source
        Loxodonta africana,la,synonym,Loxodonta cyclotis,old
        Loxodonta africana,en,common,African elephant,old
        Elephas maximus,en,common,Asian elephant,old
        Elephantidae,en,common,Elephants,old
        Manis javanica,en,common,Scaly one,old
        Felis parva,en,common,Scaly one,old

        """),
    TaxonFile(
      path: "cites.csv",
      text: """
        taxon,annex,level,from,until,note,source
        Loxodonta africana,CITES,I/II,,,,old
        Elephas maximus,CITES,I,,,,old
        Manidae,CITES,I,2017-01-02,,,old
        Felis parva,CITES,none,,,,old
        Elephas maximus,China,1,2021-02-01,,,old

        """),
    TaxonFile(path: "sources.csv", text: "id,citation,url,as_of,note\nold,An old list,,2017-04-21,\n"),
  ])

  static let lexicons = CompiledLexicons(
    LexiconSet(layers: [
      [
        Lexicon(
          name: "invented", file: "invented.csv",
          terms: [
            Term(
              ["ivory", "ivories"], language: "en", kind: .product, denotes: "tusk", taxon: "Elephantidae", weight: 60),
            Term(["scales"], language: "en", kind: .product, denotes: "scales", taxon: "Manis javanica", weight: 70),
            Term(["resin"], language: "en", kind: .benign, denotes: "other material", taxon: "Felidae", weight: 60),
            Term(["bone"], language: "en", kind: .product, denotes: "bone", weight: 30),
          ])
      ]
    ]), taxon: { table.taxon(named: $0) })

  private static let titles = ["ivory ring", "scales", "resin ivory", "bone", "chair", "", "ivory and scales"]
  private static let cells = [
    "", "", "Loxodonta africana", "african elephants; Manis javanica", "Loxodonta cyclotis", "Elephantidae",
    "Manis nova",
    "Felis parva", "wood; Felis parva", "wood", "Mammalia", "Felidae", "Scaly one",
    "Elephas novus", "Felis nova", "Manis javanicca", "Elephas maximmus", "Felis parva/Manis javanica",
    "Felis parva x Manis javanica", "Elephas maximos; wood",
  ]

  static func rows(_ count: Int, seed: UInt64) -> [ListingRow] {
    var dice = Dice(seed: seed)
    return (0..<count).map { number in
      ListingRow(
        platform: dice.pick(["eBay", "Xianyu"]), title: dice.pick(titles), species: dice.pick(cells))
    }
  }

  /// Rows, all flagged unless fewer are asked for.
  static func oracle(_ count: Int, seed: UInt64) -> Oracle {
    let rows = rows(count, seed: seed)
    var subject = FilterSubject(Dataset.of(rows, batchSize: 100))
    subject.flags = RowFlagging(lexicons).extend(over: subject.dataset)
    subject.taxa = table
    return Oracle(rows: rows, dataset: subject.dataset, subject: subject)
  }
}
