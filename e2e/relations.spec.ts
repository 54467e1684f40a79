/** Tests that the matrix of relations names its rows and columns at any size, and uses its place. */
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

/** The smallest distance between names that follow one another. */
const leastGap = (names: readonly Name[]) =>
  Math.min(...names.slice(1).map(({ at }, i) => at - (names[i]?.at ?? 0)));

test("73 regions are named on both axes, in their place, when scrolled and when the whole matrix is seen", async ({
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
  expect((await namesIn(page, "column")).length).toBe(some.length);
  // The cell under the pointer is named even if its row is none of those.
  const [skeleton] = some;
  if (!skeleton) throw new Error("the first row is named");
  await page.mouse.move(canvas.x + skeleton.cellPx * 4.5, skeleton.at + skeleton.cellPx);
  await expect(page.locator(".row-names [data-highlighted]")).toHaveText("ribs");
  await expect(page.locator(".column-names [data-highlighted]")).toHaveText("pelvis");
  await expect.poll(async () => (await namesIn(page, "row"))[0]?.text).toBe("ribs");

  await fit.click();
  await expect.poll(async () => leastGap(await namesIn(page, "row"))).toBeGreaterThanOrEqual(14);
});
