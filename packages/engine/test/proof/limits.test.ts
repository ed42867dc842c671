/** @module limits.test — the edges of each format: the longest, the shortest, one more and one less. */
import { describe, expect, it } from "vitest";
import { isEngineError } from "../../src/errors.ts";
import {
  cosign,
  ed25519Signer,
  checkpointText,
  isKeyName,
  isSignedBy,
  judgeWitnessRequest,
  openCheckpoint,
  policyOf,
  proveConsistency,
  readCheckpoint,
  readNote,
  readPolicy,
  readPrivateKey,
  readSignatureLine,
  readTlogProof,
  readVerifierKey,
  readWitnessRequest,
  showsConsistency,
  showsInclusion,
  signCheckpoint,
  toBase64,
  toHex,
  treeHashOf,
  verifierKey,
  writePolicy,
  writePrivateKey,
  writeVerifierKey,
  writeWitnessRequest,
} from "../../src/proof/index.ts";
import { signedBy } from "../../src/proof/signer.ts";

const origin = "limits.invalid/log";
const log = ed25519Signer(origin, "log", Buffer.alloc(32, "TEST ONLY l"));
const witness = ed25519Signer("limits.invalid/w", "witness", Buffer.alloc(32, "TEST ONLY w"));
const tree = treeHashOf(origin);
const checkpoint = { origin, size: 8, root: tree.leaf("root") };
const hash = toBase64(tree.leaf("x"));

/** The refusal's words, which stand in both languages. */
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isEngineError(error, "INVALID_INPUT")) return error.data.problems[0]?.field ?? "";
    if (!isEngineError(error, "UNPROVEN")) throw error;
    expect(error.data.what.zh).toMatch(/[\u4e00-\u9fff]/);
    return error.data.what.en;
  }
  return "accepted";
};

describe("a signed note", () => {
  const line = `— someone.invalid ${toBase64(Buffer.alloc(68, 7))}`;
  const noteWith = (text: string, lines: readonly string[]): string =>
    `${text}\n${lines.map((one) => `${one}\n`).join("")}`;

  it("has up to 64 lines of signatures and a million characters", () => {
    expect(readNote(noteWith("x\n", Array<string>(64).fill(line))).signatures).toHaveLength(64);
    expect(refusal(() => readNote(noteWith("x\n", Array<string>(65).fill(line))))).toContain(
      "note",
    );
    const rest = noteWith("\n", [line]).length;
    expect(readNote(noteWith(`${"x".repeat(1_000_000 - rest)}\n`, [line])).text).toHaveLength(
      1_000_001 - rest,
    );
    expect(
      refusal(() => readNote(noteWith(`${"x".repeat(1_000_001 - rest)}\n`, [line]))),
    ).toContain("form of a signed note");
  });

  it("has a text, an empty line and a last line feed", () => {
    expect(readNote(noteWith("x\n", [line])).text).toBe("x\n");
    for (const bad of [`\n\n${line}\n`, `x\n${line}\n`, `x\n\n${line}`, "x\n\n", "\n\n", ""]) {
      expect(refusal(() => readNote(bad))).toContain("form of a signed note");
    }
  });

  it("has lines of a dash, a name and more than a key id", () => {
    const of = (bytes: number): string => toBase64(Buffer.alloc(bytes, 1));
    expect(readSignatureLine(`— a ${of(5)}`).signature).toHaveLength(1);
    for (const bad of [
      `— a ${of(4)}`,
      `— a ${of(5)} b`,
      `- a ${of(5)}`,
      `— a+b ${of(5)}`,
      "— a",
      `—  ${of(5)}`,
    ]) {
      expect(refusal(() => readSignatureLine(bad))).toContain("form of a signed note");
    }
  });

  it("a key's name has no blank or plus anywhere", () => {
    for (const good of ["a", "办公室", "a/b:c"]) expect(isKeyName(good)).toBe(true);
    for (const bad of ["", " a", "a ", "a b", "+a", "a+", "a\u0000", "a\u3000"]) {
      expect(isKeyName(bad)).toBe(false);
    }
  });

  it("bytes that are no key have signed nothing", () => {
    const message = Buffer.from("x");
    expect(isSignedBy({ publicKey: Buffer.alloc(31) }, message, Buffer.alloc(64))).toBe(false);
    expect(isSignedBy(log.key, message, Buffer.alloc(0))).toBe(false);
  });
});

