import Listings

/// The words by which `PriceRoles` tells amounts apart, separated by commas.
///
/// Source: the ordinary words of these languages, as shops and classified advertisements use them.
enum PriceRoleWords {
  /// For what is asked now.
  static let present = """
    now, now only, sale price, sale, on sale, offer price, our price, new price, current price, price now, asking,
    asking price, ask, reduced to, down to, dropped to, marked down to, discounted to, special price, special,
    deal price, deal, today,
    today only, buy now, buy it now, ->, =>, →, >>, for,
    maintenant, nouveau prix, prix actuel, prix soldé, désormais, soldé à, plus que, jetzt, jetzt nur, nur, nur noch,
    nun, neuer preis, aktionspreis,
    angebotspreis, aktuell, reduziert auf, ahora, ahora solo, precio actual, precio nuevo, nuevo precio, precio oferta,
    precio de oferta,
    oferta, rebajado a, agora, por, por apenas, por só, preço atual, novo preço, ora, ora solo, adesso, prezzo attuale,
    nuovo prezzo, scontato a,
    nu, nu voor, voor, nieuwe prijs, nuvarande pris, nu bara, nå, nå kun, ny pris, nyt, nyt vain, uusi hinta, teraz,
    teraz tylko,
    nowa cena, cena promocyjna, nyní, teď, nová cena, akční cena, most, most csak, új ár, akciós ár, acum, preț nou,
    preț redus, preț actual, сега, нова цена,
    зараз, тепер, нова ціна, сейчас, теперь, стало, новая цена, цена со скидкой, со скидкой, yeni fiyat, şimdi,
    şimdi sadece, indirimli fiyat, indirimli, τώρα, νέα τιμή,
    الآن, الان, السعر الجديد, بعد الخصم, اکنون, قیمت جدید, עכשיו, רק, מחיר חדש,
    现价, 現價, 现售, 現售, 特价, 特價, 售价, 售價, 优惠价, 優惠價, 折后, 折後, 折后价, 到手价, 券后, 券后价, 活动价, 活動價, 秒杀价, 促销价, 促銷價, 今は,
    特価, 現在価格, セール価格, 販売価格, 割引価格, 値下げ後, 税込, 税込価格, 판매가, 할인가, 할인, 현재가, 지금, 특가, ลดเหลือ, เหลือ, เหลือเพียง, ราคาพิเศษ,
    ลดราคาเหลือ, วันนี้, ตอนนี้,
    giá mới, giảm còn, chỉ còn, còn, nay chỉ còn, nay còn, bây giờ, giá khuyến mãi, giá sale, sekarang, jadi,
    harga promo, harga diskon, harga sekarang, kini, अब, এখন, اب
    """

