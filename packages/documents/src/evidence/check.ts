/**
 * @module check — the check that an evidence page makes of itself in the browser. Its source text goes into
 * the page, so the function uses nothing but its arguments and what every browser and Node.js have.
 */
import type { webcrypto } from "node:crypto";
import type { ShownRow } from "./shown.ts";

/** What the page embeds, byte for byte; what it shows is compared with it. */
export type Embedded = Readonly<{
  /** `case.jsonl` */
  events: string;
  /** `case.tlog-proof` */
  proof: string;
  /** The verifier's keys (c2sp.org/tlog-policy). */
  pin: string;
}>;

/** In the order in which they are checked. */
export type CheckStep = "form" | "chain" | "shown" | "inclusion" | "signature";

/** `true` holds, `false` does not, `null` this browser cannot say. */
export type CheckResult = Readonly<Record<CheckStep, boolean | null>>;

/** The part of WebCrypto that is used. */
export type Subtle = Pick<webcrypto.SubtleCrypto, "digest" | "importKey" | "verify">;

/**
 * Checks embedded evidence: canonical events, the chain of the case, what is shown of them, the inclusion
 * proof and the signatures. A step that cannot be taken is `null`, never `true`.
 * @param isShown whether the page shows exactly these rows
 */
export const checkEvidence = async (
  embedded: Embedded,
  isShown: (rows: readonly ShownRow[]) => boolean,
  subtle: Subtle,
): Promise<CheckResult> => {
  type Bytes = Uint8Array<ArrayBuffer>;
  type Key = Readonly<{ name: string; id: string; raw: Bytes }>;
  const result: Record<CheckStep, boolean | null> = {
    form: false,
    chain: false,
    shown: false,
    inclusion: false,
    signature: false,
  };
  const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);
  const join = (...parts: readonly Uint8Array[]): Bytes => {
    const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  };
  const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
  const fromBase64 = (text: string): Bytes | undefined => {
    try {
      const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
      return base64(bytes) === text ? bytes : undefined;
    } catch {
      return undefined;
    }
  };
  const hex = (bytes: Uint8Array): string =>
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const sha256 = async (...parts: readonly Uint8Array[]): Promise<Bytes> =>
    new Uint8Array(await subtle.digest("SHA-256", join(...parts)));
  const node = (left: Uint8Array, right: Uint8Array): Promise<Bytes> =>
    sha256(Uint8Array.of(1), left, right);
  /** RFC 8785 for what JSON.parse gives. */
  const canonical = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(",")}}`;
  };

  // the proof taken apart: its hashes, and the checkpoint with its signature lines
  const [top = "", ...notes] = embedded.proof.split("\n\n");
  const [first, indexLine = "", ...hashLines] = top.split("\n");
  const [, index = ""] = /^index (0|[1-9]\d{0,15})$/.exec(indexLine) ?? [];
  const hashes = hashLines.map(fromBase64);
  const [text = "", lines = "", ...surplus] = notes;
  const [, origin = "", size = "", root = ""] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/=]{44})$/.exec(text) ?? [];
  const isProof =
    first === "c2sp.org/tlog-proof@v1" &&
    index !== "" &&
    origin !== "" &&
    surplus.length === 0 &&
    lines.endsWith("\n") &&
    hashes.length <= 63 &&
    hashes.every((hash) => hash?.length === 32);
  if (!isProof) return result;
  // browsers have no SM3
  if (origin.endsWith(".sm3")) {
    return { form: null, chain: null, shown: null, inclusion: null, signature: null };
  }

  // events: canonical, of this log, each naming the leaf of the one before
  type Event = Readonly<Record<string, unknown>> & Readonly<{ by: Readonly<{ id: string }> }>;
  const bodies = embedded.events.split("\n");
  if (bodies.pop() !== "") return result;
  const rows: string[][] = [];
  let [form, chain] = [true, bodies.length > 0];
  let [leaf, seq, id]: [Bytes | undefined, number, unknown] = [undefined, -1, undefined];
  for (const [place, body] of bodies.entries()) {
    let event: Event;
    try {
      event = JSON.parse(body) as Event;
      form &&= canonical(event) === body && event["v"] === 1 && event["log"] === origin;
      rows.push(["seq", "type", "on", "at"].map((name) => String(event[name])));
      rows.at(-1)?.push(event.by.id);
    } catch {
      return result;
    }
    id ??= event["case"];
    const position = Number(event["seq"]);
    chain &&=
      typeof id === "string" &&
      event["case"] === id &&
      event["caseSeq"] === place + 1 &&
      event["prev"] === (leaf === undefined ? null : base64(leaf)) &&
      position > seq;
    leaf = await sha256(Uint8Array.of(0), bytesOf(body));
    rows.at(-1)?.push(hex(leaf).slice(0, 12));
    seq = position;
  }
  result.form = form;
  result.chain = chain && String(seq) === index;
  result.shown = isShown(rows as unknown as readonly ShownRow[]);

  // from the last leaf to the root (RFC 9162, 2.1.3.2)
  let [place, last, hash]: [number, number, Bytes | undefined] = [
    Number(index),
    Number(size) - 1,
    leaf,
  ];
  let fits = place <= last;
  for (const beside of hashes as readonly Bytes[]) {
    if (hash === undefined || last === 0) fits = false;
    if (hash === undefined || !fits) break;
    if (place % 2 === 1 || place === last) {
      hash = await node(beside, hash);
      while (place % 2 === 0 && place !== 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = await node(hash, beside);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  result.inclusion = fits && last === 0 && hash !== undefined && base64(hash) === root;

  // the pin file, and what its keys signed
  const readKey = async (encoded = "", type: number): Promise<Key | undefined> => {
    const [name = "", keyId = "", ...rest] = encoded.split("+");
    const raw = fromBase64(rest.join("+"));
    if (name === "" || raw?.length !== 33 || raw[0] !== type) return undefined;
    const digest = await sha256(bytesOf(`${name}\n`), raw);
    return hex(digest.subarray(0, 4)) === keyId
      ? { name, id: keyId, raw: raw.slice(1) }
      : undefined;
  };
  const logs: Key[] = [];
  const witnesses = new Map<string, Key>();
  const groups = new Map<string, Readonly<{ count: number; members: readonly string[] }>>();
  let quorum: string | undefined;
  for (const line of embedded.pin.split("\n")) {
    if (line === "") continue;
    const [word, name = "", ...rest] = line.split(" ");
    const isKnown = (one: string): boolean => witnesses.has(one) || groups.has(one);
    if (word === "log" && rest.length === 0) {
      const key = await readKey(name, 1);
      if (key === undefined) return result;
      logs.push(key);
    } else if (word === "witness" && rest.length === 1 && !isKnown(name)) {
      const key = await readKey(rest[0], 4);
      if (key === undefined) return result;
      witnesses.set(name, key);
    } else if (word === "group" && !isKnown(name) && rest.slice(1).every(isKnown)) {
      const [given = "", ...members] = rest;
      const count = given === "all" ? members.length : given === "any" ? 1 : Number(given);
      if (!(count >= 1 && count <= members.length)) return result;
      groups.set(name, { count, members });
    } else if (word === "quorum" && quorum === undefined && (name === "none" || isKnown(name))) {
      quorum = name;
    } else {
      return result;
    }
  }
  const made: Readonly<{ name: string; id: string; signature: Bytes }>[] = [];
  for (const line of lines.slice(0, -1).split("\n")) {
    const [, name = "", encoded = ""] = /^— ([^\s+]+) (\S+)$/.exec(line) ?? [];
    const bytes = fromBase64(encoded);
    if (name === "" || bytes === undefined || bytes.length <= 4) return result;
    made.push({ name, id: hex(bytes.subarray(0, 4)), signature: bytes.slice(4) });
  }
  /** undefined where this browser has no Ed25519. */
  const verifies = async (key: Key, message: string, signature: Bytes) => {
    let imported;
    try {
      imported = await subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
    } catch {
      return undefined;
    }
    return subtle.verify({ name: "Ed25519" }, imported, signature, bytesOf(message));
  };
  const linesOf = (key: Key) => made.filter((one) => one.name === key.name && one.id === key.id);
  const cosigned = new Set<string>();
  const verdicts: (boolean | undefined)[] = [];
  const trusted = logs.filter(({ name }) => name === origin);
  for (const key of trusted) {
    for (const { signature } of linesOf(key)) {
      verdicts.push(await verifies(key, `${text}\n`, signature));
    }
  }
  const isSigned = verdicts.length > 0;
  for (const [name, key] of witnesses) {
    for (const { signature } of linesOf(key)) {
      if (signature.length !== 72) return result;
      const time = new DataView(signature.buffer).getBigUint64(0);
      const message = `cosignature/v1\ntime ${time}\n${text}\n`;
      verdicts.push(await verifies(key, message, signature.slice(8)));
      cosigned.add(name);
    }
  }
  const isMet = (name: string): boolean => {
    const group = groups.get(name);
    if (group === undefined) return name === "none" || cosigned.has(name);
    return group.members.filter(isMet).length >= group.count;
  };
  if (!isSigned || quorum === undefined || !isMet(quorum) || verdicts.includes(false))
    return result;
  result.signature = verdicts.includes(undefined) ? null : true;
  return result;
};
