import Listings
import SmallFormats

/// A time given as the distance from now: `3 days ago`, `3天前`, `เมื่อวาน`, `vor 2 Stunden`.
///
/// Shape:  at most one number, or one unit without any ("час назад", "منذ ساعة"). Months and years are those of the
///         calendar. A named day without a time of day means its beginning.
/// Limits: counts up to `maximumCount`. Words outside `languages` are not understood.
struct TimeAgo: Equatable {
  /// What is counted. Weeks are days, and years are months.
  enum Unit { case minute, hour, day, month }

  /// How many units.
  let count: Int64
  /// What `count` counts.
  let unit: Unit
  /// Whether a whole day is meant: "yesterday", unlike "24 hours ago".
  let isNamedDay: Bool

  /// Higher numbers are something else.
  private static let maximumCount: Int64 = 10_000

  /// Nil where the tokens are anything else.
  ///
  /// Shape:  named days and moments first, then a number with a phrase.
  ///
  /// - Parameter tokens: without the time of day, which `TimeTokens.takeClock` removes first.
  init?(_ tokens: TimeTokens) {
    let numbers = tokens.numbers
    // `avant-hier` is a word, but `3-5 days ago` is not a moment.
    let marks = numbers.isEmpty ? ",.~-" : ",.~"
    let isPlain = tokens.tokens.allSatisfy { token in
      if case .mark(let mark) = token { marks.utf8.contains(mark) } else { true }
    }
    guard numbers.count <= 1, isPlain else { return nil }
    var words = tokens.words.filter { !Self.rounding.contains($0) }
    let count = numbers.first ?? 1
    guard count <= Self.maximumCount else { return nil }
    if numbers.isEmpty {
      if let back = Self.namedDays[words.joined()]
        ?? Self.namedDays[words.filter { !TimeWords.idle.contains($0) }.joined()]
      {
        (self.count, unit, isNamedDay) = (back, .day, true)
        return
      }
      if let minutes = Self.momentsAgo[words.joined()] {
        (self.count, unit, isNamedDay) = (minutes, .minute, false)
        return
      }
      words.removeAll { Self.ones.contains($0) }
    }
    guard let (factor, unit) = Self.phrases[words.joined()] else { return nil }
    (self.count, self.unit, isNamedDay) = (count * factor, unit, false)
  }

  /// The moment, counted back from the time of capture.
  ///
  /// Fails:  without a time of capture, and for a time of day beside hours and minutes.
  /// Shape:  a day counts from midnight UTC if it is named, otherwise from the hour of capture. A month earlier is the same
  ///         day of that month, or its last one.
  func read(_ clock: TimeTokens.Clock?, capturedAt: Int64) -> TimeReading.Outcome {
    guard capturedAt != Dataset.noTime else { return .failed(.noCaptureTime) }
    let today = capturedAt >= 0 ? capturedAt / CalendarDay.seconds : (capturedAt - 86_399) / CalendarDay.seconds
    let midnight = today * CalendarDay.seconds
    var time: Int64
    switch unit {
    case .minute: time = capturedAt - count * 60
    case .hour: time = capturedAt - count * 3600
    case .day: time = (isNamedDay ? midnight : capturedAt) - count * CalendarDay.seconds
    case .month: time = CalendarDay.number(today, lessMonths: count) * CalendarDay.seconds + capturedAt - midnight
    }
    if let clock {
      guard unit == .day || unit == .month else { return .failed(.noTime) }
      let day = time >= 0 ? time / CalendarDay.seconds : (time - 86_399) / CalendarDay.seconds
      time = day * CalendarDay.seconds + clock.seconds - clock.offset
    }
    return TimeReading.Outcome(time: time, basis: .beforeCapture)
  }

  // MARK: Words

