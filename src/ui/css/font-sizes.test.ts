/** Tests that every style sheet of the page uses one of five font sizes, of which none is below 12 px. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const SOURCES = new URL("../../", import.meta.url);
const TOKENS = ["small", "body", "head", "figure", "title"];
/** Text of an SVG whose unit is not a px of the screen, and the report, a page of its own in px. */
const OWN_UNITS = ["orientation-cube.css", "report-page.css"];
const MIN_PX = 12;

const sheets = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".css"))
  .map((name) => ({ name, text: readFileSync(new URL(name, SOURCES), "utf8") }));

const sizesIn = (text: string) =>
  [...text.matchAll(/font(?:-size)?:\s*([^;]+);/g)].map(([, value]) => (value ?? "").trim());

it("the page has five font sizes", () => {
  const tokens = sheets.find(({ name }) => name.endsWith("tokens.css"))?.text ?? "";
  const px = TOKENS.map((token) => Number(new RegExp(`--${token}: (\\d+)px;`).exec(tokens)?.[1]));
  expect(px).toEqual([...px].sort((a, b) => a - b));
  expect(Math.min(...px)).toBeGreaterThanOrEqual(MIN_PX);
  expect(sheets.length).toBeGreaterThan(20);
  const allowed = new RegExp(`^(inherit|var\\(--(${TOKENS.join("|")})\\)( / .*)?)$`);
  for (const { name, text } of sheets) {
    if (OWN_UNITS.some((own) => name.endsWith(own)) || name.endsWith("tokens.css")) continue;
    for (const size of sizesIn(text)) expect(size, name).toMatch(allowed);
  }
});

it("the printed report has at most five, none of them smaller", () => {
  const report = sheets.find(({ name }) => name.endsWith("report-page.css"))?.text ?? "";
  const px = new Set(
    sizesIn(report).flatMap((size) => [...size.matchAll(/([\d.]+)px/g)].map(([, n]) => Number(n))),
  );
  expect(Math.min(...px)).toBeGreaterThanOrEqual(MIN_PX);
  expect(px.size).toBeLessThanOrEqual(5);
});
