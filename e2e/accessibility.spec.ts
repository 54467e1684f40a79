/**
 * Runs axe on every view and on everything that opens over it, in light and dark; axe must find nothing
 * wrong. The name of every control also contains the text that is seen of it (WCAG 2.5.3), so that it can be
 * spoken.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Result, RunOptions, run } from "axe-core";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import { file, goto, idle, openFiles, openSample, problem } from "./support/app.ts";
import { choose } from "./support/keys/on-page.ts";
import { expect, type Page, test } from "./support/test.ts";
import { openTiming } from "./support/timing.ts";

/** A state of the page that axe checks. */
interface Place {
  readonly name: string;
  /** Leads here from the previous place, or from the freshly opened page. */
  readonly go?: (page: Page) => Promise<unknown>;
  /** Opened over the page one after the other; Escape closes each. */
  readonly popups?: Readonly<Record<string, (page: Page) => Promise<void>>>;
}

/**
 * Places that one page visits in order. Sharing the page saves time: axe only reads, and opening a case is
 * slower.
 */
interface Tour {
  readonly name: string;
  /** `sample` opens the abdomen with these additions to the address; without one, the welcome page opens. */
  readonly address?: string;
  readonly places: readonly Place[];
}

const SAMPLE = "abdomen-regions";

/** To cover another view, add a line here. */
const TOURS: readonly Tour[] = [
  {
    name: "welcome page",
    places: [
      {
        name: "welcome page",
        popups: {
          help: (page) => press(page, "?", "dialog"),
          "Open menu": (page) => open(page, "Open…"),
          Samples: (page) => open(page, "Samples"),
          Theme: (page) => choice(page, "Theme"),
        },
      },
      { name: "masks that overlap, a label map of them", go: makeLabelMap },
      {
        name: "masks without plans",
        go: (page) => page.keyboard.press("Escape"),
        popups: { strides: (page) => open(page, "Edit strides") },
      },
    ],
  },
  {
    name: "Grid",
    address: "",
    places: [
      {
        name: "Grid",
        popups: {
          "Open menu": (page) => open(page, "Open…"),
          help: (page) => press(page, "?", "dialog"),
          "Downsampling mode": (page) => choice(page, "Downsampling mode"),
          Trainer: (page) => choice(page, "Trainer"),
          "how the paths compare": (page) => open(page, "Targets verified"),
          Share: (page) => open(page, "Share"),
          "save as NIfTI": saveAsNifti,
          "window and level": (page) => open(page, "Window and level"),
        },
      },
      { name: "bits and marks", go: toggles("b", "m") },
      { name: "frame times", go: toggles("b", "m", "f") },
      { name: "a patch", go: toggles("f", "l") },
      { name: "by label", go: colourByLabel },
      { name: "one region", go: (page) => selectRegion(page, "pancreas") },
      { name: "all regions", go: selectAll },
      { name: "an edit with findings", go: takeOutLabels },
      { name: "a file that cannot be read", go: refuse },
    ],
  },
  { name: "Grid, times", address: "", places: [{ name: "times", go: runBenchmark }] },
  {
    name: "Planes",
    address: "&view=planes",
    places: [
      { name: "Planes", popups: { legend: (page) => open(page, LEGEND) } },
      { name: "a ruler and the list of them", go: measure },
      { name: "by label, legend", go: legendByLabel },
    ],
  },
  {
    name: "Planes, 3D alone",
    address: "&view=planes&max=solid&cut=octant",
    places: [{ name: "3D alone" }],
  },
  {
    name: "Planes of overlapping regions at scale 1",
    address: "&view=planes&pscale=1&lost=1",
    places: [{ name: "overlapping regions" }],
  },
  {
    name: "Compare",
    address: "&view=compare&against=file",
    places: [
      { name: "which asks for a file" },
      { name: "scales", go: (page) => against(page, "Another scale") },
      { name: "sampling", go: (page) => against(page, "Other downsampling mode") },
    ],
  },
  {
    name: "the other views",
    address: "&view=lightbox",
    places: [
      { name: "Lightbox" },
      { name: "Round trip", go: (page) => choose(page, "View", "Round trip") },
      { name: "Relations", go: (page) => choose(page, "View", "Relations") },
      { name: "Survival", go: (page) => choose(page, "View", "Survival") },
      { name: "Resampling", go: (page) => choose(page, "Step", "What resampling changed") },
      {
        name: "Relations, one region",
        go: async (page) => {
          await choose(page, "View", "Relations");
          await selectRegion(page, "pancreas");
        },
      },
      { name: "Lightbox, one region", go: (page) => choose(page, "View", "Lightbox") },
    ],
  },
];

