import Listings

/// Recognises numbers that measure, count or date something: `2br`, `800ft2`, `20 cm`, `3 pcs`, `2019 model`, `size 10`.
extension PriceNumbers {
  /// Whether the word before or after a number without a currency mark makes it a measure.
  ///
  /// Shape:  a multiple excludes measures, except carats of gold.
  func isMeasure(_ number: PricedNumber) -> Bool {
    let start = notation.skipBlanks(number.end)
    if number.power > 0 { return isCarats(number, start) }
    if isFineness(number, start) { return true }
    if isUnit(at: start) || isModelYear(number, start) { return true }
    let before = notation.skipBlanksBack(number.start)
    return PriceUnits.isLabel(notation, endingAt: before)
      || isYear(number, from: 1500) && PriceUnits.isAbout(notation, endingAt: before)
  }

  /// Whether it is a number of carats and not of thousands: `18k gold`.
  private func isCarats(_ number: PricedNumber, _ start: Int) -> Bool {
    number.power == 3 && number.digits.count <= 2 && notation.isWordLetter(at: start)
      && PriceUnits.golden.contains(word(at: start))
  }

  /// Whether it is the fineness of a metal in parts per thousand: `925 silver`, `750 Gold`.
  private func isFineness(_ number: PricedNumber, _ start: Int) -> Bool {
    number.digits.count == 3 && PriceUnits.finenesses.contains(Array(text[number.digits]))
      && notation.isWordLetter(at: start) && PriceUnits.metals.contains(word(at: start))
  }

  /// Whether a unit begins at `index`.
  ///
  /// Shape:  perhaps after a hyphen; a double quote stands for inches.
  private func isUnit(at index: Int) -> Bool {
    guard index < text.count else { return false }
    // "3-bedroom", "15.6\"".
    let start = text[index] == UInt8(ascii: "-") && notation.isWordLetter(at: index + 1) ? index + 1 : index
    if text[start] == UInt8(ascii: "\"") { return true }
    guard notation.isWordLetter(at: start) else { return PriceUnits.isUnspaced(notation, at: start) }
    return PriceUnits.words.contains(word(at: start))
  }

  /// The word at `index`, with any exponent after it (`ft2`, `m²`).
  private func word(at index: Int) -> ArraySlice<UInt8> {
    var end = index
    while end < text.count, notation.isWordLetter(at: end) || end > index && text[end] & 0xC0 == 0x80 { end += 1 }
    return text[index..<end]
  }

  /// Whether the text ends with one or two letters that no price has, which are probably a unit: `5 pr`, `12 qt`.
  func hasUnknownShortWord(_ number: PricedNumber) -> Bool {
    let start = notation.skipBlanks(number.end)
    guard start < text.count, text[start].isASCIILetter else { return false }
    let word = word(at: start)
    return word.count <= 2 && notation.skipBlanks(word.endIndex) == text.count && !PriceUnits.shortWords.contains(word)
  }

  /// Whether it is as many rooms or feet as something may have, even if the letters are also a currency: `2 BR`, `6 Ft`.
  ///
  /// Shape:  one digit, or up to 29; feet up to 99.
  func isSmallMeasure(_ number: PricedNumber) -> Bool {
    guard number.signs.isEmpty, number.power == 0, number.digits.count <= 2, let unit = smallUnit(behind: number.end)
    else { return false }
    return unit == PriceUnits.feet || number.digits.count == 1 || text[number.digits.lowerBound] < UInt8(ascii: "3")
  }

  /// The word after `index` if it is a unit beside a small number but a currency beside a large one.
  func smallUnit(behind index: Int) -> ArraySlice<UInt8>? {
    let start = notation.skipBlanks(index)
    guard notation.isWordLetter(at: start) else { return nil }
    let word = word(at: start)
    return PriceUnits.small.contains(word) ? word : nil
  }

  /// Whether it is a year, with a word that says so: `2019 model`, `2012 г.`.
  private func isModelYear(_ number: PricedNumber, _ start: Int) -> Bool {
    guard isYear(number, from: 1900) else { return false }
    if notation.isWordLetter(at: start) { return PriceUnits.years.contains(word(at: start)) }
    return PriceUnits.unspacedYears.contains { notation.has($0, at: start) }
  }

  /// Whether it has four digits and is a year.
  private func isYear(_ number: PricedNumber, from first: Int64) -> Bool {
    guard number.digits.count == 4, let year = PriceNumber.read(text[number.digits]) else { return false }
    return (first...2100).contains(year / 10_000)
  }

