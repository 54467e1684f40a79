/** Finds a finding in its list by its code. */
import type { Locator, Page } from "./test.ts";

/** The list item: its button has the title, and its text the code. */
export function finding(page: Page, code: string): Locator {
  return page
    .getByRole("region", { name: "Findings" })
    .getByRole("listitem")
    .filter({ has: page.locator("code", { hasText: new RegExp(`^${code}$`) }) });
}
