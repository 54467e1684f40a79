/** Shares a view: its link opens the same view again, to the pixel. */
import { readFileSync } from "node:fs";
import { file, goto, idle, openFiles, probedVoxel, problem, sampleFiles, settledUrl } from "./support/app.ts";
import { decodePng, type Picture, pixelAt, screenPixels } from "./support/pixels.ts";
import { expect, type Page, test } from "./support/test.ts";

/** The canvas of the planes, without the elements over it. */
async function slicePixels(page: Page): Promise<Picture> {
  const hide =
    ".pane, .rulers, .ruler-hint, .orientation-cube, .splitter { visibility: hidden !important } .slices { outline: none !important }";
  return screenPixels(page, page.locator("canvas.slices-canvas"), hide);
}

/** The name of the only ruler, and where its ends are, to a hundredth of a pixel. */
async function rulerEnds(page: Page): Promise<unknown> {
  const line = page.getByRole("img", { name: /^Ruler, / });
  await expect(line).toHaveCount(1);
  const ends = await line.locator(".ruler-dot").evaluateAll((dots) =>
    dots.map((dot) => {
      const { x, y } = dot.getBoundingClientRect();
      return [Math.round(100 * x), Math.round(100 * y)];
    }),
  );
  expect(ends).toHaveLength(2);
  return [await line.getAttribute("aria-label"), ends];
}

function differing(a: Picture, b: Picture): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  return a.data.reduce((n, value, i) => n + (value === b.data[i] ? 0 : 1), 0);
}

test.use({ actionTimeout: 60_000, permissions: ["clipboard-read", "clipboard-write"] });

test("changes in Planes are in the address, which gives the same pixels", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=planes");
  const fresh = await slicePixels(page);
  await page.getByRole("button", { name: /^Convention/ }).click();
  await page.getByLabel("Legend and styles").click();
  await page.getByLabel("spleen: drawing style").selectOption("hatch");
  await page.getByLabel("spine: opacity").fill("0.4");
  await page.getByLabel("Outline width").fill("3");
  await page.getByRole("button", { name: "Bring spleen to front" }).click();
  await page.keyboard.press("Escape");
  const canvas = await page.locator("canvas.slices-canvas").boundingBox();
  if (!canvas) throw new Error("no canvas");
  await page.mouse.move(canvas.x + canvas.width * 0.2, canvas.y + canvas.height * 0.3);
  await page.keyboard.down("Control");
  for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -120);
  await page.keyboard.up("Control");
  await page.getByRole("separator", { name: "Width of the left panes" }).focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
  await idle(page);
  await page.keyboard.press("d");
  await page.mouse.move(canvas.x + canvas.width * 0.2, canvas.y + canvas.height * 0.2);
  await page.mouse.down();
  await page.mouse.move(canvas.x + canvas.width * 0.3, canvas.y + canvas.height * 0.32, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.press("d");
  await page.mouse.move(2, 2);
  await idle(page);
  const drawn = await rulerEnds(page);

  const url = await settledUrl(page);
  const keys = ["conv", "style", "line", "raise", "pzoom", "pans", "split", "ruler"];
  for (const key of keys) expect(url.searchParams.has(key), key).toBe(true);
  expect(url.searchParams.getAll("style")).toEqual(["hatch,1,spleen", "both,0.4,spine"]);
  const before = await slicePixels(page);
  expect(differing(fresh, before)).toBeGreaterThan(10_000);

  await page.goto("/");
  await goto(page, url.search);
  expect(differing(await slicePixels(page), before)).toBe(0);
  const notices = page.getByRole("list", { name: "Notices" });
  await expect(notices).toHaveCount(0);
  expect(await rulerEnds(page)).toEqual(drawn);
  await expect(page.getByRole("button", { name: "1 ruler" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Convention: neurological/ })).toBeVisible();
  await page.getByLabel("Legend and styles").click();
  await expect(page.getByLabel("spleen: drawing style")).toHaveValue("hatch");
  await expect(page.getByRole("button", { name: "Bring spleen to front" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.keyboard.press("Escape");
  expect((await settledUrl(page)).search).toBe(url.search);

  const spoilt = new URLSearchParams([...url.searchParams, ["grid", "banana"], ["utm_source", "mail"]]);
  spoilt.set("pzoom", "x");
  await goto(page, `?${spoilt}`);
  await expect(notices).toHaveText(
    "The address has 2 parameters that cannot be read and were left out: “pzoom=x” (may be a number from 1 to 40) and “grid=banana” (may be trained or stored).",
  );
  expect(await rulerEnds(page)).not.toEqual(drawn);
  await goto(page, "?zoom=0");
  await expect(notices).toHaveText(
    /a parameter .* was left out: “zoom=0” \(may be a number from 1 to 40\)\.$/,
  );
});

test("a link is copied to the clipboard; back and forward restore views", { tag: "@quick" }, async ({
  page,
}) => {
  await goto(page, "?sample=abdomen-regions&view=planes");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("menuitem", { name: /^Copy link/ }).click();
  await expect(page.getByRole("status", { name: "Share" })).toHaveText(/^Link copied/);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("sample=abdomen-regions");
  expect(copied).toContain("view=planes");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  for (const name of ["Open in ITK-SNAP", "Open in Slicer"])
    await expect(page.getByRole("menuitem", { name })).toBeDisabled();
  await page.keyboard.press("Escape");

  const convention = (which: string) =>
    page.getByRole("button", { name: new RegExp(`^Convention: ${which}`) });
  await convention("radiological").click();
  await page.keyboard.press("g");
  await idle(page);
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(convention("neurological")).toBeVisible();
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(convention("radiological")).toBeVisible();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(convention("neurological")).toBeVisible();
});

test("another dataset has nothing of what was set by name, the next case of the same all of it", async ({
  page,
}) => {
  const named = ["style", "raise", "color", "hide", "selected", "against", "ruler"];
  const set = [
    "style=both,0.4,kidneys",
    "raise=kidneys",
    "color=ff0000,kidneys",
    "hide=spleen",
    "selected=kidneys",
    "against=file",
    "ruler=coronal,40,50,60,80,50,60",
  ];
  await goto(page, `?sample=abdomen-regions&view=planes&${set.join("&")}`);
  const search = page.getByRole("searchbox", { name: "Search regions or labels" });
  const params = async () => (await settledUrl(page)).searchParams;
  await search.fill("kid");
  const given = await params();
  expect(named.filter((key) => !given.has(key))).toEqual([]);
  const opacity = async () => {
    await page.getByLabel("Legend and styles").click();
    const value = await page.getByLabel("kidneys: opacity", { exact: true }).inputValue();
    await page.keyboard.press("Escape");
    return value;
  };

  await test.step("the same files once more", async () => {
    await openFiles(page, sampleFiles("Dataset901_AbdomenRegions", "abdomen_001"));
    expect(await opacity()).toBe("0.4");
    await expect(search).toHaveValue("kid");
    await expect(page.getByRole("button", { name: "1 ruler" })).toBeVisible();
  });

  await test.step("another dataset, whose address names nothing of the first", async () => {
    await page.getByRole("button", { name: "Samples" }).click();
    await page.getByRole("menuitem", { name: /^Lumbar spine/ }).click();
    await expect(page.getByRole("banner")).toContainText("spine_002");
    await expect(search).toHaveValue("");
    await expect(page.getByRole("button", { name: "1 ruler" })).toHaveCount(0);
    const found = await params();
    expect(found.get("sample")).toBe("spine-regions");
    expect(named.filter((key) => found.has(key))).toEqual([]);
  });
});

/** Saves a file through an item of the Share menu. */
async function saved(page: Page, item: RegExp): Promise<{ name: string; content: Buffer }> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: item }).click(),
  ]);
  await idle(page);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

