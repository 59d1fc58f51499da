import Listings

/// What the words in place of an amount say: given away, on request, in exchange.
///
/// Shape:  a word or phrase counts where it stands by itself in the folded text; in Chinese, Japanese, Korean and Thai,
///         which write no blanks, wherever it stands.
/// Source: the ordinary words of these languages for this, as people write them in price fields.
enum PriceWords {
  /// What a text without an amount says; nil where none of the words is in it. Of several, the first one counts.
  static func state(of text: [UInt8]) -> PriceState? { first(in: text)?.state }

  /// How many bytes of the text the phrase has that says why there is no amount.
  static func length(in text: [UInt8]) -> Int? { first(in: text)?.length }

  private static func first(in text: [UInt8]) -> (place: Int, length: Int, state: PriceState)? {
    guard text.count <= longest else { return nil }
    var best: (place: Int, length: Int, state: PriceState)?
    for phrase in phrases {
      guard let place = place(of: phrase.text, in: text) else { continue }
      if let best, (best.place, -best.length) <= (place, -phrase.text.count) { continue }
      best = (place, phrase.text.count, phrase.state)
    }
    return best
  }

  /// Whether the text begins with one of the words: what follows may be a telephone number, not a price.
  static func begins(_ text: [UInt8]) -> PriceState? {
    phrases.first { text.starts(with: $0.text) && place(of: $0.text, in: text) == 0 }?.state
  }

  /// Longer texts are descriptions that went astray, in which such words mean anything.
  private static let longest = 160

  private static func place(of phrase: [UInt8], in text: [UInt8]) -> Int? {
    guard phrase.count <= text.count else { return nil }
    let needsBorders = isSpaced(phrase[0])
    for start in 0...text.count - phrase.count where text[start] == phrase[0] {
      guard text[start..<start + phrase.count].elementsEqual(phrase) else { continue }
      guard needsBorders else { return start }
      let end = start + phrase.count
      let isWhole = (start == 0 || !isSpaced(text[start - 1])) && (end == text.count || !isSpaced(text[end]))
      if isWhole { return start }
    }
    return nil
  }

  /// Whether a byte is of a letter of a script that puts blanks between words. Bytes from E0 on lead the letters of those
  /// that do not, their tails cannot be told apart; Arabic (D8 to DB) and Cyrillic (D0 to D3) do.
  private static func isSpaced(_ byte: UInt8) -> Bool { byte.isASCIILetter || (0xC3...0xDB).contains(byte) }

  private static let phrases: [(text: [UInt8], state: PriceState)] = {
    let table: [(PriceState, String)] = [(.free, free), (.onRequest, onRequest), (.exchange, exchange)]
    let all = table.flatMap { state, words in
      words.split(whereSeparator: { $0 == "," || $0 == "\n" }).map { word in
        (text: Folding.folded(Array(word.trimmingBlanks.utf8)), state: state)
      }
    }
    return all.filter { !$0.text.isEmpty }.sorted { $0.text.count > $1.text.count }
  }()

  private static let free = """
    free, free of charge, for free, giveaway, give away, gratis, gratuit, gratuitement, à donner, gratuito, grátis,
    regalo, se regala, kostenlos, umsonst, zu verschenken, geschenkt, verschenke, cuma-cuma, miễn phí, tặng, cho không,
    бесплатно, даром, отдам, отдам даром, в дар, безкоштовно, безплатно, bedava, ücretsiz, za darmo, oddam,
    免费, 免費, 白送, 赠送, 贈送, 無料, 무료, 나눔, ฟรี, แจก, مجاني, مجانا, رایگان
    """

  private static let onRequest = """
    ask, ask price, ask for price, please ask, on request, upon request, price on request, price on application, poa, por,
    negotiable, neg, nego, nego tipis, bisa nego, inquire, enquire, enquiry, inquiry, tba, tbd, call, call for price,
    contact, contact me, contact us, contact seller, message, message me, msg, msg me, pm, pm me, pm for price, pmp, dm,
    dm me, inbox, inbox me, ib, make offer, make an offer, best offer, offer, offers, whatsapp,
    sur demande, prix sur demande, à débattre, a debattre, nous consulter, me contacter, nous contacter, en mp, mp,
    a consultar, consultar, consultar precio, a convenir, preguntar, precio a tratar, a tratar, negociable, por privado,
    por inbox, por interno, sob consulta, a combinar, a negociar, negociável, consulte, chamar, chame, chama,
    auf anfrage, preis auf anfrage, vb, vhb, verhandlungsbasis, verhandelbar, preis vs,
    harga nego, hubungi, hubungi penjual, wa, chat, tanya, japri, harga chat, cek inbox,
    liên hệ, lh, lhệ, inb, thỏa thuận, thoả thuận, thương lượng, hỏi giá, nhắn tin, giá inbox,
    договорная, договорная цена, цена договорная, договорная стоимость, по договоренности, по договорённости, договор,
    в лс, лс, цена в лс, пишите, в личку, уточняйте, по запросу, торг, договірна, за домовленістю,
    do uzgodnienia, do negocjacji, pazarlık, sorunuz, mesaj,
    面议, 面議, 面谈, 议价, 議價, 可议, 私聊, 私信, 私我, 私密, 咨询, 諮詢, 详谈, 詳談, 电议, 電議, 详询, 詢價, 询价, 待定, 联系, 加微,
    要相談, 応相談, 応談, 相談, お問い合わせ, 問い合わせ, 협의, 가격문의, 문의, 제시,
    ทักแชท, ทักแชต, ทัก, สอบถาม, ติดต่อ, ต่อรอง, ตกลง, อินบ็อกซ์, อินบ๊อก, หลังไมค์, ถามราคา, ไอบี, ไลน์,
    اتصل, على السوم, السوم, سوم, للتواصل, تواصل, عند الطلب, قابل للتفاوض, تفاوض, خاص, على الخاص, توافقی, تماس, تماس بگیرید
    """

  private static let exchange = """
    swap, swaps, trade, trades, trade only, exchange, barter, for trade, échange, troc, à échanger, cambio, intercambio,
    permuta, trueque, cambalache, troca, troco, tausch, tausche, tauschen, zum tausch, tukar, tukar tambah, barter saja,
    trao đổi, đổi, giao lưu, обмен, обменяю, меняю, обміняю, zamiana, zamienię, takas,
    交换, 交換, 置换, 互换, 换物, 교환, แลก, แลกเปลี่ยน, เทิร์น, مبادلة, للبدل, بدل, تبادل, معاوضه
    """
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    let start = drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
  }
}
