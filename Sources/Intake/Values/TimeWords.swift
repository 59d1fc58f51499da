import Listings

/// Words in dates, as people and platforms write them: en fr es pt it de nl id vi th ru uk pl tr zh ja ko ar fa.
///
/// Shape:  folded, without points.
/// Source: Unicode CLDR 44, months and days, wide and abbreviated; Arabic also as in the Levant and the Maghreb.
enum TimeWords {
  /// 1 to 12.
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

  /// Words that stand in dates and say nothing about them: days of the week, prepositions, "hours".
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

  /// Words that make the hours before noon and those after it.
  static let beforeNoon: Set<String> = words("am sa sang 上午 早上 凌晨 午前 오전 ص")
  static let afterNoon: Set<String> = words("pm ch chieu toi 下午 晚上 午後 오후 م")

  /// What a number before such a word counts in a date.
  static let yearMarks: Set<String> = words("年 년")
  static let monthMarks: Set<String> = words("月 월")
  static let dayMarks: Set<String> = words("日 号 號 일")
  /// What a number after such a word counts.
  static let monthHeads: Set<String> = words("thang thg")

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Folding.folded(String($0)) })
  }
}
