/** @module notes.test — signed notes, checkpoints, cosignatures, policies and proofs, byte by byte. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isEngineError } from "../../src/errors.ts";
import {
  cosign,
  checkpointText,
  ed25519Signer,
  isSignedBy,
  judgeWitnessRequest,
  openCheckpoint,
  openTlogProof,
  policyOf,
  proveConsistency,
  proveInclusion,
  readCheckpoint,
  readNote,
  readPolicy,
  readPrivateKey,
  readTlogProof,
  readVerifierKey,
  readWitnessRequest,
  rootAt,
  signCheckpoint,
  toBase64,
  treeHashOf,
  writePolicy,
  writePrivateKey,
  writeTlogProof,
  writeVerifierKey,
  writeWitnessRequest,
} from "../../src/proof/index.ts";
import { appendLeaf, emptyFrontier } from "../../src/proof/tree.ts";

const origin = "gov.example/proposals/log1";
const seedOf = (text: string): Uint8Array => createHash("sha256").update(text).digest();
const log = ed25519Signer(origin, "log", seedOf("log"));
const witness = ed25519Signer("audit.example/w1", "witness", seedOf("w1"));
const second = ed25519Signer("audit.example/w2", "witness", seedOf("w2"));
const tree = treeHashOf(origin);
const checkpoint = { origin, size: 123_457, root: tree.leaf("root") };
const time = 1_700_000_000;

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isEngineError(error, "UNPROVEN")) return error.data.what.en;
    if (isEngineError(error, "INVALID_INPUT")) return error.data.problems[0]?.field ?? "";
    throw error;
  }
  return "accepted";
};

const cosigned = async () =>
  (await signCheckpoint(checkpoint, log)) +
  (await cosign(checkpointText(checkpoint), time, witness));

describe("keys", () => {
  it("the published key of the Go checksum database is read and written as it is", () => {
    const published = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    const key = readVerifierKey(published);
    expect(key?.name).toBe("sum.golang.org");
    expect(key && writeVerifierKey(key)).toBe(published);
  });

  it("a published note of Go's own package verifies", () => {
    const key = readVerifierKey(
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    );
    const note =
      "If you think cryptography is the answer to your problem,\n" +
      "then you don't know what your problem is.\n\n" +
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const read = readNote(note);
    const [line] = read.signatures;
    if (key === undefined || line === undefined) throw new Error("neither key nor line");
    expect(Buffer.compare(line.keyId, key.id)).toBe(0);
    expect(isSignedBy(key, Buffer.from(read.text), line.signature)).toBe(true);
    expect(isSignedBy(key, Buffer.from(`${read.text} `), line.signature)).toBe(false);
  });

  it("a wrong digit, a name with a space or a plus, another length: no key", () => {
    const good = writeVerifierKey(log.key);
    expect(readVerifierKey(good)).toEqual(log.key);
    for (const bad of [
      good.replace(/\+[0-9a-f]/, "+x"),
      good.replace("gov", "g v"),
      `${good}A`,
      good.slice(0, -4),
      "",
      "a+b",
    ]) {
      expect(readVerifierKey(bad)).toBeUndefined();
    }
  });

  it("a private key is read back, and never when one character differs", () => {
    const text = writePrivateKey(log.key, seedOf("log"));
    expect(readPrivateKey(text)?.key).toEqual(log.key);
    for (let at = 0; at < text.length - 1; at++) {
      const other = text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
      expect(readPrivateKey(other)).toBeUndefined();
    }
  });
});

describe("a checkpoint 检查点", () => {
  it("is five lines: origin, size, root, none, signature", async () => {
    const note = await signCheckpoint(checkpoint, log);
    const lines = note.split("\n");
    expect(lines.slice(0, 4)).toEqual([origin, "123457", toBase64(checkpoint.root), ""]);
    expect(lines[4]).toMatch(/^— gov\.example\/proposals\/log1 [A-Za-z0-9+/]{91}=$/);
    expect(lines.slice(5)).toEqual([""]);
    expect(readCheckpoint(note)).toEqual({ ...checkpoint, root: Buffer.from(checkpoint.root) });
  });

  it("is opened with the verifier's key and its witnesses' time", async () => {
    const policy = policyOf([log.key], [witness.key]);
    const opened = openCheckpoint(await cosigned(), policy);
    expect(opened).toMatchObject({ origin, size: 123_457 });
    expect(opened.cosignatures).toMatchObject([{ witness: "audit.example/w1", time }]);
  });

  it("no single bit of it can be flipped and both signatures still be believed", async () => {
    const note = Buffer.from(await cosigned());
    const policy = readPolicy(writePolicy([log.key], [witness.key], 1), "pin");
    for (let bit = 0; bit < note.length * 8; bit++) {
      const bytes = Buffer.from(note);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(refusal(() => openCheckpoint(bytes.toString("utf8"), policy))).not.toBe("accepted");
    }
  });

  it("another log's, another key's, a stranger's line, one line twice", async () => {
    const note = await signCheckpoint(checkpoint, log);
    const policy = policyOf([log.key]);
    const other = ed25519Signer(origin, "log", seedOf("other"));
    const elsewhere = ed25519Signer("else.example/log", "log", seedOf("log"));
    expect(refusal(() => openCheckpoint(note, policyOf([elsewhere.key])))).toMatch(/do not name/);
    expect(refusal(() => openCheckpoint(note, policyOf([other.key])))).toMatch(
      /no key of that log/,
    );
    const strangers = note + (await cosign(checkpointText(checkpoint), time, witness));
    expect(openCheckpoint(strangers, policy).cosignatures).toEqual([]);
    expect(openCheckpoint(note + (note.split("\n\n")[1] ?? ""), policy).size).toBe(123_457);
  });

  it("sizes and roots that are written otherwise are refused", async () => {
    const signed = async (text: string) => {
      const signature = await log.sign(Buffer.from(text));
      const id = Buffer.concat([log.key.id, signature]).toString("base64");
      return `${text}\n— ${origin} ${id}\n`;
    };
    const root = toBase64(checkpoint.root);
    const policy = policyOf([log.key]);
    expect(openCheckpoint(await signed(`${origin}\n7\n${root}\n`), policy).size).toBe(7);
    for (const text of [
      `${origin}\n07\n${root}\n`,
      `${origin}\n-7\n${root}\n`,
      `${origin}\n7\n${root}\nextension\n`,
      `${origin}\n7\n${root.slice(0, -1)}\n`,
      `${origin}\n7\n${toBase64(new Uint8Array(12))}\n`,
      `${origin}\n99999999999999999999\n${root}\n`,
      `${origin}\n7\n`,
    ]) {
      const note = await signed(text);
      expect(refusal(() => openCheckpoint(note, policy))).toMatch(/form of/);
    }
  });
});

describe("the verifier's own keys 核验方的公钥文件", () => {
  const line = (signer: typeof log) => writeVerifierKey(signer.key);

  it("two of two witnesses, any, none; names are not those of the keys", async () => {
    const note = await cosigned();
    const both = note + (await cosign(checkpointText(checkpoint), time + 1, second));
    const file = (quorum: string) =>
      `# 核验方\nlog ${line(log)}\n\twitness A ${line(witness)}\nwitness B ${line(second)} https://b\n${quorum}`;
    const opens = (text: string, given: string) =>
      refusal(() => openCheckpoint(given, readPolicy(text, "pin")));
    expect(opens(file("group G all A B\nquorum G\n"), note)).toMatch(/fewer witnesses/);
    expect(opens(file("group G all A B\nquorum G\n"), both)).toBe("accepted");
    expect(opens(file("group G any A B\nquorum G\n"), note)).toBe("accepted");
    expect(opens(file("quorum B\n"), note)).toMatch(/fewer witnesses/);
    expect(opens(file("quorum none\n"), await signCheckpoint(checkpoint, log))).toBe("accepted");
    expect(opens(file("group X 1 A\ngroup Y 2 X B\nquorum Y\n"), both)).toBe("accepted");
  });

  it.each([
    ["no quorum", () => `log ${line(log)}\n`, "pin"],
    ["no log", () => "quorum none\n", "pin"],
    ["two quorums", () => `log ${line(log)}\nquorum none\nquorum none\n`, "pin:3"],
    ["an unknown word", () => `log ${line(log)}\nkey ${line(log)}\nquorum none\n`, "pin:2"],
    ["a witness's key as a log's", () => `log ${line(witness)}\nquorum none\n`, "pin:1"],
    ["the same key twice", () => `log ${line(log)}\nlog ${line(log)}\nquorum none\n`, "pin:2"],
    ["a quorum of nobody", () => `log ${line(log)}\nquorum W\n`, "pin:2"],
    [
      "a witness counted twice",
      () => `log ${line(log)}\nwitness W ${line(witness)}\ngroup G 1 W\ngroup H 1 W\nquorum H\n`,
      "pin:4",
    ],
    [
      "more than there are",
      () => `log ${line(log)}\nwitness W ${line(witness)}\ngroup G 2 W\nquorum G\n`,
      "pin:3",
    ],
    ["a group of itself", () => `log ${line(log)}\ngroup G 1 G\nquorum G\n`, "pin:2"],
    [
      "a witness called none",
      () => `log ${line(log)}\nwitness none ${line(witness)}\nquorum none\n`,
      "pin:2",
    ],
  ])("refuses %s, naming the line", (_, text, field) => {
    expect(refusal(() => readPolicy(text(), "pin"))).toBe(field);
  });
});

/** A log of some entries, with everything a store would give. */
const logOf = (entries: readonly string[]) => {
  const nodes = new Map<string, Uint8Array>();
  let frontier = emptyFrontier;
  for (const [idx, entry] of entries.entries()) {
    nodes.set(`0,${idx}`, tree.leaf(entry));
    const grown = appendLeaf(frontier, tree.leaf(entry), tree);
    frontier = grown.frontier;
    for (const node of grown.nodes) nodes.set(`${node.level},${node.idx}`, node.hash);
  }
  const read = async (places: readonly { level: number; idx: number }[]) =>
    places.map(({ level, idx }) => nodes.get(`${level},${idx}`) as Uint8Array);
  const head = async (size: number) => ({ size, root: await rootAt(size, read, tree) });
  const note = async (size: number) => signCheckpoint({ origin, ...(await head(size)) }, log);
  return { read, head, note };
};

