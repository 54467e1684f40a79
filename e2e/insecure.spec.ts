/** Opens the page at a network address without https, where browsers hide WebGPU and all of its globals. */
import { findBrowser, testFlags } from "../tools/browser.ts";
import { expect, test } from "./support/test.ts";
import { expectToWorkWithout } from "./support/without-gpu.ts";

const browser = await findBrowser();
const PORT = Number(process.env.REGIONSCOPE_E2E_PORT ?? 4179);
/**
 * An address of a test network (RFC 5737): the browser resolves it to this machine and still does not trust
 * it.
 */
const ADDRESS = "192.0.2.1";

test.use({
  baseURL: `http://${ADDRESS}:${PORT}/`,
  launchOptions: {
    ...(browser ? { executablePath: browser.executablePath } : {}),
    args: [...testFlags(browser), `--host-resolver-rules=MAP ${ADDRESS} 127.0.0.1`],
  },
});

test("counts, report and sentences on an insecure origin", async ({ page }) => {
  await expectToWorkWithout(page, /Browsers offer WebGPU to secure pages alone\. Open this page over https/);
  expect(await page.evaluate(() => [isSecureContext, "GPUBufferUsage" in globalThis])).toEqual([
    false,
    false,
  ]);
  await expect(page.getByRole("heading", { name: "WebGPU needs a secure page" })).toBeVisible();
});
