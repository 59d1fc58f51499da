extension LanguageBank {
  static let spanish = LanguageBank(
    language: "es",
    wares: [
      Ware(
        .swimBladder, ["buche de totoaba|Totoaba macdonaldi", "buche seco, del bueno", "vejiga de totoaba"],
        ["pieza grande", "bien seco", "del alto golfo", "solo gente seria"]),
      Ware(
        .seaCucumber, ["pepino de mar seco|Isostichopus fuscus", "pepino café del golfo|Isostichopus fuscus"],
        ["por kilo", "limpio y cocido", "sin guía"]),
      Ware(
        .parrot,
        [
          "loro cabeza amarilla, pichón|Amazona oratrix", "guacamaya roja bebé|Ara macao",
          "pericos de nido|Eupsittula canicularis", "loros recién bajados|Amazona oratrix",
        ], ["come papilla", "ya habla", "sin anillo", "manso"]),
      Ware(
        .primate,
        ["mono araña bebé|Ateles geoffroyi", "mono tití|Saguinus oedipus", "mono capuchino chico|Cebus capucinus"],
        ["con biberón", "muy dócil", "no muerde"]),
      Ware(
        .tortoise,
        [
          "tortuga morrocoy|Chelonoidis carbonarius", "tortuga del desierto, pareja|Gopherus morafkai",
          "tortuga motelo|Chelonoidis denticulatus",
        ], ["comen de todo", "sin papeles", "silvestres"]),
      Ware(
        .lizard,
        [
          "monstruo de gila|Heloderma suspectum", "iguana de cola rayada|Ctenosaura similis",
          "dragoncito de árbol|Abronia graminea",
        ], ["capturado", "come bien"]),
      Ware(
        .cactus,
        [
          "peyotillo de campo|Pelecyphora aselliformis", "biznaga silvestre|Echinocactus platyacanthus",
          "Ariocarpus recolectado|Ariocarpus kotschoubeyanus",
        ], ["raíz completa", "de cerro", "planta vieja"]),
      Ware(
        .orchid, ["orquídea de monte|Guarianthe skinneri", "Phragmipedium silvestre|Phragmipedium kovachii"],
        ["con flor", "arrancada ayer"]),
      Ware(
        .bigCatParts,
        [
          "colmillo de jaguar|Panthera onca", "piel de tigrillo|Leopardus wiedii",
          "colmillos de otorongo|Panthera onca",
        ], ["original de selva", "para amuleto", "curtida"]),
      Ware(.tortoiseshell, ["peineta de carey auténtico", "pulsera de carey"], ["no es plástico", "de la abuela"]),
      Ware(
        .ivoryCarved, ["marfil tallado antiguo", "figura de marfil"], ["vetas visibles", "herencia", "sin certificado"]),
      Ware(.sharkFin, ["aleta de tiburón seca", "aletas surtidas"], ["juego completo", "por kilo"]),
      Ware(
        .songbird, ["jilgueros silvestres|Myadestes occidentalis", "clarín de la selva|Myadestes unicolor"],
        ["canta todo el día", "de trampa"]),
      Ware(.eel, ["angula viva", "angulas del río"], ["de noche", "con oxígeno"]),
    ],
    lures: [
      Lure(
        .ivoryCarved, .notWildlife, 15...150, "Vestido de novia color marfil talla {x}",
        "Color marfil, una postura. {c}."),
      Lure(.ivoryCarved, .otherMaterial, 3...40, "Tagua, marfil vegetal, {z} botones", "Semilla tallada, artesanía."),
      Lure(.ivoryCarved, .otherMaterial, 4...40, "Elefante de resina color marfil", "Resina. {c}."),
      Lure(.ivoryCarved, .notWildlife, 2...20, "Peluche elefante {o}", "Lavado, como nuevo."),
      Lure(.ivoryCarved, .notWildlife, 2...15, "Pintura marfil, cubeta a medias", "Sobró de la casa."),
      Lure(.tortoiseshell, .otherMaterial, 4...45, "Lentes de pasta tipo carey", "Acetato, sin graduación."),
      Lure(
        .tortoiseshell, .notWildlife, 0...0, "Gatita carey en adopción",
        "Esterilizada, adopción responsable, sin costo."),
      Lure(.tortoiseshell, .otherMaterial, 2...15, "Peineta plástico imitación carey", "Para disfraz de flamenca."),
      Lure(.tortoise, .notWildlife, 3...30, "Suéter cuello de tortuga {o}", "Talla {x}. {c}."),
      Lure(.tortoise, .otherSpecies, 2...15, "Tortuguero con filtro", "Solo el acuario, {l} litros."),
      Lure(
        .tortoise, .legalWithPapers, 40...300, "Tortuga de criadero con factura",
        "Papeles de la autoridad ambiental, factura."),
      Lure(.parrot, .otherSpecies, 4...40, "Periquitos australianos con jaula", "Nacidos en casa."),
      Lure(.parrot, .notWildlife, 5...60, "Jaula grande para loro", "Jaula sola. {c}."),
      Lure(
        .parrot, .legalWithPapers, 200...900, "Loro de criadero, anillo cerrado y papeles",
        "Documentos a la vista, se entrega en {p}."),
      Lure(.parrot, .wantedAdvert, 5...40, "Busco jaula para ninfas", "Que sea amplia, pago al contado."),
      Lure(.primate, .notWildlife, 2...20, "Mono de peluche con velcro", "Para colgar. {c}."),
      Lure(.bigCatParts, .notWildlife, 5...60, "Abrigo estampado de leopardo", "Sintético, talla {x}."),
      Lure(.bigCatParts, .replica, 2...15, "Collar colmillo de resina", "Imitación, para disfraz."),
      Lure(.bigCatParts, .notWildlife, 10...120, "Playera jaguar y balón", "Del equipo, talla {x}."),
      Lure(.bigCatParts, .notWildlife, 1...10, "Pomada de tigre {z} frascos", "Nueva, sellada."),
      Lure(.swimBladder, .otherSpecies, 5...60, "Buche de cerdo, menudo", "Para tacos, por kilo."),
      Lure(.seaCucumber, .notWildlife, 1...10, "Semillas de pepino, {z} sobres", "Huerto en casa."),
      Lure(.cactus, .otherSpecies, 2...25, "Cactus de vivero, {z} macetas", "Vivero registrado, con nota."),
      Lure(.cactus, .notWildlife, 2...20, "Lámpara cactus led", "Con cargador. {c}."),
      Lure(.coral, .notWildlife, 3...30, "Blusa color coral", "Talla {x}. {c}."),
      Lure(.sharkFin, .notWildlife, 2...25, "Disfraz de tiburón, aleta y gorro", "Niño de seis años."),
      Lure(.rhinoHorn, .notWildlife, 10...90, "Protector tipo rhino para caja de camioneta", "Spray, dos litros."),
      Lure(.lizard, .otherSpecies, 8...60, "Gecko leopardo de criadero", "Nacido en casa, con terrario."),
    ],
    background: [
      Plain(30...500, "Bicicleta rodada {w}", "{o}, llantas nuevas. {c}."),
      Plain(50...600, "Celular 128 GB {o}", "Liberado, con cargador."),
      Plain(10...150, "Mesa de comedor", "Madera de pino, recoger en {p}."),
      Plain(5...60, "Libros, lote de {z}", "Novelas y cuentos."),
      Plain(20...250, "Lavadora", "Funciona bien, me mudo."), Plain(5...70, "Zapatos número {y}", "Poco uso."),
      Plain(10...150, "Guitarra acústica", "Con funda."), Plain(3...30, "Ropa de bebé, {z} piezas", "Limpia."),
      Plain(8...90, "Ventilador de pie", "Tres velocidades."), Plain(4...50, "Vajilla antigua", "Falta un plato."),
      Plain(15...180, "Carriola", "{c}, plegable."),
      Plain(2...20, "Plantas de sombra, {z} macetas", "Las riego cada semana."),
      Plain(10...120, "Lámpara de pie {o}", "Foco incluido."), Plain(100...1500, "Moto chica", "Papeles en regla."),
    ],
    titles: ["{n}", "{n} {m}", "Vendo {n}", "{n}, {d}", "{e} {n} {e}", "{n} informes inbox", "Disponible {n}"],
    bodies: [
      "{n}, {d}. {m}. {k}", "{d}. {s} {k}", "Vendo {n}, {m}, {d}. {g}", "{k} {g}", "{e} {n}\n{m}\n{d}\n{k}",
      "En {p}. {n}, {d}. {s} {g}",
    ],
    conditions: ["buen estado", "usado", "como nuevo", "nuevo", "detalles de uso", "según fotos"],
    contacts: [
      "Informes por inbox.", "Wasap {t}.", "Escribe a {t}.", "Solo mensajes, no llamadas.", "Precio por privado.",
    ],
    deliveries: [
      "Entrega en {p}.", "Envío por paquetería.", "Se entrega en punto medio.", "Recoger en casa.", "Envío discreto.",
    ],
    closings: [
      "Precio fijo.", "Se aceptan ofertas.", "Solo interesados.", "No cambios.", "Gracias por ver.",
      "El primero que llegue.",
    ],
    colours: ["azul", "negro", "gris", "rojo", "verde", "blanco"],
    units: Units(grams: "# g", kilos: "# kg", centimetres: "# cm", pieces: "# piezas", months: "# meses"),
    places: [
      Place("MX", ["Tijuana", "Puebla", "Mexicali", "Oaxaca"]), Place("CO", ["Cali", "Leticia", "Pereira"]),
      Place("PE", ["Iquitos", "Trujillo"]),
      Place("ES", ["Murcia", "Gijón", "Huelva"]), Place("AR", ["Rosario", "Salta"]),
    ],
    handles: Handles(
      heads: [
        "don", "la.tienda", "rincon", "el.baul", "casa", "puerto", "mi.bazar", "tia", "campo", "todo", "sol", "barrio",
        "mercado",
      ],
      tails: [
        "antiguo", "del.sur", "azul", "chato", "de.lupe", "verde", "viejo", "golfo", "norte", "canela", "usado",
        "del.rio",
      ], joints: [".", "_", ""]),
    openPrices: ["a convenir", "gratis", "negociable", "inbox", "cambio", "ofrezca"])
}
