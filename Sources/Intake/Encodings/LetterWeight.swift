/// How much a character suggests that a text is in the languages of an encoding.
///
/// Units:  1 for a typical letter, 0 for a neutral one, down to -2 for what never occurs.
/// Source: chosen by hand; `EncodingTests` holds them against texts in each language.
struct LetterWeight {
  private let encoding: TextEncoding

  init(_ encoding: TextEncoding) { self.encoding = encoding }

  /// The weight of a character between its neighbours.
  ///
  /// Shape:  the neighbours reveal case and script. Controls and private use count -2 in every encoding.
  func weight(of scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    // Text contains neither private use characters nor controls.
    if (0xE000...0xF8FF).contains(scalar) || scalar < 0xA0 || scalar > 0x2FFFF { return -2 }
    return switch encoding {
    case .gb18030, .big5: chinese(scalar)
    case .shiftJIS: japanese(scalar, before, after)
    case .korean: korean(scalar)
    case .windows1251: cyrillic(scalar, before, after)
    case .windows874: thai(scalar, before, after)
    case .windows1258: vietnamese(scalar, before, after)
    default: western(scalar, before, after)
    }
  }

  // MARK: East Asia

  /// Common characters count fully, punctuation a little.
  private func chinese(_ scalar: UInt32) -> Double {
    if CommonCharacters.chinese.contains(scalar) { return 1 }
    if Self.isHan(scalar) { return -0.15 }
    if Self.isWide(scalar) || Self.isMark(scalar) { return 0.4 }
    return -0.7
  }

  /// Kana and common characters count fully; half-width kana are suspicious.
  private func japanese(_ scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    if (0x3041...0x30FE).contains(scalar) { return 1 }
    if CommonCharacters.japanese.contains(scalar) || CommonCharacters.chinese.contains(scalar) { return 1 }
    if Self.isHan(scalar) { return -0.15 }
    // Single bytes of other scripts all decode to these.
    if (0xFF61...0xFF9F).contains(scalar) { return -0.3 }
    return Self.isWide(scalar) || Self.isMark(scalar) ? 0.4 : -0.7
  }

  /// Common syllables count fully; other syllables are neutral.
  private func korean(_ scalar: UInt32) -> Double {
    if CommonCharacters.korean.contains(scalar) { return 1 }
    if (0xAC00...0xD7A3).contains(scalar) { return 0 }
    if Self.isHan(scalar) { return -0.7 }
    return Self.isWide(scalar) || Self.isMark(scalar) ? 0.3 : -0.7
  }

  /// Whether it is a character of the main block of Chinese, which Japanese and Korean use as well.
  static func isHan(_ scalar: UInt32) -> Bool { (0x4E00...0x9FFF).contains(scalar) }
  /// Whether it is full-width punctuation, which East Asian text has.
  private static func isWide(_ scalar: UInt32) -> Bool {
    (0x3000...0x301F).contains(scalar) || (0xFF01...0xFF5E).contains(scalar) || scalar == 0xFFE5
  }

