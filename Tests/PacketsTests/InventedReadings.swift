import CodeWords
import Hashing
import Listings

@testable import Packets
import Workspace
import SmallFormats
import CaseFiles
import Taxa

/// Lexicons and taxon tables of a few invented rows, and what they make of a listing.
enum InventedReadings {
  private static func place(_ line: Int) -> TermLocation {
    TermLocation(lexicon: "ivory", file: "/data/somebody/Lexicons/terms/ivory.csv", line: line)
  }

  private static let terms: [Term] = [
    Term(
      ["ivory", "ivories"], language: "en", kind: .product, denotes: "elephant ivory", taxon: "Elephantidae",
      product: "IVC", weight: 60, unless: ["@colour", "ivory tower"].map(Condition.init(written:)),
      source: Term.unverified, note: "the ordinary word", reviewed: "2026-11-24", location: place(2)),
    Term(
      ["ivory ring"], language: "en", kind: .product, denotes: "ivory ring", taxon: "Elephantidae", product: "IVC",
      weight: 80, source: "handbook", reviewed: "2026-11-24", location: place(3)),
    Term(
      ["white gold"], language: "en", kind: .codeWord, denotes: "elephant ivory", taxon: "Loxodonta africana",
      product: "IVC", weight: 50, needs: [.group("jewellery")], source: "handbook", reviewed: "2026-11-24",
      location: place(4)),
    Term(
      ["象牙"], language: "zh", kind: .product, denotes: "elephant ivory", taxon: "Elephantidae", product: "IVC",
      weight: 70, source: "handbook", reviewed: "2026-11-24", location: place(5)),
    Term(
      ["穿山甲"], language: "zh", kind: .speciesName, denotes: "pangolin", weight: 30, source: "handbook",
      reviewed: "2026-11-24", location: place(6)),
    Term(["ring", "rings"], language: "en", kind: .context, denotes: "jewellery", location: place(7)),
    Term(["colour"], language: "en", kind: .context, denotes: "colour", location: place(8)),
    Term(
      ["resin"], language: "en", kind: .benign, denotes: "other material", weight: 60, source: "handbook",
      location: place(9)),
    Term(
      ["old stock"], language: "en", kind: .transactionCue, denotes: "says that it is old", weight: 20,
      source: "handbook", location: place(10)),
  ]

  static let set = LexiconSet(
    layers: [[Lexicon(name: "ivory", file: place(1).file, terms: terms)]], off: [],
    sources: [
      "handbook": LexiconSource(
        id: "handbook", citation: "An invented handbook of words, 2nd edition", url: "https://books.example/words",
        accessed: "2026-11-01", note: "")
    ])

  static let taxa = TaxonTable(files: [
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
        Carnivora,order,Mammalia
        Felidae,family,Carnivora
        Felinae,subfamily,Felidae
        Felis,genus,Felidae
        Felis parva,species,
        Felis parva var. alba,variety,Felis parva

        """),
    TaxonFile(
      path: "names.csv",
      text: """
        taxon,language,kind,names,source
        Loxodonta africana,en,common,African elephant,old
        Elephas maximus,en,common,Asian elephant,old
        Loxodonta africana,la,synonym,Elephas africanus,old
        Felis parva,en,common,small one,old
        Elephas maximus,en,common,small one,old

        """),
    TaxonFile(
      path: "cites.csv",
      text: """
        taxon,annex,level,from,until,note,source
        Elephantidae,CITES,I/II,,,,old
        Loxodonta africana,CITES,I/II,,,populations of four countries in II,old
        Elephas maximus,CITES,II,,2019-11-26,,old
        Elephas maximus,CITES,I,2019-11-26,,,new
        Elephas maximus,China,1,2021-02-01,,,china
        Felis parva,CITES,none,,,,unverified
        Felidae,CITES,II,,,,old

        """),
    TaxonFile(
      path: "sources.csv",
      text: """
        id,citation,url,as_of,note
        old,"An invented index, up to its last day",https://index.example,2017-04-21,
        new,A later invented list,,2019-11-26,
        china,A list of another country,,2021-02-01,

        """),
  ])

  static let compiled = CompiledLexicons(set) { taxa.taxon(named: $0) }

  private static func file(_ name: String, _ role: CitedFile.Role, rows: Int? = nil) -> (path: String, file: CitedFile)
  {
    let path = role == .lexicon ? "/data/somebody/Lexicons/terms/" + name : name
    return (
      path,
      CitedFile(role: role, name: name, layer: .shipped, digest: SHA256Digest(of: name), byteCount: 100, rows: rows)
    )
  }

  static let citation = ListingCitation(
    compiled, of: set, taxa: taxa,
    files: [
      file("ivory.csv", .lexicon, rows: 9), file("cites.csv", .taxonTable), file("names.csv", .taxonTable),
      file("sources.csv", .taxonTable), file("taxa.csv", .taxonTable),
    ])

  /// What they make of a listing's title and text.
  static func reading(
    _ title: String, _ description: String = "", species: [String] = [], day: String? = nil,
    by citation: ListingCitation = citation, _ lexicons: CompiledLexicons = compiled
  ) -> CitedReading {
    ListingText.with(title: title, description: description) { text in
      let taxa = species.compactMap { lexicons.taxon(named: $0) }
      return citation.reading(
        lexicons.reading(of: text, species: taxa), of: text, species: species, day: day.flatMap { CalendarDay($0) })
    }
  }

  /// The packet with all its listings read.
  static func read(_ packet: Packet) -> Packet {
    var packet = packet
    for index in packet.listings.indices {
      let listing = packet.listings[index]
      packet.listings[index].reading = reading(
        listing.title ?? "", listing.text ?? "", species: listing.taxa, day: listing.postedAt?.day)
    }
    packet.file.reading = citation.basis(of: packet.listings.compactMap(\.reading))
    return packet
  }
}