  /// Extends a measure to the numbers before it: "2-3 weeks", "20 x 30 cm".
  ///
  /// Shape:  backwards, so that a chain of numbers is covered; only across a cross or a word for ranges.
  func spreadMeasures(_ numbers: inout [PricedNumber]) {
    for index in numbers.indices.dropFirst().reversed() where numbers[index].problem == .measure {
      let (number, before) = (numbers[index], numbers[index - 1])
      guard before.isBare, before.problem == nil, before.end <= number.start else { continue }
      let gap = text[before.end..<number.start].filter { $0 != .blank }
      if gap == [UInt8(ascii: "x")] || PriceChoice.rangeWords.contains(gap) { numbers[index - 1].problem = .measure }
    }
  }
}

/// The words for measures, counts and years.
///
/// Source: the common units and counters of these languages.
enum PriceUnits {
  /// Units and counters that are separate words.
  static let words: Set<ArraySlice<UInt8>> = set(
    """
    pcs pc pce piece pieces kg kgs kilo kilos kilogram kilograms g gr gm gms gram grams grm mg lb lbs oz ounce ounces stone
    ton tons tonne tonnes ct carat carats cm cms mm m mt mtr mtrs meter meters metre metres km kms ft feet foot inch inches
    in yd yds yard yards mile miles mi ml cl dl l lt ltr liter liters litre litres gal gallon gallons ft2 sqft sq sqm sqyd
    acre acres ha hectare hectares perch perches marla kanal bigha mq qm kvm gb tb mb kb ghz mhz mah mp px dpi v volt volts
    w watt watts kw ldk dk sldk kwh hp ps bhp cc rpm hz deg
    year years yr yrs yo old month months mo week weeks wk wks day days hour hours hr hrs min mins minute minutes
    male males female females pair pairs adult adults baby babies pup pups egg eggs bird birds hen hens head heads chick
    chicks animal animals set sets box boxes pack packs bag bags bottle bottles unit units item items lot lots photo photos
    view views bid bids watcher watchers sold left available reviews review star stars page pages person persons people
    bed beds br bd ba bhk bedroom bedrooms bath baths bathroom bathrooms room rooms door doors seat seats
    zimmer stuck stk stueck jahre jahr tage tag wochen monate monat stunden paar liter
    chambre chambres piece pieces jours jour mois semaines semaine ans heures oeufs personnes
    habitaciones habitacion recamaras recamara dormitorios ambientes meses mes semanas dias anos ano horas uds ud unidades
    unidad piezas pieza huevos quartos quarto comodos pecas peca unidade ovos locali locale camere camera stanze vani pezzi
    pezzo anni mesi giorni uova paia kamers kamer slaapkamers stuks stuk jaar dagen weken maanden st rum styck veckor
    manader dagar rom stykk dager uker vaerelser uger dage kpl huonetta viikkoa paivaa szt sztuk sztuki pokoje pokoj lat
    miesiecy tygodni dni metr metry ks kus kusu kusy pokoje let mesicu tydnu dnu db darab szoba szobas eves honap het nap
    camere camera buc bucati ani luni saptamani zile бр броя шт штук штука штуки м мм см км кг гр г л мл лет года год
    месяцев месяца месяц недель недели дней дня день часов комнат комнаты комната сот соток стаи стая години месеца кімнат
    кімнати років роки місяців тижнів днів adet tane oda metre yil ay gun hafta kpl
    ekor kamar buah butir pasang lembar bulan tahun minggu hari biji keping bilik con cai chiec qua trung doi cap bo kg
    phong tang thang nam tuan ngay gio tuoi
    كجم كغ كيلو غرام جرام متر سم كم غرفة غرف حبة حبات قطعة قطع سنة سنوات شهر اشهر أشهر يوم ايام أيام
    כיתה חדרים חדר מטר יחידות יחידה שנים חודשים ימים قطعه عدد متری سال ماه روز کیلو گرم مرلہ کنال کلو گرام عدد
    """)

  /// A unit that is also a currency, where the number is large.
  static let feet: ArraySlice<UInt8> = Array("ft".utf8)[...]

  /// What is measured in carats, which are written like thousands.
  static let golden: Set<ArraySlice<UInt8>> = set(
    "gold yellow white rose gf gp solid oro or ouro goud guld zlota золото altin emas")

  /// What fineness is stated for.
  static let metals = golden.union(
    set(
      """
      silver sterling silber argent plata argento prata zilver solv srebro stribro ezust argint gumus perak bac
      серебро серебра сребро срібло срібла فضة نقره platinum platin platine platino platina platyna платина платины
      """))

  /// The millesimal finenesses that are hallmarked.
  ///
  /// Source: ISO 9202.
  static let finenesses = Set(
    "333 375 417 500 585 750 800 830 833 835 850 875 900 916 925 950 958 990 999".split(separator: " ").map {
      Array($0.utf8)
    })

  /// Units that are also letters of currencies.
  static let small: Set<ArraySlice<UInt8>> = set("br bd ba bhk bed beds bedroom bedrooms bath baths ft")

  /// Words of one or two letters that follow prices.
  static let shortWords: Set<ArraySlice<UInt8>> = set("ea or po no vb fp vhb ob np u")