const entries = Array.from({ length: 11 }, (_, at) => `{"seq":${at}}`);

describe("a proof of one entry", () => {
  const proofFile = async (index: number, size: number) => {
    const { read, note } = logOf(entries);
    const hashes = await proveInclusion(index, size, read, tree);
    return writeTlogProof({ index, hashes, checkpoint: await note(size) });
  };

  it("opens with the entry's bytes and the log's key, and says where the entry stands", async () => {
    const text = await proofFile(6, 11);
    expect(text.split("\n").slice(0, 2)).toEqual(["c2sp.org/tlog-proof@v1", "index 6"]);
    expect(openTlogProof(text, entries[6] ?? "", policyOf([log.key]))).toMatchObject({
      index: 6,
      size: 11,
    });
    const extra = text.replace("\nindex", "\nextra QUJD\nindex");
    expect(readTlogProof(extra)).toEqual(readTlogProof(text));
  });

  it("no bit of it, and no byte of the entry, can be changed", async () => {
    const policy = policyOf([log.key]);
    const text = Buffer.from(await proofFile(6, 11));
    const entry = entries[6] ?? "";
    for (let bit = 0; bit < text.length * 8; bit++) {
      const bytes = Buffer.from(text);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const altered = bytes.toString("utf8");
      expect([bit, refusal(() => openTlogProof(altered, entry, policy))]).not.toEqual([
        bit,
        "accepted",
      ]);
    }
    expect(refusal(() => openTlogProof(text.toString(), `${entry} `, policy))).toMatch(/root/);
  });
});