describe("keys as texts", () => {
  it("of a type that this program does not know are none", () => {
    const unknown = Buffer.concat([Buffer.of(0x06), log.key.publicKey]);
    const id = Buffer.from(log.key.id).toString("hex");
    expect(readVerifierKey(`${origin}+${id}+${toBase64(unknown)}`)).toBeUndefined();
    const secret = toBase64(Buffer.concat([Buffer.of(0x06), Buffer.alloc(32)]));
    expect(readPrivateKey(`PRIVATE+KEY+${origin}+${id}+${secret}`)).toBeUndefined();
  });

  it("a private key has nothing before it, and nothing but a line feed behind it", () => {
    const seed = Buffer.alloc(32, "TEST ONLY l");
    const text = writePrivateKey(log.key, seed);
    expect(readPrivateKey(text.trimEnd())?.key).toEqual(log.key);
    for (const bad of [`x${text}`, `${text}\n`, `${text}x`, "", "PRIVATE+KEY+a+00000000+AAAA"]) {
      expect(readPrivateKey(bad)).toBeUndefined();
    }
    const named = verifierKey("a b", "log", log.key.publicKey);
    expect(readPrivateKey(writePrivateKey(named, seed))).toBeUndefined();
    expect(readPrivateKey(writePrivateKey(log.key, Buffer.alloc(31)))).toBeUndefined();
  });

  it("are made of 32 bytes", () => {
    for (const bytes of [0, 31, 33]) {
      expect(() => ed25519Signer(origin, "log", Buffer.alloc(bytes))).toThrow("32 bytes");
    }
  });

  it("a machine that signs with another key is found out before anybody sees the signature", async () => {
    const broken = { key: log.key, sign: witness.sign };
    await expect(signedBy(broken, Buffer.from("x"))).rejects.toThrow(origin);
    await expect(signCheckpoint(checkpoint, broken)).rejects.toThrow(RangeError);
  });
});

describe("a checkpoint", () => {
  const signed = async (text: string): Promise<string> => {
    const line = (await signCheckpoint(checkpoint, log)).split("\n").at(-2) ?? "";
    return `${text}\n${line}\n`;
  };

  it("has exactly an origin, a number and a hash", async () => {
    for (const bad of [
      `\n8\n${hash}\n`,
      `${origin}\n08\n${hash}\n`,
      `${origin}\n-1\n${hash}\n`,
      `${origin}\n8.0\n${hash}\n`,
      `${origin}\n9007199254740992\n${hash}\n`,
      `${origin}\n8\n${hash.slice(4)}\n`,
      `${origin}\n8\n${hash}\nmore\n`,
      `${origin}\n8\n`,
      `${origin}\n`,
    ]) {
      const note = await signed(bad);
      expect(refusal(() => readCheckpoint(note))).toMatch(/form of a (checkpoint|signed note)/);
    }
    const most = await signed(`${origin}\n9007199254740991\n${hash}\n`);
    expect(readCheckpoint(most).size).toBe(Number.MAX_SAFE_INTEGER);
    expect(readCheckpoint(await signed(`${origin}\n0\n${hash}\n`)).size).toBe(0);
  });

  it("says in words of both languages why it is not believed", async () => {
    const note = await signCheckpoint(checkpoint, log);
    const of = (policy: ReturnType<typeof policyOf>): string =>
      refusal(() => openCheckpoint(note, policy));
    const other = ed25519Signer("other.invalid/log", "log", Buffer.alloc(32, 1));
    const stranger = ed25519Signer(origin, "log", Buffer.alloc(32, 2));
    expect(of(policyOf([other.key]))).toContain("do not name");
    expect(of(policyOf([stranger.key]))).toContain("no key of that log has signed");
    expect(of({ ...policyOf([log.key]), quorum: () => false })).toContain("fewer witnesses");
    const falsified = note.replace("\n8\n", "\n9\n");
    expect(refusal(() => openCheckpoint(falsified, policyOf([log.key])))).toContain("is false");
  });

  it("a witness's line without a time, or with one beyond all clocks, is false", async () => {
    const note = await signCheckpoint(checkpoint, log);
    const policy = policyOf([log.key], [witness.key]);
    const line = (bytes: Uint8Array): string =>
      `— ${witness.key.name} ${toBase64(Buffer.concat([witness.key.id, bytes]))}\n`;
    for (const bytes of [
      Buffer.alloc(1),
      Buffer.alloc(8),
      Buffer.alloc(9),
      Buffer.alloc(72, 255),
    ]) {
      expect(refusal(() => openCheckpoint(note + line(bytes), policy))).toContain(witness.key.name);
    }
    const good = note + (await cosign(checkpointText(checkpoint), 5, witness));
    expect(openCheckpoint(good, policy).cosignatures).toEqual([
      { witness: witness.key.name, publicKey: toHex(witness.key.publicKey), time: 5 },
    ]);
  });
});

