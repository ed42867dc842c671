/** @module style — what an evidence page has beside the style of all pages. */
export const style = `
.code svg { width: 14em; max-width: 100%; height: auto; }
#check { border: 2px solid; padding: .6em; font-weight: bold; }
.holds { color: #05612b; } .fails { color: #b00020; } .unknown { color: #7a4b00; }
@media print {
  @page { size: A4; margin: 12mm 13mm; }
  body { font-size: 8.5pt; line-height: 1.3; } h1 { font-size: 13pt; margin: 0 0 1.5mm; } h2 { font-size: 9.5pt; margin: 2mm 0 .5mm; break-after: avoid; }
  #check { padding: .8mm 2mm; margin: 0; } dl { gap: 0 3mm; } table { font-size: 8pt; } th, td { padding: .2mm 1.2mm; }
  section:has(> ul) ul { columns: 2; margin: .5mm 0; } section > p { margin: .5mm 0; } pre { margin: 0; padding: 1mm 2mm; font-size: 7.5pt; }
  section:has(> .code) { display: grid; grid-template-columns: 1fr 30mm; gap: 0 3mm; } section:has(> .code) h2 { grid-column: 1 / -1; } .code svg { width: 30mm; display: block; }
}
`;
