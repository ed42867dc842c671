/** @module style — how every page looks, on a narrow screen and on paper. */
export const baseStyle = `
:root { color-scheme: light; }
body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; max-width: 62em; margin: 0 auto; padding: 1em; color: #111; background: #fff; overflow-wrap: anywhere; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin: 1.6em 0 .4em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; margin: 0; } dt { color: #555; } dd { margin: 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9em; }
th, td { border: 1px solid #bbb; padding: .25em .5em; text-align: left; vertical-align: top; overflow-wrap: normal; } td code { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; border: 1px solid #bbb; padding: .6em; font-size: .85em; }
@media screen { .wide td, .wide th { overflow-wrap: break-word; min-width: 3em; } .wide th { white-space: nowrap; } }
@media print { body { font-size: 10pt; max-width: none; padding: 0; } section, tr { break-inside: avoid; } .wide { overflow: visible; } }
`;
