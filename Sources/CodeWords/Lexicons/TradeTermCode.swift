/// The codes by which CITES names traded specimens: the `product` column of lexicons.
///
/// Source: CITES Secretariat, "Guidelines for the preparation and submission of CITES annual reports", section 6a, and
///         "A guide to using the CITES Trade Database", annex 1, for codes of older reports.
package enum TradeTermCode {
  /// What a code stands for in English; nil for an unknown code.
  ///
  /// Example: `IVC` gives `ivory carving`.
  /// Limits: codes are in capitals; `ivc` is unknown.
  package static func name(of code: String) -> String? { names[code] }

  /// The codes with their meanings.
  private static let names: [String: String] = Dictionary(
    uniqueKeysWithValues: table.split(separator: "\n").map { line in
      (String(line.prefix(3)), String(line.dropFirst(4)))
    })

  private static let table = """
    BAL baleen
    BAR bark
    BEL belt
    BOC bone carving
    BOD body
    BON bone
    BOP bone piece
    BPR bone product
    BUL bulb
    CAL calipee
    CAP carapace
    CAR carving
    CAV caviar
    CHP chips
    CLA claw
    CLO cloth
    COR coral, raw
    CST chess set
    CUL culture
    DER derivative
    DPL dried plant
    EAR ear
    EGG egg
    EGL egg, live
    EXT extract
    FEA feather
    FIB fibre
    FIG fingerling
    FIN fin
    FLO flower
    FOO foot
    FPT flower pot
    FRA spectacle frame
    FRN furniture
    FRU fruit
    FUR fur
    GAB gall bladder
    GAL gall
    GAR garment
    GEN genitalia
    GRS graft rootstock
    HAI hair
    HAP hair product
    HEA head
    HJW horn jewellery
    HOC horn carving
    HOP horn piece
    HOR horn
    HOS horn scrap
    HPR horn product
    IJW ivory jewellery
    IVC ivory carving
    IVP ivory piece
    IVS ivory scrap
    JWL jewellery
    KEY piano keys
    LEG frog leg
    LIV live
    LOG log
    LPL leather product, large
    LPS leather product, small
    LVS leaf
    MEA meat
    MED medicine
    MUS musk
    NES nest
    OIL oil
    OTH other
    PEA pearl
    PKY piano keys
    PLA fur plate
    PLY plywood
    POW powder
    PUP pupa
    QUI quill
    ROO root
    RUG rug
    SAW sawn wood
    SCA scale
    SCR scrap
    SEE seed
    SHE shell
    SHO pair of shoes
    SID side
    SKE skeleton
    SKI skin
    SKO leather goods
    SKP skin piece
    SKS skin scrap
    SKU skull
    SOU soup
    SPE specimen, scientific
    SPR shell product
    STE stem
    SWI swim bladder
    TAI tail
    TEE tooth
    TIM timber
    TIP timber piece
    TIS tissue culture
    TRO trophy
    TRW transformed wood
    TUS tusk
    UNS unspecified
    VEN veneer
    VNM venom
    WAX wax
    WOO wood
    WPR wood product
    """
}
