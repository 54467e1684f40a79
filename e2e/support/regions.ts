/** Finds rows in the table of regions, and opens a region in the editor. */
import { expect, type Page } from "./test.ts";

export const regions = (page: Page) => page.getByRole("table", { name: "Regions" });

/** The region's row in the table. */
export const line = (page: Page, name: string) =>
  regions(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name, exact: true }) });

/** Opens the region in the editor. */
export async function select(page: Page, name: string): Promise<void> {
  await line(page, name).getByRole("rowheader").click();
  await expect(page.getByRole("region", { name: `Region ${name}`, exact: true })).toBeVisible();
}
