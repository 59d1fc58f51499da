import Glibc
import Listings
import Testing

@testable import Intake

/// Names of columns are compared by words, with the shipped tables.
@Suite(.enabled(if: access(RealFiles.lexicons + "/field-names.csv", R_OK) == 0, "the shipped tables are not here"))
struct FieldNamesTests {
  private static let names = ReferenceTables(folders: [RealFiles.lexicons]).fieldNames
  private func field(_ name: String) -> Field? { Self.names.claim(of: name)?.field }

  @Test(
    arguments: [
      // Number and order of words, and words that only join them.
      ("names", Field.title), ("prices", .price), ("merchants", .sellerAlias), ("locations", .location),
      ("Name_of_product", .title), ("Description of the item", .description), ("urlOfAd", .url),
      ("price_value", .price), ("sellerInfo.name", .sellerAlias), ("priceInfo.value", .price),
      // What is for sale says nothing about the column.
      ("House Price", .price), ("House Name", .title), ("ad_owner_name", .sellerAlias), ("item_location", .location),
      ("Car Title", .title), ("bike_description", .description), ("listed_time", .postedAt), ("property link", .url),
      ("itemprice", .price), ("productdescription", .description), ("Artikelpreis", .price), ("商品价格", .price),
      ("매물가격", .price), ("ราคาสินค้า", .price),
      // A head that is known beside a word that is not.
      ("finca_price", .price), ("marmoset title", .title), ("city name", .location), ("shop_title_name", nil),
    ] as [(String, Field?)])
  func wordsTellTheField(_ name: String, _ wanted: Field?) { #expect(field(name) == wanted) }

  /// Names that are made for who sells and where, of words that are all understood.
  @Test(
    arguments: [
      ("Anbietername", Field.sellerAlias), ("Supplier Company", .sellerAlias), ("user.login", .sellerAlias),
      ("user/name", .sellerAlias), ("apelido_vendedor", .sellerAlias), ("اسم المعلن", .sellerAlias),
      ("Member Trader name", .sellerAlias), ("prodavac.korisnickoIme", .sellerAlias), ("Kullanıcı adı", .sellerAlias),
      ("卖家名称", .sellerAlias), ("Компанія-продавець", .sellerAlias), ("Navn på sælger", .sellerAlias),
      ("Company_City", .location), ("region.cityName", .location), ("PLZ und Ort", .location), ("cidade_uf", .location),
      ("Member Suburb / region", .location), ("Населено място", .location),
      ("member since", nil), ("user.rating", nil), ("seller_reviews", nil), ("zip", nil), ("user.id", .sellerID),
      ("store rating", nil), ("brand name", nil), ("place in list", nil),
    ] as [(String, Field?)])
  func whoSellsAndWhere(_ name: String, _ wanted: Field?) { #expect(field(name) == wanted) }

  @Test func wordsThatJoinNothingSaySomething() {
    // Asked "de", sold "por".
    let (old, new) = (Self.names.claim(of: "vl_preco_de"), Self.names.claim(of: "vl_preco"))
    #expect(new?.field == .price && (old == nil || old!.rank > new!.rank))
  }

  @Test(arguments: [
    "old price", "price_before_discount", "shipping price", "price_history", "min_price", "price per kg", "avg price",
    "brand_name", "file name", "model name", "seller_rating", "image_count", "has_price", "is_url",
    "translated title", "price_change", "meta description", "No", "number_of_photos", "search_url",
    "weight class", "remarks of the reviewer", "Views", "lat", "condition",
  ])
  func otherWordsMakeItAnotherThing(_ name: String) { #expect(field(name) == nil) }

  @Test(arguments: [
    ("tr", "İlan Başlığı", "Fiyat", "Konum", "Satıcı", "İlan Tarihi"),
    ("ko", "제목", "판매가격", "거래지역", "판매자", "등록일"),
    ("pl", "Tytuł ogłoszenia", "Cena", "Lokalizacja", "Sprzedawca", "Data dodania"),
    ("nl", "Advertentietitel", "Vraagprijs", "Plaats", "Verkoper", "Geplaatst op"),
    ("it", "Titolo annuncio", "Prezzo", "Città", "Venditore", "Data di pubblicazione"),
    ("hi", "शीर्षक", "कीमत", "स्थान", "विक्रेता", "दिनांक"),
    ("uk", "Назва товару", "Ціна", "Місто", "Продавець", "Дата публікації"),
    ("ms", "Tajuk iklan", "Harga", "Lokasi", "Penjual", "Tarikh"),
    ("tl", "Pamagat", "Presyo", "Lokasyon", "Nagbebenta", "Petsa"),
    ("sw", "Kichwa cha tangazo", "Bei", "Mahali", "Muuzaji", "Tarehe"),
    ("fa", "عنوان آگهی", "قیمت", "شهر", "فروشنده", "تاریخ انتشار"),
    ("sv", "Rubrik", "Pris", "Plats", "Säljare", "Publicerad"),
    ("cs", "Nadpis", "Cena", "Lokalita", "Prodejce", "Vloženo"),
    ("hu", "Hirdetés címe", "Ár", "Helyszín", "Eladó", "Feladás dátuma"),
    ("he", "כותרת", "מחיר", "מיקום", "מוכר", "תאריך פרסום"),
  ])
  func headersOfManyLanguages(
    _ language: String, _ title: String, _ price: String, _ place: String, _ seller: String, _ posted: String
  ) {
    // `rubrik` is a category elsewhere; the others are what they say.
    if language != "sv" { #expect(field(title) == .title) }
    #expect(field(price) == .price)
    #expect(field(place) == .location)
    #expect(field(seller) == .sellerAlias)
    #expect(field(posted) == .postedAt)
  }

  @Test func namesAreSplitAtBlanksMarksAndChangesOfCase() {
    #expect(FieldNameWords.split("itemWebUrl") == ["item", "web", "url"])
    #expect(FieldNameWords.split("seller_info.name 2") == ["seller", "info", "name"])
    #expect(FieldNameWords.split("कीमत (₹)") == ["कीमत"])
    #expect(FieldNameWords.split("URL") == ["url"])
    #expect(
      ["categories", "address", "prices", "status"].map(FieldNameWords.singular) == [
        "category", "address", "price", "status",
      ])
  }
}
