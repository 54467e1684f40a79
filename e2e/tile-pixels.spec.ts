/**
 * Checks that a tile shows exactly the target: reads the canvas back and compares every voxel's pixel with
 * what torch and scikit-image made of the same volume.
 */
import type { SamplingMode } from "../src/domain/targets/deep-supervision.ts";
import { idle } from "./support/app.ts";
import { choose } from "./support/keys/on-page.ts";
import { expect, type Page, test } from "./support/test.ts";
import { openWide, type TileVoxel, WIDE_REGIONS, WIDE_SCALES, wideTileVoxels } from "./support/wide-case.ts";

const BARE = "opacity=1&outline=0&cross=0";
const ROWS: readonly (readonly number[])[] = Object.values(WIDE_REGIONS);

const DRAWN = (["nearest-exact", "resize-segmentation"] satisfies SamplingMode[]).flatMap((mode) =>
  (["label-first", "bit-packed"] as const).map((from) => [mode, from] as const),
);

test("every voxel of two regions is drawn at every scale", { tag: "@quick" }, async ({ page }) => {
  await openWide(page, `?${BARE}`);
  for (const [mode, from] of DRAWN)
    await test.step(`${mode}, drawn ${from}`, async () => {
      await draw(page, mode, from);
      const voxels = await wideTileVoxels(page, mode);
      for (const [row, labels] of ROWS.entries()) {
        for (let s = 0; s < WIDE_SCALES; s++) {
          const of = voxels.filter((voxel) => voxel.row === row && voxel.scale === s);
          const inside = coloursOf(of.filter(({ value }) => labels.includes(value)));
          const outside = coloursOf(of.filter(({ value }) => !labels.includes(value)));
          // At full opacity the region has one colour and the background another: any wrong voxel would show
          // in both sets.
          expect(inside.size, `row ${row}, scale ${s}: colours inside`).toBeLessThanOrEqual(1);
          expect(
            outside.size,
            `row ${row}, scale ${s}: colours outside ${[...outside].join(" | ")} inside ${[...inside].join(" | ")}`,
          ).toBe(1);
          for (const colour of inside) expect(outside.has(colour)).toBe(false);
          if (s === 0) expect(inside.size).toBe(1);
        }
      }
      expect(voxels.length).toBeGreaterThan(2 * 36 * 30);
    });
});

test("by label, every voxel of a region has its own label's colour", async ({ page }) => {
  await openWide(page, `?by=label&${BARE}`);
  for (const [mode, from] of DRAWN)
    await test.step(`${mode}, drawn ${from}`, async () => {
      await draw(page, mode, from);
      const voxels = await wideTileVoxels(page, mode);
      const legend = await legendColours(page);
      const ground = coloursOf(voxels.filter(({ value }) => value === 0));
      expect(ground.size).toBe(1);
      const wrong = voxels.filter(({ row, value, colour }) => {
        return ROWS[row]?.includes(value) ? legend.get(value) !== colour : !ground.has(colour);
      });
      expect(wrong).toEqual([]);
      for (const [row, labels] of ROWS.entries()) {
        const held = voxels.filter((voxel) => voxel.row === row && labels.includes(voxel.value));
        expect(coloursOf(held).size, `row ${row}`).toBe(new Set(held.map(({ value }) => value)).size);
        expect(coloursOf(held).size, `row ${row}`).toBeGreaterThan(1);
      }
    });
});

/** Shows targets of a mode, drawn from labels or from bits. */
async function draw(page: Page, mode: SamplingMode, from: "label-first" | "bit-packed"): Promise<void> {
  const modes = page.getByRole("combobox", { name: "Downsampling mode" });
  await modes.click();
  await page.getByRole("option", { name: new RegExp(`^${mode}`) }).click();
  await idle(page);
  await expect(modes).toHaveText(mode);
  const name = {
    "label-first": "labels: the label map (label-first)",
    "bit-packed": "packed bits (bit-packed)",
  }[from];
  await choose(page, "Draw from", `Draw from ${name}`);
}

const coloursOf = (voxels: readonly TileVoxel[]) => new Set(voxels.map(({ colour }) => colour));

/** "r,g,b" of each label, from the legend. */
async function legendColours(page: Page): Promise<ReadonlyMap<number, string>> {
  await page.getByRole("button", { name: "Legend", exact: true }).click();
  const lines = page.getByRole("list", { name: "Labels in shown regions" }).getByRole("listitem");
  await expect(lines.first()).toBeVisible();
  const entries = await lines.evaluateAll((items) =>
    items.map((item) => {
      const swatch = item.querySelector(".swatch");
      const colour = swatch ? getComputedStyle(swatch).backgroundColor : "";
      return [
        Number(item.querySelector(".legend-value")?.textContent),
        (colour.match(/\d+/g) ?? []).join(),
      ] as const;
    }),
  );
  await page.keyboard.press("Escape");
  return new Map(entries);
}