describe("a witness 见证方", () => {
  const policy = policyOf([log.key]);
  const asked = async (older: number, size: number, given = entries) => {
    const { read, note } = logOf(given);
    const proof = await proveConsistency(older, size, read, tree);
    return writeWitnessRequest({ older, proof, checkpoint: await note(size) });
  };
  const seen = async (size: number) => {
    const head = await logOf(entries).head(size);
    return () => head;
  };

  it("cosigns what continues what it has seen, from nothing too", async () => {
    const first = judgeWitnessRequest(await asked(0, 4), policy, () => undefined);
    expect(first.checkpoint.size).toBe(4);
    const next = judgeWitnessRequest(await asked(4, 11), policy, await seen(4));
    expect(next.text.split("\n")[1]).toBe("11");
    expect(judgeWitnessRequest(await asked(11, 11), policy, await seen(11)).checkpoint.size).toBe(
      11,
    );
  });

  it("refuses an older size than it has seen, and one that it has not", async () => {
    const shorter = await asked(4, 4);
    const fromNowhere = await asked(4, 11);
    const seen7 = await seen(7);
    expect(refusal(() => judgeWitnessRequest(shorter, policy, seen7))).toMatch(/fewer than/);
    expect(refusal(() => judgeWitnessRequest(fromNowhere, policy, seen7))).toMatch(/begins at 4/);
    expect(refusal(() => judgeWitnessRequest(fromNowhere, policy, () => undefined))).toMatch(
      /begins at 4/,
    );
  });

  it("keeps as evidence a history that does not continue the one it has seen", async () => {
    const rewritten = entries.with(2, '{"seq":2,"changed":true}');
    for (const size of [4, 11]) {
      const request = await asked(4, size, rewritten);
      const known = await seen(4);
      expect(() => judgeWitnessRequest(request, policy, known)).toThrow(
        expect.objectContaining({ data: expect.objectContaining({ isEvidence: true }) }),
      );
    }
  });

  it("refuses a log it does not know and a text that is no request", async () => {
    const stranger = policyOf([ed25519Signer("x.example", "log", seedOf("x")).key]);
    const request = await asked(0, 4);
    expect(refusal(() => judgeWitnessRequest(request, stranger, () => undefined))).toMatch(/name/);
    for (const text of ["", "old 4", "old x\n\n", "old 04\n\nx", "new 4\n\nx", "old 4\nAA\n\nx"]) {
      expect(refusal(() => readWitnessRequest(text))).toMatch(/form of a request/);
    }
  });
});