test("a view of the user's own files is saved and restored with them; a broken one is refused in one sentence", async ({
  page,
}) => {
  const files = sampleFiles("Dataset901_AbdomenRegions", "abdomen_001");
  await goto(page, "?view=planes");
  await openFiles(page, files);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(page.getByRole("menuitem", { name: /For your own files, use Save view/ })).toBeDisabled();
  await page.keyboard.press("Escape");
  await test.step("a command opens image and labels in ITK-SNAP, with the voxel to type, or in Slicer", async () => {
    const [z = 0, y = 0, x = 0] = await probedVoxel(page);
    const cursor = `${x + 1}, ${y + 1}, ${z + 1}`;
    const share = page.getByRole("button", { name: "Share", exact: true });
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    const said = page.getByRole("status", { name: "Share" });
    await share.click();
    await page.getByRole("menuitem", { name: `Open in ITK-SNAP` }).click();
    await expect(said).toHaveText(
      `Command for ITK-SNAP copied. Run it in a terminal, in the folder of the files. Then type the voxel: ${cursor}.`,
    );
    expect(await copied()).toMatch(
      /^(itksnap|ITK-SNAP) -g abdomen_001_0000\.nii\.gz -s abdomen_001\.nii\.gz$/,
    );
    await share.focus();
    await page.keyboard.press("Enter");
    await expect(
      page.getByRole("menuitem", { name: `voxel there: ${cursor} (x y z, from 1)` }),
    ).toBeVisible();
    // A menu ignores keys while it is opening.
    await expect(async () => {
      await page.keyboard.press("End");
      await expect(page.getByRole("menuitem", { name: "Open in Slicer" })).toBeFocused({ timeout: 1000 });
    }).toPass();
    await page.keyboard.press("Enter");
    await expect(said).toHaveText(/^Command for Slicer copied\./);
    const mm = await page.getByRole("textbox", { name: "Position" }).inputValue();
    const at = mm.split(", ").map((n) => Number(Number(n).toFixed(3)));
    const command = await copied();
    expect(command).toContain(
      "loadVolume('abdomen_001_0000.nii.gz'); slicer.util.loadSegmentation('abdomen_001.nii.gz')",
    );
    expect(command).toContain(`JumpAllSlices(slicer.mrmlScene, ${at.join(", ")}, `);
  });
  await page.getByLabel("Legend and styles").click();
  await page.getByLabel("spleen: drawing style").selectOption("hatch");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Convention/ }).click();
  await idle(page);
  const before = await slicePixels(page);
  const view = await saved(page, /^Save view/);
  expect(view.name).toBe("abdomen_001.view.json");

  await goto(page, "");
  await openFiles(page, [...files, file(view.name, view.content)]);
  await expect(page.getByRole("list", { name: "Notices" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Convention: neurological/ })).toBeVisible();
  await idle(page);
  expect(differing(await slicePixels(page), before)).toBe(0);

  const broken = view.content.toString().replace('"hatch"', '"dots"');
  await openFiles(page, [file("broken.view.json", broken)]);
  await expect(problem(page)).toContainText(
    /^broken\.view\.json: its field "regions\[\d+\]\.drawing" is invalid/,
  );
  await expect(page.getByRole("button", { name: /^Convention: neurological/ })).toBeVisible();
});

