/** @module dashboard.test — the cases at a glance in one page: whole without scripts, closed to the network. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assigned, givenProgram, received } from "./given-program.ts";

const second =
  "receive --kind cppcc --session 15-5 --number 123 --title <script>alert(1)</script> --proposer 李楠 --dispatched-on 2021-04-02 --on 2021-04-02";

const pageOf = async (more = "") => {
  const { typed, folder } = givenProgram();
  for (const line of [received, assigned, second]) await typed(line);
  const file = join(folder, "dashboard.html");
  const made = await typed(`dashboard ${file} --json --today 2021-06-25 ${more}`);
  expect(made).toMatchObject({ exitCode: 0 });
  return { page: readFileSync(file, "utf8"), told: JSON.parse(made.out) as object };
};

describe("the dashboard", () => {
  it("shows lamps, rates with the cases that are missing, departments and every case", async () => {
    const { page } = await pageOf();
    expect(page).toContain('<li class="red"><b>1</b>红</li>');
    expect(page).toContain("未计入的办件：cppcc/15-5/122、cppcc/15-5/123");
    expect(page).toContain("规划科");
    expect(page.match(/<tr data-lamp=/g)).toHaveLength(2);
  });

  it("says how many timelines it leaves out, and keeps those of the most urgent", async () => {
    const { page, told } = await pageOf("--timelines 1");
    expect(told).toMatchObject({ cases: 2, timelines: 1, timelinesLeftOut: 1 });
    expect(page).toContain("未载 1 件");
    expect(page.match(/<details id="case-[^"]*"/g)).toEqual([
      expect.stringContaining("cppcc-15-5-122"),
    ]);
  });

  it("lets no title become markup, and asks for nothing from anywhere", async () => {
    const { page } = await pageOf();
    expect(page).not.toContain("<script>alert");
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(src|href)="(?!#)/);
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });
});

it("a page of the dashboard has a name that ends in .html", async () => {
  const { typed, folder } = givenProgram();
  await typed(
    "receive --kind cppcc --session 15-5 --number 1 --title t --proposer 李楠 --on 2021-04-02",
  );
  for (const name of ["x.txt", "-", ".html"]) {
    const refused = await typed(`dashboard ${name}`);
    expect([name, refused.exitCode]).toEqual([name, 2]);
  }
  expect(readdirSync(folder).filter((name) => name.endsWith(".txt"))).toEqual([]);
});