  /// Whether it is a quote, dash, dot, currency or degree sign, which all encodings have.
  private static func isMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2013...0x2026, 0x20AC, 0x2116, 0x2122, 0xA0, 0xA9, 0xAB, 0xAE, 0xB0, 0xB1, 0xB7, 0xBB: true
    default: false
    }
  }

  // MARK: Letters

  private static func isASCIILetter(_ scalar: UInt32) -> Bool { scalar < 0x80 && (scalar | 0x20) &- 0x61 < 26 }
  private static func isSmallASCII(_ scalar: UInt32) -> Bool { scalar &- 0x61 < 26 }
  private static func isCyrillic(_ scalar: UInt32) -> Bool { (0x400...0x45F).contains(scalar) || scalar | 1 == 0x491 }
  private static func isSmallCyrillic(_ scalar: UInt32) -> Bool { (0x430...0x45F).contains(scalar) }
  private static func isThai(_ scalar: UInt32) -> Bool { (0xE01...0xE5B).contains(scalar) }
  private static func isThaiVowelOrTone(_ scalar: UInt32) -> Bool { (0xE30...0xE4E).contains(scalar) }
  /// Whether it is a letter of European languages beyond ASCII, or a combining mark of Vietnamese.
  private static func isLatin(_ scalar: UInt32) -> Bool {
    (0xC0...0x17F).contains(scalar) && scalar != 0xD7 && scalar != 0xF7 || (0x1A0...0x1B0).contains(scalar)
      || (0x1EA0...0x1EF9).contains(scalar) || (0x300...0x323).contains(scalar)
  }

  /// Weighs Cyrillic letters by case and neighbours: words do not change scripts, and capitals come first.
  private func cyrillic(_ scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    guard Self.isCyrillic(scalar) else { return Self.isMark(scalar) ? 0.4 : -0.7 }
    // Words do not switch scripts.
    if Self.isASCIILetter(before) || Self.isASCIILetter(after) { return -1 }
    if Self.isSmallCyrillic(scalar) {
      // Beside the letters of Russian, Ukrainian, Belarusian and Bulgarian: Serbian and Macedonian ones are rare.
      return scalar <= 0x44F || [0x451, 0x454, 0x456, 0x457, 0x45E].contains(scalar) ? 1 : -0.3
    }
    if Self.isSmallCyrillic(before) { return -1 }
    return scalar >= 0x410 || [0x401, 0x404, 0x406, 0x407, 0x490, 0x491].contains(scalar) ? 0.7 : -0.5
  }

  /// Weighs Thai letters by the rules of spelling: vowels and tones have fixed places in a syllable.
  private func thai(_ scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    guard Self.isThai(scalar) else { return Self.isMark(scalar) ? 0.3 : -0.7 }
    let isConsonantBefore = (0xE01...0xE2E).contains(before)
    switch scalar {
    case 0xE31, 0xE34...0xE3A, 0xE47: return isConsonantBefore ? 1 : -2
    // A tone mark follows a consonant, or a vowel above one.
    case 0xE48...0xE4E: return isConsonantBefore || (0xE31...0xE3A).contains(before) ? 1 : -2
    case 0xE40...0xE44: return (0xE01...0xE2E).contains(after) ? 1 : -2
    case 0xE30, 0xE32, 0xE33, 0xE45: return Self.isThai(before) ? 1 : -2
    default:
      // A consonant hardly ever lacks a vowel or tone beside it. Other scripts decode to rows of consonants.
      if Self.isThaiVowelOrTone(before) || Self.isThaiVowelOrTone(after) { return 0.9 }
      return Self.isThai(before) || Self.isThai(after) ? 0 : -0.7
    }
  }

  /// Weighs accented letters by their neighbours: they are single letters within words of plain ones.
  private func western(_ scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    if Self.isMark(scalar) || [0xA3, 0xBF, 0xA1, 0xBD, 0xBC, 0xB2, 0xBA, 0xAA].contains(scalar) { return 0.5 }
    guard CommonCharacters.western.contains(scalar) else { return Self.isLatin(scalar) ? -0.6 : -0.8 }
    // Other scripts decode to long runs of these letters.
    if Self.isLatin(before), Self.isLatin(after) { return -1 }
    if Self.isLatin(before) || Self.isLatin(after) { return 0.2 }
    if scalar < 0xE0, scalar != 0xDF { return Self.isSmallASCII(before) ? -0.7 : 0.7 }
    return Self.isASCIILetter(before) || Self.isASCIILetter(after) ? 1 : 0.5
  }

  /// Weighs Vietnamese letters by how rare they are elsewhere.
  private func vietnamese(_ scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    if Self.isMark(scalar) || scalar == 0x20AB { return 0.4 }
    switch scalar {
    // No other language has letters with two marks.
    case 0x1EA0...0x1EF9: return 1
    case 0x110, 0x111, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x102, 0x103: return 0.7
    case 0xE0...0xE3, 0xE8...0xEA, 0xEC, 0xED, 0xF2...0xF5, 0xF9, 0xFA, 0xFD, 0x129, 0x169: return 0.8
    case 0xC0...0xC3, 0xC8...0xCA, 0xCC, 0xCD, 0xD2...0xD5, 0xD9, 0xDA, 0xDD, 0x128, 0x168: return 0.4
    default: return -1
    }
  }
}