describe("a proof", () => {
  const proofWith = (lines: readonly string[]): string => `${lines.join("\n")}\n\nnote`;
  const head = "c2sp.org/tlog-proof@v1";

  it("has an index, up to 63 hashes, and perhaps a line of extra data that says nothing", () => {
    const read = readTlogProof(proofWith([head, "index 12", ...Array<string>(63).fill(hash)]));
    expect(read).toMatchObject({ index: 12, checkpoint: "note" });
    expect(read.hashes).toHaveLength(63);
    expect(readTlogProof(proofWith([head, "extra AAAA", "index 0"])).index).toBe(0);
    for (const bad of [
      [head, "index 0", ...Array<string>(64).fill(hash)],
      [head, "index 01"],
      [head, "index 1 "],
      [head, "xindex 1"],
      [head, "index -1"],
      [head, "index 12345678901234567"],
      [head],
      [head, "index 0", `${hash}x`],
      [head, "AAAA extra ", "index 0"],
      [`${head}x`, "index 0"],
      ["index 0"],
    ]) {
      expect(refusal(() => readTlogProof(proofWith(bad)))).toContain("form of a proof");
    }
    expect(refusal(() => readTlogProof(`${head}\nindex 0\n`))).toContain("form of a proof");
  });

  it("shows nothing when a hash is left over or all are missing", () => {
    const leaf = tree.leaf("a");
    const claim = { leaf, index: 0, size: 1, root: leaf };
    expect(showsInclusion(claim, [], tree)).toBe(true);
    expect(showsInclusion({ ...claim, root: tree.node(leaf, leaf) }, [leaf], tree)).toBe(false);
    expect(showsInclusion({ ...claim, size: 2 }, [], tree)).toBe(false);
    expect(showsInclusion({ ...claim, leaf: leaf.subarray(1) }, [], tree)).toBe(false);
    const older = { size: 2, root: leaf };
    expect(showsConsistency(older, { size: 4, root: leaf }, [], tree)).toBe(false);
    expect(showsConsistency({ size: 3, root: leaf }, { size: 4, root: leaf }, [], tree)).toBe(
      false,
    );
    expect(showsConsistency({ size: -1, root: leaf }, older, [], tree)).toBe(false);
    expect(showsConsistency({ size: 0.5, root: leaf }, older, [leaf], tree)).toBe(false);
  });

  it("is not made for a tree that is not within the other", async () => {
    const read = async () => [];
    await expect(proveConsistency(-1, 4, read, tree)).rejects.toThrow("no tree of -1 within 4");
    expect(await proveConsistency(0, 4, read, tree)).toEqual([]);
    expect(await proveConsistency(4, 4, read, tree)).toEqual([]);
  });
});

describe("a request to a witness", () => {
  it("has an old size and up to 63 hashes", () => {
    const requestWith = (lines: readonly string[]): string => `${lines.join("\n")}\n\nnote`;
    expect(
      readWitnessRequest(requestWith(["old 3", ...Array<string>(63).fill(hash)])).proof,
    ).toHaveLength(63);
    for (const bad of [
      ["old 3", ...Array<string>(64).fill(hash)],
      ["old 03"],
      ["xold 3"],
      ["old 3 "],
      ["old 3", "x"],
      [""],
    ]) {
      expect(refusal(() => readWitnessRequest(requestWith(bad)))).toContain("a request");
    }
    expect(refusal(() => readWitnessRequest("old 3\n"))).toContain("form of a request");
  });

  it("is refused for what has fewer events, starts elsewhere, or shows another history", async () => {
    const policy = policyOf([log.key]);
    const note = await signCheckpoint(checkpoint, log);
    const judged = (older: number, last: { size: number; root: Uint8Array } | undefined) => {
      const request = writeWitnessRequest({ older, proof: [], checkpoint: note });
      let isEvidence: boolean | undefined;
      const said = refusal(() => {
        try {
          return judgeWitnessRequest(request, policy, () => last);
        } catch (error) {
          if (isEngineError(error, "UNPROVEN")) isEvidence = error.data.isEvidence ?? false;
          throw error;
        }
      });
      return [said.replace(/ of .*? events?\)/, ""), isEvidence];
    };
    const { root } = checkpoint;
    expect(judged(0, undefined)).toEqual(["accepted", undefined]);
    expect(judged(8, { size: 8, root })).toEqual(["accepted", undefined]);
    expect(judged(9, { size: 9, root })[1]).toBe(false);
    expect(judged(9, { size: 8, root })[0]).toContain("fewer than the 8 that were witnessed");
    expect(judged(4, { size: 3, root })[0]).toContain("but 3 events were witnessed last");
    expect(judged(4, { size: 3, root })[1]).toBe(false);
    const forked = judged(8, { size: 8, root: tree.leaf("other") });
    expect(forked[0]).toContain("does not continue");
    expect(forked[1]).toBe(true);
    expect(judged(3, { size: 3, root: tree.leaf("other") })[1]).toBe(true);
  });
});

