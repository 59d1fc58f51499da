extension LanguageBank {
  static let portuguese = LanguageBank(
    language: "pt",
    wares: [
      Ware(
        .parrot,
        [
          "papagaio filhote|Amazona aestiva", "arara canindé mansa|Ara ararauna", "ovos de arara|Ara ararauna",
          "cacatua sem anilha|Cacatua alba",
        ], ["já fala", "sem anilha", "comendo papinha", "veio do mato"]),
      Ware(
        .songbird,
        [
          "curió de mata|Sporophila angolensis", "bicudo pardo|Sporophila maximiliani",
          "trinca-ferro de alçapão|Saltator similis", "canário da terra bravo|Sicalis flaveola",
        ], ["cantando muito", "pego agora", "não tem anilha"]),
      Ware(
        .primate, ["sagui filhote|Callithrix jacchus", "macaco prego bebê|Sapajus apella"],
        ["na mamadeira", "muito manso", "usa fralda"]),
      Ware(
        .tortoise, ["jabuti filhote sem nota|Chelonoidis carbonarius", "tigre d'água, lote|Trachemys dorbigni"],
        ["comendo bem", "sem nota", "vários tamanhos"]),
      Ware(
        .snake,
        ["jiboia mansa|Boa constrictor", "píton albina|Python bivittatus", "jiboia arco-íris|Epicrates cenchria"],
        ["come rato", "sem microchip", "aceito troca"]),
      Ware(
        .seahorse, ["cavalo-marinho seco|Hippocampus reidi", "cavalo-marinho vivo, par|Hippocampus reidi"],
        ["do mangue", "por quilo"]),
      Ware(
        .bigCatParts,
        ["couro de onça|Panthera onca", "dente de onça|Panthera onca", "garra de onça em prata|Panthera onca"],
        ["antigo", "verdadeiro", "herança do avô"]),
      Ware(
        .rosewood, ["jacarandá da bahia, pranchas|Dalbergia nigra", "lâminas de jacarandá|Dalbergia nigra"],
        ["madeira antiga", "sem documento", "para violão"]),
      Ware(
        .ivoryCarved, ["marfim antigo, peça", "dente de elefante esculpido"], ["veio de Moçambique", "veios visíveis"]),
      Ware(.rhinoHorn, ["corno de rinoceronte", "pedaço de corno"], ["só por mensagem", "peso certo"]),
      Ware(
        .orchid, ["orquídea de mata|Cattleya labiata", "Cattleya do mato|Cattleya labiata"],
        ["touceira grande", "com raiz"]),
    ],
    lures: [
      Lure(.ivoryCarved, .notWildlife, 15...150, "Vestido marfim tamanho {x}", "Cor marfim, usado uma vez. {c}."),
      Lure(
        .ivoryCarved, .otherMaterial, 4...40, "Jarina, marfim vegetal, brinco",
        "Semente da Amazônia, artesanato com nota."),
      Lure(.ivoryCarved, .otherMaterial, 3...30, "Elefante de resina", "Enfeite, {c}."),
      Lure(.ivoryCarved, .notWildlife, 10...120, "Piso pau-marfim laminado", "Laminado, sobra de obra, {z} peças."),
      Lure(.ivoryCarved, .notWildlife, 2...15, "Elefante de pelúcia", "Lavado."),
      Lure(.parrot, .otherSpecies, 4...40, "Calopsita mansa com gaiola", "Criada em casa."),
      Lure(
        .parrot, .legalWithPapers, 300...1500, "Papagaio de criadouro legalizado, nota e anilha",
        "Documento do órgão ambiental, anilha fechada."),
      Lure(.parrot, .notWildlife, 5...60, "Viveiro grande", "Só o viveiro. {c}."),
      Lure(.parrot, .notWildlife, 4...40, "Camisa floral de arara", "Tamanho {x}."),
      Lure(.songbird, .notWildlife, 4...50, "Gaiola de madeira para canário", "Sem pássaro. {c}."),
      Lure(.songbird, .otherSpecies, 4...40, "Canário belga casal", "Criação própria."),
      Lure(.bigCatParts, .notWildlife, 4...50, "Casaco estampa de onça", "Tecido, tamanho {x}."),
      Lure(.bigCatParts, .notWildlife, 4...50, "Tapete estampa onça, sintético", "Lavável. {c}."),
      Lure(.bigCatParts, .replica, 2...12, "Colar dente de resina", "Imitação para fantasia."),
      Lure(.tortoise, .notWildlife, 3...30, "Blusa gola tartaruga {o}", "Malha. {c}."),
      Lure(.tortoiseshell, .otherMaterial, 4...40, "Óculos armação tartaruga", "Acetato, sem grau."),
      Lure(.snake, .notWildlife, 4...40, "Livro de Python para iniciantes", "Programação, capa boa."),
      Lure(.snake, .notWildlife, 4...50, "Bolsa estampa de cobra", "Sintética. {c}."),
      Lure(.rosewood, .notWildlife, 10...200, "Estante cor jacarandá", "MDF, {c}."),
      Lure(.rosewood, .otherSpecies, 2...25, "Mudas de jacarandá mimoso", "Árvore de rua, {z} mudas."),
      Lure(.seahorse, .notWildlife, 2...20, "Cavalo-marinho de crochê", "Amigurumi, sob encomenda."),
      Lure(.rhinoHorn, .notWildlife, 5...40, "Boneco rinoceronte", "Brinquedo. {c}."),
      Lure(.orchid, .otherSpecies, 3...25, "Orquídea phalaenopsis de estufa", "Com nota do orquidário."),
      Lure(
        .primate, .wantedAdvert, 0...0, "Procuro rede e brinquedos para recinto", "Para santuário, aceitamos doação."),
    ],
    background: [
      Plain(30...450, "Bicicleta aro {w}", "{o}. {c}."), Plain(50...600, "Celular 128 GB {o}", "Sem marcas de queda."),
      Plain(10...150, "Mesa de jantar", "Retirar em {p}."), Plain(15...200, "Fogão quatro bocas", "Funciona tudo."),
      Plain(3...40, "Livros, {z} unidades", "Didáticos e romances."),
      Plain(8...100, "Violão de estudo", "Cordas novas."),
      Plain(3...35, "Roupas de bebê, lote {z} peças", "Limpas."), Plain(5...60, "Tênis número {y}", "Pouco uso."),
      Plain(10...120, "Ventilador de teto", "Com pás."), Plain(4...50, "Jogo de panelas", "Presente repetido."),
      Plain(10...150, "Carrinho de bebê", "{c}."), Plain(3...30, "Vasos de barro, {z}", "Vários tamanhos."),
    ],
    titles: ["{n}", "{n} {m}", "Vendo {n}", "{n}, {d}", "{e} {n} {e}", "{n} chama no privado"],
    bodies: [
      "{n}, {d}. {m}. {k}", "{d}. {s} {k}", "Vendo {n}, {m}, {d}. {g}", "{k} {g}", "{e} {n}\n{m}\n{d}\n{s}",
      "Em {p}. {n}, {d}. {g}",
    ],
    conditions: ["bom estado", "usado", "seminovo", "novo", "marcas de uso", "conforme fotos"],
    contacts: ["Chama no privado.", "Zap {t}.", "Fala com {t}.", "Só mensagem.", "Preço no chat."],
    deliveries: [
      "Retirada em {p}.", "Envio por transportadora.", "Frete por conta do comprador.",
      "Entrega em mãos.", "Entrego na rodoviária.",
    ],
    closings: [
      "Aceito propostas.", "Preço fixo.", "Só interessados.", "Não faço troca.", "Obrigado.",
      "Primeiro que chegar leva.",
    ],
    colours: ["azul", "preto", "cinza", "vermelho", "verde", "branco"],
    units: Units(grams: "# g", kilos: "# kg", centimetres: "# cm", pieces: "# unidades", months: "# meses"),
    places: [
      Place("BR", ["Belém", "Campinas", "Feira de Santana", "Cuiabá", "Londrina"]), Place("PT", ["Braga", "Setúbal"]),
      Place("MZ", ["Nampula", "Maputo"]),
    ],
    handles: Handles(
      heads: ["ze", "feira", "casa", "vovo", "cantinho", "bazar", "beira", "quintal", "dona", "serra", "velho", "mar"],
      tails: [
        "do.mato", "da.vila", "usados", "chico", "azul", "da.praia", "antigo", "verde", "das.aves", "doce", "do.norte",
      ], joints: [".", "_", ""]),
    openPrices: ["a combinar", "grátis", "negociável", "chat", "troco"])
}
