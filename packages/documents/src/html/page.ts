/**
 * @module page — one HTML file that needs nothing else: styles and scripts stand in it, and its content
 * security policy allows these by their hashes and nothing more. It opens without a network and prints.
 */
import { createHash } from "node:crypto";
import type { Label } from "@wuding/engine";
import { escaped } from "./markup.ts";
import { baseStyle } from "./style.ts";

export type PageLanguage = keyof Label;

export type PageParts = Readonly<{
  language: PageLanguage;
  title: string;
  /** CSS behind the one that all pages share. */
  style?: string;
  /** HTML between the title's heading and the end. */
  body: string;
  /** JavaScript that runs once the body is there. */
  script?: string;
}>;

/** The page. The same parts give the same bytes. */
export const htmlPage = ({ language, title, style = "", body, script }: PageParts): string => {
  const styles = baseStyle + style;
  const scriptSource = script === undefined ? "'none'" : sourceHash(script);
  const policy = `default-src 'none'; script-src ${scriptSource}; style-src ${sourceHash(styles)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${styles}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}
${script === undefined ? "" : `<script>${script}</script>\n`}</body>
</html>
`;
};

const sourceHash = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
