import { type Command, KEY_GROUPS } from "../src/ui/keys.ts";
import { goto, idle, probedVoxel } from "./support/app.ts";
import { CHECKS } from "./support/keys/checks.ts";
import { pressable } from "./support/keys/on-page.ts";
import { SCOPES } from "./support/keys/scopes.ts";
import { expect, test } from "./support/test.ts";

const QUICK = ["Slices and crosshair", "Page"];

/** Every key of the table is pressed, whatever it is bound to, and must do what its command says. */
for (const { title, scope, entries } of KEY_GROUPS) {
  const bound = entries.flatMap(({ keys }) => Object.entries(keys ?? {}));
  test(`keys: ${title}`, { tag: QUICK.includes(title) ? "@quick" : [] }, async ({ page }) => {
    // What it draws is not looked at, and a small view is drawn sooner.
    if (scope === "solid") await page.setViewportSize({ width: 1024, height: 640 });
    await goto(page, "?sample=abdomen-regions&voxel=59,47,60");
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
            await page.keyboard.press(pressable(key));
            await idle(page);
          });
          expect(pressed, "times pressed").toBeGreaterThan(0);
        });
    }
  });
}

test("every check is about a key of the table", () => {
  const commands = KEY_GROUPS.flatMap(({ entries }) =>
    entries.flatMap(({ keys }) => Object.keys(keys ?? {})),
  );
  expect(Object.keys(CHECKS).sort()).toEqual(commands.sort());
});

test("keys of the 3D view hold while it has the focus, and not on the page", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=planes&voxel=59,47,60");
  const surface = SCOPES.solid(page);
  await page.keyboard.press("0");
  await page.keyboard.press("ArrowRight");
  await idle(page);
  const moved = await probedVoxel(page);
  expect(moved).not.toEqual([59, 47, 60]);
  await expect.poll(() => page.url()).toContain(`voxel=${moved.join("%2C")}`);
  expect(page.url()).not.toContain("cam=");
  for (const name of [/Turn: ← → ↑ ↓/i, /Pan: ⇧ ←/i]) await expect(surface).toHaveAccessibleName(name);
  await surface.press("ArrowRight");
  await expect.poll(() => page.url()).toContain("cam=");
  expect(await probedVoxel(page)).toEqual(moved);
  // What means nothing there is the page's.
  await surface.press("]");
  await idle(page);
  expect(await probedVoxel(page)).not.toEqual(moved);
});

test("a field keeps its keys, but for saving", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions");
  const search = page.getByRole("searchbox", { name: "Search regions or labels" });
  await search.pressSequentially("g5?");
  await expect(search).toHaveValue("g5?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "Grid", exact: true })).toBeChecked();
  const [download] = await Promise.all([page.waitForEvent("download"), search.press("ControlOrMeta+s")]);
  expect(download.suggestedFilename()).toBe("dataset.json");
});
