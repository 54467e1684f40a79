/** Tests what is said of parameters that cannot be read, and that no link of the page's own causes a word. */
import { describe, expect, test } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { changedView, randomView } from "../../domain/testing/random-view.ts";
import { FIELD_LIST } from "../../domain/view/fields.ts";
import { unreadNotice, unreadParameters } from "./unread-parameters.ts";
import { decodeView } from "./url.ts";
import { encodeView, URL_KEYS } from "./url-encode.ts";

const NAMES = ["liver", "a,b", "50% & more = #1", "große Gefäße", " lead"];
/** Any text is a name, and what it means is known only with a case. */
const ANY_TEXT = ["text", "names", "name set", "first name", "other names"];
/** Texts that no kind of field reads. */
const SPOILT = ["banana", "x,y", "", "Infinity", "1,2,3,4,5"];

const unread = (text: string) =>
  unreadParameters(new URLSearchParams(text)).map(({ name, text }) => `${name}=${text}`);
const notice = (text: string) => unreadNotice(new URLSearchParams(text));

describe("nothing is said of", () => {
  test("any link that the page writes", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomFrom(seed);
      const state = (seed % 3 === 0 ? changedView : randomView)(random, NAMES);
      for (const sample of ["abdomen-regions", null]) {
        const params = new URLSearchParams(encodeView({ ...state, sample }).toString());
        expect(unreadParameters(params), params.toString()).toEqual([]);
      }
    }
  });

  test("every value of every choice and both of every switch", () => {
    for (const [, { kind, address }] of FIELD_LIST) {
      const texts =
        kind.type === "choice"
          ? kind.values.map((value) => kind.letters?.[value] ?? value)
          : kind.type === "flag"
            ? ["0", "1"]
            : [];
      for (const text of texts) expect(unread(`${address}=${text}`)).toEqual([]);
    }
  });

  test("second parameters on their own, as far as they mean something", () => {
    expect(unread("pans=1,2,3,4,5,6")).toEqual([]);
    expect(unread("pzoom=2")).toEqual([]);
    expect(unread("patch=0,-3,0&psize=8,8,8")).toEqual([]);
    expect(unread("against=file&bfile=a.nii.gz")).toEqual([]);
  });

  test("parameters that are no field, names and empty names", () => {
    expect(unread("utm_source=mail&utm_campaign=&unattended&fbclid=x&Grid=banana")).toEqual([]);
    expect(unread("sample=nosuch&config=&hide=&hide=liver&solo=&selected=a,b&raise=")).toEqual([]);
    expect(notice("")).toBeNull();
  });
});

describe("it is said of", () => {
  test("every parameter of every field but names, once, and the rest is read", () => {
    const rest = "sample=abdomen-regions&utm_source=mail";
    for (const name of URL_KEYS) {
      const row = FIELD_LIST.find(([, { address }]) => address === name)?.[1];
      if (row && ANY_TEXT.includes(row.kind.type)) continue;
      for (const text of SPOILT) {
        const params = new URLSearchParams([...new URLSearchParams(rest), [name, text]]);
        expect(Object.keys(decodeView(params)), `${name}=${text}`).toEqual(["sample"]);
        expect(unread(params.toString()), `${name}=${text}`).toEqual([`${name}=${text}`]);
      }
    }
  });

  test("numbers outside their limits, and fractions of whole numbers", () => {
    expect(
      unread("zoom=0.5&opacity=1.5&pscale=1.5&tiles=0&split=0.5,0.99&window=40,0&voxel=1,2"),
    ).toHaveLength(7);
    expect(notice("opacity=1.5")).toContain("“opacity=1.5” (may be a number from 0 to 1)");
    expect(notice("regions=0")).toContain("(may be a whole number from 1)");
  });

  test("each of a list, and not of those that are read", () => {
    const good = "ruler=axial,1,2,3,4,5,6&style=fill,1,liver&color=ff0000,liver";
    const bad = "ruler=oblique,1,2,3,4,5,6&style=dots,1,liver&color=red,liver";
    expect(unread(`${good}&${bad}`)).toEqual(bad.split("&"));
  });

  test("second parameters whose first is read, or without which they mean nothing", () => {
    expect(unread("pzoom=2&pans=1,2,3")).toEqual(["pans=1,2,3"]);
    expect(unread("pzoom=x&pans=1,2,3,4,5,6")).toEqual(["pzoom=x"]);
    expect(unread("patch=0,0,0&psize=8,8")).toEqual(["psize=8,8"]);
    expect(notice("psize=8,8,8")).toContain("“psize=8,8,8” (it needs patch)");
    expect(unread("against=mode&bfile=a.nii")).toEqual(["bfile=a.nii"]);
  });

  test("a second value for one field, unless it is the same", () => {
    expect(unread("plane=axial&plane=axial")).toEqual([]);
    expect(notice("zoom=2&zoom=3")).toContain("“zoom=3” (the first of several counts)");
  });
});

test("one sentence names the parameter, its text and what it may be", () => {
  expect(notice("sample=spine-regions&grid=banana")).toBe(
    "The address has a parameter that cannot be read and was left out: “grid=banana” (may be trained or stored).",
  );
  expect(notice("grid=banana&conv=x&zoom=x")).toBe(
    "The address has 3 parameters that cannot be read and were left out: " +
      "“grid=banana” (may be trained or stored), “conv=x” (may be r or n) and “zoom=x” (may be a number from 1 to 40).",
  );
  expect(notice(`cam=${"9".repeat(500)}`)?.length).toBeLessThan(200);
});