describe("the verifier's own keys", () => {
  const key = writeVerifierKey(log.key);
  const keyOf = (number: number): string =>
    writeVerifierKey(ed25519Signer(`w${number}.invalid`, "witness", Buffer.alloc(32, number)).key);
  const read = (...lines: readonly string[]) => readPolicy(`${lines.join("\n")}\n`, "pin");

  it("are written so that each witness has a name of its own", () => {
    const [one, two] = [1, 2].map(
      (n) => ed25519Signer(`w${n}`, "witness", Buffer.alloc(32, n)).key,
    );
    if (one === undefined || two === undefined) throw new Error("no keys");
    const text = writePolicy([log.key], [one, two], 2);
    expect(text).toBe(
      `log ${key}\nwitness w1 ${writeVerifierKey(one)}\nwitness w2 ${writeVerifierKey(two)}\n` +
        "group witnesses 2 w1 w2\nquorum witnesses\n",
    );
    const { quorum } = readPolicy(text, "pin");
    const [first, second] = [toHex(one.publicKey), toHex(two.publicKey)];
    expect(quorum(new Set([first]))).toBe(false);
    expect(quorum(new Set([first, second]))).toBe(true);
  });

  it("count keys and not names: a witness that replaced its key is no second witness", async () => {
    const [older, newer] = [1, 2].map((n) =>
      ed25519Signer("audit.example/w1", "witness", Buffer.alloc(32, n)),
    );
    if (older === undefined || newer === undefined) throw new Error("no keys");
    const policy = readPolicy(writePolicy([log.key], [older.key, newer.key], 2), "pin");
    const head = { origin: log.key.name, size: 1, root: tree.leaf("a") };
    const note = await signCheckpoint(head, log);
    const once = note + (await cosign(checkpointText(head), 5, older));
    expect(refusal(() => openCheckpoint(once, policy))).toContain("fewer witnesses");
    const twice = once + (await cosign(checkpointText(head), 6, newer));
    expect(openCheckpoint(twice, policy).cosignatures).toHaveLength(2);
  });

  it("may be set apart by several blanks or tabs, with blanks around", () => {
    expect(read(` \t log \t ${key}  `, "  quorum   none\t\t").logs).toHaveLength(1);
    expect(
      read(`witness a ${keyOf(1)} https://a.invalid`, `log ${key} https://l.invalid`, "quorum a")
        .witnesses,
    ).toHaveLength(1);
  });

  it("are refused line by line", () => {
    const many = Array.from({ length: 11 }, (_, n) => `witness n${n} ${keyOf(n + 1)}`);
    const names = many.map((_, n) => `n${n}`).join(" ");
    const all = [...many, `group g 11 ${names}`, `log ${key}`, "quorum g"];
    expect(read(...all).quorum(new Set())).toBe(false);
    const bad: readonly (readonly [number, readonly string[]])[] = [
      [1, [`witness a ${key}`]],
      [1, ["witness a"]],
      [1, [`witness a ${keyOf(1)} b c`]],
      [1, [`witness none ${keyOf(1)}`]],
      [1, [`log ${key} b c`]],
      [1, [`log ${keyOf(1)}`]],
      [2, [`log ${key}`, "quorum none none"]],
      [2, [`log ${key}`, "quorum a"]],
      [2, [`witness a ${keyOf(1)}`, "group g 0 a"]],
      [2, [`witness a ${keyOf(1)}`, "group g 2 a"]],
      [2, [`witness a ${keyOf(1)}`, "group g 1x a"]],
      [2, [`witness a ${keyOf(1)}`, "group g x1 a"]],
      [2, [`witness a ${keyOf(1)}`, "group g"]],
      [2, [`witness a ${keyOf(1)}`, "group g any a b"]],
      [2, [`witness a ${keyOf(1)}`, "group a any a"]],
      [3, [`witness a ${keyOf(1)}`, "group g any a", "group h any a g"]],
      [1, ["something"]],
    ];
    for (const [line, lines] of bad) {
      expect(refusal(() => read(...lines))).toBe(`pin:${line}`);
    }
    expect(refusal(() => read(`log ${key}`))).toBe("pin");
    expect(refusal(() => read("quorum none"))).toBe("pin");
  });
});
