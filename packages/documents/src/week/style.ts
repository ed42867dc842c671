/** @module style — how the Monday paper looks: cards on a phone, a dense list on one sheet of A4. */
export const weekStyle = `
section h2 { margin: 1em 0 .2em; } .late td:first-child { font-weight: bold; text-decoration: underline; }
td:nth-child(-n+3), th { white-space: nowrap; }
@media screen and (max-width: 40em) {
  thead { display: none; } tr { display: block; border: 1px solid #bbb; padding: .3em .5em; margin: .4em 0; }
  td { border: 0; padding: 0 .6em 0 0; display: inline-block; } td.title, td:last-child { display: block; white-space: normal; }
}
@media print {
  @page { size: A4; margin: 8mm; }
  body { font-size: 9pt; line-height: 1.25; padding: 0; } h1 { font-size: 12pt; margin: 0; } .sum { margin: .5mm 0 1mm; }
  section { break-inside: auto; } section h2 { font-size: 10pt; margin: 2mm 0 .5mm; break-after: avoid; }
  table { font-size: 8.5pt; table-layout: fixed; } td { padding: .4mm 1mm; border-width: .5px; }
  th:nth-child(1) { width: 24mm; } th:nth-child(2) { width: 10mm; } th:nth-child(3) { width: 27mm; } th:nth-child(4) { width: 52mm; }
  .dense { font-size: 7.5pt; line-height: 1.15; } .dense section h2 { font-size: 8.5pt; margin: 1.2mm 0 .3mm; }
  .dense table { font-size: 7pt; line-height: 1.15; } .dense td { padding: .1mm .8mm; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .dense section:not(:first-of-type) thead { visibility: collapse; } .dense th { padding: 0 .8mm; }
  .dense th:nth-child(1) { width: 22mm; } .dense th:nth-child(2) { width: 9mm; } .dense th:nth-child(3) { width: 23mm; } .dense th:nth-child(4) { width: 46mm; }
  .dense td:nth-child(5) { white-space: normal; overflow: visible; }
  .anchor { margin-top: 2mm; } .anchor p { margin: 0; } .anchor svg { width: 18mm; } .anchor figcaption { display: none; }
}
`;
