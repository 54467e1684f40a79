/** Files with saved views. */
import { describe, expect, test } from "vitest";
import { InputError } from "../../base/errors.ts";
import type { InputFile } from "../bytes/input-file.ts";
import { open } from "../testing/opening.ts";

const MIN = {
  schema: "regionscope.view/1",
  case: { name: "case", shape: [2, 3, 4], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] },
  view: { plane: "axial", voxel: [1, 2, 3], window: { level: 40, width: 400 } },
};
const asFile = (content: unknown, path = "case.view.json"): InputFile => ({
  path,
  blob: new Blob([typeof content === "string" ? content : JSON.stringify(content)]),
});

async function sentence(content: unknown): Promise<string> {
  const error = await open([asFile(content)]).catch((thrown: unknown) => thrown);
  if (!(error instanceof InputError)) throw new Error(`Expected a refusal, not ${String(error)}.`);
  return error.message;
}

describe("a saved view", () => {
  test("is told by its content, whatever it is called, and is neither dataset.json nor plans", async () => {
    const opened = await open([asFile({ ...MIN, labels: { background: 0 } }, "dataset.json")]);
    expect([opened.definition, opened.plans, opened.source]).toEqual([null, null, null]);
    expect(opened.view?.saved.view.plane).toBe("axial");
  });

  test("has what is usual where nothing is said; unknown keys are passed over", async () => {
    const { view } = await open([asFile({ ...MIN, later: { than: "now" } })]);
    expect(view?.saved).toMatchObject({ centre: "grid", paneScale: 0, maximised: null, regions: [] });
    expect(view?.saved).toMatchObject({ colorBy: "region", fileColors: true, trainer: "default" });
    expect(view?.saved).toMatchObject({
      lightbox: { tiles: 24, shows: "selected" },
      compare: { kind: "scale", scale: 1, stripes: true, file: null },
    });
    expect(view?.saved).not.toHaveProperty("later");
  });

  test.each([
    ["view.plane", { ...MIN, view: { ...MIN.view, plane: "oblique" } }],
    ["view.voxel[1]", { ...MIN, view: { ...MIN.view, voxel: [1, "2", 3] } }],
    ["view.window.width", { ...MIN, view: { ...MIN.view, window: { level: 0, width: 0 } } }],
    ["regions[0].color", { ...MIN, regions: [{ name: "liver", color: "red" }] }],
    [
      "regions[1].opacity",
      { ...MIN, regions: [1, 2].map((opacity) => ({ name: "a", color: "#ff0000", opacity })) },
    ],
    ["trainer", { ...MIN, trainer: "nnUNetTrainer" }],
    ["compare.kind", { ...MIN, compare: { kind: "brain" } }],
    ["lightbox.tiles", { ...MIN, lightbox: { tiles: 0 } }],
    ["fileColors", { ...MIN, fileColors: "file" }],
    ["split[0]", { ...MIN, split: [0, 0.5] }],
    ["case", { ...MIN, case: undefined }],
    ["camera.rotation", { ...MIN, camera: { rotation: [0, 0, 0, 0], focusMm: [0, 0, 0], spanMm: 1 } }],
    ["schema", { ...MIN, schema: "regionscope.view/2" }],
  ])("with a wrong %s is refused in one sentence that names it", async (field, content) => {
    const text = await sentence(content);
    expect(text).toMatch(/^case\.view\.json: /);
    expect(text).toContain(`"${field}"`);
    expect(text.split("\n")).toHaveLength(1);
  });

  test("that breaks off is refused with line and column", async () => {
    expect(await sentence(JSON.stringify(MIN).slice(0, 60))).toMatch(
      /^case\.view\.json: it is not valid JSON at line 1/,
    );
  });
});
