import Glibc
import Intake
import Listings

/// Invented listings as files: what a story opens.
enum SampleListings {
  /// Six plain listings; the last stands in a second file once more.
  static let six = """
    listing_id,platform,url,title,description,species,price,currency,seller_alias,posted_at
    1,Hearthside,https://hearthside.example/1,Carved ivory ring,old family piece,Loxodonta africana,120,USD,rosa,2026-11-01
    2,Hearthside,https://hearthside.example/2,Resin beads,"no ivory, resin",,5,USD,rosa,2026-11-02
    3,ChoLang,https://cholang.example/3,Scale bracelet,ask for more,Manis javanica,ask,USD,bao,2026-11-03
    4,ChoLang,https://cholang.example/4,Shell comb,,Eretmochelys imbricata,40,USD,bao,2026-11-04
    5,Larets,https://larets.example/5,Parrot eggs,discreet,Psittacus erithacus,900,USD,ostap,2026-11-05
    6,Larets,https://larets.example/6,Lamp,brown shade,,,USD,ostap,2026-11-06
    """

  static let again = """
    listing_id,platform,url,title,description,species,price,currency,seller_alias,posted_at
    6,Larets,https://larets.example/6,Lamp,brown shade,,,USD,ostap,2026-11-06
    """

  /// Text of many scripts, and text that would like to command the terminal.
  static let hostile = """
    listing_id,platform,url,title,description,species,price,currency,seller_alias,posted_at,colour
    1,青石集,https://a.example/1,象牙白真丝连衣裙 果冻 手串,"第一行\n第二行，象牙",Loxodonta africana,3000,USD,莲心阁·小铺,2026-11-01,白
    2,Talat Sod,https://a.example/2,ตะกรุดเก่ามากๆตามรูปเลยครับ งาช้าง,พระสี่เหลี่ยมเก่า,,1400,USD,ลุง_ขนมปัง,2026-11-02,
    3,Souq,https://a.example/3,خاتم عاج قديم للبيع,السعر قابل للتفاوض,Loxodonta africana,50,USD,أبو سالم,2026-11-03,
    4,Hearthside,https://a.example/4,👨‍👩‍👧 family 👍🏽 lamp ❤️,emoji 🐘🦜,,1,USD,e\u{301}mile\u{301}e,2026-11-04,
    5,Hearthside,https://a.example/5,\u{1B}[31mred\u{1B}]0;owned\u{7}\u{202E}txet\u{202C} zero\u{200B}width,"\u{9B}2J tab\there",,0.01,USD,\u{2066}x\u{2069},2026-11-05,
    6,Hearthside,https://a.example/6,Z\u{30A}\u{30A}\u{30A}\u{30A}\u{30A}algo e\u{301} n\u{303},한국어 상아 ｆｕｌｌ,Panthera tigris,7000000,USD,한,2026-11-06,
    """

  /// `count` listings like those of a week.
  static func many(_ count: Int) -> String {
    var lines = ["listing_id,platform,url,title,description,species,price,currency,seller_alias,posted_at"]
    for number in 1...count {
      let platform = ["Hearthside", "ChoLang", "Larets"][number % 3]
      let species = ["Loxodonta africana", "", "Manis javanica", "Psittacus erithacus; Manis javanica"][number % 4]
      let word = ["ivory ring", "scale bracelet", "lamp"][number % 3]
      lines.append(
        "\(number),\(platform),https://a.example/\(number),\(word) no \(number),text \(number),\(species),"
          + "\(number * 7 % 900),USD,seller \(number % 17),2026-11-\(10 + number % 20)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static let tables = ReferenceTables(folders: [root + "/Lexicons"])

  /// The project's folder.
  static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

  /// A new folder of its own, in `$TMPDIR`.
  static func temporaryFolder() -> String {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(place)/linsang-stories-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no folder for listings") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Opens texts as files of one dataset.
  static func dataset(
    _ texts: [String], assignments: [ColumnAssignment] = [], chosen: [Field: String] = [:], makesCells: Bool = false
  ) -> Dataset {
    let folder = temporaryFolder()
    var paths: [String] = []
    for (index, text) in texts.enumerated() {
      paths.append("\(folder)/week\(index + 1).csv")
      guard let file = fopen(paths[index], "w") else { fatalError("no file for listings") }
      fputs(text, file)
      fclose(file)
    }
    // The files stay mapped; their names need not stay.
    defer {
      for path in paths { unlink(path) }
      rmdir(folder)
    }
    do throws(IntakeError) {
      var options = IntakeOptions(tables: tables, chosenColumns: chosen)
      options.assignments = assignments
      options.makesCellFingerprints = makesCells
      return try DatasetOpening.open(paths: paths, options: options).dataset
    } catch {
      fatalError("invented listings cannot be read: \(error)")
    }
  }
}
