/** @module forgetting.test — `wuding forget` on a real file: the value leaves its bytes, proofs and figures stay. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { documentOf } from "./given-answers.ts";
import type { GivenProgram } from "./given-program.ts";
import { assigned, errorOf, givenProgram, received } from "./given-program.ts";

const phone = "0539-8720001";
const answered = `answer 122 --result A --contact-person 赵某某 --contact-phone ${phone} --on 2021-06-01`;

const givenReply = async (): Promise<GivenProgram> => {
  const given = givenProgram();
  await given.typed(received);
  await given.typed(assigned);
  await given.typed("contact 122 --mode visit --on 2021-05-01");
  const { exitCode, err } = await given.typed(answered);
  expect([exitCode, err.includes("error")]).toEqual([0, false]);
  return given;
};

const forget = "forget 122 contactPhone --reason 来函要求删除 --approved-by 办公室主任";

/** All bytes that the casebook has on the disk. */
const bytesOf = ({ db }: GivenProgram): string =>
  [db, `${db}-wal`, `${db}-shm`]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file).toString("latin1"))
    .join("");

describe("forget", () => {
  it("takes the value out of every byte of the file, and leaves the others", async () => {
    const given = await givenReply();
    expect(bytesOf(given)).toContain(phone);
    expect((await given.typed(forget)).exitCode).toBe(0);
    expect(bytesOf(given)).not.toContain(phone);
    expect(documentOf(await given.typed("show 122 --json"))).toMatchObject({
      reply: { contactPerson: "赵某某", contactPhone: null },
    });
  });

  it("shows the value as erased, in the case and in its history", async () => {
    const given = await givenReply();
    await given.typed(forget);
    expect((await given.typed("show 122 --lang zh")).out).toContain("赵某某 已删除");
    expect((await given.typed("show 122 --lang en")).out).toContain("赵某某 erased");
    expect((await given.typed("history 122 --lang zh")).out).toMatch(
      /删除个人信息.*contactPhone 来函要求删除（办公室主任）/,
    );
  });

  it("leaves a casebook in which nothing is wrong, and the rates as they were", async () => {
    const given = await givenReply();
    const before = (await given.typed("rates --json")).out;
    await given.typed(forget);
    for (const line of ["audit verify", "replay", "doctor"]) {
      expect([line, (await given.typed(line)).exitCode]).toEqual([line, 0]);
    }
    expect((await given.typed("rates --json")).out).toBe(before);
  });

  it("says that nothing changed when it is asked again", async () => {
    const given = await givenReply();
    await given.typed(forget);
    const again = await given.typed(`${forget} --json`);
    expect([again.exitCode, documentOf(again)["unchanged"]]).toEqual([0, true]);
  });

  it("does not find what the case has not sealed", async () => {
    const given = await givenReply();
    const ran = await given.typed(`${forget.replace("contactPhone", "contactFone")} --json`);
    expect([ran.exitCode, errorOf(ran).code]).toEqual([4, "NOT_FOUND"]);
    expect(errorOf(ran).hint).toContain("contactPhone");
  });

  it("wants a field or --all", async () => {
    const given = await givenReply();
    const ran = await given.typed(`${forget.replace(" contactPhone", "")} --json`);
    expect(errorOf(ran)).toMatchObject({
      code: "INVALID_INPUT",
      data: { problems: [{ field: "FIELD", kind: "missing" }] },
    });
    expect((await given.typed(forget.replace("contactPhone", "--all"))).exitCode).toBe(0);
    expect(bytesOf(given)).not.toContain("赵某某");
  });
});
