/** @module ledger.test — the ledger goes out as a workbook that opens, and comes back as what it was. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { isEngineError } from "@wuding/engine";
import { ledgerColumns, readTable } from "@wuding/documents";
import { givenProgram } from "../../cli/test/given-program.ts";
import { linyi2021 } from "../../cli/test/given-year.ts";
import { command as exporting } from "../../cli/src/commands/export.ts";
import { writeCsv, writeWorkbook } from "../src/spreadsheet/write-table.ts";

const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (!isEngineError(error, "INVALID_INPUT")) throw error;
    return error.sentence.en;
  }
  return "accepted";
};

const received = (number: number, more = ""): string =>
  `receive --kind cppcc --session 15-5 --number ${number} --proposer 李楠 --on 2021-04-02 ${more}`;

const given = async () => {
  const program = givenProgram();
  const at = (name: string): string => join(program.folder, name);
  await program.typed(received(1, "--title 关于公交的建议 --co-unit 交通局 --co-unit 财政局"));
  await program.typed(received(2, "--title =1+1"));
  await program.typed(
    "receive --kind npc --session 18-4 --number 9 --title 关于绿化的建议 --proposer 王兰 --on 2021-04-02",
  );
  await program.typed(
    "assign cppcc/15-5/1 --department 规划科 --person 甲 --due 2021-06-20 --task 答复 --responsibility 科长 --on 2021-04-06",
  );
  return { ...program, at };
};

describe("the ledger as a workbook", () => {
  it("has a sheet for each kind, dates as dates, text as text, and says what it is of", async () => {
    const { typed, at } = await given();
    const made = await typed(`export ${at("ledger.xlsx")} --json`);
    expect(made).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(made.out)).toMatchObject({
      cases: 3,
      sheets: ["政协提案", "人大代表建议", "说明"],
      log: { size: 5 },
    });
    const { sheets } = await readTable(readFileSync(at("ledger.xlsx")), "ledger.xlsx");
    const [proposals, , about] = sheets;
    const cell = (address: string) => proposals?.cells.find((one) => one.address === address);
    expect(proposals?.cells.slice(0, 6).map(({ value }) => value)).toEqual([
      "序号",
      "件号",
      "件别",
      "届次",
      "编号",
      "案由",
    ]);
    expect(cell("B2")).toMatchObject({ value: "cppcc/15-5/1" });
    expect(cell("L2")).toMatchObject({ value: "交通局、财政局" });
    expect(cell("M2")).toMatchObject({ value: "2021-04-02", date: "2021-04-02" });
    // a title that begins like a formula is no formula
    expect(cell("F3")).toEqual({ address: "F3", row: 3, column: 6, value: "=1+1" });
    expect(about?.cells.map(({ value }) => value).join("")).toContain("根哈希");
  });

  it("is the same file for the same casebook and day", async () => {
    const { typed, at } = await given();
    await typed(`export ${at("one.xlsx")}`);
    await typed(`export ${at("two.xlsx")}`);
    expect(readFileSync(at("one.xlsx")).equals(readFileSync(at("two.xlsx")))).toBe(true);
  });

  it("keeps its header in place, filters, and shows lamps in colour", async () => {
    const { typed, at } = await given();
    await typed(`export ${at("ledger.xlsx")} --today 2021-06-30`);
    const { readXlsx } = await import("hucre/xlsx");
    const { sheets } = await readXlsx(readFileSync(at("ledger.xlsx")), { readStyles: true });
    const [sheet] = sheets;
    expect(sheet?.freezePane).toMatchObject({ rows: 1 });
    expect(sheet?.autoFilter?.range).toMatch(/^A1:/);
    const lamp = sheet?.rows[0]?.indexOf("灯色") ?? -1;
    expect(sheet?.rows[1]?.[lamp]).toBe("红");
    expect(sheet?.cells?.get(`1,${lamp}`)?.style?.fill).toMatchObject({
      fgColor: { rgb: expect.stringContaining("F8B4B4") },
    });
  });

  it("holds the whole year, of a choice of cases too", async () => {
    const year = await linyi2021();
    let written = new Uint8Array();
    const shell = {
      ...year.shell,
      writeFile: async (_path: string, contents: string | Uint8Array) => {
        written = Buffer.from(contents);
      },
    };
    const run = (values: Record<string, string>) =>
      exporting.run({ positionals: ["a.xlsx"], values, flags: {}, lists: {} }, shell);
    const rowsOf = async (): Promise<number> => {
      const { sheets } = await readTable(written, "a.xlsx");
      return Math.max(...(sheets[0]?.cells.map(({ row }) => row) ?? [])) - 1;
    };
    await run({});
    expect(await rowsOf()).toBe(11);
    await run({ department: "规划科" });
    expect(await rowsOf()).toBeLessThan(11);
  });

  it("is never written over another file, nor in a form that is not known", async () => {
    const { typed, at } = await given();
    writeFileSync(at("there.xlsx"), "mine");
    expect((await typed(`export ${at("there.xlsx")}`)).exitCode).toBe(5);
    expect(readFileSync(at("there.xlsx"), "utf8")).toBe("mine");
    for (const name of ["ledger.pdf", "ledger", "xlsx"]) {
      expect((await typed(`export ${at(name)}`)).exitCode).toBe(2);
    }
    mkdirSync(at("folder.xlsx"));
    expect([5, 7]).toContain((await typed(`export ${at("folder.xlsx")}`)).exitCode);
  });
});

describe("the ledger as CSV", () => {
  it("quotes every field, begins with a byte order mark, and disarms formulas", async () => {
    const { typed, at } = await given();
    await typed(`export ${at("ledger.csv")}`);
    const text = readFileSync(at("ledger.csv"), "utf8");
    expect(text).toMatch(/^\uFEFF"序号","件号","件别","届次"/u);
    expect(text).toContain('"\'=1+1"');
    expect(text.split("\r\n")).toHaveLength(1 + 3 + 1);
    const { sheets } = await readTable(readFileSync(at("ledger.csv")), "ledger.csv");
    expect(sheets[0]?.cells.find(({ address }) => address === "B2")?.value).toBe("cppcc/15-5/1");
  });

  it.each(["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"])(
    "a field that begins with %j",
    (start) => {
      const columns = [{ heading: "a", width: 1 }];
      const csv = writeCsv({ columns, rows: [[{ value: `${start}x` }], [{ value: -5 }]] });
      expect(new TextDecoder().decode(csv)).toBe(`"a"\r\n"'${start}x"\r\n"-5"\r\n`);
    },
  );
});

describe("a ledger that comes back untouched", () => {
  it.each(["a.xlsx", "a.csv"])(
    "%s is the same in every row, whatever its texts begin with",
    async (name) => {
      const { typed, at } = await given();
      const titles = [
        "'=1+1",
        "'quoted",
        "''-x",
        "＝一",
        "+一",
        "-一",
        "@一",
        "a_x0041_b",
        "_x005F_",
      ];
      for (const [index, title] of titles.entries()) {
        await typed(received(10 + index, `--title=${title}`));
      }
      await typed(`export ${at(name)}`);
      const { sheets } = await readTable(readFileSync(at(name)), name);
      const found = new Set(sheets.flatMap(({ cells }) => cells.map(({ value }) => value)));
      expect(titles.filter((title) => !found.has(title))).toEqual([]);
      const again = await typed(`import ${at(name)} --dry-run`);
      expect(again.out).toContain("0 new, 12 same, 0 differs, 0 refused");
    },
  );
});

describe("a file that is read", () => {
  it("may be UTF-8 or GB18030, with line breaks inside quotes", async () => {
    const utf8 = Buffer.from('案由,提案人\n"第一行\n第二行","李楠"\n');
    const { sheets } = await readTable(utf8, "list.csv");
    expect(sheets[0]?.cells.map(({ address, value }) => [address, value])).toEqual([
      ["A1", "案由"],
      ["B1", "提案人"],
      ["A2", "第一行\n第二行"],
      ["B2", "李楠"],
    ]);
    // 案由,提案人 in GB18030
    const gb = Buffer.from([0xb0, 0xb8, 0xd3, 0xc9, 0x2c, 0xcc, 0xe1, 0xb0, 0xb8, 0xc8, 0xcb]);
    const read = await readTable(gb, "list.CSV");
    expect(read.sheets[0]?.cells.map(({ value }) => value)).toEqual(["案由", "提案人"]);
  });

  it("tells dates and formulas from what they look like", async () => {
    const { writeXlsx } = await import("hucre/xlsx");
    const bytes = await writeXlsx({
      sheets: [
        {
          name: "表",
          rows: [[new Date("2021-03-26T00:00:00Z"), 44_281, "2021-03-26", true, null]],
          cells: new Map([
            ["0,0", { value: new Date("2021-03-26T00:00:00Z"), style: { numFmt: "yyyy-mm-dd" } }],
            ["0,4", { value: 2, formula: "1+1" }],
          ]),
        },
      ],
    });
    const { sheets } = await readTable(bytes, "a.xlsx");
    expect(sheets[0]?.cells).toMatchObject([
      { address: "A1", date: "2021-03-26" },
      { address: "B1", value: 44_281 },
      { address: "C1", value: "2021-03-26" },
      { address: "D1", value: true },
      { address: "E1", formula: "1+1" },
    ]);
  });

  it("is refused, and told why, where it is no workbook or no whole one", async () => {
    const sheet = { name: "a", columns: [{ heading: "a", width: 1 }], rows: [] };
    const whole = Buffer.from(await writeWorkbook([sheet], "2021-04-02"));
    const read = (bytes: Uint8Array, name = "a.xlsx") => refusalOf(readTable(bytes, name));
    expect(await read(whole)).toBe("accepted");
    expect(await read(Buffer.from("hello"))).toContain("Excel workbook");
    expect(await read(Buffer.alloc(0))).toContain("Excel workbook");
    expect(await read(whole.subarray(0, whole.length - 10))).toContain("damaged or cut off");
    expect(await read(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).toContain("password");
    expect(await read(whole, "a.xls")).toContain(".xlsx or .csv");
    expect(await read(whole, "folder/a")).toContain(".xlsx or .csv");
    for (let at = 30; at < whole.length; at += 97) {
      const torn = Buffer.from(whole);
      torn.fill(0xff, at, at + 8);
      expect(["accepted", expect.stringMatching(/workbook/)]).toContainEqual(await read(torn));
    }
  });

  it("is refused unread where its directory is no ordinary one", async () => {
    const sheet = { name: "a", columns: [{ heading: "a", width: 1 }], rows: [] };
    const whole = Buffer.from(await writeWorkbook([sheet], "2021-04-02"));
    const changed = async (change: (bytes: Buffer, first: number, end: number) => void) => {
      const bytes = Buffer.from(whole);
      const end = bytes.length - 22;
      change(bytes, bytes.readUInt32LE(end + 16), end);
      return refusalOf(readTable(bytes, "a.xlsx"));
    };
    // a link, a name outside, a password, one entry more than it counts
    expect(await changed((bytes, first) => bytes.writeUInt16LE(0o120_777, first + 40))).toContain(
      "must be an Excel workbook",
    );
    expect(await changed((bytes, first) => bytes.write("../", first + 46))).toContain(
      "must be an Excel workbook",
    );
    expect(await changed((bytes, first) => bytes.writeUInt16LE(1, first + 8))).toContain(
      "password",
    );
    expect(
      await changed((bytes, _first, end) =>
        bytes.writeUInt16LE(bytes.readUInt16LE(end + 10) - 1, end + 10),
      ),
    ).toContain("damaged or cut off");
  });

  it("is refused unread where it says that it would unpack to too much", async () => {
    const packed = deflateRawSync(Buffer.alloc(60 * 2 ** 20));
    const name = Buffer.from("xl/workbook.xml");
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04_03_4b_50);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02_01_4b_50);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(60 * 2 ** 20, 24);
    entry.writeUInt16LE(name.length, 28);
    const start = local.length + packed.length;
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06_05_4b_50);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(start, 16);
    const bomb = Buffer.concat([local, packed, entry, name, end]);
    expect(await refusalOf(readTable(bomb, "a.xlsx"))).toContain("50 MB");
    const many = Buffer.from(bomb);
    many.writeUInt16LE(5000, many.length - 12);
    expect(await refusalOf(readTable(many, "a.xlsx"))).toContain("50 MB");
  });
});

it("every column has both languages, each heading once", () => {
  for (const language of ["zh", "en"] as const) {
    const headings = ledgerColumns.map(({ label }) => label[language]);
    expect(new Set(headings).size).toBe(headings.length);
  }
});
