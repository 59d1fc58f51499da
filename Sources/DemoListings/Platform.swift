/// An invented marketplace: who writes there, in what language, and how it numbers its adverts.
struct Platform {
  let name: String
  /// Under `.example`, which RFC 2606 keeps free for ever.
  let domain: String
  /// Share of all adverts, relative to the others.
  let weight: Int
  /// Bank language and country of a seller, with a weight.
  let audience: [(language: String, country: String, weight: Int)]
  let idPrefix: String
  let postsTimeOfDay: Bool
  /// A social network: adverts without a price, in several languages, more emoji.
  let isSocial: Bool
}

extension Platform {
  static let all: [Platform] = [
    Platform(
      name: "Harborlist", domain: "harborlist.example", weight: 13,
      audience: [("en", "US", 5), ("en", "GB", 3), ("en", "AU", 2), ("en", "CA", 1)], idPrefix: "",
      postsTimeOfDay: true,
      isSocial: false),
    Platform(
      name: "Veldmart", domain: "veldmart.example", weight: 6,
      audience: [("en", "ZA", 6), ("en", "KE", 2), ("en", "NG", 2)],
      idPrefix: "VM", postsTimeOfDay: false, isSocial: false),
    Platform(
      name: "青石集", domain: "qingshiji.example", weight: 15, audience: [("zh", "CN", 1)], idPrefix: "",
      postsTimeOfDay: true, isSocial: false),
    Platform(
      name: "巷口拍", domain: "hangkau.example", weight: 4, audience: [("zh-Hant", "TW", 3), ("zh-Hant", "HK", 2)],
      idPrefix: "hk", postsTimeOfDay: false, isSocial: false),
    Platform(
      name: "ChoLang", domain: "cholang.example", weight: 11, audience: [("vi", "VN", 1)], idPrefix: "",
      postsTimeOfDay: true,
      isSocial: false),
    Platform(
      name: "Talat Sod", domain: "talatsod.example", weight: 8, audience: [("th", "TH", 1)], idPrefix: "ts-",
      postsTimeOfDay: true, isSocial: false),
    Platform(
      name: "PasarRakit", domain: "pasarrakit.example", weight: 10, audience: [("id", "ID", 9), ("id", "MY", 1)],
      idPrefix: "", postsTimeOfDay: false, isSocial: false),
    Platform(
      name: "Larets", domain: "larets.example", weight: 7, audience: [("ru", "RU", 8), ("ru", "KZ", 2)], idPrefix: "",
      postsTimeOfDay: true, isSocial: false),
    Platform(
      name: "Souq Nakhla", domain: "souqnakhla.example", weight: 5,
      audience: [("ar", "AE", 3), ("ar", "SA", 3), ("ar", "KW", 2), ("ar", "EG", 2)], idPrefix: "N",
      postsTimeOfDay: false,
      isSocial: false),
    Platform(
      name: "Brocantine", domain: "brocantine.example", weight: 5,
      audience: [("fr", "FR", 6), ("fr", "BE", 1), ("fr", "CI", 1), ("fr", "CM", 1), ("fr", "MA", 1)], idPrefix: "b",
      postsTimeOfDay: false, isSocial: false),
    Platform(
      name: "Mercasur", domain: "mercasur.example", weight: 5,
      audience: [("es", "MX", 4), ("es", "CO", 2), ("es", "PE", 2), ("es", "ES", 2), ("es", "AR", 1)], idPrefix: "MS",
      postsTimeOfDay: true, isSocial: false),
    Platform(
      name: "Feirola", domain: "feirola.example", weight: 4,
      audience: [("pt", "BR", 7), ("pt", "PT", 2), ("pt", "MZ", 1)],
      idPrefix: "", postsTimeOfDay: false, isSocial: false),
    Platform(
      name: "Krimskiste", domain: "krimskiste.example", weight: 4,
      audience: [("de", "DE", 7), ("de", "AT", 2), ("de", "CH", 1)],
      idPrefix: "k", postsTimeOfDay: false, isSocial: false),
    Platform(
      name: "古物横丁", domain: "furumonoyokocho.example", weight: 4, audience: [("ja", "JP", 1)], idPrefix: "f",
      postsTimeOfDay: true, isSocial: false),
    Platform(
      name: "Hearthside", domain: "hearthside.example", weight: 12,
      audience: [
        ("vi", "VN", 4), ("th", "TH", 4), ("id", "ID", 4), ("en", "US", 2), ("en", "PH", 1), ("en", "IN", 1),
        ("ar", "SA", 1),
        ("es", "MX", 1), ("fr", "CM", 1), ("zh-Hant", "TW", 1),
      ], idPrefix: "p", postsTimeOfDay: true, isSocial: true),
    Platform(
      name: "Pipit", domain: "pipit.example", weight: 6,
      audience: [("ru", "RU", 3), ("ar", "AE", 3), ("en", "GB", 1), ("vi", "VN", 2), ("zh", "CN", 2), ("id", "ID", 1)],
      idPrefix: "", postsTimeOfDay: true, isSocial: true),
  ]
}
