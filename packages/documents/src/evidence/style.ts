/** @module style — how an evidence page looks, on a narrow screen and on paper. */
export const style = `
:root { color-scheme: light; }
body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; max-width: 62em; margin: 0 auto; padding: 1em; color: #111; background: #fff; overflow-wrap: anywhere; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin: 1.6em 0 .4em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; margin: 0; } dt { color: #555; } dd { margin: 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9em; }
th, td { border: 1px solid #bbb; padding: .25em .5em; text-align: left; vertical-align: top; }
pre { white-space: pre-wrap; border: 1px solid #bbb; padding: .6em; font-size: .85em; }
.code svg { width: 14em; max-width: 100%; height: auto; }
#check { border: 2px solid; padding: .6em; font-weight: bold; }
.holds { color: #05612b; } .fails { color: #b00020; } .unknown { color: #7a4b00; }
@media print { body { font-size: 10pt; max-width: none; padding: 0; } section, tr { break-inside: avoid; } .wide { overflow: visible; } }
`;
