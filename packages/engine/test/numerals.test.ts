import { describe, expect, it } from "vitest";
import { chineseNumeral, readNumeral } from "@wuding/engine";

describe("a number in Chinese words", () => {
  it("reads back as it was written, up to 999", () => {
    const numbers = Array.from({ length: 1000 }, (_, number) => number);
    expect(numbers.map((number) => readNumeral(chineseNumeral(number)))).toEqual(numbers);
  });

  it.each([
    ["二〇二一", 2021],
    ["二零二一", 2021],
    ["○五", 5],
    ["廿六", 26],
    ["卅一", 31],
    ["十", 10],
    ["两百", 200],
    ["一百一十三", 113],
    ["0026", 26],
  ])("%s is %i", (text, number) => {
    expect(readNumeral(text)).toBe(number);
  });

  // 一百二 is 120 to some and 102 to others
  it.each(["", "十百", "百", "一百二", "二十零", "三点五", "五次", "1２"])(
    "“%s” is none",
    (text) => {
      expect(readNumeral(text)).toBeUndefined();
    },
  );
});
