/** Files with saved views. */
import { describe, expect, test } from "vitest";
import { InputError } from "../../base/errors.ts";
import { randomFrom } from "../../base/random.ts";
import { changedView } from "../../domain/testing/random-view.ts";
import { FIELD_LIST } from "../../domain/view/fields.ts";
import { placeInFile } from "../../domain/view/saved-view.ts";
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

type Content = Readonly<Record<string, unknown>>;

/** The fields that files have, with their places. */
const PLACED = FIELD_LIST.flatMap(([key, row]) => {
  const [group, name] = placeInFile(key, row) ?? [];
  if (name === undefined) return [];
  return [{ key, row, place: { group: group ?? null, name, text: group ? `${group}.${name}` : name } }];
});

/** A file's content with another value at a place; undefined removes it. */
function withValue(content: Content, { group, name }: (typeof PLACED)[0]["place"], value: unknown): Content {
  if (group === null) return { ...content, [name]: value };
  return { ...content, [group]: { ...Object(content[group]), [name]: value } };
}

const asJson = (value: unknown) => (value instanceof Set ? [...value] : value);

async function sentence(content: unknown): Promise<string> {
  const error = await open([asFile(content)]).catch((thrown: unknown) => thrown);
  if (!(error instanceof InputError)) throw new Error(`Expected a refusal, not ${String(error)}.`);
  return error.message;
}

describe("a saved view", () => {
  test("is recognised by its content, even if it is named dataset.json", async () => {
    const opened = await open([asFile({ ...MIN, labels: { background: 0 } }, "dataset.json")]);
    expect([opened.definition, opened.plans, opened.source]).toEqual([null, null, null]);
    expect(opened.view?.saved.view.plane).toBe("axial");
  });

  test("has defaults for missing fields, and ignores unknown keys", async () => {
    const { view } = await open([asFile({ ...MIN, later: { than: "now" } })]);
    expect(view?.saved).toMatchObject({ centre: "grid", paneScale: 0, maximised: null, regions: [] });
    expect(view?.saved).toMatchObject({ colorBy: "region", fileColors: true, trainer: "default" });
    expect(view?.saved).toMatchObject({
      lightbox: { tiles: 24, shows: "selected" },
      compare: { kind: "scale", scale: 1, stripes: true, file: null },
    });
    expect(view?.saved).not.toHaveProperty("later");
  });

  test("keeps every field of the file", async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const values = changedView(randomFrom(seed), ["liver", "tumour"]);
      let content: Content = MIN;
      for (const { key, place } of PLACED) content = withValue(content, place, asJson(values[key]));
      const { view } = await open([asFile(content)]);
      expect(view?.saved).toMatchObject(content);
    }
  });

  test.each(PLACED)("without $place.text has its default or is refused", async ({ row, place }) => {
    const content = withValue(MIN, place, undefined);
    if (row.required) expect(await sentence(content)).toContain(`"${place.text}"`);
    else {
      const { view } = await open([asFile(content)]);
      expect(view?.saved).toMatchObject(withValue(MIN, place, asJson(row.default)));
    }
  });

  test.each(PLACED)("with a value of another type for $place.text is refused", async ({ row, place }) => {
    const isObject = ["window", "planes", "camera"].includes(row.kind.type);
    expect(await sentence(withValue(MIN, place, isObject ? 7 : { wrong: true }))).toContain(
      `its field "${place.text}" is invalid`,
    );
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
  ])("with a wrong %s is refused with a sentence that names the field", async (field, content) => {
    const text = await sentence(content);
    expect(text).toMatch(/^case\.view\.json: /);
    expect(text).toContain(`"${field}"`);
    expect(text.split("\n")).toHaveLength(1);
  });

  test("that is cut off is refused with the line", async () => {
    expect(await sentence(JSON.stringify(MIN).slice(0, 60))).toMatch(
      /^case\.view\.json: it is not valid JSON at line 1/,
    );
  });
});
