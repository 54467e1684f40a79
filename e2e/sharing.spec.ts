/** A link opens the same view again, to the pixel. */
import { expect, type Page, test } from "@playwright/test";
import { goto, idle } from "./support/app.ts";
import { type Picture, screenPixels } from "./support/pixels.ts";

/** The canvas of the planes, without what lies over it. */
async function panesPixels(page: Page): Promise<Picture> {
  const hide =
    ".pane, .orientation-cube, .splitter { visibility: hidden !important } .panes { outline: none !important }";
  return screenPixels(page, page.locator("canvas.panes-canvas"), hide);
}

function differing(a: Picture, b: Picture): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  return a.data.reduce((n, value, i) => n + (value === b.data[i] ? 0 : 1), 0);
}

/** Once the address has followed. */
async function settledUrl(page: Page, part: RegExp): Promise<URL> {
  await expect(page).toHaveURL(part);
  await idle(page);
  return new URL(page.url());
}

test.use({ actionTimeout: 15_000, permissions: ["clipboard-read", "clipboard-write"] });

test("what was changed in Planes is in the address, and the address gives the same pixels", async ({
  page,
}) => {
  await goto(page, "?sample=abdomen-regions&view=planes");
  const fresh = await panesPixels(page);
  await page.getByRole("button", { name: /^Convention/ }).click();
  await page.getByLabel("Legend and styles").click();
  await page.getByLabel("spleen: drawn as").selectOption("hatch");
  await page.getByLabel("spine: opacity").fill("0.4");
  await page.getByLabel("Width of outlines").fill("3");
  await page.getByRole("button", { name: "spleen: on top of the others" }).click();
  await page.keyboard.press("Escape");
  const canvas = await page.locator("canvas.panes-canvas").boundingBox();
  if (!canvas) throw new Error("no canvas");
  await page.mouse.move(canvas.x + canvas.width * 0.2, canvas.y + canvas.height * 0.3);
  await page.keyboard.down("Control");
  for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -120);
  await page.keyboard.up("Control");
  await page.getByRole("separator").first().focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
  await idle(page);

  const url = await settledUrl(page, /split=/);
  const keys = ["conv", "style", "line", "raise", "pzoom", "pans", "split"];
  for (const key of keys) expect(url.searchParams.has(key), key).toBe(true);
  expect(url.searchParams.getAll("style")).toEqual(["hatch,1,spleen", "both,0.4,spine"]);
  const before = await panesPixels(page);
  expect(differing(fresh, before)).toBeGreaterThan(10_000);

  await page.goto("/");
  await goto(page, url.search);
  expect(differing(await panesPixels(page), before)).toBe(0);
  await expect(page.getByRole("button", { name: /^Convention: neurological/ })).toBeVisible();
  await page.getByLabel("Legend and styles").click();
  await expect(page.getByLabel("spleen: drawn as")).toHaveValue("hatch");
  await expect(page.getByRole("button", { name: "spleen: on top of the others" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.keyboard.press("Escape");
  expect(new URL(page.url()).search).toBe(url.search);
});
