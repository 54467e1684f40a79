/** Opens the page that tools make reports with in an ordinary browser tab. */
import { expect, test } from "./support/test.ts";

test("an unattended page has no interface and no device, says what it is, and offers reports", {
  tag: "@quick",
}, async ({ page }) => {
  await page.goto("./?unattended");
  await expect(page.locator("body")).toHaveText(
    "This page shows nothing; a Regionscope tool uses it to make reports. Remove ?unattended from the address to open Regionscope.",
  );
  await expect(page.locator("canvas")).toHaveCount(0);
  expect(await page.evaluate(() => typeof window.regionscope?.report)).toBe("function");
  expect(await page.evaluate(() => window.regionscope?.gpuBytes())).toBe(0);
});
