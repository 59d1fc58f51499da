import Listings

/// Interprets words that replace an amount: given away, on request, in exchange, none named.
///
/// Shape:  a word or phrase counts where it is separate; in Chinese, Japanese, Korean and Thai, which have no blanks,
///         wherever it occurs.
/// Cost:   compares the few phrases that share a first byte with a position of the text.
enum PriceWords {
  /// What a phrase says.
  private enum Kind {
    case free, contact, terms, exchange, unstated
    /// Says nothing about the price, although its words alone would: `free shipping`.
    case other

    var state: PriceState? {
      switch self {
      case .free: .free
      case .contact, .terms: .onRequest
      case .exchange: .exchange
      case .unstated: .missing
      case .other: nil
      }
    }
  }

  /// A phrase, normalised.
  private struct Phrase {
    let text: [UInt8]
    let kind: Kind
  }

  /// What a text without an amount says; nil where it has none of the words. The first of several counts.
  static func state(of notation: PriceNotation) -> PriceState? { first(in: notation)?.phrase.kind.state }

  /// The phrase that says why there is no amount, normalised.
  static func phrase(in notation: PriceNotation) -> [UInt8]? { first(in: notation)?.phrase.text }

  /// The first phrase in the text.
  private static func first(in notation: PriceNotation) -> (index: Int, phrase: Phrase)? {
    guard notation.text.count <= maximumLength else { return nil }
    for start in notation.text.indices {
      if let phrase = phrase(at: start, in: notation) { return (start, phrase) }
    }
    return nil
  }

  /// The longest phrase that occurs separately at `start`.
  private static func phrase(at start: Int, in notation: PriceNotation) -> Phrase? {
    phrases[Int(notation.text[start])].first { phrase in
      let range = start..<start + phrase.text.count
      return notation.has(phrase.text, at: start) && notation.isWhole(range) && !isHyphenated(range, notation)
    }
  }

  /// What the text begins with, where a telephone number (`call 081…`) or a count (`free 2 kittens`) may follow. After words
  /// for terms (`nego 500`), a number may be the price.
  static func begins(_ notation: PriceNotation, _ numbers: [PricedNumber]) -> PriceState? {
    let phrase = notation.text.isEmpty ? nil : phrase(at: 0, in: notation)
    guard let phrase else { return nil }
    let mayBeAmount = numbers.contains { $0.problem == nil && $0.digits.count <= 7 }
    return phrase.kind == .terms && mayBeAmount ? nil : phrase.kind.state
  }

  /// Longer texts are misplaced descriptions, in which such words may mean anything.
  private static let maximumLength = 160

  /// Whether it is part of another word: `interest-free`, `free-standing`.
  private static func isHyphenated(_ range: Range<Int>, _ notation: PriceNotation) -> Bool {
    let hyphen: [UInt8] = [UInt8(ascii: "-")]
    let (start, end) = (range.lowerBound, range.upperBound)
    return start > 0 && notation.has(hyphen, at: start - 1) && notation.isWordLetter(before: start - 1)
      || notation.has(hyphen, at: end) && notation.isWordLetter(at: end + 1)
  }

  /// All phrases by their first byte, longest first.
  private static let phrases: [[Phrase]] = {
    let table: [(Kind, String)] = [
      (.other, PriceWordLists.other), (.unstated, PriceWordLists.unstated), (.free, PriceWordLists.free),
      (.contact, PriceWordLists.contact), (.terms, PriceWordLists.terms), (.exchange, PriceWordLists.exchange),
    ]
    var phrases: [[Phrase]] = Array(repeating: [], count: 256)
    for (kind, words) in table {
      for word in words.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
        let text = PriceNotation.folded(word.trimmingBlanks)
        if let first = text.first { phrases[Int(first)].append(Phrase(text: text, kind: kind)) }
      }
    }
    for index in phrases.indices { phrases[index].sort { $0.text.count > $1.text.count } }
    return phrases
  }()
}

extension Substring {
  /// The text without blanks at either end.
  var trimmingBlanks: Substring {
    let start = drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
  }
}

