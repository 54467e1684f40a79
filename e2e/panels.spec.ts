/** Tests the side panels: their sizes, and what the browser remembers between visits. */
import { goto, idle, openSample, resize } from "./support/app.ts";
import { choose } from "./support/keys/on-page.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";
import { openTiming } from "./support/timing.ts";

const left = (page: Page) => page.getByRole("separator", { name: "Width of the left panel" });
const right = (page: Page) => page.getByRole("separator", { name: "Width of the right panel" });
const upper = (page: Page) => page.getByRole("separator", { name: "Height of the findings" });
const widthOf = async (page: Page, selector: ".left" | ".right" | ".main-view") =>
  Math.round((await page.locator(selector).boundingBox())?.width ?? 0);

const heightOf = async (page: Page, selector: ".findings" | ".regions") =>
  Math.round((await page.locator(selector).boundingBox())?.height ?? 0);

/** Grabs the border off-centre: it must keep its distance from the pointer. */
async function drag(page: Page, border: Locator, dx: number, dy = 0): Promise<void> {
  const box = await border.boundingBox();
  if (!box) throw new Error("There is no border.");
  const [x, y] = [box.x + Math.min(200, box.width - 1), box.y + Math.min(200, box.height - 1)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y + dy / 2);
  await page.mouse.move(x + dx, y + dy);
  await page.mouse.up();
  await idle(page);
}

/** Names of the region list that are cut, and headings that are. */
const cutNames = (page: Page) =>
  page
    .getByRole("table", { name: "Regions" })
    .locator(".elided-head, th:not(:has(.visually-hidden))")
    .evaluateAll((heads) =>
      heads
        .filter((head) => head.scrollWidth > head.clientWidth)
        .map((head) => head.parentElement?.textContent),
    );

test("names are whole at 1280 px, and longer ones in a wider panel, whose width is remembered", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openSample(page, "spine-regions");
  expect(await cutNames(page)).toEqual([]);
  await openSample(page, "abdomen-regions");
  const [panel, centre] = [await widthOf(page, ".left"), await widthOf(page, ".main-view")];
  expect(await cutNames(page)).toEqual([]);
  await drag(page, left(page), -50);
  expect(await cutNames(page)).toContain("small_intestine");
  await drag(page, left(page), 140);
  expect(await widthOf(page, ".left")).toBe(panel + 90);
  expect(await widthOf(page, ".main-view")).toBe(centre - 90);
  expect(await cutNames(page)).toEqual([]);
  const canvas = await page.locator("canvas").first().boundingBox();
  expect(Math.abs((canvas?.x ?? 0) - (panel + 90))).toBeLessThan(200);

  await openSample(page, "spine-regions");
  expect(await widthOf(page, ".left")).toBe(panel + 90);
  await left(page).dblclick();
  await idle(page);
  expect(await widthOf(page, ".left")).toBe(panel);
});