  /// For what was asked before, or elsewhere.
  static let former = """
    was, were, before, old price, old, previously, original price, original, originally, orig, orig., list price, list,
    regular price,
    regular, reg, reg., normal price, normally, usual price, usually, rrp, srp, msrp, mrp, retail, retail price,
    retails for, retails at, paid, i paid, bought for, bought at, purchased for, purchased at,
    cost me, cost new, new cost, price new, worth, valued at, value, instead of, rather than, compare at, compared to,
    reduced from, down from, dropped from, marked down from,
    au lieu de, ancien prix, avant, était, prix d'origine, prix initial, prix barré, prix neuf, valeur, acheté, payé,
    statt, anstatt, vorher, uvp, np, neupreis, alter preis, altpreis, ursprünglich,
    früher, ehemals, listenpreis, normalpreis, war, bisher, antes, precio anterior, precio original, precio normal,
    precio de lista, precio regular, precio antiguo, era, costaba, en vez de, en lugar de, preço anterior,
    preço original,
    preço normal, preço antigo, em vez de, prima, prezzo originale, prezzo di listino, prezzo pieno, anziché, invece di,
    vecchio prezzo, costava, voorheen, nieuwprijs, adviesprijs, oude prijs, was eerst,
    in plaats van, ord. pris, ord pris, ordinarie pris, ordinarie, förr, tidigare, nypris, före, istället för, før,
    tidligere, normalpris, førpris, veiledende, ennen, norm., ovh, było, była, cena regularna, stara cena, poprzednio,
    zamiast, wcześniej, przedtem,
    původně, původní cena, místo, dříve, předtím, stará cena, régi ár, eredeti ár, korábban, eredetileg, volt,
    preț vechi, în loc de, înainte, preț inițial, стара цена, вместо, преди,
    було, була, був, стара ціна, замість, раніше, было, была, старая цена, раньше, ранее, без скидки, до скидки,
    цена без скидки, eski fiyat, önceki fiyat, önce, eskiden, liste fiyatı, πριν, αρχική τιμή, παλιά τιμή,
    بدلا من, كان, كانت, السعر القديم, قبل, قبل الخصم, قیمت قبلی, قبلا, במקום, היה, מחיר קודם, מחיר מקורי,
    原价, 原價, 原售价, 原售價, 定价, 定價, 市场价, 市場價, 吊牌价, 建議售價, 门市价, 划线价, 买入价, 入手价, 購入価格, 通常価格, 通常, 定価, 元値, 参考価格, 希望小売価格, 旧価格,
    정가, 원가, 원래, 기존가, 출시가, 구매가, 소비자가, ปกติ, ราคาปกติ, ราคาเดิม, ลดจาก, จากราคา, จากปกติ, ซื้อมา,
    giá cũ, giá gốc, giá niêm yết, trước, trước đây, giá thị trường, thay vì, harga normal, harga asli, harga lama,
    sebelumnya, harga awal, harga coret, dulu, harga asal, पहले, मूल कीमत, আগে, پہلے
    """

  /// For something beside the price: postage, deposits, discounts.
  static let extra = """
    shipping, ship, postage, posting, p&p, delivery, delivery fee, delivery charge, s&h, freight, handling, courier,
    packing, fee, fees, deposit, down payment, downpayment, security deposit,
    save, saving, savings, you save, discount, import charges, est. delivery,
    frais de port, frais d'envoi, frais de livraison, livraison, expédition, envoi, port, acompte, caution, arrhes,
    économisez, versand, versandkosten, porto, lieferung, zzgl, zzgl., zuzüglich, anzahlung, kaution, pfand, sie sparen,
    gespart,
    envío, gastos de envío, coste de envío, costo de envío, anticipo, depósito, enganche, seña, ahorra, ahorras, frete,
    portes, envio, entrada, sinal, caução, spedizione, spese di spedizione, acconto, caparra, consegna, risparmi,
    verzendkosten, verzending, verzenden, bezorging, borg, frakt, porto, levering, fragt, forsendelse, toimitus,
    toimituskulut, postikulut, wysyłka, przesyłka, dostawa, koszt wysyłki, kaucja, zaliczka, poštovné, doprava,
    dopravné, záloha,
    szállítás, posta, postaköltség, foglaló, transport, livrare, avans, доставка, доставката, капаро, доставки,
    завдаток, застава, пересылка, залог, предоплата, аванс, скидка, kargo, kargo ücreti, kapora, depozito, μεταφορικά,
    شحن, الشحن, توصيل, التوصيل, عربون, خصم, هزینه ارسال, ارسال, بیعانه, משלוח, מקדמה, פיקדון,
    运费, 運費, 邮费, 郵費, 郵資, 快递, 快递费, 定金, 訂金, 押金, 手续费, 手續費, 立减, 立減, 优惠, 送料, 送料別, 配送料, 手数料, 頭金, 保証金, 택배비, 배송비, 예약금, 보증금, 계약금,
    ค่าส่ง, ค่าจัดส่ง, ค่าขนส่ง, มัดจำ, ส่วนลด, phí ship, phí vận chuyển, tiền ship, ship, cọc, đặt cọc, tiền cọc, giảm,
    ongkir, ongkos kirim, biaya kirim, dp, uang muka, deposit, डिलीवरी, शिपिंग, ডেলিভারি, ডেলিভারি চার্জ
    """