/// The words that replace an amount, separated by commas.
///
/// Source: the ordinary words of these languages, as people write them in price fields.
enum PriceWordLists {
  /// It is given away.
  static let free = """
    free, free of charge, for free, free to collector, free to good home, giveaway, give away, gratis, gratuit,
    gratuite, gratuitement, à donner, donne, je donne, don, gratuito, gratuita, grátis,
    regalo, se regala, regalado, kostenlos, umsonst, zu verschenken, geschenkt, verschenke, zum verschenken, cuma-cuma,
    percuma, libre, libre lang, miễn phí, tặng, cho không, cho tặng, tặng miễn phí,
    бесплатно, даром, отдам, отдам даром, отдаю, отдаю даром, в дар, в добрые руки, дарю, безкоштовно, безплатно,
    віддам, віддам безкоштовно, даром, подарю, подарявам, подарък, бесплатна, bedava, ücretsiz, za darmo, oddam,
    oddam za darmo, za friko, bezpłatnie,
    zdarma, daruji, za odvoz, daruju, zadarmo, darujem, ingyen, ingyenes, ingyen elvihető, elajándékozom, ajándékba,
    cadou, donez, gratuit, de donat, ofer gratuit, doa-se, doação, dou, ofereço, de graça, de borla, in regalo,
    regalasi, regalo, gratis op te halen, gratis af te halen, weggeven,
    bortskänkes, skänkes, gives bort, gis bort, gratis afhentning, foræres, gives væk, ilmainen, ilmaiseksi, annetaan,
    lahjoitetaan, δωρεάν, χαρίζεται, дається, besplatno, poklanjam, brezplačno, tasuta, nemokamai, bez maksas, bure,
    ya bure, doneaza,
    免费, 免費, 白送, 赠送, 贈送, 免费送, 送人, 无偿, 無償, 無料, 無料で, タダ, ただ, 差し上げます, 譲渡無料, 무료, 나눔, 무료나눔, 공짜, 드림, ฟรี, แจก, แจกฟรี, ให้ฟรี,
    ยกให้, مجاني, مجانا, بالمجان, هدية, رایگان, هدیه, مفت, חינם, בחינם, למסירה, מתנה,
    मुफ्त, मुफ़्त, निःशुल्क, फ्री, বিনামূল্যে, ফ্রি, ຟຣີ, ឥតគិតថ្លៃ, အခမဲ့, тегін, უფასო, անվճար, pulsuz, bepul
    """