test("borders of panels are moved by keys and by dragging, and follow the width of the page", async ({
  page,
}) => {
  await openSample(page, "abdomen-regions");
  await openTiming(page);
  const usual = [await widthOf(page, ".left"), await widthOf(page, ".right")] as const;
  await test.step("by keys, within limits", async () => {
    const [first, second] = [await widthOf(page, ".left"), await widthOf(page, ".right")];
    await left(page).press("ArrowRight");
    await expect.poll(() => widthOf(page, ".left")).toBe(first + 16);
    await expect(left(page)).toHaveAttribute("aria-valuetext", `${first + 16} px`);
    await right(page).press("ArrowLeft");
    await expect.poll(() => widthOf(page, ".right")).toBe(second + 16);
    await right(page).press("Enter");
    await expect.poll(() => widthOf(page, ".right")).toBe(second);
    await drag(page, left(page), -300);
    expect(await widthOf(page, ".left")).toBe(260);
    await left(page).press("End");
    await expect.poll(() => widthOf(page, ".main-view")).toBe(480);
    const labels = page.getByRole("row", { name: "urinary_system" }).locator(".cell-labels");
    expect(await labels.evaluate((cell) => cell.scrollWidth <= cell.clientWidth)).toBe(true);
    await expect(left(page)).toHaveAttribute("aria-valuenow", `${await widthOf(page, ".left")}`);
    await expect(left(page)).toHaveAttribute("aria-valuemax", `${await widthOf(page, ".left")}`);
    await right(page).press("Home");
    await expect.poll(() => widthOf(page, ".right")).toBe(240);
    await left(page).press("Home");
    await expect.poll(() => widthOf(page, ".left")).toBe(260);
    await expect(page.getByRole("table", { name: "Regions" })).toBeVisible();
  });
  await reset(page, usual);

  await test.step("on a narrow page wide panels give way to pictures, and come back", async () => {
    await drag(page, left(page), 130);
    await drag(page, right(page), -150);
    const [wide, second] = [await widthOf(page, ".left"), await widthOf(page, ".right")];
    expect([wide, second]).toEqual([504, 456]);
    await page.setViewportSize({ width: 1024, height: 700 });
    await idle(page);
    expect(await widthOf(page, ".main-view")).toBe(480);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024);
    await page.setViewportSize({ width: 1440, height: 900 });
    await idle(page);
    expect(await widthOf(page, ".left")).toBe(wide);
    expect(await widthOf(page, ".right")).toBe(second);
  });
  await reset(page, usual);

  await test.step("where space is short, moving one panel's border does not change the other panel", async () => {
    await left(page).press("End");
    await page.setViewportSize({ width: 1200, height: 900 });
    await idle(page);
    const [first, second] = [await widthOf(page, ".left"), await widthOf(page, ".right")];
    await drag(page, left(page), -20);
    expect(await widthOf(page, ".left")).toBe(first - 20);
    expect(await widthOf(page, ".right")).toBe(second);
    await drag(page, left(page), 300);
    expect(await widthOf(page, ".left")).toBe(first);
    expect(await widthOf(page, ".right")).toBe(second);
  });
});

/** Restores the initial sizes of the page and the panels. */
async function reset(page: Page, [first, second]: readonly [number, number]): Promise<void> {
  await resize(page, { width: 1440, height: 900 });
  await left(page).press("Enter");
  await right(page).press("Enter");
  await expect.poll(() => widthOf(page, ".left")).toBe(first);
  await expect.poll(() => widthOf(page, ".right")).toBe(second);
}

test("in every view grips cover nothing, and all tools fit beside the widest panels", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await openTiming(page);
  const usual = await widthOf(page, ".left");
  for (const view of ["Grid", "Planes", "Lightbox", "Compare", "Survival"]) {
    await test.step(`${view}: grips are wide enough and cover neither pictures nor panel content`, async () => {
      await choose(page, "View", view);
      const centre = await page.locator(".main-view").boundingBox();
      const [one, two] = [await left(page).boundingBox(), await right(page).boundingBox()];
      if (!centre || !one || !two) throw new Error("There is no border.");
      expect(Math.min(one.width, two.width)).toBeGreaterThanOrEqual(8);
      expect(one.x + one.width).toBeLessThanOrEqual(centre.x);
      expect(two.x).toBeGreaterThanOrEqual(centre.x + centre.width);
      const rightmost = await page
        .locator(".table-scroller, .findings-scroller, .left button, .left input, .left select")
        .evaluateAll((elements) => Math.max(...elements.map((e) => e.getBoundingClientRect().right)));
      expect(rightmost).toBeLessThanOrEqual(one.x);
      await left(page).hover();
      expect(await left(page).evaluate((grip) => getComputedStyle(grip).cursor)).toBe("col-resize");
    });

    await test.step(`${view}: with the widest panels, every tool is on the page`, async () => {
      await left(page).press("End");
      await expect.poll(() => widthOf(page, ".main-view")).toBe(480);
      await idle(page);
      const edge = await page
        .locator(".main-view")
        .evaluate((centre) => centre.getBoundingClientRect().right);
      const tools = page.locator(".main-view [role=toolbar] :is(button, label), .lightbox-head label");
      expect(await tools.count()).toBeGreaterThan(8);
      for (const tool of await tools.all()) {
        await expect(tool).toBeInViewport();
        const box = await tool.boundingBox();
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(edge + 0.5);
      }
      await left(page).press("Enter");
      await expect.poll(() => widthOf(page, ".left")).toBe(usual);
    });
  }
});