  /// The folded words of a list.
  private static func folded(_ words: String) -> [String] {
    words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Folding.folded(String($0)) }
  }

  /// Words for "about", which do not change the moment.
  private static let rounding = Set(
    folded(
      """
      about approximately approx over almost more than less posted listed published updated circa ca environ plus
      aproximadamente cerca mas de etwa ungefahr uber khoang sekitar около примерно более ประมาณ 约 大约 約 حوالي
      """))

  /// Words for one.
  private static let ones = Set(
    folded("a an one un une una uno um uma ein eine einem einer einen satu mot один одну 1"))

  /// Days with a name, by how many days ago they were.
  ///
  /// Shape:  folded, without blanks and hyphens.
  private static let namedDays: [String: Int64] = {
    let days: [(Int64, String)] = [
      (
        0,
        "today aujourdhui aujourd'hui hoy hoje heute oggi vandaag hariini hari_ini hom_nay homnay วันนี้ сегодня сьогодні "
          + "今天 今日 本日 오늘 اليوم امروز bugun dzis dzisiaj"
      ),
      (
        1,
        "yesterday hier ayer ontem gestern ieri gisteren kemarin hom_qua homqua เมื่อวาน เมื่อวานนี้ вчера вчора 昨天 昨日 어제 "
          + "أمس امس البارحة دیروز dun wczoraj"
      ),
      (
        2,
        "avanthier avant-hier anteayer antier anteontem vorgestern kemarin_lusa kemarin_dulu hom_kia เมื่อวานซืน позавчера "
          + "позавчора 前天 一昨日 おととい 그저께 eergisteren przedwczoraj"
      ),
    ]
    var names: [String: Int64] = [:]
    for (back, words) in days {
      for word in words.split(separator: " ") {
        names[Folding.folded(String(word.filter { $0 != "_" && $0 != "-" }))] = back
      }
    }
    return names
  }()

  /// Phrases for now and half an hour ago, in minutes.
  ///
  /// Shape:  folded, without blanks.
  private static let momentsAgo: [String: Int64] = {
    var moments: [String: Int64] = [:]
    let now =
      "justnow now moments_ago a_moment_ago agora ahora à_l'instant maintenant gerade_eben jetzt barusan baru_saja "
      + "vừa_xong เมื่อสักครู่ เมื่อกี้ только_что 刚刚 刚才 剛剛 たった今 방금 الآن"
    for word in now.split(separator: " ") { moments[Folding.folded(String(word.filter { $0 != "_" }))] = 0 }
    for word in ["半小时前", "半小時前", "半个小时前", "halfanhourago"] { moments[word] = 30 }
    return moments
  }()

  /// Whole phrases without their number and blanks, such as `daysago`, `hacedias`, `天前`.
  ///
  /// Shape:  every frame of a language around every word of it; a week is 7 days, a year 12 months.
  /// Cost:   built once; each text then takes a single lookup.
  private static let phrases: [String: (factor: Int64, unit: Unit)] = {
    var phrases: [String: (Int64, Unit)] = [:]
    for language in languages {
      for (factor, unit, words) in language.units {
        for word in folded(words) {
          for frame in language.frames {
            phrases[Folding.folded(frame.0) + word + Folding.folded(frame.1)] = (factor, unit)
          }
        }
      }
    }
    // Arabic has a form of its own for two.
    for (word, unit) in [("دقيقتين", Unit.minute), ("ساعتين", .hour), ("يومين", .day), ("شهرين", .month)] {
      for head in ["منذ", "قبل"] { phrases[Folding.folded(head + word)] = (2, unit) }
    }
    return phrases
  }()

  /// The words of a language for units, and what precedes and follows them.
  ///
  /// Shape:  folded and without blanks. A frame is the text before and after the unit: `("hace", "")`, `("", "ago")`.
  private struct Language {
    let frames: [(String, String)]
    let units: [(Int64, Unit, String)]

    init(
      _ frames: [(String, String)], minute: String, hour: String, day: String, week: String, month: String, year: String
    ) {
      self.frames = frames
      units = [
        (1, .minute, minute), (1, .hour, hour), (1, .day, day), (7, .day, week), (1, .month, month), (12, .month, year),
      ]
    }
  }

  /// Most frequent languages first; the order does not matter.
  private static let languages: [Language] = [
    Language(
      [("", "ago"), ("", "earlier")], minute: "minute minutes min mins m", hour: "hour hours hr hrs h",
      day: "day days d", week: "week weeks wk wks w", month: "month months mo mos", year: "year years yr yrs y"),
    // As social networks write it: `3d`, `2h`.
    Language([("", "")], minute: "min mins", hour: "h hr hrs", day: "d", week: "w wk wks", month: "mo", year: "yr yrs"),
    Language(
      [("ilya", ""), ("depuis", "")], minute: "minute minutes min", hour: "heure heures h", day: "jour jours j",
      week: "semaine semaines", month: "mois", year: "an ans annee annees"),
    Language(
      [("hace", ""), ("", "atras")], minute: "minuto minutos min", hour: "hora horas h", day: "dia dias",
      week: "semana semanas", month: "mes meses", year: "ano anos"),
    Language(
      [("ha", ""), ("", "atras"), ("faz", "")], minute: "minuto minutos min", hour: "hora horas h", day: "dia dias",
      week: "semana semanas", month: "mes meses", year: "ano anos"),
    Language(
      [("", "fa")], minute: "minuto minuti min", hour: "ora ore", day: "giorno giorni", week: "settimana settimane",
      month: "mese mesi", year: "anno anni"),
    Language(
      [("vor", "")], minute: "minute minuten min", hour: "stunde stunden std", day: "tag tagen tage",
      week: "woche wochen", month: "monat monaten monate", year: "jahr jahren jahre"),
    Language(
      [("", "geleden")], minute: "minuut minuten", hour: "uur", day: "dag dagen", week: "week weken",
      month: "maand maanden", year: "jaar"),
    Language(
      [("", "lalu"), ("", "yanglalu"), ("", "yglalu")], minute: "menit", hour: "jam", day: "hari", week: "minggu",
      month: "bulan", year: "tahun"),
    Language(
      [("", "truoc")], minute: "phut", hour: "gio tieng", day: "ngay", week: "tuan", month: "thang", year: "nam"),
    Language(
      [("", "ที่แล้ว"), ("", "ก่อน"), ("เมื่อ", "ก่อน"), ("เมื่อ", "ที่แล้ว"), ("", "ที่ผ่านมา"), ("เมื่อ", "ที่ผ่านมา")],
      minute: "นาที", hour: "ชั่วโมง ชม", day: "วัน", week: "สัปดาห์ อาทิตย์", month: "เดือน", year: "ปี"),
    Language(
      [("", "назад"), ("", "тому")], minute: "минуту минуты минут мин", hour: "час часа часов ч",
      day: "день дня дней дн днів дні", week: "неделю недели недель нед", month: "месяц месяца месяцев мес",
      year: "год года лет"),
    Language(
      [("", "前"), ("", "以前"), ("", "之前")], minute: "分钟 分鐘 分", hour: "小时 小時 个小时 個小時 時間", day: "天 日",
      week: "周 週 个星期 星期 個星期 週間", month: "个月 個月 月 か月 ヶ月 カ月", year: "年"),
    Language([("", "전")], minute: "분", hour: "시간", day: "일", week: "주 주일", month: "개월 달", year: "년"),
    Language(
      [("منذ", ""), ("قبل", "")], minute: "دقيقة دقائق دقيقه", hour: "ساعة ساعات ساعه", day: "يوم أيام ايام يوما",
      week: "أسبوع أسابيع اسبوع اسابيع", month: "شهر أشهر اشهر شهور", year: "سنة سنوات سنه عام"),
    Language(
      [("", "پیش"), ("", "قبل")], minute: "دقیقه", hour: "ساعت", day: "روز", week: "هفته", month: "ماه", year: "سال"),
    Language(
      [("", "once"), ("", "evvel")], minute: "dakika dk", hour: "saat", day: "gun", week: "hafta", month: "ay",
      year: "yil"),
    Language(
      [("", "temu")], minute: "minute minuty minut min", hour: "godzine godziny godzin godz", day: "dzien dni",
      week: "tydzien tygodnie tygodni", month: "miesiac miesiace miesiecy", year: "rok lata lat"),
  ]
}