  /// One has to ask.
  static let contact = """
    ask price, ask for price, please ask, ask me, ask seller, on request, upon request, price on request,
    price upon request, price on application, on application, price on enquiry, price on inquiry, on enquiry,
    price by request, price available on request, poa, por,
    inquire, enquire, enquiry, inquiry, inquire for price, price on asking, tba, tbd, tbc, to be announced, call,
    call me, call for price, call for pricing, call us, please call, contact, contact me, contact us, contact seller,
    contact agent, contact for price, please contact, contact owner,
    message, message me, message for price, msg, msg me, pm, pm me, pm for price, pm sent, pmp, dm, dm me, dm for price,
    inbox, inbox me, inbox for price, ib, whatsapp, text me, email me, email for price, see description, see desc,
    see details, refer description, read description, quote, request a quote, get quote, quotation,
    sur demande, prix sur demande, nous consulter, me consulter, consultez-nous, me contacter, nous contacter,
    contactez-moi, en mp, mp, voir description, voir annonce, prix en mp, sur devis, devis,
    a consultar, consultar, consultar precio, consultar por privado, precio a consultar, consulte precio, preguntar,
    preguntar precio, pregunta precio, por privado, por inbox, por interno, inbox precio, mp precio,
    precio en descripción, ver descripción, precio por inbox, precio por interno, contactar, solicitar precio, llamar,
    sob consulta, preço sob consulta, sob pedido, consulte, consulte-nos, consulte o preço, chamar, chame, chama,
    chama no whats, ver descrição, contactar vendedor,
    auf anfrage, preis auf anfrage, preis nach anfrage, bitte anfragen, anfragen, siehe beschreibung, siehe text,
    kontaktieren, preis per nachricht, op aanvraag, prijs op aanvraag, zie omschrijving, zie beschrijving,
    neem contact op, su richiesta, prezzo su richiesta, da richiedere, contattare, contattatemi, in privato, chiedere,
    trattativa riservata, vedi descrizione,
    på förfrågan, pris på förfrågan, se beskrivning, se annons, ring, kontakta mig, på forespørsel, pris på forespørsel,
    ta kontakt, se beskrivelse, på forespørgsel, pris på forespørgsel, se annonce, kysy hinta, kysy, hinta pyynnöstä,
    pyydä hinta, na zapytanie, cena na zapytanie, zapytaj o cenę, zapytaj, proszę o kontakt, kontakt, na telefon,
    cena na priv, priv, na dotaz, cena na dotaz, info v textu, v textu, v popise, na vyžiadanie, na vyžádání,
    ajánlatkérés, érdeklődjön, kérésre, hívjon, ár kérésre,
    la cerere, preț la cerere, contactați, contactează, cere ofertă, по запитване, цена по запитване, при запитване,
    попитай, за запитом, ціна за запитом, запитуйте, дзвоніть, пишіть, в особисті, ціна в особисті, уточнюйте, на упит,
    na upit, cijena na upit, cena na upit, cena po dogovoru na tel, po povpraševanju, κατόπιν επικοινωνίας,
    επικοινωνήστε, ρωτήστε, τηλεφωνήστε,
    в лс, лс, цена в лс, пишите, пишите в лс, в личку, в личные сообщения, в директ, цена в директ, директ, уточняйте,
    уточняйте цену, по запросу, цена по запросу, звоните, по телефону, цену уточняйте, смотрите описание, см. описание,
    в описании,
    hubungi, hubungi penjual, hubungi kami, hubungi saya, hubungi untuk harga, wa, wa aja, chat, chat penjual, tanya,
    tanya harga, tanya penjual, japri, harga chat, harga hubungi, harga japri, cek inbox, cek deskripsi,
    lihat deskripsi, sila pm, pm harga, pm untuk harga, whatsapp untuk harga, sorunuz, fiyat sorunuz, fiyat sorun,
    fiyat için arayınız, fiyat için mesaj, arayınız, arayın, mesaj, mesaj atın, iletişime geçin, açıklamada,
    liên hệ, giá liên hệ, lh, lhệ, inb, ib giá, inbox giá, hỏi giá, nhắn tin, giá inbox, gọi điện, alo, zalo, xem mô tả,
    báo giá,
    私聊, 私信, 私我, 私密, 咨询, 諮詢, 详谈, 詳談, 电议, 電議, 详询, 詳詢, 詢價, 询价, 待定, 联系, 聯絡, 聯繫, 加微, 看描述, 见描述, 看内容, 看內文, 来电, 來電, 请咨询, 請洽詢,
    洽詢, 私訊, 密我, 價格私訊, お問い合わせ, 問い合わせ, 要問い合わせ, お問合せ, 要問合せ, 価格はお問い合わせ, コメントください, 説明欄, 가격문의, 문의, 문의주세요, 연락주세요, 연락, 채팅, 쪽지,
    댓글, 전화문의, 시세문의,
    ทักแชท, ทักแชต, ทัก, ทักถาม, ทักมา, สอบถาม, สอบถามราคา, สอบถามเพิ่มเติม, ติดต่อ, ติดต่อผู้ขาย, ติดต่อสอบถาม,
    โทรสอบถาม, โทร, อินบ็อกซ์, อินบ๊อก, อินบอก, หลังไมค์, ถามราคา, ไอบี, ไลน์, ดูรายละเอียด,
    اتصل, اتصل لمعرفة السعر, السعر عند الاتصال, عند الاتصال, للتواصل, تواصل, تواصل معنا, تواصل واتس, عند الطلب,
    السعر عند الطلب, خاص, على الخاص, السعر خاص, راسلني, اسأل عن السعر, حسب الاتصال, تماس, تماس بگیرید,
    برای قیمت تماس بگیرید, دایرکت, قیمت دایرکت, استعلام, رابطہ کریں, قیمت کے لیے رابطہ کریں, קیמת پوچھیں, התקשרו,
    צרו קשר, לפרטים, מחיר בפנייה, לפי בקשה, מחיר לפי בקשה, שאלו,
    संपर्क करें, कीमत पूछें, पूछें, कीमत के लिए संपर्क करें, कॉल करें, যোগাযোগ করুন, ইনবক্স, ইনবক্স করুন, কল করুন,
    মূল্য জানতে, দাম জানতে, ຕິດຕໍ່, ສອບຖາມ, ទំនាក់ទំនង, ឆាត, ဆက်သွယ်ရန်, ဈေးမေးရန်, wasiliana, piga simu
    """

