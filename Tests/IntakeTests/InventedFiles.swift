import Glibc
import Intake
import Listings

/// A folder for one test, gone with it.
final class InventedFolder {
  let path: String

  init() {
    var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/linsang-intake-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  deinit {
    guard let folder = opendir(path) else { return }
    while let file = readdir(folder) {
      let name = withUnsafePointer(to: &file.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      unlink("\(path)/\(name)")
    }
    closedir(folder)
    rmdir(path)
  }

  func write(_ name: String, _ bytes: [UInt8]) -> String {
    let full = "\(path)/\(name)"
    let file = fopen(full, "w")!
    _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
    return full
  }

  func write(_ name: String, _ text: String) -> String { write(name, Array(text.utf8)) }
}

/// Small tables with what the tests need to know.
enum InventedTables {
  static let tables: ReferenceTables = {
    let folder = InventedFolder()
    _ = folder.write("field-names.csv", fieldNames)
    _ = folder.write("field-name-words.csv", words)
    _ = folder.write("exchange-rates.csv", rates)
    _ = folder.write("currency-marks.csv", marks)
    _ = folder.write("platforms.csv", platforms)
    _ = folder.write("changing-columns.csv", "name,language\nviews,en\nscraped *,en\n")
    return ReferenceTables(folders: [folder.path])
  }()

  private static let fieldNames = """
    field,language,name,rank
    listing_id,en,listing_id,1
    listing_id,en,ad_number,3
    platform,en,platform,1
    url,en,url,1
    url,en,link,2
    title,en,title,1
    title,en,name,2
    description,en,description,1
    species,en,species,1
    price,en,price,1
    price,en,price.value,1
    price,th,ราคา,2
    currency,en,currency,1
    currency,en,price.currency,1
    seller_alias,en,seller,1
    seller_alias,en,seller.username,1
    country,en,country,1
    posted_at,en,posted_at,1
    captured_at,en,captured_at,1
    category,en,categories.categoryName,2

    """

  private static let words = """
    kind,language,word,meaning
    glue,en,of,
    filler,en,info,
    filler,en,value,
    thing,en,house,
    thing,en,product,
    thing,tr,ilan,
    thing,zh,商品,
    same,en,merchant,seller
    same,en,date,time
    other,en,shipping,
    other,en,old,

    """

  private static let rates = """
    currency,units_per_usd,minor_digits,as_of,source
    USD,1,2,2025-07-01,invented
    EUR,0.8,2,2025-07-01,invented
    CNY,7.2,2,2025-07-01,invented
    JPY,150,0,2025-07-01,invented
    THB,32,2,2025-07-01,invented
    IDR,16000,2,2025-07-01,invented
    VND,25000,0,2025-07-01,invented
    ZAR,18,2,2025-07-01,invented
    AUD,1.5,2,2025-07-01,invented
    TWD,30,2,2025-07-01,invented
    KWD,0.3,3,2025-07-01,invented
    CHF,0.8,2,2025-07-01,invented
    MMK,2100,2,2025-07-01,invented
    IRR,42000,2,2025-07-01,invented

    """

  private static let marks = """
    mark,currency,place,note
    $,USD,both,also AUD TWD; the platform or country decides
    US$,USD,both,
    €,EUR,both,
    ¥,CNY,both,also JPY on Japanese platforms
    元,CNY,after,also TWD; the platform or country decides
    ฿,THB,both,
    baht,THB,both,
    Rp,IDR,before,
    R,ZAR,before,only directly before an amount
    đ,VND,after,
    KD,KWD,both,
    Fr.,CHF,both,
    K,MMK,after,elsewhere a thousand
    تومان,IRR,both,ten rials; the amount must be multiplied by 10

    """

  private static let platforms = """
    domain,platform,country,currency
    xianyu.example,Xianyu,CN,CNY
    taobao.example,Taobao,CN,CNY
    gumtree.example,Gumtree,AU,AUD
    gumtree.co.example,Gumtree,ZA,ZAR
    .th,,TH,THB
    .jp,,JP,JPY

    """
}

extension DatasetOpening {
  /// Opens invented text as one file.
  static func open(
    _ bytes: [UInt8], name: String = "week.csv", pieceSize: Int = 1 << 20, workers: Int = 2,
    chosen: [Field: String] = [:], hasHeader: Bool? = nil, dialect: String = ""
  ) throws -> (dataset: Dataset, problems: IntakeProblems) {
    let folder = InventedFolder()
    var options = IntakeOptions(
      tables: InventedTables.tables, chosenColumns: chosen, hasHeader: hasHeader, workers: workers)
    if let choice = DialectChoice(words: dialect) { options.dialect = choice }
    options.pieceSize = pieceSize
    options.firstPieceSize = pieceSize
    return try DatasetOpening.open(paths: [folder.write(name, bytes)], options: options)
  }

  static func open(
    text: String, name: String = "week.csv", chosen: [Field: String] = [:], hasHeader: Bool? = nil, dialect: String = ""
  ) throws -> (dataset: Dataset, problems: IntakeProblems) {
    try open(Array(text.utf8), name: name, chosen: chosen, hasHeader: hasHeader, dialect: dialect)
  }
}

extension Dataset {
  /// Every row's cells as they stand in its record.
  var cellTexts: [[String]] { (0..<rowCount).map { cells(of: $0).map(\.text) } }

  /// Rows whose key, made again from the record, is not the one that was fingerprinted.
  var rowsWithAnotherKey: [Int] { (0..<rowCount).filter { key(at: $0).fingerprint != keyFingerprints[$0] } }
}

/// Runs `body` over the UTF-8 of texts that stay where they are meanwhile.
func withBytes<Value>(_ texts: [String], _ body: ([UnsafeRawBufferPointer]) -> Value) -> Value {
  let slabs = TextSlabs()
  let buffers = texts.map { text in
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { UnsafeRawBufferPointer(start: slabs.store($0), count: $0.count) }
  }
  return withExtendedLifetime(slabs) { body(buffers) }
}
