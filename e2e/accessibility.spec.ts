import AxeBuilder from "@axe-core/playwright";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import { file, goto, idle, openFiles, openSample, problem } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

interface Place {
  readonly name: string;
  /** `sample` opens the abdomen with these additions to the address; without one, the welcome page. */
  readonly address?: string;
  readonly go?: (page: Page) => Promise<void>;
  /** What opens over the page, one after the other, and closes with Escape. */
  readonly layers?: Readonly<Record<string, (page: Page) => Promise<void>>>;
}

const SAMPLE = "abdomen-regions";

/** Another view is one line here. */
const PLACES: readonly Place[] = [
  {
    name: "welcome page",
    layers: {
      help: (page) => press(page, "?", "dialog"),
      "Open menu": (page) => open(page, "Open…"),
      Samples: (page) => open(page, "Samples"),
      Theme: (page) => choice(page, "Theme"),
    },
  },
  {
    name: "Grid",
    address: "",
    layers: {
      "Open menu": (page) => open(page, "Open…"),
      help: (page) => press(page, "?", "dialog"),
      "Downsampling mode": (page) => choice(page, "Downsampling mode"),
      Trainer: (page) => choice(page, "Trainer"),
      "how the paths compare": (page) => open(page, "identical paths"),
      Share: (page) => open(page, "Share"),
      "window and level": (page) => open(page, "Window and level"),
    },
  },
  { name: "masks that overlap, a label map of them", go: makeLabelMap },
  { name: "Grid, one region", address: "", go: (page) => selectRegion(page, "pancreas") },
  { name: "Grid, all regions", address: "", go: selectAll },
  { name: "Grid, bits and marks", address: "", go: (page) => page.keyboard.press("m") },
  { name: "Grid, frame times", address: "", go: (page) => page.keyboard.press("f") },
  { name: "Grid, a patch", address: "", go: (page) => page.keyboard.press("l") },
  { name: "Grid, by label", address: "&by=label" },
  { name: "Grid, a file that cannot be read", address: "", go: refuse },
  { name: "Grid, an edit with findings", address: "", go: takeOutLabels },
  { name: "Grid, times", address: "", go: runComparison },
  {
    name: "Planes",
    address: "&view=planes",
    layers: { legend: (page) => open(page, "Legend and styles") },
  },
  { name: "Planes, 3D alone", address: "&view=planes&max=solid&cut=octant" },
  {
    name: "Planes by label, legend",
    address: "&view=planes&by=label",
    go: (page) => open(page, "Legend and styles"),
  },
  { name: "Planes of overlapping regions at scale 1", address: "&view=planes&pscale=1&lost=1" },
  { name: "Planes, a ruler and the list of them", address: "&view=planes", go: measure },
  { name: "Lightbox", address: "&view=lightbox" },
  { name: "Lightbox, one region", address: "&view=lightbox&selected=pancreas" },
  { name: "Compare", address: "&view=compare" },
  { name: "Compare, which asks for a file", address: "&view=compare&against=file" },
  { name: "Compare, sampling", address: "&view=compare&against=mode" },
  { name: "Round trip", address: "&view=round-trip" },
  { name: "Relations", address: "&view=relations" },
  { name: "Relations, one region", address: "&view=relations", go: (page) => selectRegion(page, "pancreas") },
  { name: "Survival", address: "&view=survival" },
];

for (const { name, address, go, layers = {} } of PLACES) {
  test(`${name}: axe finds nothing, in light and in dark`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await (address === undefined ? goto(page) : openSample(page, `${SAMPLE}${address}`));
    await go?.(page);
    await expectNoFindings(page, name);
    for (const [layer, goOver] of Object.entries(layers))
      await test.step(layer, async () => {
        await expect(page.locator(`${LAYER}:visible`)).toHaveCount(0);
        await goOver(page);
        await expectNoFindings(page, layer);
        await page.keyboard.press("Escape");
      });
  });
}

/** axe's rules about colours, but for the one that asks for more than WCAG AA. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"] as const;

/** All rules in light; in dark those about colours, as the page is else the same. */
async function expectNoFindings(page: Page, what: string): Promise<void> {
  await choose(page, "light");
  expect(await findings(page), `${what}, light`).toEqual([]);
  await choose(page, "dark");
  expect(
    violationsOf(
      await axe(page)
        .withRules([...COLOUR_RULES])
        .analyze(),
    ),
    `${what}, dark`,
  ).toEqual([]);
}

async function choose(page: Page, scheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await expect(page.locator("html")).toHaveAttribute("data-theme", scheme);
  await idle(page);
}

