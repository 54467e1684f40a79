/** Presses every key of the table and checks that it does what its command says. */
import { groupBy } from "../src/base/group-by.ts";
import { type Command, KEY_GROUPS } from "../src/ui/keys.ts";
import { goto, idle, probedVoxel } from "./support/app.ts";
import { CHECKS } from "./support/keys/checks.ts";
import { pressKey } from "./support/keys/on-page.ts";
import { SCOPES } from "./support/keys/scopes.ts";
import { expect, type Page, test } from "./support/test.ts";

type Group = (typeof KEY_GROUPS)[number];

const QUICK = ["Slices and crosshair", "Page"];
const QUICK_PAGE = "keys of slices and of the page";
const VIEW3D_PAGE = "keys of the 3D view";

/** Key groups share a page where they can, since each check sets up what it needs. */
function pageOf({ title, scope }: Group): string {
  if (QUICK.includes(title)) return QUICK_PAGE;
  if (scope === "view3d") return VIEW3D_PAGE;
  return scope ? "keys that hold in one place of the grid" : "keys of zoom, of regions and of editing";
}

/** Presses every key of the table, whatever its binding, and checks that it does what its command says. */
for (const [name, groups] of groupBy(KEY_GROUPS, pageOf))
  test(name, { tag: name === QUICK_PAGE ? "@quick" : [] }, async ({ page }) => {
    // No check looks at the picture, and a small view draws sooner.
    if (name === VIEW3D_PAGE) await page.setViewportSize({ width: 1024, height: 640 });
    await goto(page, "?sample=abdomen-regions&voxel=59,47,60");
    for (const group of groups) await test.step(group.title, () => pressKeysOf(page, group));
  });

async function pressKeysOf(page: Page, { scope, entries }: Group): Promise<void> {
  const bound = entries.flatMap(({ keys }) => Object.entries(keys ?? {}));
  for (const [command, keys] of bound) {
    const check = CHECKS[command as Command];
    expect(check, `a check of ${command}`).toBeDefined();
    for (const key of keys)
      await test.step(`${key}: ${command}`, async () => {
        let pressed = 0;
        await check(page, async () => {
          pressed++;
          await page.evaluate(() => {
            if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          });
          if (scope) await SCOPES[scope](page).focus();
          await pressKey(page, key);
          await idle(page);
        });
        expect(pressed, "times pressed").toBeGreaterThan(0);
      });
  }
}

test("every check belongs to a key of the table", () => {
  const commands = KEY_GROUPS.flatMap(({ entries }) =>
    entries.flatMap(({ keys }) => Object.keys(keys ?? {})),
  );
  expect(Object.keys(CHECKS).sort()).toEqual(commands.sort());
});

test("keys of the 3D view and of a text field work there, and not on the page", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=planes&voxel=59,47,60");
  const search = page.getByRole("searchbox", { name: "Search regions or labels" });

  await test.step("a text field keeps its keys, except for saving", async () => {
    await search.pressSequentially("g5?");
    await expect(search).toHaveValue("g5?");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("radio", { name: "Planes", exact: true })).toBeChecked();
    const [download] = await Promise.all([page.waitForEvent("download"), search.press("ControlOrMeta+s")]);
    expect(download.suggestedFilename()).toBe("dataset.json");
  });

  await test.step("keys of the 3D view work while it has the focus", async () => {
    await search.blur();
    const surface = SCOPES.view3d(page);
    await page.keyboard.press("0");
    await page.keyboard.press("ArrowRight");
    await idle(page);
    const moved = await probedVoxel(page);
    expect(moved).not.toEqual([59, 47, 60]);
    await expect(page).toHaveURL(new RegExp(`[?&]voxel=${moved.join("%2C")}`));
    expect(page.url()).not.toContain("cam=");
    for (const name of [/Turn: ← → ↑ ↓/i, /Pan: ⇧ ←/i]) await expect(surface).toHaveAccessibleName(name);
    await surface.press("ArrowRight");
    await expect(page).toHaveURL(/[?&]cam=/);
    expect(await probedVoxel(page)).toEqual(moved);
    // The page handles keys that mean nothing there.
    await surface.press("]");
    await idle(page);
    expect(await probedVoxel(page)).not.toEqual(moved);
  });
});

test("the list of keys shows that it goes on below, and goes there", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await goto(page, "?sample=abdomen-regions");
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: /shortcuts/i });
  const list = dialog.getByRole("region", { name: "All shortcuts" });
  const more = dialog.getByRole("button", { name: "More below" });
  const left = () => list.evaluate((e) => e.scrollHeight - e.scrollTop - e.clientHeight);
  const close = dialog.getByRole("button", { name: "Close" });
  await expect(more).toBeInViewport({ ratio: 1 });
  expect(await left()).toBeGreaterThan(20);
  const before = await close.boundingBox();
  // Each click leaves something of the page before.
  for (let clicks = 0; clicks < 8 && (await more.count()) > 0; clicks++) {
    await more.click();
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  }
  await expect(more).toHaveCount(0);
  expect(await left()).toBeLessThanOrEqual(4);
  await expect(list).toBeFocused();
  expect(await close.boundingBox()).toEqual(before);
  await page.keyboard.press("Home");
  await expect(more).toBeVisible();
});