for (const { name, address, places } of TOURS) {
  test(`${name}: axe finds no violation in the light or the dark theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await (address === undefined ? goto(page) : openSample(page, `${SAMPLE}${address}`));
    for (const place of places) await test.step(place.name, () => visit(page, place));
  });
}

async function visit(page: Page, { name, go, popups = {} }: Place): Promise<void> {
  await go?.(page);
  await expectNoViolations(page, name);
  for (const [popup, openIt] of Object.entries(popups))
    await test.step(popup, async () => {
      await expect(page.locator(`${POPUP}:visible`)).toHaveCount(0);
      await openIt(page);
      await expectNoViolations(page, popup);
      await page.keyboard.press("Escape");
    });
}

/** axe's colour rules, except the one that is stricter than WCAG AA. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * Runs all rules in light, and in dark only the colour rules, since nothing else differs. Under a popup, the
 * page's colours are skipped too: the place itself has covered them.
 */
async function expectNoViolations(page: Page, what: string): Promise<void> {
  const hasPopup = (await page.locator(POPUP).count()) > 0;
  await setScheme(page, "light");
  const found = [
    ...(await violations(page, OUTSIDE_POPUPS, hasPopup ? without(...COLOUR_RULES) : {})),
    // "region" wants all content inside landmarks. An open menu or list belongs to the button that names and
    // controls it, holds the focus and disappears when it loses it: a landmark around it would only add a
    // stop.
    ...(hasPopup ? await violations(page, POPUPS, without("region")) : []),
    ...(await namesWithoutTheirText(page)),
    ...(await numbersWithoutRange(page)),
  ];
  expect(found, `${what}, light`).toEqual([]);
  await setScheme(page, "dark");
  const inDark = await violations(page, hasPopup ? POPUPS : OUTSIDE_POPUPS, { runOnly: COLOUR_RULES });
  expect(inDark, `${what}, dark`).toEqual([]);
}

async function setScheme(page: Page, scheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await expect(page.locator("html")).toHaveAttribute("data-theme", scheme);
  await idle(page);
}

test("axe finds a button without a name and text with too little contrast", async ({ page }) => {
  await goto(page);
  await page.evaluate(() => {
    const allText = document.createElement("p");
    allText.textContent = "hard to read";
    allText.style.cssText = "color: #ccc; background: #ddd";
    document.querySelector("main")?.append(document.createElement("button"), allText);
  });
  const found = (await violations(page, OUTSIDE_POPUPS)).join("\n");
  expect(found).toContain("button-name");
  expect(found).toContain("color-contrast");
});

test("a button whose name lacks its text is found", async ({ page }) => {
  await goto(page);
  await page.evaluate(() => {
    const plant = (text: string, name: string) => {
      const button = document.createElement("button");
      button.textContent = text;
      button.setAttribute("aria-label", name);
      document.querySelector("main")?.append(button);
    };
    plant("Save", "Store the definition");
    plant("Save…", "Save the definition");
  });
  await violations(page, OUTSIDE_POPUPS);
  expect(await namesWithoutTheirText(page)).toEqual([
    'the name "store the definition" lacks the text "save"',
  ]);
});

test("axe finds text with too little contrast in the dark theme only", async ({ page }) => {
  await goto(page);
  await page.evaluate(() => {
    const allText = document.createElement("p");
    allText.textContent = "hard to read in the dark";
    allText.style.color = "#333";
    document.querySelector("main")?.append(allText);
  });
  await expect(expectNoViolations(page, "planted")).rejects.toThrow(/planted, dark[\s\S]*color-contrast/);
});

/** Menus, lists and popups that open over the page. */
const POPUP = ".popup-positioner";

/** Selectors that axe includes and excludes. */
interface Part {
  readonly include: string[];
  readonly exclude: string[];
}

const POPUPS: Part = { include: [POPUP], exclude: [] };
const OUTSIDE_POPUPS: Part = { include: ["html"], exclude: [POPUP] };

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Runs axe on a part of the page and returns the violations as text. Injects axe once per page. */
async function violations(page: Page, part: Part, options: RunOptions = {}): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const violations = await page.evaluate(
    async ([where, how]) => {
      const { axe } = window as unknown as { axe: { run: typeof run } };
      return (await axe.run(where, { resultTypes: ["violations"], ...how })).violations;
    },
    [part, options] as const,
  );
  return violations.map(violationText);
}

/**
 * Controls whose name lacks a part of their text: that of buttons and the like, and of the labels of fields.
 * Values are not names (comboboxes, `output`, sliders), and punctuation and single signs are not spoken.
 */
function namesWithoutTheirText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Axe {
      readonly setup: () => void;
      readonly teardown: () => void;
      readonly commons: { readonly text: { readonly accessibleText: (element: Element) => string } };
    }
    const { axe } = window as unknown as { axe: Axe };
    const CONTROLS =
      "button, a[href], summary, input, select, textarea, [role=button], [role=link], [role=checkbox], [role=radio], [role=switch], [role=tab], [role=option], [role^=menuitem], [role=slider], [role=spinbutton]";
    const spoken = (text: string) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim();
    const isSeen = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !element.closest(".visually-hidden, output, select, title");
    const partsOf = (element: Element): string[] => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const parts: string[] = [];
      while (walker.nextNode()) {
        const { parentElement, textContent } = walker.currentNode;
        if (parentElement && isSeen(parentElement)) parts.push(spoken(textContent ?? ""));
      }
      return parts.filter((part) => part.length > 1);
    };
    const hasInOrder = (name: string, parts: readonly string[]) => {
      let from = 0;
      return parts.every((part) => {
        const at = name.indexOf(part, from);
        from = at + part.length;
        return at >= 0;
      });
    };
    axe.setup();
    const found = [...document.querySelectorAll(CONTROLS)].flatMap((control) => {
      // Under a dialog, all else is out of reach.
      if (control.closest("[aria-hidden=true], [inert], [role=combobox]")) return [];
      const isField = control.matches("input, select, textarea");
      const parts = (isField ? [...((control as HTMLInputElement).labels ?? [])] : [control]).flatMap(
        partsOf,
      );
      const value = control.getAttribute("aria-valuetext") ?? "";
      const name = spoken(`${axe.commons.text.accessibleText(control)} ${value}`);
      return hasInOrder(name, parts) ? [] : [`the name "${name}" lacks the text "${parts.join(" ")}"`];
    });
    axe.teardown();
    return found;
  });
}

/** Fields for numbers whose description does not say which numbers they take. */
function numbersWithoutRange(page: Page): Promise<string[]> {
  return page
    .locator("input[type=number]")
    .evaluateAll((fields) =>
      fields
        .filter((field) => !/ from -?\d+ to \d+$/.test(field.getAttribute("aria-description") ?? ""))
        .map((field) => `a field takes any number: ${field.outerHTML}`),
    );
}

function without(...rules: readonly string[]): RunOptions {
  return { rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])) };
}

function violationText({ id, help, nodes }: Result): string {
  const where = nodes.map(
    ({ html, failureSummary }) => `  ${html.slice(0, 160)}\n    ${failureSummary?.replaceAll("\n", " ")}`,
  );
  return [`${id}: ${help}`, ...where].join("\n");
}

/** The button's name includes the legend's subject, which differs from view to view. */
const LEGEND = /^Legend/;

async function open(page: Page, name: string | RegExp): Promise<void> {
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

/** Presses keys that toggle something. */
function toggles(...keys: readonly string[]): (page: Page) => Promise<void> {
  return async (page) => {
    for (const key of keys) await page.keyboard.press(key);
    await idle(page);
  };
}

async function colourByLabel(page: Page): Promise<void> {
  await page.keyboard.press("l");
  await legendByLabel(page);
  await page.keyboard.press("Escape");
}

async function legendByLabel(page: Page): Promise<void> {
  await open(page, LEGEND);
  await page.getByRole("radio", { name: "Colour by label" }).check({ force: true });
  await idle(page);
}

/** Chooses what Compare compares with. */
async function against(page: Page, what: string): Promise<void> {
  await choice(page, "Compare with");
  await page.getByRole("option", { name: what }).click();
  await idle(page);
}

async function refuse(page: Page): Promise<void> {
  await openFiles(page, [file("notes.nii", "hello ".repeat(200))]);
  await expect(problem(page)).toContainText("notes.nii");
}

async function saveAsNifti(page: Page): Promise<void> {
  await open(page, "Share");
  await page.getByRole("menuitem", { name: /^Save as NIfTI/ }).click();
  await expect(page.getByRole("dialog").getByRole("radio")).toHaveCount(2);
}

/** Opens two masks with three combinations, so that the dialog offers a choice. */
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

/** Removes a label from spine, so that two labels are decoded as another. */
async function takeOutLabels(page: Page): Promise<void> {
  await selectRegion(page, "spine");
  await page.getByRole("button", { name: "Remove label 15 from spine" }).click();
  await expect(page.getByRole("list", { name: "Findings" }).getByRole("listitem").first()).toBeVisible();
}

async function runBenchmark(page: Page): Promise<void> {
  const panel = await openTiming(page);
  await panel.getByLabel("repeats").fill("3");
  await panel.getByRole("button", { name: "Run comparison" }).click();
  await expect(panel.getByText("Median ms per batch")).toBeVisible();
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
  await page.getByRole("combobox", { name: "Sort regions" }).selectOption({ label: "By name" });
  await page.getByRole("table", { name: "Regions" }).focus();
  await page.keyboard.press("Control+a");
  await idle(page);
}