  /// Only after an amount: `$50 off`, `₱80 SF`.
  static let extraBehind = "off, sf, down, extra shipping, de réduction, de descuento, de desconto, rabatt, korting, 折"

  /// Only after an amount that was asked before.
  static let formerBehind = "円のところ, のところ, helyett, yerine, からの, 대신, ก่อนลด"

  /// Beside words of `extra`: included in the price, or not to be paid.
  static let included = """
    free, incl, incl., including, included, includes, inc, inc., with, plus free, no, without, excl, excl., excluding,
    excluded, not included, paid, available, extra, inclus, incluse, comprise, compris, gratuit, gratuite, gratuits,
    offert, offerte, inkl, inkl.,
    inklusive, kostenlos, gratis, frei, möglich, incluido, incluida, incluidos, incluso, inclusa, inclusi, grátis,
    gratuita, gratuito, fri, ingår, inbegrepen, inclusief, mogelijk, wliczona, w cenie, zdarma, v ceně, ingyenes,
    inclus, gratuit,
    включена, бесплатно, бесплатная, безкоштовна, включено, безплатна, dahil, ücretsiz, bedava, مجاني, مجانا, شامل,
    کלול, חינם, כלול, 込, 込み, 無料, 別, 包, 包邮, 免, 免费, 免費, 포함, 무료, 별도, ฟรี, รวม, miễn phí, free ship, termasuk, percuma
    """

  /// Words that may come between one of these and the amount.
  static let connectors = """
    price, prices, at, of, is, was, for, only, just, from, to, cost, costs, charge, charges, about, approx, approx., ca,
    ca., around, a, à, de, d', du, des, prix, von, zu, für, nur, preis, en, el, la, precio, del, da, di, do, per, il,
    prezzo, preço, van, voor, prijs, på, för, til, pris, po, za, cena, ár, preț, цена, ціна, за,
    по, в, fiyat, fiyatı, سعر, السعر, של, ב, 价, 價, 价格, 價格, は, が, 가격, ราคา, giá, harga
    """

  /// Words that may come between an amount and one of these after it: `4,90 € de frais de port`.
  static let connectorsBehind = "of, for, for the, de, d', du, des, di, do, da, za, für, för, voor, na, за, на"

  /// For payments of which several make up the price.
  static let instalments = """
      payments, payment of, instalments, installments, instalment, installment, emi, per month for, klarna, afterpay,
    cuotas, cuota, mensualidades, mensualidad, meses sin intereses, msi, plazos, parcelas, parcela, prestações,
    prestação, vezes, rate da, rate x, rate de, rate a, rate di, rate po, raten, rate von, ratenzahlung, monatsraten,
    versements, mensualités, mensualité, échéances,
    termijnen, termijnbetaling, delbetalning, delbetaling, avbetalning, månadskostnad, avdrag, rat po, splátek, splátky,
    částlet, részlet, havi, вноски, платежей, платежа, платежами, рассрочка, в рассрочку, платежів, платежі, частинами,
    розстрочка, taksit, taksitle, δόσεις, άτοκες,
    تقسيط, قسط, أقساط, اقساط, قسطی, תשלומים, תשלום, cicilan, angsuran, ansuran, cicil, trả góp, góp, ผ่อน, เดือนละ,
    งวดละ, งวด, 月々, 分割, 回払い, 分期, 每期, 月供, 月付, 할부, 월, किस्त, কিস্তি, قسطوں
    """

  /// After instalments, an amount that follows one of these is the whole price.
  static let or =
    "or, ou, o, oder, lub, nebo, vagy, sau, или, або, eller, tai, atau, hoặc, 或, または, 또는, หรือ, veya, أو, یا, או, ή"

