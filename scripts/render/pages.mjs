/**
 * Opens HTML files as a reader does, in headless Chromium, and says what it saw of each: messages of the
 * console, requests, how wide it lies on a phone of 360 pixels and how small its smallest text is there, how many
 * A4 pages it prints to, and what its own check came to, where it has one.
 *
 *   node scripts/render/pages.mjs [--images FOLDER] FILE.html …
 *
 * One JSON document on stdout. Exit 0: nothing amiss; 1: console errors, requests, a page wider than the
 * phone, a check that fails; 2: no file or no browser. `--images` keeps a picture as on the phone and the PDF.
 */
import { spawn } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const phone = { width: 360, height: 800, deviceScaleFactor: 2, mobile: true };
const a4 = { paperWidth: 8.27, paperHeight: 11.69 };
// ten thousand rows take a minute to print
const patienceMs = 120_000;

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "msedge",
];

/** Path of a Chromium, or undefined where none is installed. */
export const findBrowser = (environment = process.env) => {
  const isRunnable = (file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  const named = environment["CHROME_PATH"];
  if (named !== undefined && named !== "") return isRunnable(named) ? named : undefined;
  const folders = (environment["PATH"] ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isRunnable);
};

/** What to do where there is no browser. */
export const noBrowser =
  "No Chromium was found. Install one (Debian and Ubuntu: apt-get install chromium fonts-noto-cjk; macOS: brew install --cask chromium), or name it: CHROME_PATH=/path/to/chrome.";

/** A started browser that answers `send(method, params, session)` over its debugging pipe. */
const startBrowser = (file) => {
  const profile = mkdtempSync(join(tmpdir(), "wuding-browser-"));
  const flags = [
    "--headless",
    "--remote-debugging-pipe",
    `--user-data-dir=${profile}`,
    "--host-resolver-rules=MAP * ~NOTFOUND",
    ...["gpu", "background-networking", "component-update", "sync", "extensions"].map(
      (off) => `--disable-${off}`,
    ),
    "--no-first-run",
    // a browser of root has no sandbox to start
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    "about:blank",
  ];
  const browser = spawn(file, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , input, output] = browser.stdio;
  const waiting = new Map();
  const listeners = new Set();
  let last = 0;
  let unread = Buffer.alloc(0);
  const gone = new Promise((_done, failed) => {
    browser.once("error", failed);
    browser.once("exit", () => failed(new Error("The browser ended too early.")));
  });
  gone.catch(() => {});
  input.on("error", () => {});
  output.on("data", (bytes) => {
    unread = Buffer.concat([unread, bytes]);
    for (let end = unread.indexOf(0); end >= 0; end = unread.indexOf(0)) {
      const message = JSON.parse(unread.subarray(0, end).toString("utf8"));
      unread = unread.subarray(end + 1);
      const answer = waiting.get(message.id);
      waiting.delete(message.id);
      if (answer !== undefined) answer(message);
      else for (const listener of listeners) listener(message);
    }
  });
  const inTime = (promise, what) => {
    let timer;
    const late = new Promise((_done, failed) => {
      timer = setTimeout(() => failed(new Error(`No answer: ${what}`)), patienceMs);
    });
    return Promise.race([promise, gone, late]).finally(() => clearTimeout(timer));
  };
  const send = async (method, params = {}, sessionId) => {
    last += 1;
    const id = last;
    const answered = new Promise((answer) => waiting.set(id, answer));
    input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    const { result, error } = await inTime(answered, method);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  const next = (sessionId, method) =>
    inTime(
      new Promise((seen) => {
        const listener = (message) => {
          if (message.sessionId !== sessionId || message.method !== method) return;
          listeners.delete(listener);
          seen(message.params);
        };
        listeners.add(listener);
      }),
      method,
    );
  const stop = async () => {
    const ended = new Promise((done) => browser.once("exit", done));
    await send("Browser.close").catch(() => browser.kill());
    if (browser.exitCode === null && browser.signalCode === null) await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { send, next, listeners, stop };
};

/** Runs in the page: waits for its own check, where it has one, and measures it. */
const measure = async () => {
  const check = document.getElementById("check");
  for (let turn = 0; turn < 60; turn += 1) {
    if (check?.className !== "unknown") break;
    await new Promise((done) => setTimeout(done, 50));
  }
  const sizes = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const { width } = text.parentElement.getBoundingClientRect();
    if (text.data.trim() === "" || width === 0) continue;
    // what is drawn is scaled with its drawing
    const scale = text.parentElement.ownerSVGElement?.getScreenCTM()?.a ?? 1;
    sizes.push(Number.parseFloat(getComputedStyle(text.parentElement).fontSize) * scale);
  }
  return {
    title: document.title,
    width: document.scrollingElement.scrollWidth,
    smallest: Math.round(Math.min(...sizes) * 10) / 10,
    check: check === null ? null : check.className,
  };
};

const textOf = ({ args = [] }) =>
  args.map(({ value, description }) => value ?? description).join(" ");

const lookAtPage = async ({ send, next, listeners }, file, images) => {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const ask = (method, params) => send(method, params, sessionId);
  const url = pathToFileURL(resolve(file)).href;
  const console = [];
  const requests = [];
  const listener = (message) => {
    if (message.sessionId !== sessionId) return;
    const { method, params } = message;
    if (method === "Runtime.consoleAPICalled")
      console.push({ level: params.type, text: textOf(params) });
    if (method === "Log.entryAdded")
      console.push({ level: params.entry.level, text: params.entry.text });
    if (method === "Runtime.exceptionThrown") {
      const { text, exception } = params.exceptionDetails;
      console.push({ level: "error", text: exception?.description ?? text });
    }
    if (method === "Network.requestWillBeSent" && params.request.url !== url)
      requests.push(params.request.url);
    if (method === "Network.webSocketCreated") requests.push(params.url);
  };
  listeners.add(listener);
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await ask(`${domain}.enable`);
  await ask("Emulation.setDeviceMetricsOverride", phone);
  const loaded = next(sessionId, "Page.loadEventFired");
  await ask("Page.navigate", { url });
  await loaded;
  const expression = `(${measure.toString()})()`;
  const { result } = await ask("Runtime.evaluate", {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  const { title, width, smallest, check } = result.value;
  if (images !== undefined) {
    const { data } = await ask("Page.captureScreenshot", { captureBeyondViewport: true });
    writeFileSync(join(images, `${basename(file, ".html")}.phone.png`), data, "base64");
  }
  await ask("Emulation.clearDeviceMetricsOverride");
  const pdf = await ask("Page.printToPDF", {
    ...a4,
    preferCSSPageSize: true,
    printBackground: true,
  });
  if (images !== undefined) {
    writeFileSync(join(images, `${basename(file, ".html")}.pdf`), pdf.data, "base64");
  }
  const bytes = Buffer.from(pdf.data, "base64").toString("latin1");
  const pages = bytes.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  listeners.delete(listener);
  await send("Target.closeTarget", { targetId });
  const overflows = width > phone.width;
  return { file, title, console, requests, width, overflows, smallest, pages, check };
};

/** Whether nothing is amiss with a page. */
export const isClean = ({ console, requests, overflows, check }) =>
  !console.some(({ level }) => level === "error") &&
  requests.length === 0 &&
  !overflows &&
  check !== "fails";

/**
 * What a browser saw of each file, in their order.
 * @throws Error where no browser is installed or it does not answer
 */
export const lookAtPages = async (files, { images, browser = findBrowser() } = {}) => {
  if (browser === undefined) throw new Error(noBrowser);
  if (images !== undefined) mkdirSync(images, { recursive: true });
  const started = startBrowser(browser);
  try {
    const seen = [];
    for (const file of files) seen.push(await lookAtPage(started, file, images));
    return seen;
  } finally {
    await started.stop();
  }
};

const main = async (words) => {
  const at = words.indexOf("--images");
  const images = at < 0 ? undefined : words[at + 1];
  const files = at < 0 ? words : words.toSpliced(at, 2);
  const absent = files.filter((file) => !existsSync(file));
  if (files.length === 0 || absent.length > 0 || (at >= 0 && images === undefined)) {
    console.error(
      absent.length > 0
        ? `Not there: ${absent.join(", ")}`
        : "Usage: node scripts/render/pages.mjs [--images FOLDER] FILE.html …",
    );
    return 2;
  }
  if (findBrowser() === undefined) {
    console.error(noBrowser);
    return 2;
  }
  const seen = await lookAtPages(files, { images });
  console.log(JSON.stringify(seen, undefined, 2));
  return seen.every(isClean) ? 0 : 1;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
