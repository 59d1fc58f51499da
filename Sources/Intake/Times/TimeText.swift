import Listings

/// A time in words and punctuation: dates with a time of day, names of months, "3 days ago".
/// Cost:   allocates; `TimeReading` tries the cheaper notations first.
/// Fails:  with `noTime` where any part of the text is not understood, so that no date is read out of prose.
struct TimeText {
  /// Folded, with ASCII digits.
  private let text: [UInt8]

  /// - Parameter cell: the text of the time, with digits of any script.
  init(_ cell: UnsafeRawBufferPointer) { text = PriceNotation(cell).text }

  /// Reads the time: as a distance from now, a numeric date, or a date in words.
  ///
  /// Shape:  the time of day is taken out first, wherever it is.
  func read(_ around: TimeReading.Surroundings) -> TimeReading.Outcome {
    guard var tokens = TimeTokens(text) else { return .failed(.noTime) }
    let (clock, isBroken) = tokens.takeClock()
    if isBroken { return .failed(.noSuchDay) }
    if let ago = TimeAgo(tokens) { return ago.read(clock, capturedAt: around.capturedAt) }
    tokens.dropIdle()
    let midnight = TimeTokens.Clock(seconds: 0)
    if let date = tokens.numericDate { return TimeReading.read(date, clock: clock ?? midnight, around) }
    guard let named = NamedDate(tokens) else { return .failed(.noTime) }
    return TimeReading.day(named.year, named.month, named.day, clock ?? midnight, named.basis)
  }
}

/// Dates in tokens.
extension TimeTokens {
  /// Drops tokens that say nothing about the day. `thứ 2` is a Monday, not a number.
  ///
  /// Shape:  commas and parentheses go everywhere, other marks only at the end.
  mutating func dropIdle() {
    if let thu = tokens.firstIndex(of: .word("thu")), thu + 1 < tokens.count,
      case .number(let day, _) = tokens[thu + 1],
      day <= 7, numbers.count > 1, tokens.count > thu + 3
    {
      tokens.remove(at: thu + 1)
    }
    // The characters for year, month and day are also names of weekdays.
    tokens = tokens.enumerated().filter { index, token in
      guard case .word(let word) = token, TimeWords.idle.contains(word) else { return true }
      guard index > 0, case .number = tokens[index - 1] else { return false }
      return TimeWords.monthMarks.contains(word) || TimeWords.dayMarks.contains(word)
    }.map(\.element)
    tokens.removeAll { $0 == .mark(.comma) || $0 == .mark(UInt8(ascii: "(")) || $0 == .mark(UInt8(ascii: ")")) }
    while case .mark = tokens.last { tokens.removeLast() }
  }

  /// The numeric date, where nothing else is left.
  ///
  /// Shape:  written out again with its leading zeros, which decide whether a number can be a year.
  var numericDate: NumericDate? {
    guard words.isEmpty, numbers.count == 3 else { return nil }
    var text: [UInt8] = []
    for token in tokens {
      switch token {
      case .number(let value, let digits):
        let plain = String(value)
        text += Array(repeating: 0x30, count: max(0, digits - plain.utf8.count)) + plain.utf8
      case .mark(let mark): text.append(mark)
      case .word: return nil
      }
    }
    return text.withUnsafeBytes { bytes in NumericDate(bytes).flatMap { $0.end == bytes.count ? $0 : nil } }
  }
}

/// A date with the name of its month, or with what its numbers count: `27 มี.ค. 66`, `March 27, 2022`, `2022年3月27日`.
///
/// Shape:  the year may be Buddhist; `TimeReading.day` converts it.
private struct NamedDate {
  /// 0 until it is read, like `month` and `day`.
  private(set) var year: Int64 = 0
  private(set) var month: Int64 = 0
  private(set) var day: Int64 = 0
  private(set) var basis = TimeBasis.monthName

  /// Nil where a part of the date is missing, or anything else is in the text.
  ///
  /// Shape:  exactly one named month, or numbers with characters for year, month and day.
  init?(_ tokens: TimeTokens) {
    guard tokens.numbers.count <= 3, tokens.tokens.allSatisfy(Self.isOfDates) else { return nil }
    let months = tokens.words.compactMap { TimeWords.months[$0] }
    switch months.count {
    case 1 where tokens.words.count == 1: readNamed(tokens, months[0])
    case 0: readCounted(tokens)
    default: return nil
    }
    guard year > 0, month > 0, day > 0 else { return nil }
  }