  /// After an amount that is paid every month.
  static let monthly = """
    /mo, /mo., /mth, /month, /mnth, per month, a month, monthly, pm, pcm, /mån, /mnd, /md, /monat, pro monat, im monat,
    mtl, mtl., /mes, al mes, por mes, /mês, por mês, ao mês, /mois, par mois, al mese, /mese, per maand, /maand, /мес,
    в месяц, /міс, на місяць, /ay, aylık, /tháng, một tháng, /bulan, per bulan, sebulan,
    /月, 每月, /월, เดือนละ, ต่อเดือน, /เดือน, شهريا, /month
    """

  /// After the number of payments.
  static let months = """
    months, month, mo, mos, mths, payments, emi, mån, månader, måneder, mnd, monate, monaten, raten, meses, mes, mois,
    mesi, maanden, maand, kuukautta, miesięcy, měsíců, hónap, luni, месяцев, місяців, мес, ay, taksit, bulan, tháng, ヶ月,
    か月, 回, 期, 个月, 個月, 개월, เดือน, شهر, شهور, חודשים
    """
}

/// A set of words and phrases to find in the text of a price.
///
/// Cost:   compares the few phrases that share their first or last byte with a position of the text.
struct PricePhrases {
  /// One phrase, and what it says about an amount.
  struct Phrase {
    let text: [UInt8]
    let role: PriceRoles.Role
    /// Whether it has accents without which it is another word: `før` is "before", `for` is not.
    let isAccented: Bool
    var count: Int { text.count }
  }

  private var byFirst: [[Phrase]] = Array(repeating: [], count: 256)
  private var byLast: [[Phrase]] = Array(repeating: [], count: 256)

  /// - Parameter lists: words separated by commas or line breaks, and what they say about an amount.
  init(_ lists: [(PriceRoles.Role, words: String)]) {
    for (role, words) in lists {
      for word in words.split(whereSeparator: { $0 == "," || $0 == "\n" }) { add(word.trimmingBlanks, role) }
    }
    for index in 0..<256 {
      byFirst[index].sort { $0.count > $1.count }
      byLast[index].sort { $0.count > $1.count }
    }
  }

  /// A set of phrases without roles.
  init(_ words: String) { self.init([(.none, words)]) }

  /// Adds one phrase to both indexes.
  private mutating func add(_ word: Substring, _ role: PriceRoles.Role) {
    let notation = PriceNotation(String(word))
    guard let first = notation.text.first, let last = notation.text.last else { return }
    let phrase = Phrase(
      text: notation.text, role: role, isAccented: notation.forms.contains(PriceNotation.accented))
    byFirst[Int(first)].append(phrase)
    byLast[Int(last)].append(phrase)
  }

  /// The longest phrase that begins at `start` and ends by `limit`.
  func first(at start: Int, upTo limit: Int, in notation: PriceNotation) -> Phrase? {
    guard start < limit else { return nil }
    return byFirst[Int(notation.text[start])].first { phrase in
      start + phrase.count <= limit && occurs(phrase, start, notation)
    }
  }

  /// The longest phrase that ends at `end` and does not begin before `start`.
  func last(endingAt end: Int, from start: Int, in notation: PriceNotation) -> Phrase? {
    guard end > start else { return nil }
    return byLast[Int(notation.text[end - 1])].first { phrase in
      end - phrase.count >= start && occurs(phrase, end - phrase.count, notation)
    }
  }

  /// Where the phrases in a range end, in the order of their beginnings.
  func ends(in range: Range<Int>, of notation: PriceNotation) -> [Int] {
    range.compactMap { start in first(at: start, upTo: range.upperBound, in: notation).map { start + $0.count } }
  }

  /// Whether a phrase occurs here as whole words.
  private func occurs(_ phrase: Phrase, _ start: Int, _ notation: PriceNotation) -> Bool {
    let range = start..<start + phrase.count
    guard notation.has(phrase.text, at: start), notation.isWhole(range) else { return false }
    // Short words must have the accents of the list.
    return phrase.count > 3 || phrase.isAccented == notation.forms(of: range).contains(PriceNotation.accented)
  }
}
