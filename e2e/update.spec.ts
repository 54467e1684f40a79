/** Deploys a newer version of the page while the older one is open. */
import { goto, grid, idle } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";
import { SECOND_TITLE, serveTwoBuilds, type TwoBuilds } from "./support/two-builds.ts";

/** An offset from the port in playwright.config.ts, so that two checkouts can be tested at once. */
const PORT = Number(process.env.REGIONSCOPE_E2E_PORT ?? 4179) + 8;

test.use({
  serviceWorkers: "allow",
  reuseContext: false,
  baseURL: `http://127.0.0.1:${PORT}/`,
  actionTimeout: 60_000,
});

let builds: TwoBuilds;
test.beforeEach(async () => {
  builds = await serveTwoBuilds(PORT);
});
test.afterEach(() => builds.close());

/** Waits until a service worker has cached every file of the open version. */
async function installed(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe("activated");
}

/** Makes the browser look for a newer worker, as it does by itself when a page opens. */
async function lookForNewer(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
}

/** Names of the scripts that the page runs. */
async function scriptsOf(page: Page): Promise<readonly string[]> {
  const all = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  return all.filter((name) => name.includes("/assets/") && name.endsWith(".js"));
}

const newer = (page: Page) => page.getByRole("status", { name: "Newer version" });
const isSecond = (name: string) => name.endsWith("-2.js");

async function addRegion(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add region" }).first().click();
}

test("an open page keeps its own version and its edits; the newer version starts after it is closed", async ({
  page,
  context,
}) => {
  await goto(page, "?sample=abdomen-regions");
  await installed(page);
  await expect(newer(page)).toHaveCount(0);
  await addRegion(page);
  await idle(page);
  const undo = page.getByRole("button", { name: /^Undo/ });
  await expect(undo).toBeEnabled();
  const table = page.getByRole("table", { name: "Regions" });
  // 25 rows of the sample, the new one, and the header row.
  await expect(table).toHaveAttribute("aria-rowcount", "27");

  builds.deploy();
  await lookForNewer(page);
  await expect(newer(page)).toContainText("A newer version of this page is ready");
  // Nothing was lost or replaced, and parts that load only now still come from this version.
  await expect(undo).toBeEnabled();
  await page.getByRole("radio", { name: "Compare" }).click();
  await idle(page);
  await expect(page.getByRole("grid", { name: "Overlap of A and B" })).toBeVisible();
  await expect(page.getByRole("group", { name: "B: scale 1" })).toBeVisible();
  await page.getByRole("radio", { name: "Survival" }).click();
  await idle(page);
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page
      .getByRole("button", { name: "Share", exact: true })
      .click()
      .then(() => page.getByRole("menuitem", { name: /^Save view/ }).click()),
  ]);
  expect(saved.suggestedFilename()).toMatch(/\.view\.json$/);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(table).toHaveAttribute("aria-rowcount", "27");
  expect((await scriptsOf(page)).filter(isSecond)).toEqual([]);

  // Leaving with edits asks first, and staying keeps them.
  const asked = page.waitForEvent("dialog").then(async (dialog) => {
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
  });
  await page.evaluate(() => location.reload());
  await asked;
  await expect(undo).toBeEnabled();

  // A second tab gets the same version as the first while that one is open.
  const other = await context.newPage();
  await goto(other, "?sample=spine-regions");
  await expect(newer(other)).toBeVisible();
  await expect(other).not.toHaveTitle(SECOND_TITLE);
  expect((await scriptsOf(other)).filter(isSecond)).toEqual([]);
  await other.close();
  await page.close();

  // Until the browser lets go of the closed pages, a new page gets their version, and so does every page that
  // replaces it. So each attempt leaves for an empty page first.
  const again = await context.newPage();
  await expect
    .poll(async () => {
      await again.goto("about:blank");
      await goto(again, "?sample=abdomen-regions&view=compare");
      return again.title();
    })
    .toBe(SECOND_TITLE);
  await expect(again.getByRole("grid", { name: "Overlap of A and B" })).toBeVisible();
  await expect(newer(again)).toHaveCount(0);
  await expect(again.getByRole("alert")).toHaveCount(0);
  const scripts = await scriptsOf(again);
  expect(scripts.length).toBeGreaterThan(5);
  expect(scripts.filter((name) => !isSecond(name))).toEqual([]);
  expect(builds.missing).toEqual([]);
  // The new version is also complete offline.
  await installed(again);
  await context.setOffline(true);
  await goto(again, "?sample=spine-regions");
  await expect(grid(again)).toBeVisible();
  await expect(again).toHaveTitle(SECOND_TITLE);
});

test.describe("where the browser keeps no worker", () => {
  test.use({ serviceWorkers: "block" });

  test("a part missing from the server is reported plainly, edits stay, and reloading brings the newer version", async ({
    page,
    announceError,
  }) => {
    announceError(/404|Failed to fetch dynamically imported module/);
    await goto(page, "?sample=abdomen-regions");
    await addRegion(page);
    await idle(page);
    builds.deploy();
    await page.getByRole("radio", { name: "Compare" }).click();
    await expect(page.getByRole("alert")).toContainText("a newer version has been released. Save your edits");
    await idle(page);
    await expect(page.getByRole("button", { name: /^Undo/ })).toBeEnabled();
    // The address updates a moment after the view.
    await expect.poll(() => page.url()).toContain("view=compare");
    page.once("dialog", (dialog) => {
      dialog.accept().catch(() => undefined);
    });
    await page.reload();
    await idle(page);
    await expect(page).toHaveTitle(SECOND_TITLE);
    await expect(page.getByRole("grid", { name: "Overlap of A and B" })).toBeVisible();
  });
});
