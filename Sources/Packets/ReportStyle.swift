/// The report's look: dark on light, one column, narrow enough to read, tables that survive a printer.
///
/// Source: the colours of the TLP marks are those of FIRST's TLP 2.0.
enum ReportStyle {
  static let css = """

    body{font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1a1a1a;background:#fff;\
    margin:1.5rem auto;padding:0 1.25rem;max-width:62rem;overflow-wrap:anywhere}
    h1{font-size:1.7rem;line-height:1.25;margin:1.2rem 0 .5rem}
    h2{font-size:1.15rem;margin:2rem 0 .5rem}
    p{max-width:46rem;margin:.5rem 0}
    .lead{font-size:1.05rem}
    .marking{max-width:none;border-bottom:1px solid #ccc;padding-bottom:.5rem}
    .tlp{background:#000;color:#fff;padding:.15rem .5rem;font-weight:700;letter-spacing:.02em}
    .red{color:#ff2b2b}.amber{color:#ffc000}.green{color:#33ff00}.clear{color:#fff}
    .test{background:#fff3cd;border:2px solid #b58900;padding:.5rem .75rem;max-width:none}
    .counts{background:#f2f4f5;padding:.6rem .8rem;max-width:none}
    .verdict{margin-top:0}
    .note{border-left:4px solid #4a6a8a;background:#f2f6fa;padding:.5rem .75rem}
    .none,.label{color:#5c5c5c}
    .label{font-size:.87em}
    table{border-collapse:collapse;width:100%;margin:.75rem 0}
    th,td{border:1px solid #c8c8c8;padding:.35rem .5rem;text-align:left;vertical-align:top;font-weight:400}
    thead th{background:#eceff1;font-weight:600}
    .facts th{width:11.5rem;color:#444;background:#f7f8f9}
    .overview th[scope]{white-space:nowrap}
    h3{font-size:1rem;margin:1.2rem 0 .3rem}
    mark{background:#ffe08a;color:inherit;border-bottom:2px solid #8a6d00}
    .weak{background:none;border-bottom:2px dotted #8a6d00}
    .void{background:none;border-bottom:1px dashed #777}
    .against{background:#dcefdc;border-bottom:2px double #2e6b2e}
    sup{font-size:.7em;color:#444}
    .points th,.hits th[scope=row]{white-space:nowrap;text-align:right;width:3.5rem}
    code{font:.87em ui-monospace,Consolas,"DejaVu Sans Mono",monospace}
    section{border-top:2px solid #1a1a1a;margin-top:2rem}
    section h2{margin-top:.75rem}
    @media print{
    body{font-size:10pt;margin:0;max-width:none}
    section{break-before:auto}
    h2,h3,.verdict,thead{break-after:avoid}
    tr,.note{break-inside:avoid}
    thead{display:table-header-group}
    .tlp,.test,.counts,.note,mark,thead th{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }

    """
}
