/** Tests offline use: the service worker, the web app manifest, and cache headers. */
import { goto, grid, idle } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

test.use({ serviceWorkers: "allow", reuseContext: false });

/** Waits until the service worker has cached every file. */
async function ready(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe("activated");
}

test("after one visit the whole page works without network", async ({ page, context }) => {
  await goto(page);
  await ready(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { name: "See what nnU-Net trains on" })).toBeVisible();
  for (const sample of ["abdomen-regions", "abdomen-organs", "spine-regions", "synthetic"]) {
    await page.goto(`/?sample=${sample}`);
    await idle(page);
    await expect(grid(page)).toBeVisible();
    await expect(page.locator(".tile-count").first()).toBeVisible();
  }
  for (const view of ["Round trip", "Relations", "Survival"]) {
    await page.getByRole("radio", { name: view }).click();
    await idle(page);
    await expect(page.getByRole("alert")).toHaveCount(0);
  }
  await expect(page.getByLabel("Survival of regions and components")).toBeVisible();
  await expect(page.getByRole("button", { name: "Run comparison" })).toBeVisible();
});

test("the page can be installed: the manifest names existing icons of the right sizes", async ({ page }) => {
  await goto(page);
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const manifest: { name: string; icons: { src: string; sizes: string; purpose: string }[] } = JSON.parse(
    data ?? "{}",
  );
  expect(manifest.name).toBe("Regionscope");
  expect(manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(
    expect.arrayContaining(["192x192 any", "512x512 any", "512x512 maskable"]),
  );
  for (const { src, sizes } of manifest.icons) {
    const side = await page.evaluate(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      return image.naturalWidth;
    }, src);
    if (sizes !== "any") expect(`${side}x${side}`).toBe(sizes);
  }
});

test("the server never lets a browser keep an old worker", async ({ request }) => {
  const { headers, ok } = await request.get("/sw.js").then((answer) => ({
    headers: answer.headers(),
    ok: answer.ok(),
  }));
  expect(ok).toBe(true);
  expect(headers["cache-control"]).toMatch(/no-cache|no-store|max-age=0/);
});
