/** Tests that the matrix of relations names its rows and columns at any size, and uses its place. */
import type { Rgb } from "../src/base/oklab.ts";
import { cieLabFromRgb, colorDifference } from "../src/domain/colors/color-difference.ts";
import { seenBy } from "../src/domain/colors/color-vision.ts";
import { goto, idle } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

interface Name {
  readonly text: string;
  /** Where it stands along its axis, CSS px. */
  readonly at: number;
  readonly fontPx: number;
  /** Side of its cell. */
  readonly cellPx: number;
}

const namesIn = (page: Page, axis: "row" | "column"): Promise<Name[]> =>
  page.locator(`.${axis}-names .matrix-name`).evaluateAll(
    (elements, along) =>
      elements.map((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return {
          text: element.textContent ?? "",
          cellPx: along === "row" ? height : width,
          at: along === "row" ? top + height / 2 : left + width / 2,
          fontPx: Number.parseFloat(getComputedStyle(element).fontSize),
        };
      }),
    axis,
  );

/** The colours of the named rows, by name. */
const colorsIn = async (page: Page): Promise<ReadonlyMap<string, Rgb>> => {
  const read = await page.locator(".row-names .matrix-name").evaluateAll((elements) =>
    elements.map((element) => {
      const swatch = element.querySelector("i");
      return [element.textContent ?? "", swatch ? getComputedStyle(swatch).backgroundColor : ""] as const;
    }),
  );
  const channel = (color: string, at: number) => Number(/(\d+), (\d+), (\d+)/.exec(color)?.[at + 1]) / 255;
  return new Map(read.map(([name, css]) => [name, [channel(css, 0), channel(css, 1), channel(css, 2)]]));
};

/** The smaller ΔE2000 of normal vision and deuteranopia. */
function difference(a: Rgb = [0, 0, 0], b: Rgb = [0, 0, 0]): number {
  const seen = (vision: "normal" | "deuteranopia") =>
    colorDifference(cieLabFromRgb(seenBy(vision, a)), cieLabFromRgb(seenBy(vision, b)));
  return Math.min(seen("normal"), seen("deuteranopia"));
}

/** The smallest distance between names that follow one another. */
const leastGap = (names: readonly Name[]) =>
  Math.min(...names.slice(1).map(({ at }, i) => at - (names[i]?.at ?? 0)));

test("73 regions are named at any size and scroll position, in colours that differ and stay through edits", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await goto(page, "?sample=abdomen-organs&view=relations");
  await idle(page);
  const matrix = page.getByRole("grid", { name: "Relations of regions" });
  const box = await matrix.boundingBox();
  if (!box) throw new Error("the matrix is shown");

  for (const axis of ["row", "column"] as const) {
    const names = await namesIn(page, axis);
    expect(names[0]?.text).toBe("skeleton");
    expect(names[1]?.text).toBe("ribs");
    expect(names.length).toBeGreaterThan(20);
    expect(leastGap(names)).toBeGreaterThanOrEqual(14);
    expect(Math.min(...names.map(({ fontPx }) => fontPx))).toBeGreaterThanOrEqual(12);
  }
  // Cells reach the right and lower edge, and the names take less than a third.
  const canvas = await page.locator(".matrix-canvas").boundingBox();
  if (!canvas) throw new Error("the canvas is shown");
  expect(canvas.width).toBeGreaterThan(box.width * 0.66);
  const content = await matrix.evaluate(
    ({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight] as const,
  );
  expect(content[0]).toBeGreaterThan(box.width);
  expect(content[1]).toBeGreaterThan(box.height);

  // Regions that touch or overlap are easy to tell apart, and an edit changes no colour.
  const colors = await colorsIn(page);
  const touching = [
    ["skeleton", "ribs"],
    ["spine", "pelvis"],
    ["kidneys", "kidney_left"],
    ["kidneys", "adrenal_gland_left"],
    ["muscles", "glutei"],
    ["liver", "gallbladder"],
    ["pancreas", "stomach"],
  ] as const;
  for (const [a, b] of touching)
    expect(difference(colors.get(a), colors.get(b)), `${a}, ${b}`).toBeGreaterThanOrEqual(20);
  await page.locator(".row-names .matrix-name", { hasText: "kidneys" }).click();
  await page.getByRole("button", { name: "Move kidneys down" }).click();
  await expect.poll(async () => (await namesIn(page, "row"))[8]?.text).toBe("kidneys");
  for (const [name, color] of await colorsIn(page)) expect(color, name).toEqual(colors.get(name));

  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6);
  await page.mouse.wheel(3000, 3000);
  await expect.poll(async () => (await namesIn(page, "row")).at(-1)?.text).toBe("costal_cartilages");
  await expect.poll(async () => (await namesIn(page, "column")).at(-1)?.text).toBe("costal_cartilages");

  const fit = page.getByRole("button", { name: "Fit matrix to view" });
  await fit.click();
  await expect(fit).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => matrix.evaluate((at) => at.scrollHeight - at.clientHeight)).toBe(0);
  const some = await namesIn(page, "row");
  expect(some.length).toBeGreaterThan(15);
  expect(leastGap(some)).toBeGreaterThanOrEqual(14);
  expect((await namesIn(page, "column")).length).toBeGreaterThan(15);
  // The cell under the pointer is named even if its row is none of those.
  const [skeleton] = some;
  if (!skeleton) throw new Error("the first row is named");
  await page.mouse.move(canvas.x + skeleton.cellPx * 4.5, skeleton.at + skeleton.cellPx);
  await expect(page.locator(".row-names [data-highlighted]")).toHaveText(["ribs", "kidneys"]);
  await expect(page.locator(".column-names [data-highlighted]")).toHaveText(["skeleton", "pelvis"]);
  await expect.poll(async () => (await namesIn(page, "row"))[0]?.text).toBe("ribs");

  await fit.click();
  await expect.poll(async () => leastGap(await namesIn(page, "row"))).toBeGreaterThanOrEqual(14);
});
