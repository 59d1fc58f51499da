import CodeWords
import Foundation
import Taxa

/// The tables in the project's `Lexicons` folder, read once for all tests.
enum ShippedTaxa {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let lexicons = root.appendingPathComponent("Lexicons").path
  static let table = TaxonTable(lexicons: [lexicons])
  static let spellings = table.spellings()

  /// The real files beside the project, which not everybody has.
  static let data = root.deletingLastPathComponent().appendingPathComponent("shared/data")

  static func id(_ name: String) -> TaxonID? { table.match(name).taxon }
  static func name(_ id: TaxonID?) -> String? { id.map { table.acceptedName(of: $0) } }
}

/// A small invented classification.
enum SmallTaxa {
  static let taxa = """
    name,rank,parent
    Animalia,kingdom,
    Mammalia,class,Animalia
    Proboscidea,order,Mammalia
    Elephantidae,family,Proboscidea
    Loxodonta,genus,Elephantidae
    Loxodonta africana,species,
    Loxodonta africana alba,subspecies,
    Elephas,genus,Elephantidae
    Elephas maximus,species,
    Carnivora,order,Mammalia
    Felidae,family,Carnivora
    Felis,genus,Felidae
    Felis parva,species,

    """
  static let sources = "id,citation,url,as_of,note\nold,An old list,,2017-04-21,\nnew,A later list,,2019-11-26,\n"

  /// A table of these taxa with more files.
  static func table(_ files: (String, String)...) -> TaxonTable {
    TaxonTable(
      files: [TaxonFile(path: "taxa.csv", text: taxa), TaxonFile(path: "sources.csv", text: sources)]
        + files.map { TaxonFile(path: $0, text: $1) })
  }

  static func listings(_ rows: String...) -> String {
    "taxon,annex,level,from,until,note,source\n" + rows.joined(separator: "\n")
  }
}
