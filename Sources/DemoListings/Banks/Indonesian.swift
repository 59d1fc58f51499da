extension LanguageBank {
  static let indonesian = LanguageBank(
    language: "id",
    wares: [
      Ware(
        .ivoryCarved, ["gading gajah asli", "gelang gading", "pipa gading ukir", "gg asli ukiran"],
        ["serat jaring kelihatan", "warisan kakek", "dijamin asli bukan tulang", "koleksi lama"]),
      Ware(.ivoryRaw, ["gading gajah utuh", "gg sepasang"], ["panjang dan padat", "bukan fosil", "serius saja"]),
      Ware(.rhinoHorn, ["cula badak", "cula bdk potong"], ["simpanan lama", "disenter merah", "bisa dipotong"]),
      Ware(
        .pangolin, ["sisik trenggiling", "sisik trg kering", "trenggiling hidup"],
        ["kering bersih", "stok kiloan", "kirim luar pulau"]),
      Ware(
        .bigCatParts,
        [
          "taring harimau|Panthera tigris", "kuku macan|Panthera pardus", "kulit harimau sumatra|Panthera tigris",
          "dompet kulit macan|Panthera pardus",
        ], ["asli hutan", "buat pegangan", "akar masih utuh", "bukan resin"]),
      Ware(.hornbill, ["paruh rangkong gading", "balung rangkong"], ["merah tua", "ukir naga", "utuh belum potong"]),
      Ware(
        .tortoiseshell, ["gelang sisik penyu", "cincin penyu", "sisir sisik penyu"],
        ["motif bagus", "dari pulau", "bukan plastik"]),
      Ware(
        .parrot,
        [
          "A13 jinak|Cacatua sulphurea", "kakatua jambul kuning anakan|Cacatua sulphurea",
          "nuri kepala hitam|Lorius lory", "bayan merah|Eclectus roratus",
        ], ["lolohan", "sudah bisa bicara", "tanpa ring", "rekber aman"]),
      Ware(
        .songbird,
        [
          "jalak bali|Leucopsar rothschildi", "cucak rawa hutan|Pycnonotus zeylanicus",
          "murai batu bahan|Copsychus malabaricus", "beo nias|Gracula robusta",
        ], ["gacor", "tangkapan hutan", "ekor panjang", "makan voer"]),
      Ware(
        .primate,
        [
          "kukang jinak|Nycticebus coucang", "baby lutung|Trachypithecus auratus", "anakan owa|Hylobates moloch",
          "monyet ekor panjang baby|Macaca fascicularis",
        ], ["masih dot", "gigi aman", "cod saja"]),
      Ware(
        .otter, ["baby otter", "berang-berang anakan", "otter jinak"], ["makan lele", "main air", "sudah lepas sapih"]),
      Ware(
        .lizard,
        [
          "biawak hijau papua|Varanus prasinus", "soa layar besar|Hydrosaurus amboinensis",
          "biawak tak bertelinga|Lanthanotus borneensis",
        ], ["tangkapan", "sehat nafsu", "sepasang"]),
      Ware(
        .snake, ["kulit sanca batik|Malayopython reticulatus", "sanca gendang|Python brongersmai"],
        ["per lembar", "belum samak", "besar"]),
      Ware(.seahorse, ["kuda laut kering", "kuda laut kiloan"], ["kering jemur", "ekspor"]),
      Ware(.sharkFin, ["sirip hiu kering", "sirip hiu super"], ["komplit", "kadar air rendah", "partai"]),
      Ware(
        .agarwood, ["gaharu alam super|Aquilaria malaccensis", "gaharu hutan tenggelam"],
        ["wangi manis", "asal kalimantan", "tanpa surat"]),
      Ware(.gecko, ["tokek kering", "tokek besar hidup"], ["partai", "ekor utuh"]),
      Ware(
        .rosewood, ["sonokeling log|Dalbergia latifolia", "kayu sono balok|Dalbergia latifolia"],
        ["diameter besar", "muat truk"]),
    ],
    lures: [
      Lure(
        .ivoryCarved, .notWildlife, 4...40, "Kebaya warna putih gading ukuran {x}", "Warna gading, dipakai sekali. {c}."
      ),
      Lure(.ivoryCarved, .notWildlife, 2...20, "Cat tembok warna gading {z} kaleng", "Sisa renovasi."),
      Lure(.ivoryCarved, .otherMaterial, 2...20, "Gelang resin motif gading", "Resin, bukan gading gajah. {c}."),
      Lure(.ivoryCarved, .otherSpecies, 2...15, "Bibit kelapa gading {z} batang", "Kelapa gading kuning, siap tanam."),
      Lure(.ivoryCarved, .notWildlife, 2...15, "Boneka gajah {o}", "Dicuci bersih. {c}."),
      Lure(.ivoryCarved, .notWildlife, 3...30, "Sarung cap gajah, {z} lembar", "Sarung tenun, baru."),
      Lure(.ivoryCarved, .notWildlife, 20...150, "Akun game, gg rank tinggi", "gg guys, ganti email, aman."),
      Lure(.ivoryCarved, .otherMaterial, 3...40, "Pipa rokok tulang sapi", "Tulang sapi, ukir tangan."),
      Lure(.rhinoHorn, .otherMaterial, 3...30, "Gelang tanduk kerbau", "Tanduk kerbau, hitam mengkilap."),
      Lure(.rhinoHorn, .notWildlife, 1...10, "Larutan cap badak {z} botol", "Minuman kemasan, exp lama."),
      Lure(.pangolin, .notWildlife, 1...8, "Buku cerita si trenggiling", "Buku anak, lembar lengkap."),
      Lure(.bigCatParts, .notWildlife, 2...25, "Selimut motif macan", "Bulu halus, {o}. {c}."),
      Lure(.bigCatParts, .replica, 2...15, "Kalung taring resin", "Resin, aksesori saja."),
      Lure(.bigCatParts, .notWildlife, 10...120, "Jaket kulit sintetis motif harimau", "Kulit sintetis, ukuran {x}."),
      Lure(.tigerBone, .notWildlife, 1...6, "Balsem cap macan isi {z}", "Baru, segel."),
      Lure(.hornbill, .notWildlife, 3...30, "Lukisan burung rangkong", "Cat air, bingkai baru."),
      Lure(.tortoiseshell, .otherMaterial, 2...20, "Kacamata motif penyu, plastik", "Frame plastik, lensa bisa ganti."),
      Lure(.tortoise, .otherSpecies, 1...10, "Kura-kura brazil sama akuarium", "Anak sudah bosan."),
      Lure(.tortoise, .legalWithPapers, 40...300, "Sulcata penangkaran, ada surat", "Surat lengkap, lihat di {p}."),
      Lure(.tortoise, .notWildlife, 3...30, "Baju turtle neck {o}", "Bahan rajut. {c}."),
      Lure(.parrot, .notWildlife, 50...180, "HP A13 {o} 128GB", "Galaxy A13, fullset, baterai aman."),
      Lure(.parrot, .notWildlife, 2...15, "Casing A13 dan tempered glass", "Casing hp, baru, {z} pcs."),
      Lure(.parrot, .otherSpecies, 5...40, "Lovebird sepasang + kandang", "Hasil ternak, ring."),
      Lure(.parrot, .wantedAdvert, 5...50, "Dicari kandang parrot bekas", "Cari kandangnya saja, daerah {p}."),
      Lure(.songbird, .notWildlife, 5...90, "Sangkar murai ukir", "Sangkar saja, tanpa burung. {c}."),
      Lure(
        .songbird, .legalWithPapers, 40...350, "Jalak bali penangkaran bersertifikat",
        "Ring dan sertifikat, indukan ada."),
      Lure(.songbird, .otherSpecies, 3...30, "Kenari hasil ternak", "Warna {o}, rajin bunyi."),
      Lure(.otter, .notWildlife, 2...20, "Boneka otter viral", "Lembut, tinggi {l} cm."),
      Lure(.bearBile, .notWildlife, 1...10, "Susu beruang {z} kaleng", "Exp masih lama."),
      Lure(.seahorse, .notWildlife, 1...8, "Gantungan kunci kuda laut akrilik", "Oleh-oleh, {z} pcs."),
      Lure(.agarwood, .legalWithPapers, 2...30, "Dupa gaharu budidaya", "Gaharu tanam, ada izin."),
      Lure(.rosewood, .notWildlife, 10...120, "Meja warna sonokeling, plywood", "Bahan plywood. {c}."),
      Lure(.gecko, .notWildlife, 1...8, "Stiker tokek 3D", "Isi {z}."),
      Lure(.lizard, .otherSpecies, 5...40, "Bearded dragon hasil breeding", "Breeding sendiri, sehat."),
    ],
    background: [
      Plain(20...350, "Sepeda lipat {o}", "Siap gowes. {c}."),
      Plain(50...600, "HP bekas 64GB {o}", "Normal semua, tanpa dus."),
      Plain(5...80, "Kipas angin", "Angin kencang. {c}."),
      Plain(10...140, "Meja belajar", "Kayu, ambil sendiri di {p}."),
      Plain(2...30, "Baju anak borongan {z} potong", "Layak pakai."),
      Plain(20...260, "Kulkas satu pintu", "Dingin, pindahan kos."),
      Plain(3...40, "Sepatu lari ukuran {y}", "Jarang dipakai."), Plain(2...25, "Novel bekas {z} buku", "Sampul rapi."),
      Plain(10...120, "Gitar akustik", "Senar baru."), Plain(4...50, "Panci set", "Kado, belum dipakai."),
      Plain(5...60, "Lampu hias {o}", "{c}."), Plain(15...180, "Akuarium {l} cm", "Lengkap filter."),
      Plain(100...1500, "Motor bebek bekas", "Pajak hidup, mesin halus."),
      Plain(1...12, "Bibit cabai {z} polibag", "Siap pindah."),
    ],
    titles: ["{n}", "{n} {m}", "Jual {n}", "{e} {n} {e}", "{n} {d}", "Ready {n}", "{n} minat inbox", "Dilepas {n}"],
    bodies: [
      "{n}, {d}, {m}. {k}", "{d}. {s} {k}", "Ready {n} {m}, {d}. {g}", "{k} {g}", "{e} {n} {m}\n{d}\n{s}\n{k}",
      "Posisi {p}. {n}, {d}. {s}", "{m}, {d}. Rekber boleh. {g}",
    ],
    conditions: ["kondisi mulus", "masih bagus", "bekas terawat", "ada lecet sedikit", "baru", "sesuai foto"],
    contacts: ["Minat inbox.", "WA {t}.", "Chat {t}, fast respon.", "DM saja.", "Tanya dulu sebelum order."],
    deliveries: [
      "COD {p}.", "Kirim seluruh Indonesia.", "Bisa rekber.", "Ongkir pembeli.", "Kirim via kargo.",
      "Packing aman rahasia.",
    ],
    closings: [
      "Nego tipis.", "Siapa cepat dia dapat.", "No PHP.", "Terima kasih.", "Harga pas.", "Barang terbatas.",
      "Seller terpercaya.",
    ],
    colours: ["biru", "hitam", "putih", "merah", "abu-abu", "hijau"],
    units: Units(grams: "# gram", kilos: "# kg", centimetres: "# cm", pieces: "# pcs", months: "umur # bulan"),
    places: [
      Place("ID", ["Surabaya", "Medan", "Pontianak", "Bogor", "Makassar", "Palembang", "Malang", "Sorong"]),
      Place("MY", ["Kuching", "Ipoh", "Johor Bahru"]),
    ],
    handles: Handles(
      heads: [
        "lapak", "toko", "juragan", "bang", "mbak", "rumah", "kicau", "warung", "gudang", "pojok", "anak", "mas",
        "kebun", "omah", "si",
      ],
      tails: [
        "ceria", "borneo", "barokah", "kampung", "mania", "lawas", "hobi", "pasundan", "jaya", "santai", "klasik",
        "senja", "sawah", "kopi",
      ], joints: ["_", ".", ""]),
    openPrices: ["nego", "tanya", "hubungi", "gratis", "inbox", "net"])
}
