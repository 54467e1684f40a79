/** Tests the rounding of values to float32, and their text. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { asRead, valueText } from "./float32.ts";

describe("values as float32", () => {
  it("are whole if rounding to float32 makes them whole, and only then", () => {
    // Float labels that nibabel saved with an integer header: 65535 times the header's 1/65535.
    expect(asRead(65535 * Math.fround(1 / 65535))).toBe(1);
    expect(asRead(1.0000000196)).toBe(1);
    expect(asRead(1.0000002)).toBeGreaterThan(1);
    expect(asRead(0.3)).toBe(Math.fround(0.3));
    expect(Object.is(asRead(-1e-60), 0)).toBe(true);
  });

  it("keep whole numbers that float32 cannot hold", () => {
    for (const label of [16777217, 614454277, -16777217, 2 ** 53 - 1]) expect(asRead(label)).toBe(label);
  });

  it("are written with the usual number of digits", () => {
    const written = [0.3, 1.988275527954, 1 / 3, 2.5, -0.1, 1e-7, 614454277, 0];
    expect(written.map((value) => valueText(Math.fround(value)))).toEqual([
      "0.3",
      "1.9882755",
      "0.33333334",
      "2.5",
      "-0.1",
      "1e-7",
      "614454272",
      "0",
    ]);
    expect(valueText(614454277)).toBe("614454277");
    expect(valueText(3 * Math.fround(1e30))).toMatch(/^3(\.\d{1,8})?e\+30$/);
    expect(valueText(Math.fround(1e30))).toBe("1e+30");
    expect([1.5e300, -1.5e300, Number.POSITIVE_INFINITY].map(valueText)).toEqual([
      "1.5e+300",
      "-1.5e+300",
      "Infinity",
    ]);
  });

  it("are each written differently, and as briefly as possible", () => {
    const random = randomFrom(7);
    for (let i = 0; i < 2000; i++) {
      const value = Math.fround((random() - 0.5) * 10 ** Math.floor(random() * 12 - 6));
      const text = valueText(value);
      expect(Math.fround(Number(text))).toBe(value);
      const digits = text.replace(/e.*|[-.]/g, "").replace(/^0+/, "").length;
      if (digits > 1) expect(Math.fround(Number(value.toPrecision(digits - 1)))).not.toBe(value);
    }
  });
});
