@testable import Intake

/// Invented adverts in the languages that each encoding is for.
enum InventedAdverts {
  static let titles: [(encoding: TextEncoding, titles: [String])] = [
    (
      .gb18030,
      [
        "出售老象牙手串 成色好", "牙雕佛吊坠，自用闲置", "穿山甲鳞片 私聊", "玳瑁手镯一对 包邮", "虎骨酒 老料 不议价", "红木盒子 全新未用", "犀角杯 收藏多年",
        "鹦鹉一只 会说话 可面交",
      ]
    ),
    (
      .big5,
      [
        "出售老象牙手鐲 狀況良好", "玳瑁眼鏡，自用品", "穿山甲鱗片 請私訊", "鸚鵡一隻 會說話 可面交", "犀牛角杯 收藏多年", "龍紋玉牌 價格可議", "紅木盒子 全新未用", "陸龜 兩隻 含運費",
      ]
    ),
    (
      .shiftJIS,
      [
        "象牙の印鑑 未使用品です", "べっ甲のかんざし 送料無料", "リクガメをお譲りします", "古い象牙の置物、傷あり", "虎の毛皮 美品", "フクロウのはく製", "ワニ革の財布 新品",
        "インコの雛 手渡しのみ",
      ]
    ),
    (
      .korean,
      [
        "상아 도장 판매합니다", "거북이 분양합니다 가격 문의", "앵무새 새끼 직거래만", "호랑이 뼈 오래된 것", "악어 가죽 지갑 새상품", "도마뱀 분양 받으실 분", "대모 안경테 중고",
        "산호 목걸이 팝니다",
      ]
    ),
    (
      .windows1251,
      [
        "Продам бивень мамонта, недорого", "Чучело филина, отличное состояние", "Черепаха среднеазиатская",
        "Шкура тигра, фото по запросу",
        "Попугай жако, говорящий", "Изделия из слоновой кости", "Рог носорога, старый",
        "Хамелеон, самец, с террариумом",
      ]
    ),
    (
      .windows1252,
      [
        "Défense d'éléphant ancienne", "Schildkröte zu verkaufen, Männchen", "Tortuga pequeña, envío rápido",
        "Peau de léopard, très bon état",
        "Elfenbeinschnitzerei für Sammler", "Papagaio de coleção, não negociável", "Écaille de tortue véritable",
        "Perroquet gris à céder – 300 €",
      ]
    ),
    (
      .windows1258,
      [
        "Bán vảy tê tê, giá tốt", "Vòng tay ngà voi cổ", "Rùa đá giá rẻ, giao tận nơi", "Cao hổ cốt nguyên chất",
        "Sừng tê giác cũ, liên hệ",
        "Da cá sấu thật, mới", "Chim vẹt biết nói", "Đồi mồi cũ, còn đẹp",
      ]
    ),
    (
      .windows874,
      [
        "ขายงาช้างแกะสลัก ราคาถูก", "กำไลงาช้างเก่า", "เกล็ดตัวนิ่ม ทักแชท", "เต่าดาวพร้อมส่ง", "หนังเสือโคร่ง ของแท้",
        "นกแก้วพูดได้ เลี้ยงง่าย", "กระเป๋าหนังจระเข้", "ตะกรุดหนังเสือ",
      ]
    ),
  ]

  /// A table of `rows` adverts.
  static func table(_ titles: [String], rows: Int) -> String {
    "id,title,price\n" + (0..<rows).map { "\($0),\"\(titles[$0 % titles.count])\",\($0 * 10)\n" }.joined()
  }

  /// Text in another encoding, by iconv.
  static func encoded(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
    encoding == .utf8 ? Array(text.utf8) : WordEncoding(encoding)?.bytes(of: Array(text.utf8)) ?? []
  }
}