test("a picture that the browser refuses to copy is saved instead", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=planes&selected=spleen");
  await test.step("one sentence says that it was not copied, and nothing is lost", async () => {
    const session = await page.context().newCDPSession(page);
    const { targetInfo } = await session.send("Target.getTargetInfo");
    const { browserContextId = "" } = targetInfo;
    for (const name of ["clipboard-write", "clipboard-sanitized-write"])
      await session
        .send("Browser.setPermission", { permission: { name }, setting: "denied", browserContextId })
        .catch(() => undefined);
    const before = await slicePixels(page);
    const { search } = await settledUrl(page);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.getByRole("menuitem", { name: /^Copy image/ }).click();
    await expect(problem(page)).toHaveText("The browser could not copy the image. Save it instead.");
    await expect(page.getByRole("status", { name: "Share" })).toHaveCount(0);
    await page.getByRole("button", { name: "Dismiss", exact: true }).click();
    await idle(page);
    expect(differing(await slicePixels(page), before)).toBe(0);
    expect(new URL(page.url()).search).toBe(search);
  });

  await test.step("at 1× it equals the screen, at 4× it is four times as large, and GPU memory is released", async () => {
    const screen = await slicePixels(page);
    const bytes = () => page.evaluate(() => window.regionscope?.gpuBytes() ?? -1);
    const baseline = await bytes();
    // Its suggestion works.
    const one = await saved(page, /^Save image, 1×/);
    expect(one.name).toMatch(/\.png$/);
    const once = decodePng(one.content);
    expect(await bytes()).toBe(baseline);
    const top = once.height - screen.height;
    expect(top).toBe(32);
    expect(once.width).toBeGreaterThan(screen.width);
    let differs = 0;
    for (let y = 0; y < screen.height; y++) {
      for (let x = 0; x < screen.width; x++) {
        const [a, b] = [pixelAt(screen, x, y), pixelAt(once, x, y + top)];
        if (a.some((value, i) => value !== b[i])) differs++;
      }
    }
    // Only letters, titles and scale bars differ.
    expect(differs).toBeGreaterThan(100);
    expect(differs / (screen.width * screen.height)).toBeLessThan(0.02);
    const four = await saved(page, /^Save image, 4×/);
    // Width and height in the PNG header.
    expect([four.content.readUInt32BE(16), four.content.readUInt32BE(20)]).toEqual([
      once.width * 4,
      once.height * 4,
    ]);
    expect(await bytes()).toBe(baseline);
  });
});

test("a saved view restores Lightbox and Compare; on another grid it says what does not apply", async ({
  page,
}) => {
  await goto(page, "?sample=abdomen-regions&view=compare&against=mode&tiles=12&lightbox=all&selected=liver");
  const view = await saved(page, /^Save view/);
  const content: unknown = JSON.parse(view.content.toString());
  expect(content).toMatchObject({
    lightbox: { tiles: 12, shows: "all" },
    compare: { kind: "mode", scale: 1, stripes: true, file: null },
  });
  await goto(page, "?sample=abdomen-regions");
  await openFiles(page, [file(view.name, view.content)]);
  await expect(page.getByRole("group", { name: "B: resize (order 0)" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Notices" })).toHaveCount(0);

  await goto(page, "?sample=spine-regions");
  const voxel = await probedVoxel(page);
  await openFiles(page, [file(view.name, view.content)]);
  await expect(page.getByRole("group", { name: "B: resize (order 0)" })).toBeVisible();
  const notices = page.getByRole("list", { name: "Notices" }).getByRole("listitem");
  await expect(notices.filter({ hasText: "another grid" })).toHaveCount(1);
  await expect(notices.first()).toHaveText(
    /it was saved for abdomen_001 on another grid .*, so crosshair, zoom, 3D camera, rulers and patch stay as they were\.$/,
  );
  expect(await probedVoxel(page)).toEqual(voxel);
  await expect(page.getByRole("alert")).toHaveCount(0);
});
