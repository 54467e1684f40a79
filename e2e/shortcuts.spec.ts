import { type Command, KEY_GROUPS } from "../src/ui/keys.ts";
import { goto, idle } from "./support/app.ts";
import { CHECKS } from "./support/keys/checks.ts";
import { pressable } from "./support/keys/on-page.ts";
import { expect, test } from "./support/test.ts";

/** Every key of the table is pressed, whatever it is bound to, and must do what its command says. */
for (const { title, entries } of KEY_GROUPS) {
  const bound = entries.flatMap(({ keys }) => Object.entries(keys ?? {}));
  test(`keys: ${title}`, async ({ page }) => {
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