  /// Whether a token may be part of a date.
  private static func isOfDates(_ token: TimeTokens.Token) -> Bool {
    guard case .mark(let mark) = token else { return true }
    return mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: ".")
  }

  /// Reads two numbers beside the name of a month: the day, and a year of four digits or, after the day, of two.
  ///
  /// Shape:  a short Thai year of 50 or more is Buddhist.
  private mutating func readNamed(_ tokens: TimeTokens, _ month: Int64) {
    let numbers = tokens.tokens.compactMap { token -> (value: Int64, digits: Int)? in
      if case .number(let value, let digits) = token { (value, digits) } else { nil }
    }
    guard numbers.count == 2 else { return }
    let isYearFirst = numbers[0].digits == 4
    let (written, day) = isYearFirst ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
    guard day.digits <= 2, written.digits == 4 || written.digits == 2 else { return }
    (self.month, self.day, year) = (month, day.value, written.value)
    guard written.digits == 2 else { return }
    let isThai = tokens.words[0].unicodeScalars.contains { (0xE00..<0xE80).contains($0.value) }
    // Thai adverts write 66 for 2566, which is 2023, and sometimes 23.
    if isThai, written.value >= 50 {
      year += 2500
    } else {
      year += written.value < 70 ? 2000 : 1900
    }
  }

  /// Reads numbers that have what they count beside them.
  ///
  /// Shape:  a number without a word is the day, if only one is left.
  private mutating func readCounted(_ tokens: TimeTokens) {
    basis = .asWritten
    var open: [Int64] = []
    let all = tokens.tokens
    for (index, token) in all.enumerated() {
      guard case .number(let value, let digits) = token else { continue }
      var (after, before) = ("", "")
      if index + 1 < all.count, case .word(let word) = all[index + 1] { after = word }
      if index > 0, case .word(let word) = all[index - 1] { before = word }
      if TimeWords.yearMarks.contains(after), digits == 4, year == 0 {
        year = value
      } else if TimeWords.monthMarks.contains(after) || TimeWords.monthHeads.contains(before), month == 0 {
        month = value
      } else if TimeWords.dayMarks.contains(after), day == 0 {
        day = value
      } else if digits == 4, year == 0 {
        year = value
      } else {
        open.append(value)
      }
    }
    let marks = [TimeWords.yearMarks, TimeWords.monthMarks, TimeWords.dayMarks, TimeWords.monthHeads]
    guard tokens.words.allSatisfy({ word in marks.contains { $0.contains(word) } }), !tokens.words.isEmpty else {
      year = 0
      return
    }
    // `27 tháng 3 năm 2022`: the number without a word is the day.
    if day == 0, open.count == 1 { day = open.removeFirst() }
    if !open.isEmpty { year = 0 }
  }
}

/// Words in dates as people and platforms write them: en fr es pt it de nl id vi th ru uk pl tr zh ja ko ar fa.
///
/// Shape:  folded, without points.
/// Source: Unicode CLDR 44, months and days, wide and abbreviated; Arabic also as in the Levant and the Maghreb.
enum TimeWords {
  /// Names of months, from 1 to 12.
  static let months: [String: Int64] = {
    let names = """
      january jan januari januar janner janvier janv enero ene janeiro gennaio gen stycznia styczen ocak oca \
      มกราคม มค января январь янв січня يناير جانفي ژانویه
      february feb februari februar fevrier fevr fev febrero fevereiro febbraio lutego luty subat sub \
      กุมภาพันธ์ กพ февраля февраль фев февр лютого فبراير شباط فيفري فوریه
      march mar maret maart marz mrz mrt mars marzo marco marca marzec mart \
      มีนาคม มีค марта март мар березня مارس آذار
      april apr avril avr abril abr aprile kwietnia kwiecien nisan nis \
      เมษายน เมย апреля апрель апр квітня أبريل ابريل نيسان أفريل آوریل
      may mei mai mayo maio maggio mag maja maj mayis \
      พฤษภาคม พค мая май травня مايو أيار ماي
      june jun juni juin junio junho giugno giu czerwca czerwiec haziran haz \
      มิถุนายน มิย июня июнь июн червня يونيو حزيران جوان ژوئن
      july jul juli juillet juil julio julho luglio lug lipca lipiec temmuz tem \
      กรกฎาคม กค июля июль июл липня يوليو تموز جويلية ژوئیه
      august aug agustus agt ags agu aout agosto ago augustus sierpnia sierpien agustos \
      สิงหาคม สค августа август авг серпня أغسطس اغسطس آب أوت اوت
      september sep sept septembre septiembre setiembre setembro set settembre wrzesnia wrzesien eylul eyl \
      กันยายน กย сентября сентябрь сен сент вересня سبتمبر أيلول سپتامبر
      october oct oktober okt octobre octubre outubro out ottobre ott pazdziernika pazdziernik ekim eki \
      ตุลาคม ตค октября октябрь окт жовтня أكتوبر اكتوبر اکتبر
      november nov novembre noviembre novembro listopada listopad kasim kas \
      พฤศจิกายน พย ноября ноябрь ноя нояб листопада نوفمبر نوامبر
      december dec desember des dezember dez decembre diciembre dic dezembro dicembre grudnia grudzien aralik ara \
      ธันวาคม ธค декабря декабрь дек грудня ديسمبر دسامبر
      """
    var months: [String: Int64] = [:]
    for (index, line) in names.split(separator: "\n").enumerated() {
      for name in line.split(separator: " ") { months[Folding.folded(String(name))] = Int64(index + 1) }
    }
    return months
  }()

  /// Words in dates that do not determine them: days of the week, prepositions, "hours".
  static let idle: Set<String> = words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
    lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom
    segunda terca quarta quinta sexta feira seg ter qua qui sex
    lunedi martedi mercoledi giovedi venerdi sabato domenica gio
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    senin selasa rabu kamis jumat sabtu minggu
    จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์ วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
    星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日
    月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 月 火 水 木 金 土 日
    الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
    at on of the de del el le la las los les a as um om den vom am uhr kl pukul luc vao h st nd rd th er o
    posted listed published updated since
    в во на года год г เวลา น วันที่ เมื่อ พศ คศ م ق ngay nam
    """)

  /// Words for the hours before noon.
  static let beforeNoon: Set<String> = words("am sa sang 上午 早上 凌晨 午前 오전 ص")
  /// Words for the hours after noon.
  static let afterNoon: Set<String> = words("pm ch chieu toi 下午 晚上 午後 오후 م")

  /// Words that say what the number before them counts.
  static let yearMarks: Set<String> = words("年 년")
  static let monthMarks: Set<String> = words("月 월")
  static let dayMarks: Set<String> = words("日 号 號 일")
  /// Words that say what the number after them counts.
  static let monthHeads: Set<String> = words("thang thg")

  /// The folded words of a list.
  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Folding.folded(String($0)) })
  }
}