  /// The price is to be agreed or offered.
  static let terms = """
    ask, negotiable, slightly negotiable, price negotiable, neg, nego, nego tipis, bisa nego, boleh nego,
    price by negotiation, by negotiation, best price, make offer, make an offer, make me an offer, best offer,
    best offers, offer, offers, offers invited, offers welcome, open to offers, offers over, taking offers,
    accepting offers, send offers, obo, ono, or best offer, or near offer, highest bid, bid, bids, auction, no reserve,
    reasonable price, to be discussed, to be agreed, price to be discussed,
    à débattre, a debattre, prix à débattre, négociable, prix négociable, faire offre, faire une offre, faites offre,
    faites une offre, faites-moi une offre, à discuter, prix à discuter, à négocier, offre, offres, au plus offrant,
    meilleure offre, a convenir, precio a convenir, a tratar, precio a tratar, negociable, precio negociable,
    a negociar, conversable, ofrezcan, ofrezca, haz tu oferta, hacer oferta, mejor oferta, al mejor postor,
    se escuchan ofertas, escucho ofertas, ofertas, a discutir, a combinar, preço a combinar, negociável,
    preço negociável, aceito propostas, aceito ofertas, faça sua oferta, melhor oferta, fazer proposta, por negociar,
    vb, vhb, verhandlungsbasis, verhandelbar, preis verhandelbar, preis vs, vs, nach vereinbarung, nach absprache,
    preis nach vereinbarung, preis nach absprache, gegen gebot, gebot, gebote, höchstgebot, bestes angebot, angebot,
    preisvorschlag, preisvorschläge, machen sie ein angebot, biete, bieden, bod, doe een bod, t.e.a.b., teab, n.o.t.k.,
    notk, overeen te komen, nader overeen te komen, prijs overeen te komen, prijs n.o.t.k., bespreekbaar, trattabile,
    prezzo trattabile, trattabili, da concordare, da definire, prezzo da concordare, fare offerta, fai un'offerta,
    offerta, miglior offerente, al miglior offerente, trattativa,
    högstbjudande, till högstbjudande, lägg bud, bud, bud mottages, prisförslag, pris diskuteras, förhandlingsbart,
    høystbydende, til høystbydende, gi bud, kom med bud, pris etter avtale, etter avtale, højestbydende, byd,
    kom med et bud, giv et bud, pris efter aftale, efter aftale, tarjous, tee tarjous, tarjoa, eniten tarjoavalle,
    sopimuksen mukaan, hinta sovitaan, sopimushinta, neuvoteltavissa,
    do uzgodnienia, cena do uzgodnienia, do negocjacji, cena do negocjacji, do ustalenia, cena umowna, umowna, za umową,
    oferta, oferty, proszę o oferty, najlepsza oferta, dohodou, cena dohodou, cenu nabídněte, nabídněte, nabídněte cenu,
    nabídka, dle dohody, nejvyšší nabídce, ponúknite, ponuka, cena dohodou, dohodou možná, dohoda, megegyezés szerint,
    ár megegyezés szerint, megegyezés, alkuképes, ajánlat, ajánlatot várok, licit, legjobb ajánlat, negociabil,
    preț negociabil, la înțelegere, după înțelegere, oferta ta, fă o ofertă, discutabil, по договаряне, по договорка,
    цена по договаряне, договаряне, предложете,
    договірна, ціна договірна, за домовленістю, договірна ціна, торг, пропонуйте, запропонуйте, договорная,
    договорная цена, цена договорная, договорная стоимость, по договоренности, по договорённости,
    цена по договоренности, договор, торг, торг уместен, предложите, предложите цену, предлагайте, ваша цена, аукцион,
    келісімді, келісімді баға, келісім бойынша, dogovor, po dogovoru, cijena po dogovoru, cena po dogovoru, po dogovoru,
    dogovorno, po dogovoru, sutartinė, kokkuleppel, vienojoties, συζητήσιμη, συζητήσιμο, κατόπιν συμφωνίας, προσφορά,
    harga nego, nego harga, harga bisa nego, tawar, boleh tawar, silakan tawar, boleh runding, harga runding, runding,
    tawaran, best offer aja, lelang, pazarlık, pazarlıklı, pazarlık payı var, teklif, teklif verin, teklif ver,
    anlaşmalı, razılaşma yolu ilə, kelishiladi, kelishilgan holda, maelewano, yaongeleka, bei maelewano,
    thỏa thuận, thoả thuận, giá thỏa thuận, giá thoả thuận, thương lượng, giá thương lượng, trả giá, có thương lượng,
    đấu giá, ra giá,
    面议, 面議, 价格面议, 面谈, 面談, 议价, 議價, 可议, 可議, 可议价, 可刀, 价格可谈, 可谈, 可小刀, 价格私聊, 出价, 出價, 請出價, 请出价, 请报价, 报价, 報價, 自行出價, 竞价, 競標, 拍卖,
    要相談, 応相談, 価格応相談, 応談, 相談, 価格相談, 価格交渉, 交渉可, 希望価格, ご提示ください, オークション, 협의, 가격협의, 가격 협의, 가격제안, 가격 제안, 제안, 제시, 가격제시, 네고,
    네고가능, 협의가능, 제시요, 경매,
    ต่อรอง, ต่อรองได้, ตกลง, ตกลงราคา, ราคาตกลงกัน, เสนอราคา, เสนอ, ประมูล, على السوم, السوم, سوم, قابل للتفاوض,
    السعر قابل للتفاوض, تفاوض, حسب الاتفاق, أعلى سعر, مزاد, توافقی, قیمت توافقی, قابل مذاکره, پیشنهاد دهید, مناسب قیمت,
    גמיש, מחיר גמיש, הצעות, לפי הצעה, למרבה במחיר, בתיאום, נתון למשא ומתן,
    मोलभाव, बातचीत योग्य, कीमत बातचीत, আলোচনা সাপেক্ষে, আলোচনা, আলোচনাযোগ্য, দর কষাকষি, ਗੱਲਬਾਤ, ຕໍ່ລອງ, ຕົກລົງກັນ, ចរចា,
    អាចចរចា, ညှိနှိုင်း, ညှိနှိုင်းဈေး
    """

