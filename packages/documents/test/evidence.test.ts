/** @module evidence.test — a page of evidence believes itself only as long as not a byte of it was altered. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { CaseView } from "@wuding/engine";
import { evidencePage } from "@wuding/documents";
import { givenProgram } from "../../cli/test/given-program.ts";

const title = "关于</script><script>alert(1)</script>“政务”的<b>建议";

/** The page of a case with this title, and what the program said. */
const pageOf = async (origin: string, language = "en_GB.UTF-8"): Promise<string> => {
  const { wuding, typed, folder } = givenProgram({ LANG: language });
  const file = join(folder, "evidence.html");
  await typed(`init --origin ${origin}`);
  const receive = `receive --kind cppcc --session 15-5 --number 1 --proposer 李楠 --on 2021-04-02`;
  const taken = await wuding([...receive.split(" "), "--title", title]);
  expect(taken.exitCode).toBe(0);
  await typed(
    "assign 1 --department 规划科 --person 甲 --due 2021-06-20 --task 答复 --responsibility 科长 --on 2021-04-06",
  );
  const made = await typed(`audit evidence 1 ${file}`);
  expect(made).toMatchObject({ exitCode: 0 });
  return readFileSync(file, "utf8");
};

const scriptsOf = (page: string): readonly string[] =>
  [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text ?? "");
const evidenceOf = (page: string): string =>
  /<script type="application\/json" id="evidence">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

type Spot = { textContent: string; innerHTML: string; className: string };
const spot = (innerHTML: string): Spot => ({
  textContent: unescaped(innerHTML),
  innerHTML,
  className: "",
});

/** As much of a browser's document as the page's script asks for. */
const documentOf = (page: string) => {
  const spots = new Map([["evidence", { ...spot(""), textContent: evidenceOf(page) }]]);
  for (const [, id = "", text = ""] of page.matchAll(/<pre id="([a-z-]+)">([^<]*)</g)) {
    spots.set(id, spot(text));
  }
  for (const [, id = "", html = ""] of page.matchAll(
    /<section id="([a-z-]+)">([\s\S]*?)<\/section>/g,
  )) {
    spots.set(id, spot(html));
  }
  for (const [, id = ""] of page.matchAll(/ id="(check[a-z-]*)"/g)) spots.set(id, spot(""));
  return {
    getElementById: (id: string) => spots.get(id) ?? null,
    createElement: () => spot(""),
  };
};

/** The cryptography of a browser. */
type Browser = typeof globalThis.crypto;

type Verdicts = Readonly<
  Record<"check" | "form" | "chain" | "shown" | "inclusion" | "signature", string>
>;

/** Runs the page's own script over a page, which may be an altered one, and gives what it then shows. */
const opened = async (
  page: string,
  script = scriptsOf(page)[0] ?? "",
  crypto = globalThis.crypto,
) => {
  const document = documentOf(page);
  // oxlint-disable-next-line typescript/no-implied-eval -- a page's script is run as a browser runs it
  const start = new Function(
    "document",
    "globalThis",
    script.replace("\nshowCheck(", "\nreturn showCheck("),
  );
  await (start(document, { crypto }) as Promise<void>);
  const shown = (id: string) => document.getElementById(id)?.className ?? "";
  const steps = ["form", "chain", "shown", "inclusion", "signature"];
  return Object.fromEntries([
    ["check", shown("check")],
    ...steps.map((step) => [step, shown(`check-${step}`)]),
  ]) as Verdicts;
};

const holds = {
  check: "holds",
  form: "holds",
  chain: "holds",
  shown: "holds",
  inclusion: "holds",
  signature: "holds",
};

let page = "";
beforeAll(async () => {
  page = await pageOf("gov.example/proposals/log1");
});