/// Characters that are frequent in the languages of legacy encodings.
///
/// Source: chosen by hand after Jun Da 2004, "Modern Chinese Character Frequency List" (whose first 500 cover three
///         quarters of running text), and Chikamatsu et al. 2000, "A Japanese logographic character frequency list",
///         with the vocabulary of adverts added: sell, price, used, post, jade, tusk, horn, bone, wood.
enum CommonCharacters {
  /// Both scripts, since either encoding can carry either.
  static let chinese = scalars(simplified + traditional + trade)
  static let japanese = scalars(kanji)
  static let korean = scalars(hangul)
  static let western = scalars("àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœÿšžÀÁÂÃÄÅÆÇÈÉÊËÍÎÑÓÔÕÖØÙÚÜŒŠŽ")

  private static func scalars(_ text: String) -> Set<UInt32> { Set(text.unicodeScalars.map(\.value)) }

  private static let simplified = """
    的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去
    法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点
    正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿
    原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资
    命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万
    取拉格望觉术领共确传师观清今切院让识候带导争运
    """

  private static let traditional = """
    這個們來為國說時會對過發後裡裏種經麼學當沒動還進樣開從實軍無與長機業將兩間問並應戰頭體見產話給門東聲員論處義幾認條氣題爾別變總電
    數報結務場計資許統區隊決馬書則聽達強難權設記類據邊張該規萬覺術領確傳師觀讓識導爭運賣買貨價圖單號請優質樂車歡馬龍舊華郵訊聯絡嗎
    """

  private static let trade = """
    卖买价钱元出售货包邮快递议刀图片联系新旧成色自用闲置转让收藏品牙角骨木珠手串雕件老料玉石红黑白黄绿蓝小大只条对克斤毫米公分野生海
    象牌虎豹熊猫鸟龟蛇鱼皮标本药材天然真假保证二九六七八百千私聊微信加号请勿亲可面交同城送礼佛吊坠镯链戒指原装正版全套喜欢拍下宝贝
    犀果冻穿山甲玳瑁鹦鹉蜥蜴狼狮鹰猴店鋪購網訂寄付款運費現貨預約
    """

  private static let kanji = """
    日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高
    代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山
    思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考
    判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減
    台広容必応演電歳住争談能無再位置企真流格有疑口過局少放税検藤町常校料沢裁状工建語球営空職証土与急止送援供可役構木割聞身費付施切由説
    転食比難防補車優夫研収断井何南石足違消境神番規術護展態導鮮備宅害配副算視条幹独警宮究育席輸訪楽起万着乗店述残想線率病農州武声質念待
    試族象銀域助労例衛然早張映限親額監環験追審商葉義伝働形景落欧担好退準賞訴辺造英被株頭技低毎医復仕去姿味負閣韓渡失移差衆個門写評課末
    守若脳極種美岡影命含福蔵量望松非撃佐核観察整段横融型白深字答夜製票況音申様財港識注呼渉達
    """

  private static let hangul = """
    이다는에의가을고하도를로은기지사한리어나아서시자들있대해일그인정라여보구수부상주만전스안아장으것게원소생무제성조과공동면우신오니러
    판매격가중새물품팔삽합택배비미용방국와거습까때문마말모세요위선내연경차화진적개용관않없같더되된할했였데입금직래급양반학교실관계악어
    상아각뼈도마뱀거북이앵무새호랑뱀가죽목걸반지팝니다삽니다문의주세요
    """
}