test("timing and bits start closed, open from where they are, and stay as they were left", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  // A width that an earlier version remembered.
  await page.addInitScript(() => localStorage.setItem("regionscope.width.right", "300"));
  await openSample(page, "abdomen-regions");
  const timing = page.getByRole("region", { name: "Timing" });
  const bits = page.getByRole("application", { name: "Bits of this voxel" });
  await test.step("the picture has the room: without the panel and the bits it is 44 % of the window", async () => {
    await expect(timing.getByRole("heading", { name: "Timing" })).toBeVisible();
    await expect(timing.getByRole("spinbutton")).toHaveCount(0);
    await expect(bits).toHaveCount(0);
    const canvas = await page.locator(".grid-canvas").boundingBox();
    expect(((canvas?.width ?? 0) * (canvas?.height ?? 0)) / (1280 * 720)).toBeGreaterThan(0.42);
    await expect(page.locator(".case-name")).toHaveText(/abdomen_001$/);
  });

  await test.step("Run comparison opens the panel, in its remembered width, and takes the focus there", async () => {
    const run = timing.getByRole("button", { name: "Run comparison" });
    await run.focus();
    await page.keyboard.press("Enter");
    await expect(timing.getByRole("button", { name: "Cancel comparison" })).toBeVisible();
    await expect(timing).toBeFocused();
    expect(await widthOf(page, ".right")).toBe(300);
    await timing.getByRole("button", { name: "Cancel comparison" }).click();
    await idle(page);
  });

  await test.step("its settings outlive a closed panel", async () => {
    await timing.getByRole("spinbutton", { name: /repeats/i }).fill("3");
    const toggle = page.getByRole("button", { name: "Show timing" });
    const before = await toggle.boundingBox();
    await toggle.click();
    await expect(timing.getByRole("spinbutton")).toHaveCount(0);
    expect(await toggle.boundingBox()).toEqual(before);
    await page.mouse.down();
    await page.mouse.up();
    await expect(timing.getByRole("spinbutton", { name: /repeats/i })).toHaveValue("3");
  });

  await test.step("what was opened or closed is so in the next visit", async () => {
    await page.keyboard.press("b");
    await expect(bits).toBeVisible();
    await page.getByRole("button", { name: "Show regions and findings" }).click();
    await openSample(page, "abdomen-regions");
    await expect(timing.getByRole("spinbutton", { name: /repeats/i })).toBeVisible();
    await expect(bits).toBeVisible();
    await expect(page.getByRole("complementary", { name: "Regions and findings" })).toHaveCount(0);
  });
});