describe("audit evidence 办件证明", () => {
  it("checks itself where it is opened, and holds", async () => {
    expect(await opened(page)).toEqual(holds);
  });

  it("falls with any one character of what it embeds altered", async () => {
    const text = evidenceOf(page);
    const passed: number[] = [];
    for (let at = 0; at < text.length; at++) {
      const altered =
        text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
      const { check } = await opened(
        page.replace(text, () => altered),
        scriptsOf(page)[0],
      );
      if (check !== "fails") passed.push(at);
    }
    expect(passed).toEqual([]);
  });

  it("falls with any visible cell of the history, the checkpoint or the keys altered", async () => {
    const history = /<section id="history">[\s\S]*?<\/section>/.exec(page)?.[0] ?? "";
    const cells = [...history.matchAll(/<t[dh]>(?:<code>)?([^<]+)</g)];
    expect(cells).toHaveLength(6 + 2 * 6);
    for (const [cell, text = ""] of cells) {
      const forged = history.replace(cell, () => cell.replace(`>${text}<`, () => `>${text}0<`));
      const altered = page.replace(history, () => forged);
      expect([cell, await opened(altered)]).toMatchObject([
        cell,
        { check: "fails", shown: "fails" },
      ]);
    }
    for (const forged of [
      history.replace("case received", "case withdrawn"),
      history.replace("</tbody>", "<tr><td>99</td><td>forged event</td></tr></tbody>"),
      history.replace("<td>2021-04-02", "<td>2020-01-01<span hidden>2021-04-02</span>"),
      history.replace("<tbody>", "<tbody hidden>"),
      history.replace(/<tr><td>[\s\S]*?<\/tr>/, ""),
    ]) {
      expect(forged).not.toBe(history);
      const altered = page.replace(history, () => forged);
      expect(await opened(altered)).toMatchObject({ check: "fails", shown: "fails" });
    }
    const named = page.replace(
      '<section id="files"></section>',
      '<section id="files"><h2>Files</h2></section>',
    );
    expect(await opened(named)).toMatchObject({ check: "fails", shown: "fails" });
    for (const [shown] of page.matchAll(/<pre id="shown-(?:note|pin)">[^<]*/g)) {
      const altered = page.replace(shown, () => `${shown}0`);
      expect(await opened(altered)).toMatchObject({ check: "fails", shown: "fails" });
    }
  });

  it("lists the documents of a case with their hashes, and falls with one of them altered", async () => {
    const { typed, folder } = givenProgram();
    const [letter, file] = [join(folder, "reply.txt"), join(folder, "page.html")];
    writeFileSync(letter, "答复");
    await typed(
      "receive --kind cppcc --session 15-5 --number 1 --title t --proposer 李楠 --on 2021-04-02",
    );
    await typed(
      "assign 1 --department 规划科 --person 甲 --due 2021-06-20 --task 答复 --responsibility 科长 --on 2021-04-06",
    );
    await typed("contact 1 --mode visit --on 2021-04-08");
    const answered = await typed(`answer 1 --result A --file ${letter} --on 2021-05-08`);
    expect(answered).toMatchObject({ exitCode: 0 });
    await typed(`audit evidence 1 ${file}`);
    const withFile = readFileSync(file, "utf8");
    const hash = createHash("sha256").update("答复").digest("hex");
    expect(withFile).toContain(`<td>reply.txt</td><td>6</td><td><code>${hash}</code></td>`);
    expect(await opened(withFile)).toEqual(holds);
    const altered = withFile.replace("<td>reply.txt</td>", "<td>other.txt</td>");
    expect(await opened(altered)).toMatchObject({ check: "fails", shown: "fails" });
  });

  it("is never green where the browser cannot check a signature, or nothing at all", async () => {
    const { subtle } = globalThis.crypto;
    const withoutEd25519 = {
      subtle: {
        digest: subtle.digest.bind(subtle),
        importKey: () => Promise.reject(new Error("NotSupportedError")),
      },
    } as unknown as Browser;
    expect(await opened(page, scriptsOf(page)[0], withoutEd25519)).toEqual({
      ...holds,
      check: "unknown",
      signature: "unknown",
    });
    expect(await opened(page, scriptsOf(page)[0], {} as Browser)).toMatchObject({
      check: "unknown",
    });
    // no browser has SM3
    const sm3 = await pageOf("gov.example/proposals/log1.sm3");
    expect(await opened(sm3)).toMatchObject({ check: "unknown" });
  });

  it("allows its own two texts by their hashes, and no network", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    const hashed = (text: string): string =>
      `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const scripts = scriptsOf(page);
    expect(scripts).toHaveLength(1);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    expect(policy).toContain(`default-src 'none'; script-src ${hashed(scripts[0] ?? "")};`);
    expect(policy).toContain(`style-src ${hashed(style)};`);
    expect(page).not.toMatch(/ (?:src|href|on\w+|style)=/);
  });

  it("shows text as text, whatever it is", () => {
    expect(page).toContain(
      "关于&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;“政务”的&lt;b&gt;建议",
    );
    expect(page.match(/<script/g)).toHaveLength(2);
  });

  it("its embedded text ends no script and no line, whatever it is", () => {
    const bundle = {
      events: `${JSON.stringify({ seq: 0, by: { id: "" } })}\n`,
      proof: "\n\n</script>\u2028\u2029<!--",
    };
    const view = { case: "c", title: "t", proposers: [], status: "received", assignment: null };
    const built = evidencePage({
      language: "zh",
      case: { ...view, dispatchedOn: "", rulebook: "" } as unknown as CaseView,
      history: [],
      certificates: [],
      bundle,
      pin: "",
    });
    expect(evidenceOf(built)).not.toMatch(/[<\u2028\u2029]/);
    expect((JSON.parse(evidenceOf(built)) as typeof bundle).proof).toBe(bundle.proof);
  });

  it("shows the whole checkpoint, and a code of it for paper", () => {
    const { proof } = JSON.parse(evidenceOf(page)) as { proof: string };
    expect(page).toContain(`<pre id="shown-note">${proof.slice(proof.indexOf("\n\n") + 2)}</pre>`);
    expect(page).toContain("<svg");
  });

  it("speaks the language that was asked for", async () => {
    expect(page).toContain('<html lang="en">');
    const chinese = await pageOf("gov.example/proposals/log1", "zh_CN.UTF-8");
    expect(chinese).toContain('<html lang="zh-CN">');
    expect(chinese).toContain("办件证明 cppcc/15-5/1");
    expect(await opened(chinese)).toEqual(holds);
  });
});
