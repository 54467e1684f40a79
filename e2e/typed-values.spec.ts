/** Tests fields for slice, voxel, position and grey window, and the slice slider, by mouse and keys. */
import { grid, idle, openSample, probe, probedVoxel, settledUrl } from "./support/app.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const voxel = (page: Page) => probe(page).getByRole("textbox", { name: "Voxel" });
const position = (page: Page) => probe(page).getByRole("textbox", { name: "Position" });
const slice = (page: Page) => page.getByRole("textbox", { name: "Slice", exact: true });

/** Replaces the text by keys, as after a click or Tab, which select it. */
async function type(page: Page, field: Locator, text: string): Promise<void> {
  await expect(field).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await idle(page);
}

async function expectRefused(page: Page, field: Locator, sentence: string | RegExp): Promise<void> {
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(sentence);
  const [at, why] = [await field.boundingBox(), await page.getByRole("alert").boundingBox()];
  if (!at || !why) throw new Error("no sentence");
  const apart = Math.max(why.y - (at.y + at.height), at.y - (why.y + why.height));
  expect(apart, "the sentence is beside its field").toBeLessThan(12);
  expect(apart).toBeGreaterThanOrEqual(0);
}

test("slice, voxel, position and window are typed; impossible ones are refused in place", {
  tag: "@quick",
}, async ({ page }) => {
  await openSample(page, "abdomen-regions");

  await test.step("a click on the voxel selects it, and Enter moves the crosshair", async () => {
    const before = await probe(page).getByText("RAS").boundingBox();
    await voxel(page).click();
    await type(page, voxel(page), "70, 60, 30");
    await expect(voxel(page)).not.toBeFocused();
    expect(await probedVoxel(page)).toEqual([70, 60, 30]);
    await expect(probe(page)).toContainText("small_intestine");
    await expect(slice(page)).toHaveValue("60");
    expect((await settledUrl(page)).searchParams.get("voxel")).toBe("70,60,30");
    expect((await probe(page).getByText("RAS").boundingBox())?.y).toBe(before?.y);
  });

  await test.step("another is refused in place; the crosshair and the rest of the page stay", async () => {
    await voxel(page).click();
    const words = await probe(page).getByText("z y x").boundingBox();
    await type(page, voxel(page), "70, 101, 30");
    await expectRefused(page, voxel(page), "Voxels here have y from 0 to 100, not 101.");
    expect(await probe(page).getByText("z y x").boundingBox()).toEqual(words);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(voxel(page)).toHaveValue("70, 60, 30");
    await page.keyboard.press("Escape");
    await expect(voxel(page)).not.toBeFocused();
    expect(await probedVoxel(page)).toEqual([70, 60, 30]);
  });

  await test.step("Tab leads from voxel to position; a position in mm goes to its voxel", async () => {
    await voxel(page).focus();
    await page.keyboard.press("Tab");
    await type(page, position(page), "2.4 152 271");
    expect(await probedVoxel(page)).toEqual([59, 47, 60]);
    await position(page).click();
    await type(page, position(page), "0, 0, 5000");
    await expectRefused(
      page,
      position(page),
      /^This position is \d{4}\.\d mm outside the volume: R -?[\d.]+ to [\d.]+, A .* mm\.$/,
    );
  });

  await test.step("a refused text goes once the crosshair moves by other means", async () => {
    const tile = await page.locator(".tile").first().boundingBox();
    if (!tile) throw new Error("no tile");
    await page.mouse.click(tile.x + tile.width * 0.4, tile.y + tile.height * 0.4);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await idle(page);
    // The pointer rests on another voxel than the crosshair's, which is the one to type.
    await page.mouse.move(tile.x + tile.width * 0.6, tile.y + tile.height * 0.6);
    await expect(probe(page)).toContainText("Pointer");
    const pointed = await probedVoxel(page);
    const crosshair = (await settledUrl(page)).searchParams.get("voxel")?.replaceAll(",", ", ") ?? "";
    expect(crosshair).not.toBe(pointed.join(", "));
    await expect(voxel(page)).toHaveValue(crosshair);
  });

  await test.step("a slice is typed or stepped by arrows, and Enter gives the keys back to the page", async () => {
    await slice(page).click();
    await expect(slice(page)).toHaveAccessibleDescription("Click to type the slice: y from 0 to 100");
    await type(page, slice(page), "101");
    await expectRefused(page, slice(page), "Slice numbers here are whole numbers from 0 to 100.");
    await page.keyboard.press("Control+a");
    await type(page, slice(page), "100");
    expect((await probedVoxel(page))[1]).toBe(100);
    // Slices step towards A, where y falls.
    await page.keyboard.press("[");
    await idle(page);
    await expect(slice(page)).not.toBeFocused();
    const stepped = (await probedVoxel(page))[1] ?? 0;
    expect(stepped).toBe(Number(await slice(page).inputValue()));
    await slice(page).focus();
    await page.keyboard.press("ArrowDown");
    await idle(page);
    await expect(slice(page)).toHaveValue(String(stepped - 1));
    expect((await probedVoxel(page))[1]).toBe(stepped - 1);
  });

  await test.step("window and level are reached and typed by keys", async () => {
    const open = page.getByRole("button", { name: /^Window and level: W/ });
    const [width, level] = ["Window", "Level"].map((name) =>
      page.getByRole("textbox", { name, exact: true }),
    );
    if (!width || !level) throw new Error("no fields");
    // Escape closes the popup before it puts the tool away.
    const ruler = page.getByRole("button", { name: /^Ruler \(/ });
    await ruler.click();
    await open.focus();
    await page.keyboard.press("Enter");
    await type(page, width, "0");
    await expectRefused(page, width, "The window is a number greater than 0.");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("1500");
    await page.keyboard.press("Tab");
    await type(page, level, "-600");
    expect((await settledUrl(page)).searchParams.get("window")).toBe("-600,1500");
    await expect(open).toHaveText("W 1500 L -600");
    await page.keyboard.press("Escape");
    await expect(level).toBeHidden();
    await expect(ruler).toHaveAttribute("aria-pressed", "true");
    await ruler.click();
  });

  await test.step("the slice slider is as long as the picture, in the grid and in every pane", async () => {
    const track = (plane: string) => page.getByRole("slider", { name: `Slice, ${plane}` });
    const share = async (plane: string, picture: Locator) => {
      const [bar, box] = [await track(plane).boundingBox(), await picture.boundingBox()];
      return (bar?.height ?? 0) / (box?.height ?? 1);
    };
    expect(await share("coronal", grid(page))).toBeGreaterThan(0.95);
    await page.keyboard.press("4");
    await idle(page);
    for (const name of ["Axial", "Coronal", "Sagittal"])
      expect(await share(name.toLowerCase(), page.getByRole("group", { name, exact: true }))).toBeGreaterThan(
        0.75,
      );
    const axial = page.getByRole("textbox", { name: "Slice, axial" });
    await axial.click();
    await type(page, axial, "12");
    expect((await probedVoxel(page))[0]).toBe(12);
    await expect(page.getByRole("group", { name: "Axial", exact: true })).toContainText("12/111");
    await expect(track("axial")).toHaveAttribute("aria-valuenow", "12");
  });
});