  /// Something is wanted in return.
  static let exchange = """
    swap, swaps, swap only, trade, trades, trade only, for trade, for swap, exchange, barter, swap or exchange,
    part exchange, px, looking to swap, échange, échanges, troc, à échanger, contre échange, cambio, cambios,
    intercambio, intercambiar, permuta, permuto, trueque, cambalache, troca, trocas, troco, troca por, tausch, tausche,
    tauschen, zum tausch, im tausch, nur tausch,
    ruil, ruilen, te ruil, inruil, scambio, scambi, scambiare, permuta, byte, bytes, byta, byttes, bytte, bytt, vaihto,
    vaihdetaan, vaihdossa, tukar, tukar tambah, barter saja, tuker, tukaran, trao đổi, đổi, giao lưu, đổi lấy, обмен,
    обменяю, меняю, обмін, обміняю, міняю, бартер, замяна, заменям, размяна, айырбас, айырбастау, zamiana, zamienię,
    wymiana, wymienię, na wymianę, výměna, vyměním, výmena, vymením, csere, cserélem, cserélném, cserébe, schimb,
    fac schimb, la schimb, takas, takas olur, değişim, zamjena, mijenjam, zamena, menjam, ανταλλαγή, ανταλλάσσεται,
    dəyişdirilir, almaşıram, almashtiraman, badilisha, kubadilishana,
    交换, 交換, 置换, 互换, 换物, 以物易物, 換物, 物々交換, 交換希望, 교환, 맞교환, 교신, แลก, แลกเปลี่ยน, เทิร์น, แลกของ, مبادلة, مقايضة, للبدل, بدل,
    تبادل, معاوضه, تهاتر, החלפה, טרייד, להחלפה, बदले में, अदला बदली, এক্সচেঞ্জ, বিনিময়, ਵਟਾਂਦਰਾ, ແລກປ່ຽນ, ប្តូរ,
    လဲလှယ်
    """

