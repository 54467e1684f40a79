/**
 * Works on a case as an annotator would, forty actions at each of three sizes of the window, and expects that
 * nothing moves from or comes under the pointer.
 */
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import { file, grid, idle, openFiles, openSample, probe } from "./support/app.ts";
import { choose } from "./support/keys/on-page.ts";
import { takeShifts, watchShifts } from "./support/layout-shifts.ts";
import { pane } from "./support/planes.ts";
import { type Spot, spotIn } from "./support/spots.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

type Action = readonly [name: string, act: (page: Page) => Promise<unknown>];

const row = (page: Page, name: string) =>
  page.getByRole("table", { name: "Regions" }).getByText(name, { exact: true });
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

async function move(page: Page, of: Locator, across: number, down: number): Promise<void> {
  const { x, y } = await spotIn(of, across, down);
  await page.mouse.move(x, y, { steps: 3 });
}

async function drag(page: Page, of: Locator, from: readonly [number, number], to: readonly [number, number]) {
  await move(page, of, ...from);
  await page.mouse.down();
  await move(page, of, ...to);
  await page.mouse.up();
}

async function pick(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: field, exact: true }).click();
  await page.getByRole("option", { name: option }).click();
}

const ACTIONS: readonly Action[] = [
  // Over the grid and its rows.
  ["point at a tile", (page) => move(page, grid(page), 0.3, 0.2)],
  ["point at other tiles", (page) => move(page, grid(page), 0.6, 0.7)],
  ["click a tile", async (page) => page.mouse.click(...xy(await spotIn(grid(page), 0.45, 0.3)))],
  ["wheel over a tile", (page) => page.mouse.wheel(0, 120)],
  ["point at a row's name", (page) => move(page, grid(page), 0.05, 0.4)],
  ["axial by its key", (page) => page.keyboard.press("1")],
  ["sagittal by its key", (page) => page.keyboard.press("3")],
  ["coronal by its button", (page) => page.getByRole("radio", { name: "Coronal" }).click()],
  // The list, its card and the findings.
  ["select the first region", (page) => row(page, "spine").click()],
  ["select another", (page) => row(page, "femurs").click()],
  ["go to its centre by double click", (page) => row(page, "skeleton").dblclick()],
  ["show it alone", (page) => button(page, "Solo skeleton").click()],
  ["show all again", (page) => button(page, "Solo skeleton").click()],
  ["hide it", (page) => page.getByRole("checkbox", { name: "Show skeleton" }).click()],
  ["show it", (page) => page.getByRole("checkbox", { name: "Show skeleton" }).click()],
  ["take out a label", (page) => button(page, /^Remove label 15 from/).click()],
  [
    "read from which grid to which, below the findings",
    (page) => expect(page.locator(".grid-summary > span")).toBeInViewport({ ratio: 1 }),
  ],
  ["open a finding", (page) => page.locator(".finding").first().click()],
  ["close it", (page) => page.locator(".finding").first().click()],
  ["undo", (page) => button(page, /^Undo/).click()],
  // Toolbars, notes, panels.
  ["hide outlines", (page) => button(page, "Show outlines").click()],
  ["mark vanishing components", (page) => button(page, /^Mark components/).click()],
  ["step to the next", (page) => page.keyboard.press("n")],
  ["close the left panel", (page) => button(page, "Show regions and findings").click()],
  ["open it", (page) => button(page, "Show regions and findings").click()],
  ["open timing", (page) => button(page, "Show timing").click()],
  ["close timing", (page) => button(page, "Show timing").click()],
  ["open the bits", (page) => probe(page).getByRole("button", { name: "Bits" }).click()],
  ["close the bits", (page) => probe(page).getByRole("button", { name: "Bits" }).click()],
  ["point at a tile again", (page) => move(page, grid(page), 0.5, 0.5)],
  ["one patch by its key", (page) => page.keyboard.press("l")],
  ["the whole case again", (page) => page.keyboard.press("l")],
  [
    "measure",
    async (page) => {
      await page.keyboard.press("d");
      await drag(page, grid(page), [0.3, 0.1], [0.36, 0.14]);
    },
  ],
  ["the other mode", (page) => pick(page, "Downsampling mode", /^resize/)],
  ["the stored grid", (page) => page.getByRole("switch", { name: "Training grid" }).click()],
  // Views.
  ["Planes", (page) => choose(page, "View", "Planes")],
  ["click a pane", async (page) => page.mouse.click(...xy(await spotIn(pane(page, "Axial"), 0.4, 0.4)))],
  ["wheel over it", (page) => page.mouse.wheel(0, 240)],
  ["another scale", (page) => pick(page, "Scale", "scale 1")],
  ["Compare", (page) => choose(page, "View", "Compare")],
  ["without stripes", (page) => page.getByRole("checkbox", { name: "Stripe differences" }).click()],
  [
    "open files with notices",
    (page) => openFiles(page, ["a", "b", "c"].map((name) => file(`${name}.txt`, "text")).concat(volume())),
  ],
  ["dismiss the notices", (page) => button(page, "Dismiss notices").click()],
];

const xy = ({ x, y }: Spot) => [x, y] as const;

function volume() {
  const values = Uint8Array.from({ length: 16 ** 3 }, (_, at) => (at >> 6) % 3);
  return file("case.nii", writeNifti({ dims: [16, 16, 16], values, type: "uint8" }));
}

for (const size of [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
])
  test(`at ${size.width}×${size.height} nothing moves under the pointer`, async ({ page }) => {
    await page.setViewportSize(size);
    await openSample(page, "abdomen-regions");
    await watchShifts(page);
    const moved: string[] = [];
    for (const [name, act] of ACTIONS) {
      await act(page);
      await idle(page);
      for (const { element, from, to, underPointer } of await takeShifts(page))
        if (underPointer || process.env.ALL_SHIFTS)
          moved.push(
            `${underPointer ? "! " : "  "}${name}: ${element} moved from ${from.map(Math.round)} to ${to.map(Math.round)}`,
          );
    }
    expect(moved).toEqual([]);
  });

test("slices of three digits, one patch and the other grid move no tool and no fact", async ({ page }) => {
  for (const size of [
    { width: 1280, height: 720 },
    { width: 1920, height: 1080 },
  ]) {
    await page.setViewportSize(size);
    await openSample(page, "abdomen-regions&plane=axial&voxel=99,47,60");
    const places = () =>
      page
        .locator(".toolbar > :not(.slice-number), .probe-line > .fact:not(.stretch), .probe-line > .link")
        .evaluateAll((parts) =>
          parts.map(
            (part) =>
              `${part.className} ${part.getAttribute("aria-label") ?? ""} at ${Math.round(part.getBoundingClientRect().left)}`,
          ),
        );
    const before = (await places()).map(nameless);
    for (const key of ["]", "l", "l", "2", "3", "1", "x", "x"]) {
      await page.keyboard.press(key);
      await idle(page);
      expect((await places()).map(nameless), `${key} at ${size.width}`).toEqual(before);
    }
  }
});

/** What the buttons of the grid and of the patch say of them differs. */
function nameless(place: string): string {
  return place
    .replace(/(Training|Stored) grid:.* at/, "grid at")
    .replace(/(Training patch.*):.* at/, "$1 at");
}
