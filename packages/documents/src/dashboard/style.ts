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
.rates small { color: #444; }
@media print { section { break-inside: auto; } .rates dd { break-inside: avoid; } @page { size: A4; margin: 12mm; } #filter { display: none; } table { font-size: 8pt; } }
`;