  /// No price is named, or none any more.
  static let unstated = """
    no price, no price given, no price listed, no price stated, price not given, price not listed, price not specified,
    price not available, price unavailable, price not shown, price not disclosed, price undisclosed, not specified,
    not listed, not stated, not available, unpriced, without price, price hidden, price unknown, unknown, unavailable,
    sold, sold out, out of stock, not for sale, nfs, no longer available, wanted,
    pas de prix, sans prix, prix non indiqué, prix non spécifié, prix non communiqué, prix non renseigné,
    prix non précisé, prix nc, non renseigné, non communiqué, non spécifié, vendu, épuisé, indisponible,
    rupture de stock, sin precio, precio no indicado, precio no especificado, precio no disponible, no especificado,
    no disponible, vendido, vendida, agotado, sem preço, preço não informado, preço não indicado, não informado,
    sem valor, esgotado, indisponível,
    kein preis, ohne preis, ohne preisangabe, keine preisangabe, keine angabe, k.a., k. a., preis nicht angegeben,
    verkauft, ausverkauft, nicht verfügbar, geen prijs, prijs onbekend, n.v.t., nvt, n.n.b., verkocht, uitverkocht,
    senza prezzo, prezzo non disponibile, prezzo non indicato, nessun prezzo, non specificato, venduto, esaurito,
    inget pris, pris saknas, ej angivet, ej prissatt, såld, slutsåld, ingen pris, pris ikke oppgitt, ikke oppgitt,
    ikke oplyst, pris ikke oplyst, solgt, udsolgt, utsolgt, ei hintaa, ei ilmoitettu, hinta puuttuu, myyty,
    brak ceny, bez ceny, cena niepodana, nie podano, nie podano ceny, sprzedane, sprzedany, bez ceny, cena neuvedena,
    neuvedeno, neuvedené, prodáno, predané, nincs ár, ár nélkül, nincs megadva, eladva, elkelt, fără preț,
    preț nespecificat, nespecificat, vândut, без цена, цена не е посочена, не е посочена, продадено, без ціни,
    ціна не вказана, не вказано, не вказана, продано, цена не указана, не указана, не указано, без цены, нет цены,
    продано, нет в наличии, бағасы көрсетілмеген, bez cijene, bez cene, prodato, prodano, χωρίς τιμή, πωλήθηκε,
    fiyat yok, fiyat belirtilmemiş, belirtilmemiş, fiyat bilgisi yok, fiyatsız, satıldı, tükendi, tanpa harga,
    harga tidak tersedia, harga tidak dicantumkan, tidak ada harga, tiada harga, harga tidak dinyatakan, terjual, habis,
    không có giá, chưa có giá, không giá, đang cập nhật, giá đang cập nhật, hết hàng, đã bán,
    无价格, 暂无价格, 暂无报价, 未标价, 未填价格, 价格未知, 无报价, 暂无, 无标价, 非卖品, 非賣品, 已售, 已售出, 已出, 售罄, 卖出, 缺货, 無價格, 未標價, 價格未定, 已售完, 価格なし, 価格未定,
    未定, 価格未設定, 非売品, 売り切れ, 売切れ, 売約済み, オープン価格, 가격없음, 가격 없음, 가격미정, 미정, 가격 미정, 판매완료, 거래완료, 품절, ไม่ระบุ, ไม่ระบุราคา,
    ไม่มีราคา, ไม่แจ้งราคา, ขายแล้ว, สินค้าหมด, หมด,
    بدون سعر, لم يحدد, لم يحدد السعر, غير محدد, السعر غير محدد, السعر غير متوفر, تم البيع, مباع, بدون قیمت, قیمت نامشخص,
    نامشخص, فروخته شد, ناموجود, לא צוין, לא צוין מחיר, ללא מחיר, אין מחיר, נמכר, कीमत नहीं, कोई कीमत नहीं, बिक गया,
    মূল্য নেই, মূল্য উল্লেখ নেই, বিক্রি হয়েছে
    """

  /// Phrases that contain such words but mean something else.
  static let other = """
    free shipping, free postage, free delivery, free post, free p&p, ships free, free returns, free pickup,
    free collection, livraison gratuite, port gratuit, envío gratis, envío gratuito, envio gratis, frete grátis,
    frete gratis, portes grátis, versandkostenfrei, versand kostenlos, kostenloser versand, gratis versand,
    spedizione gratuita, gratis verzending, fri frakt, fri fragt, gratis frakt, darmowa dostawa, darmowa wysyłka,
    doprava zdarma, ingyenes szállítás, transport gratuit, безплатна доставка, безкоштовна доставка,
    бесплатная доставка, kargo bedava, ücretsiz kargo, gratis ongkir, bebas ongkir, miễn phí vận chuyển, miễn phí ship,
    freeship, free ship,
    包邮, 包郵, 免运费, 免運費, 免运, 免運, 送料無料, 送料込み, 무료배송, 택배비 무료, ส่งฟรี, شحن مجاني, توصيل مجاني, ارسال رایگان, משלוח חינם,
    free size, free range, duty free, toll free
    """
}
