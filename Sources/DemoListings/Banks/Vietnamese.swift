extension LanguageBank {
  static let vietnamese = LanguageBank(
    language: "vi",
    wares: [
      Ware(
        .ivoryCarved, ["vòng tay ngà voi", "mặt dây chuyền ngà", "tượng ngà nhỏ", "vòng ngà voi thật"],
        ["vân rạn đều", "lên nước đẹp", "bao test lửa", "hàng châu Phi", "có sợi chân rết"]),
      Ware(
        .rhinoHorn, ["sừng tê giác", "đĩa mài sừng tê", "sừng tê lát mỏng"],
        ["soi đèn đỏ rực", "hàng Phi", "chia nhỏ theo lạng", "giải rượu hạ sốt"]),
      Ware(
        .pangolin, ["vảy tê tê", "tê tê sống|Manis javanica", "cao tê tê"],
        ["vảy khô sạch", "hàng về hàng tuần", "nguyên con", "cho mẹ sau sinh"]),
      Ware(
        .tigerBone, ["cao hổ cốt", "xương hổ nấu cao", "cao ông ba mươi"],
        ["nấu tại nhà", "có thêm cao sơn dương", "bao thử", "dẻo thơm, đau lưng dùng tốt"]),
      Ware(
        .bigCatParts, ["nanh hổ bọc bạc", "móng hổ", "nanh cọp rừng"],
        ["đeo phong thủy", "có rãnh máu", "hàng kỷ niệm", "bao thật trọn đời"]),
      Ware(
        .bearBile, ["mật gấu", "mật gấu nước", "túi mật gấu khô"],
        ["lấy tại trại", "mật Nga", "ngâm rượu xoa bóp", "vị đắng chát"]),
      Ware(
        .tortoiseshell, ["vòng đồi mồi", "lược đồi mồi thật", "quạt đồi mồi"],
        ["vân đẹp", "hàng biển Hà Tiên", "cẩn vàng"]),
      Ware(
        .tortoise,
        [
          "rùa chiển nhà ✈️|Cuora galbinifrons", "rùa hộp trán vàng|Cuora galbinifrons",
          "rùa núi vàng|Indotestudo elongata", "ba ba gai ✈️ lẻ|Palea steindachneri",
        ], ["ăn khỏe", "mai đẹp không lỗi", "bay cả cặp", "hàng rừng mới về"]),
      Ware(
        .primate,
        ["cu li nhỏ|Nycticebus pygmaeus", "khỉ con nuôi cảnh|Macaca fascicularis", "cu li mắt to|Nycticebus pygmaeus"],
        ["rất dạn người", "bú sữa", "đã tẩy giun"]),
      Ware(
        .otter, ["rái cá con", "rái cá vuốt bé|Aonyx cinereus"], ["chơi với chó mèo", "ăn cá được rồi", "đã tách mẹ"]),
      Ware(
        .songbird,
        [
          "chích chòe lửa bổi|Copsychus malabaricus", "họa mi bổi rừng|Garrulax canorus",
          "chim khướu bẫy|Garrulax chinensis",
        ], ["đuôi dài", "nhảy cầu", "mới bẫy tuần này"]),
      Ware(
        .hornbill, ["mỏ hồng hoàng|Buceros bicornis", "mỏ phượng hoàng đất đỏ|Rhinoplax vigil"],
        ["khắc rồng", "màu đỏ vàng", "hàng sưu tầm"]),
      Ware(.gecko, ["tắc kè khô", "tắc kè ngâm rượu"], ["con to đủ đuôi", "bán theo cặp"]),
      Ware(.seahorse, ["cá ngựa khô", "hải mã khô loại to"], ["bổ thận ngâm rượu", "đủ đuôi"]),
      Ware(.agarwood, ["trầm hương rừng", "kỳ nam mảnh"], ["chìm nước", "mùi ngọt", "dân đi rừng về"]),
      Ware(
        .rosewood,
        [
          "gỗ trắc khối|Dalbergia cochinchinensis", "gỗ hương lõi|Pterocarpus macrocarpus",
          "gỗ sưa đỏ lũa|Dalbergia tonkinensis",
        ], ["hàng Lào", "vân chun", "không giấy"]),
      Ware(
        .orchid,
        [
          "lan hài rừng|Paphiopedilum canhii", "lan rừng bóc bụi|Dendrobium devonianum",
          "hài đốm xô|Paphiopedilum concolor",
        ], ["rễ xanh", "mới bóc", "cân theo ký"]),
    ],
    lures: [
      Lure(
        .ivoryCarved, .notWildlife, 6...60, "Váy dự tiệc màu trắng ngà size {x}", "Màu trắng ngà, mặc một lần. {c}."),
      Lure(
        .ivoryCarved, .otherMaterial, 2...20, "Vòng tay nhựa giả ngà", "Nhựa cao cấp, không phải ngà thật, đeo đi chơi."
      ),
      Lure(.ivoryCarved, .otherMaterial, 4...40, "Tượng bột đá con voi", "Bột đá ép, nặng tay. {c}."),
      Lure(.ivoryCarved, .notWildlife, 2...15, "Gấu bông hình voi màu {o}", "Cho bé, giặt sạch rồi."),
      Lure(.ivoryCarved, .notWildlife, 3...30, "Đồ chơi xếp hình con voi {z} mảnh", "Đủ mảnh, hộp còn đẹp."),
      Lure(
        .ivoryCarved, .notWildlife, 1...6, "Vé tham quan bảo tàng, phòng trưng bày ngà",
        "Bận không đi được, nhượng lại vé."),
      Lure(.rhinoHorn, .otherMaterial, 3...30, "Lược sừng trâu", "Sừng trâu làng nghề, chải không rụng tóc."),
      Lure(.rhinoHorn, .notWildlife, 2...18, "Mô hình tê giác nhựa", "Trẻ con chơi, {c}."),
      Lure(.pangolin, .notWildlife, 1...8, "Sách tranh bảo vệ tê tê", "Sách cho bé, nói về cứu hộ."),
      Lure(.pangolin, .otherMaterial, 5...60, "Tê tê gỗ mít để bàn", "Gỗ mít, đục tay. {c}."),
      Lure(.tigerBone, .notWildlife, 1...6, "Dầu cù là con hổ {z} hộp", "Mua dư, hạn còn dài."),
      Lure(.tigerBone, .otherMaterial, 5...40, "Cao ngựa bạch nguyên chất", "Cao ngựa, có giấy kiểm nghiệm."),
      Lure(.bigCatParts, .notWildlife, 3...25, "Áo khoác da báo size {x}", "Vải in da báo. {c}."),
      Lure(.bigCatParts, .replica, 2...15, "Nanh hổ đá, mặt dây giả", "Bột đá, đeo cho vui, ghi rõ là giả."),
      Lure(.bigCatParts, .otherMaterial, 5...50, "Vòng đá mắt hổ {z} hạt", "Đá tự nhiên màu nâu vàng."),
      Lure(.bearBile, .notWildlife, 1...8, "Sữa ông gấu {z} lon", "Date mới, mua ủng hộ mình nhé."),
      Lure(.bearBile, .notWildlife, 3...30, "Gấu bông to {l} cm", "Ôm ngủ, màu {o}."),
      Lure(.bearBile, .otherSpecies, 2...15, "Mật ong rừng chai lít", "Mật ong, không phải mật gấu nha bà con."),
      Lure(.tortoiseshell, .otherMaterial, 2...20, "Kính gọng nhựa vân đồi mồi", "Gọng nhựa, thay tròng được."),
      Lure(.tortoise, .notWildlife, 3...30, "Bể rùa composite {l} cm", "Chỉ bán bể, không bán rùa."),
      Lure(.tortoise, .otherSpecies, 2...12, "Rùa tai đỏ kèm bể", "Nhà bận không nuôi được nữa."),
      Lure(.tortoise, .notWildlife, 4...40, "Áo cổ lọ, cổ rùa màu {o}", "Len mềm, {c}."),
      Lure(.songbird, .notWildlife, 6...200, "Lồng chim tre già", "Chỉ bán lồng, {c}."),
      Lure(.songbird, .otherSpecies, 4...30, "Chim yến phụng sinh sản", "Nhà đẻ, đủ màu."),
      Lure(
        .parrot, .legalWithPapers, 90...500, "Vẹt nuôi sinh sản có giấy kiểm lâm", "Giấy tờ đầy đủ, xem tại nhà ở {p}."),
      Lure(.parrot, .wantedAdvert, 20...90, "Cần mua lồng vẹt cũ", "Ai dư lồng sắt to để lại mình."),
      Lure(.hornbill, .notWildlife, 3...25, "Tranh đồng hồ phượng hoàng", "Tranh in, treo phòng khách."),
      Lure(.seahorse, .notWildlife, 2...15, "Móc khóa cá ngựa thủy tinh", "Quà Nha Trang, {z} cái."),
      Lure(.agarwood, .legalWithPapers, 3...60, "Nhang trầm hương trồng", "Trầm vườn, có chứng nhận."),
      Lure(.rosewood, .notWildlife, 10...200, "Bàn ghế gỗ công nghiệp màu gỗ trắc", "Gỗ công nghiệp, {c}."),
      Lure(.orchid, .otherSpecies, 3...25, "Lan hồ điệp màu {o}", "Hoa đang nở, nhà vườn."),
      Lure(.gecko, .otherMaterial, 1...8, "Thạch cao hình tắc kè tô màu", "Cho bé tô, {z} con."),
    ],
    background: [
      Plain(30...500, "Xe đạp cũ, khung màu {o}", "Đi chợ, {c}."),
      Plain(60...700, "Điện thoại 128GB màu {o}", "Máy zin, pin tốt."),
      Plain(10...120, "Nồi cơm điện", "Dư dùng, {c}."), Plain(20...260, "Tủ lạnh mini", "Chạy êm, trả phòng trọ."),
      Plain(5...50, "Quần áo thanh lý {z} món", "Đồ sạch, giặt thơm."),
      Plain(10...150, "Bàn học gỗ thông", "{c}, tự chở."),
      Plain(2...20, "Sách giáo khoa lớp 9", "Đủ bộ, còn mới."), Plain(15...200, "Đàn guitar tập", "Kèm bao, dây mới."),
      Plain(8...80, "Quạt đứng", "Gió mạnh. {c}."), Plain(5...70, "Giày thể thao size {y}", "Đi vài lần."),
      Plain(3...30, "Cây kiểng để bàn {z} chậu", "Dễ sống."), Plain(40...400, "Xe đẩy em bé", "Gấp gọn, {c}."),
      Plain(20...300, "Loa kéo karaoke", "Hai mic, pin trâu."), Plain(4...40, "Bộ ấm chén gốm", "Đủ bộ, không mẻ."),
    ],
    titles: ["{n}", "{n} {m}", "{e} {n} {e}", "Bán {n}", "✈️ {n}", "{n}, {d}", "Cần ra đi {n}", "{n} ib"],
    bodies: [
      "{n}, {d}. {m}. {k}", "{d}. {s} {k}", "Em có {n}, {m}, {d}. {g}", "{e}{e} {n}\n{m}\n{d}\n{k}", "✈️✈️ {n} {m}. {g}",
      "{k} {g}", "Nhà ở {p}, {n} {d}. {s}",
    ],
    conditions: ["còn mới 90%", "dùng tốt", "hàng lướt", "có trầy nhẹ", "mới nguyên", "như hình"],
    contacts: ["Ib em.", "Zalo {t} ạ.", "Kb zalo {t} xem hình.", "Inbox báo giá.", "Ai cần nhắn tin, không nghe máy."],
    deliveries: [
      "Ship toàn quốc.", "Giao tận nơi ở {p}.", "Ship cod kiểm hàng.", "Gửi xe khách.", "Gặp trực tiếp {p}.",
      "Đóng gói kín đáo.",
    ],
    closings: [
      "Cảm ơn cả nhà.", "Miễn trả giá.", "Giá anh em.", "Uy tín là chính.", "Ai đến trước lấy trước.",
      "Không tiếp thương lái.", "Xem hàng thoải mái.",
    ],
    colours: ["xanh", "đỏ", "đen", "trắng", "hồng", "xám"],
    units: Units(grams: "# gram", kilos: "# kg", centimetres: "# cm", pieces: "x#", months: "# tháng tuổi"),
    places: [Place("VN", ["Hà Nội", "Sài Gòn", "Đà Nẵng", "Vinh", "Buôn Ma Thuột", "Cần Thơ", "Nghệ An", "Móng Cái"])],
    handles: Handles(
      heads: [
        "bao", "meo", "hoa.sua", "ong.nam", "tiem", "cho.que", "be.na", "cau.ca", "nha.minh", "ut", "ba.hai",
        "song.que", "lang", "gio", "tre", "cay.da", "bep", "mua.he", "anh.ba", "co.tu",
      ],
      tails: [
        "shop", "thanh.ly", "rung", "store", "miet.vuon", "do.cu", "vui", "86", "hn", "sg", "chim.canh", "do.co",
      ], joints: ["_", ".", ""]),
    openPrices: ["ib", "liên hệ", "thương lượng", "tặng", "inbox", "giá mềm"])
}
