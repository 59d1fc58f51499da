/// The report's look: dark on light, one column, narrow enough to read; on paper A4, with the mark and the number of the page
/// on every page.
///
/// Shape:  fonts are named, never fetched: those that systems have for Latin, Arabic, Thai and Chinese.
/// Source: the colours of the TLP marks are those of FIRST's TLP 2.0.
enum ReportStyle {
  /// The style sheet.
  ///
  /// - Parameters:
  ///   - mark: for the margins of printed pages.
  ///   - folder: likewise.
  static func css(mark: String, folder: String) -> String {
    let folder = String(folder.unicodeScalars.filter { $0.properties.isAlphabetic && $0.isASCII || isDigitOrMark($0) })
    return """

      @page{size:A4;margin:17mm 15mm 16mm;\
      @top-left{content:"\(folder)";font:8pt sans-serif}@top-right{content:"\(mark)";font:bold 8pt sans-serif}\
      @bottom-left{content:"\(mark)";font:bold 8pt sans-serif}\
      @bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif}}
      \(rules)
      """
  }

  private static func isDigitOrMark(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value) || scalar == "-" || scalar == "_"
  }

  private static let rules = """
    body{font:15px/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic","Noto Sans Thai","Leelawadee UI",\
    "Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei","PingFang SC","DejaVu Sans","Noto Color Emoji",sans-serif;\
    color:#1a1a1a;background:#fff;margin:1.5rem auto;padding:0 1.25rem;max-width:62rem;overflow-wrap:anywhere}
    h1{font-size:1.6rem;line-height:1.25;margin:1rem 0 .4rem}
    h2{font-size:1.15rem;margin:1.6rem 0 .4rem}
    h3{font-size:1rem;margin:1rem 0 .25rem}
    p{max-width:48rem;margin:.4rem 0}
    ul{margin:.3rem 0;padding-left:1.2rem}
    .lead{font-size:1.05rem}
    .marking{max-width:none;border-bottom:1px solid #ccc;padding-bottom:.4rem}
    .tlp{background:#000;color:#fff;padding:.15rem .5rem;font-weight:700;letter-spacing:.02em}
    .red{color:#ff2b2b}.amber{color:#ffc000}.green{color:#33ff00}.clear{color:#fff}
    .test{background:#fff3cd;border:2px solid #7a5c00;padding:.4rem .75rem;max-width:none}
    .note{border-left:4px solid #4a6a8a;background:#f2f6fa;padding:.3rem .75rem}
    .label,.none{color:#555;font-size:.87em}
    .charts{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;margin:.6rem 0}
    figure{margin:0;flex:1 1 20rem;max-width:26rem}
    figcaption{font-weight:600;margin-bottom:.2rem}
    svg{width:100%;height:auto;display:block}
    svg text{font-size:11px;fill:#1a1a1a}
    svg rect{fill:#4d4d4d}
    svg line{stroke:#777;stroke-width:1}
    table{border-collapse:collapse;width:100%;margin:.5rem 0}
    th,td{border:1px solid #c8c8c8;padding:.25rem .45rem;text-align:left;vertical-align:top;font-weight:400}
    thead th{background:#eceff1;font-weight:600;overflow-wrap:normal}
    .facts th{width:11.5rem;color:#333;background:#f7f8f9}
    .number{text-align:right;white-space:nowrap}
    .id,.species th{white-space:nowrap}
    .annex th,.annex td{padding:.12rem .35rem}
    .annex code{font-size:.78em;white-space:nowrap}
    .annex .facts code{white-space:normal}
    .sellers th[scope=rowgroup]{background:#f2f4f5;font-weight:600}
    .listing{border-top:2px solid #1a1a1a;margin-top:1.3rem}
    .listing h2{margin:.4rem 0 .2rem}
    .listing p{max-width:none;margin:.25rem 0}
    .verdict{margin-top:0}
    dl{display:grid;grid-template-columns:max-content 1fr max-content 1fr;gap:.1rem .6rem;margin:.3rem 0;\
    padding:.3rem .6rem;background:#f7f8f9}
    dt{color:#555;font-size:.87em}
    dd{margin:0}
    dt.wide{grid-column:1}
    dd.wide{grid-column:2/-1}
    @media screen and (max-width:40rem){dl{grid-template-columns:max-content 1fr}}
    .sellers td:nth-child(3){width:16%}
    .sellers td:nth-child(5){width:14%}
    .text{border-left:3px solid #999;padding:.1rem .7rem;max-width:48rem}
    .small{font-size:.9em}
    mark{background:#ffe08a;color:inherit;border-bottom:2px solid #6b5000}
    .weak{background:none;border-bottom:2px dotted #6b5000}
    .void{background:none;border-bottom:1px dashed #666}
    .against{background:#dcefdc;border-bottom:3px double #2e6b2e}
    sup{font-size:.7em;color:#333}
    code{font:.85em ui-monospace,Consolas,"DejaVu Sans Mono",monospace}
    @media print{
    body{font-size:9.5pt;line-height:1.35;margin:0;padding:0;max-width:none}
    h1{font-size:15pt}h2{font-size:11.5pt}h3{font-size:10pt}
    h1,h2,h3,figcaption,.verdict,caption{break-after:avoid}
    tr,figure,.top{break-inside:avoid}
    .top{break-after:avoid}
    .text,p{orphans:3;widows:3}
    thead{display:table-header-group}
    .listing{margin-top:.9rem}
    .annexes{break-before:page}
    .annex table,.sellers{font-size:8.5pt}
    .tlp,.test,.note,dl,mark,thead th,.facts th,.sellers th,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }

    """
}
