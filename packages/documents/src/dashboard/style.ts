/** @module style — how the dashboard looks: figures in a row, cards instead of rows on a phone. */
export const dashboardStyle = `
.figures { display: flex; flex-wrap: wrap; gap: .5em; list-style: none; padding: 0; } .figures li { border: 1px solid #bbb; padding: .3em .8em; }
.figures b { font-size: 1.4em; display: block; } .figures .red { border-left: .5em solid #8c2f39; } .figures .yellow { border-left: .5em solid #e9b44c; } .figures .green { border-left: .5em solid #5f8f6b; }
tr.red td:first-child, tr.yellow td:first-child, tr.green td:first-child { border-left-width: .5em; }
#filter { margin: .5em 0; } #filter input, #filter select { font: inherit; max-width: 100%; } [hidden] { display: none !important; }
details > ol { margin: .2em 0; padding-left: 1.5em; font-size: .9em; } summary { cursor: pointer; } td, th { overflow-wrap: break-word; }
.ledger td:nth-child(1), .ledger td:nth-child(6) { white-space: nowrap; }
@media screen and (max-width: 40em) {
  .ledger thead { display: none; } .ledger tr { display: block; border: 1px solid #bbb; margin: .4em 0; padding: .2em .5em; }
  .ledger tr.red { border-left: .5em solid #8c2f39; } .ledger tr.yellow { border-left: .5em solid #e9b44c; } .ledger tr.green { border-left: .5em solid #5f8f6b; }
  .ledger td { border: 0 !important; display: inline-block; padding: 0 .8em 0 0; } .ledger td:nth-child(2) { display: block; font-weight: bold; }
}
.rates small { color: #444; } .rates > div { display: contents; }
@media print {
  @page { size: A4; margin: 10mm; }
  body { font-size: 7.5pt; line-height: 1.25; } h1 { font-size: 12pt; margin: 0; } h2 { font-size: 9pt; margin: 1.5mm 0 .5mm; }
  section { break-inside: auto; } figure.chart, #filter, .timelines { display: none; }
  .figures { margin: 1mm 0; gap: 2mm; } .figures li { padding: .5mm 2mm; } .figures b { font-size: 9pt; }
  .rates { columns: 2; display: block; column-gap: 6mm; } .rates > div { display: block; break-inside: avoid; } .rates dt { float: left; clear: left; width: 20mm; } .rates dd { margin-left: 21mm; } .rates small { font-size: 6pt; }
  table { font-size: 7pt; } th, td { padding: .2mm 1mm; } tr { break-inside: avoid; } .paper { display: block !important; }
}
.paper { display: none; }
`;
