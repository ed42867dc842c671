/** @module style — what an evidence page has beside the style of all pages. */
export const style = `
.code svg { width: 14em; max-width: 100%; height: auto; }
#check { border: 2px solid; padding: .6em; font-weight: bold; }
.holds { color: #05612b; } .fails { color: #b00020; } .unknown { color: #7a4b00; }
`;