test("axe finds a button without a name, and words that are hard to read", async ({ page }) => {
  await goto(page);
  await page.evaluate(() => {
    const words = document.createElement("p");
    words.textContent = "hard to read";
    words.style.cssText = "color: #ccc; background: #ddd";
    document.querySelector("main")?.append(document.createElement("button"), words);
  });
  const found = (await findings(page)).join("\n");
  expect(found).toContain("button-name");
  expect(found).toContain("color-contrast");
});

test("axe finds words that are hard to read in the dark alone", async ({ page }) => {
  await goto(page);
  await page.evaluate(() => {
    const words = document.createElement("p");
    words.textContent = "hard to read in the dark";
    words.style.color = "#333";
    document.querySelector("main")?.append(words);
  });
  await expect(expectNoFindings(page, "planted")).rejects.toThrow(/planted, dark[\s\S]*color-contrast/);
});

/** What opens over the page: menus, lists, facts. */
const LAYER = ".layer";

/**
 * axe runs in the page itself. Its usual way opens a second page, in which it puts the results of frames
 * together; this page has no frames.
 */
const axe = (page: Page) =>
  new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });

async function findings(page: Page): Promise<string[]> {
  const results = [await axe(page).exclude(LAYER).analyze()];
  if ((await page.locator(LAYER).count()) > 0) {
    // "region" wants all content inside landmarks. An open menu or list belongs to the button that names and
    // controls it, holds the focus, and is gone when that leaves: a landmark around it would be one more stop
    // for nothing.
    results.push(await axe(page).include(LAYER).disableRules("region").analyze());
  }
  return results.flatMap(violationsOf);
}

type Results = Awaited<ReturnType<AxeBuilder["analyze"]>>;
type Violation = Results["violations"][number];

function violationsOf({ violations }: Results): string[] {
  return violations.map(inWords);
}

function inWords({ id, help, nodes }: Violation): string {
  const where = nodes.map(
    ({ html, failureSummary }) => `  ${html.slice(0, 160)}\n    ${failureSummary?.replaceAll("\n", " ")}`,
  );
  return [`${id}: ${help}`, ...where].join("\n");
}

async function open(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name });
  await button.click();
  await expect(button).toHaveAttribute("aria-expanded", "true");
}

async function choice(page: Page, name: string): Promise<void> {
  await page.getByRole("combobox", { name }).click();
  await expect(page.getByRole("listbox")).toBeVisible();
}

async function press(page: Page, key: string, role: "dialog"): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.getByRole(role)).toBeVisible();
}

async function refuse(page: Page): Promise<void> {
  await openFiles(page, [file("notes.nii", "hello ".repeat(200))]);
  await expect(problem(page)).toContainText("notes.nii");
}

/** Three combinations of two masks: the dialog has a choice. */
async function makeLabelMap(page: Page): Promise<void> {
  const mask = (from: number, to: number) =>
    writeNifti({
      dims: [8, 8, 8],
      values: Uint8Array.from({ length: 512 }, (_, at) => Number(at % 8 >= from && at % 8 < to)),
    });
  await openFiles(page, [file("a.nii", mask(0, 4)), file("b.nii", mask(2, 6))]);
  await page.getByRole("button", { name: "Make a label map…" }).click();
  await expect(page.getByRole("dialog").getByRole("radio")).toHaveCount(2);
}

/** Of the spine: two labels then come back as another. */
async function takeOutLabels(page: Page): Promise<void> {
  await selectRegion(page, "spine");
  await page.getByRole("button", { name: "Take label 15 out of spine" }).click();
  await expect(page.getByRole("list", { name: "Findings" }).getByRole("listitem").first()).toBeVisible();
}

async function runComparison(page: Page): Promise<void> {
  const panel = page.getByRole("region", { name: "Timing" });
  await panel.getByLabel("repeats").fill("3");
  await panel.getByRole("button", { name: "Run comparison" }).click();
  await expect(panel.getByText("Median ms a batch")).toBeVisible();
}

async function selectRegion(page: Page, name: string): Promise<void> {
  await page.getByRole("table", { name: "Regions" }).getByText(name, { exact: true }).click();
  await expect(page.locator(".region-row[data-selected]")).toContainText(name);
}

async function measure(page: Page): Promise<void> {
  await page.getByRole("application", { name: "Planes" }).focus();
  for (const key of ["d", "Enter", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  await open(page, "1 ruler");
}

async function selectAll(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Sort regions" }).selectOption({ label: "by name" });
  await page.getByRole("table", { name: "Regions" }).focus();
  await page.keyboard.press("Control+a");
  await idle(page);
}