  /// Words that make a number beside them a year.
  static let years: Set<ArraySlice<UInt8>> = set(
    "model mdl modell modele modelo modello my year yr г год года р рік року rok roku ano año anno jahr bj baujahr")

  /// The same in scripts without blanks.
  static let unspacedYears: [[UInt8]] = ["年", "년", "ปี", "年式", "年製", "मॉडल"].map { PriceNotation.folded($0) }

  /// Units and counters in scripts without blanks, and signs for units.
  private static let unspaced: [[UInt8]] = """
    ㎡ ㎥ ㎝ ㎜ ㎞ ㎏ ℃ ° ″ ² 只 隻 个 個 件 条 條 匹 头 頭 尾 羽 张 張 本 冊 册 枚 台 辆 輛 双 雙 对 對 套 箱 瓶 克 公斤 千克 斤 两 兩 kg
    米 厘米 毫米 公分 公尺 平米 平方 坪 呎 尺 寸 室 房 厅 廳 号 號 岁 歲 年 月 天 日 小时 小時 分钟 分鐘 人 位 次 回 件套 成新
    点 才 歳 ヶ月 か月 時間 分 つ セット グラム キロ センチ メートル ldk dk 畳
    마리 개 장 권 대 평 벌 켤레 쌍 세트 그램 킬로 년 개월 월 일 시간 분 살 명 층 방 룸
    ตัว ชิ้น อัน คู่ ใบ เล่ม เครื่อง คัน กิโล กรัม ขวด กล่อง แพ็ค ปี เดือน วัน สัปดาห์ ชั่วโมง นาที ห้อง เมตร ซม มม ตรม ตร.ม ไร่ ฟอง ดวง องค์ เม็ด
    किलो ग्राम नग पीस साल महीने दिन घंटे मीटर कमरे টি কেজি গ্রাম পিস বছর মাস দিন ঘণ্টা রুম কাঠা
    """.split(whereSeparator: \.isWhitespace).map { PriceNotation.folded($0) }

  /// Whether a unit of a script without blanks begins at `index`.
  static func isUnspaced(_ notation: PriceNotation, at index: Int) -> Bool {
    unspaced.contains { !$0.isEmpty && notation.has($0, at: index) }
  }

  /// Words before numbers that are not prices: `size 10`, `Bj. 2012`, `Gr. 38`.
  private static let labels: [[UInt8]] = """
    size, sz, taille, pointure, talla, tamanho, taglia, misura, größe, groesse, gr, maat, rozmiar, velikost, meret, marime,
    размер, розмір, storlek, størrelse, beden, ukuran, saiz, kích thước, 尺码, 尺寸, サイズ, 사이즈, ไซส์,
    year, model, modell, baujahr, bj, bouwjaar, rok, année, anno, año, ano, г.в, год, age, aged, alter,
    qty, quantity, qnty, lot, lot of, pack of, set of, set, no, nr, n°, nº, №, #, id, ref, sku, art, isbn, code, tel, phone,
    phone no, ph, mob, mobile, number, since, est, page, grade, gen, vol, chapter, version, ver, v, zip, room, building, apt,
    数量, 數量, 编号, 編號, 型号, 수량, 번호, จำนวน, số lượng, sl, jumlah
    """.split(whereSeparator: { $0 == "," || $0 == "\n" }).map { PriceNotation.folded($0.trimmingBlanks) }
    .filter { !$0.isEmpty }

  /// Whether such a word ends at `index`.
  static func isLabel(_ notation: PriceNotation, endingAt index: Int) -> Bool {
    isOne(of: labels, notation, endingAt: index)
  }

  /// Whether one of the words ends at `index`, perhaps before a point or colon.
  private static func isOne(of words: [[UInt8]], _ notation: PriceNotation, endingAt index: Int) -> Bool {
    var end = index
    while end > 0, [UInt8(ascii: ":"), UInt8(ascii: "."), .blank].contains(notation.text[end - 1]) { end -= 1 }
    return end > 0
      && words.contains { word in
        end >= word.count && notation.has(word, at: end - word.count) && notation.isWhole(end - word.count..<end)
      }
  }

  /// Words for "about" that come with years.
  private static let about: [[UInt8]] = ["ca", "circa", "c", "um", "vers", "hacia", "anno", "около", "ок"]
    .map { PriceNotation.folded($0) }

  /// Whether a word for "about" precedes a year: `ca. 1920`.
  static func isAbout(_ notation: PriceNotation, endingAt index: Int) -> Bool {
    isOne(of: about, notation, endingAt: index)
  }

  /// The folded words of a list.
  private static func set(_ words: String) -> Set<ArraySlice<UInt8>> {
    Set(words.split(whereSeparator: \.isWhitespace).map { PriceNotation.folded($0)[...] })
  }
}