test("the closed strip opens by its name, shows what is measured, and cancels it", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const timing = page.getByRole("region", { name: "Timing" });
  const toggle = page.getByRole("button", { name: "Show timing" });
  const name = timing.getByRole("heading", { name: "Timing" }).getByRole("button", { name: "Timing" });
  await test.step("a click on its name opens the panel, a key does too and takes the focus there", async () => {
    await name.click();
    await expect(timing.getByRole("spinbutton", { name: /repeats/i })).toBeVisible();
    await expect(timing).toBeFocused();
    await toggle.click();
    await name.focus();
    await page.keyboard.press("Enter");
    await expect(timing).toBeFocused();
  });

  for (const what of ["sweep", "suite"]) {
    await test.step(`a ${what} that runs in the closed panel is seen and can be cancelled`, async () => {
      await timing.getByRole("button", { name: `Run ${what}` }).click();
      await toggle.click();
      await expect(timing.getByText(new RegExp(`^${what} \\d+ %$`, "i"))).toBeInViewport({ ratio: 1 });
      await expect(timing.getByRole("progressbar", { name: `Progress of the ${what}` })).toBeVisible();
      await expect(timing.getByRole("button", { name: "Run comparison" })).toBeDisabled();
      await timing.getByRole("button", { name: `Cancel ${what}` }).click();
      await expect(timing.getByRole("progressbar")).toHaveCount(0);
      await expect(timing.getByRole("button", { name: "Run comparison" })).toBeEnabled();
      await expect(name).toBeFocused();
      await name.click();
    });
  }

  await test.step("the result of a comparison arrives in the closed panel", async () => {
    await timing.getByRole("spinbutton", { name: /repeats/i }).fill("1");
    await timing.getByRole("button", { name: "Run comparison" }).click();
    await toggle.click();
    await timing.getByRole("button", { name: "Cancel comparison" }).focus();
    await idle(page);
    await expect(timing.getByRole("button", { name: "Cancel comparison" })).toHaveCount(0);
    await expect(name).toBeFocused();
    await name.click();
    await expect(timing.getByRole("table", { name: "Times of the paths" })).toBeVisible();
  });
});

test("Timing says in a line what each path sends, and that a patch is the whole case", async ({ page }) => {
  for (const size of [
    { width: 1280, height: 720 },
    { width: 1440, height: 900 },
  ]) {
    await page.setViewportSize(size);
    await openSample(page, "abdomen-regions");
    const panel = page.getByRole("region", { name: "Timing" });
    if ((await widthOf(page, ".right")) < 100) await openTiming(page);
    for (const text of [
      "one boolean volume per region, as nnU-Net does",
      "one bit per region, 32 to a word",
      "the labels as they are; the GPU looks up their regions",
      "the whole case, 112×101×122 (plans' patch: 112×96×112)",
    ]) {
      const line = panel.getByText(text, { exact: true });
      await expect(line).toBeInViewport({ ratio: 1 });
      expect((await line.boundingBox())?.height).toBeLessThan(36);
    }
  }
});

test("dragging the border of the findings sets their height, which is remembered", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const [low, list] = [await heightOf(page, ".findings"), await heightOf(page, ".regions")];
  await drag(page, upper(page), 0, -100);
  expect(await heightOf(page, ".findings")).toBe(low + 100);
  expect(await heightOf(page, ".regions")).toBe(list - 100);
  await openSample(page, "spine-regions");
  expect(await heightOf(page, ".findings")).toBe(low + 100);
  await upper(page).press("ArrowDown");
  await expect.poll(() => heightOf(page, ".findings")).toBe(low + 84);
  await upper(page).press("End");
  await expect.poll(() => heightOf(page, ".regions")).toBe(212);
  await page.setViewportSize({ width: 1440, height: 800 });
  await idle(page);
  expect(await heightOf(page, ".regions")).toBe(212);
  await upper(page).press("Enter");
  await expect.poll(() => heightOf(page, ".findings")).toBeLessThan(low + 84);
});

test("the convention is remembered, and an address that says another one is followed", async ({ page }) => {
  // A single plane, as 3D takes longest to open.
  const alone = "view=planes&max=axial";
  await goto(page, `?sample=abdomen-regions&${alone}`);
  await page.getByRole("button", { name: /^Convention: radiological/ }).click();
  await expect(page).toHaveURL(/conv=n/);
  await goto(page, `?sample=spine-regions&${alone}`);
  await expect(page.getByRole("button", { name: /^Convention: neurological/ })).toBeVisible();
  await goto(page, `?sample=abdomen-regions&${alone}&conv=r`);
  await expect(page.getByRole("button", { name: /^Convention: radiological/ })).toBeVisible();
});
