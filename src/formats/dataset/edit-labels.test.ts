/** Edits of dataset.json in the styles in which people and programs write it. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { entryIndex } from "../../domain/dataset/label-entry-order.ts";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { definitionFindings } from "../../domain/findings/findings.ts";
import { parseDataset } from "./dataset.ts";
import {
  addBackground,
  addEntry,
  addLabel,
  moveEntry,
  nameProblem,
  plainLabels,
  removeEntry,
  removeLabel,
  renameEntry,
  setIgnore,
  setLabels,
} from "./edit-labels.ts";
import { removeOrder, setOrder, setOrderValue } from "./edit-order.ts";
import { EditError, invertVersion1 } from "./edit-text.ts";
import { newDefinition } from "./new-dataset.ts";

const BRATS = {
  name: "Brains",
  channel_names: { "0": "T1", "1": "T2" },
  labels: { background: 0, whole: [1, 2, 3], core: [2, 3], enhancing: 3, ignore: 4 },
  licence: "CC-BY é",
  regions_class_order: [1, 2, 3],
  unknown: { deep: [[1.0, 2e3], null], flag: true },
  numTraining: 1,
  file_ending: ".nii.gz",
};

const pretty = (indent: string | number) => JSON.stringify(BRATS, null, indent);
const inlineLists = (text: string) =>
  text.replace(/\[[\d\s,]*\]/g, (list) => list.replace(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]"));

/** One content in the styles of different people and programs. */
const STYLES: Readonly<Record<string, string>> = {
  "json.dump(indent=4)": pretty(4),
  "two spaces, newline at the end": `${pretty(2)}\n`,
  tabs: pretty("\t"),
  CRLF: pretty(4).replaceAll("\n", "\r\n"),
  "inline lists": inlineLists(pretty(4)),
  "one line": pretty("").replaceAll(":", ": ").replaceAll(",", ", "),
  "one line, no space": pretty(""),
  "padded brackets": inlineLists(pretty(2))
    .replaceAll("[1, 2, 3]", "[ 1, 2, 3 ]")
    .replaceAll("[2, 3]", "[ 2, 3 ]"),
  "blank lines, space before colons": inlineLists(pretty(2))
    .replaceAll('": ', '" : ')
    .replace('"core"', '\n    "core"'),
};

const read = (text: string) => parseDataset(text, "dataset.json");
const styles = Object.entries(STYLES).map(([name, text]) => [name, read(text)] as const);
const at = (definition: DatasetDefinition, name: string) => entryIndex(definition, name);

const order = (d: DatasetDefinition) => d.regionsClassOrder;
const names = (d: DatasetDefinition) => d.labels.map((e) => e.name);

/** Returns the part of `a` that is not in `b`, between their common start and end. */
function between(a: string, b: string): string {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return a.slice(start, a.length - end);
}

describe.each(styles)("in the style of %s", (_, definition) => {
  it("every edit undone by its inverse gives the same bytes", () => {
    const same = (edited: DatasetDefinition, inverse: (d: DatasetDefinition) => DatasetDefinition) => {
      expect(edited.text).not.toBe(definition.text);
      expect(inverse(edited).text).toBe(definition.text);
    };
    const core = at(definition, "core");
    const whole = at(definition, "whole");
    same(renameEntry(definition, core, "Kern"), (d) => renameEntry(d, core, "core"));
    same(moveEntry(definition, whole, 3), (d) => moveEntry(d, 3, whole));
    same(moveEntry(definition, 3, 0), (d) => moveEntry(d, 0, 3));
    same(addLabel(definition, core, 1), (d) => removeLabel(d, core, 1));
    same(setLabels(definition, whole, [1, 3]), (d) => setLabels(d, whole, [1, 2, 3]));
    same(setLabels(definition, whole, [2, 3]), (d) => setLabels(d, whole, [1, 2, 3]));
    same(setLabels(definition, core, [7, 8, 9, 10]), (d) => setLabels(d, core, [2, 3]));
    same(setLabels(definition, at(definition, "enhancing"), [2]), (d) =>
      setLabels(d, at(d, "enhancing"), [3]),
    );
    same(addEntry(definition, "more", [1, 2]), (d) => removeEntry(d, at(d, "more")));
    same(addEntry(definition, "more", [2], 2, 1), (d) => removeEntry(d, 1));
    same(addEntry(definition, "more", [1, 3], 1, 0), (d) => removeEntry(d, 0));
    same(setOrderValue(definition, 1, 9), (d) => setOrderValue(d, 1, 2));
    same(setOrder(definition, [3, 2, 1, 0]), (d) => setOrder(d, [1, 2, 3]));
    same(setIgnore(definition, 5), (d) => setIgnore(d, 4));
    same(setIgnore(definition, null), (d) => setIgnore(d, 4));
    same(removeEntry(definition, 0), addBackground);
    // One of the files writes the second to last name in a different style, so this takes the last entry.
    same(removeEntry(definition, at(definition, "enhancing")), (d) => addEntry(d, "enhancing", [3], 3));
  });

  it("edits leave the rest of the text unchanged", () => {
    const label = addLabel(definition, at(definition, "core"), 77);
    expect(between(label.text, definition.text).replace(/\s/g, "")).toBe(",77");
    const gone = removeLabel(definition, at(definition, "whole"), 1);
    expect(between(definition.text, gone.text).replace(/\s/g, "")).toMatch(/^(1,|,1)$/);
    const value = setOrderValue(definition, 2, 55);
    expect(between(value.text, definition.text)).toBe("55");
    const added = addEntry(definition, "more", [1, 3], 1);
    for (const line of definition.text.split("\n")) {
      if (!/"ignore"|"enhancing"|"regions_class_order"/.test(line) && definition.text.length > line.length)
        expect(added.text).toContain(line);
    }
    expect(JSON.parse(added.text)).toEqual({
      ...BRATS,
      labels: { background: 0, whole: [1, 2, 3], core: [2, 3], enhancing: 3, more: [1, 3], ignore: 4 },
      regions_class_order: [1, 2, 3, 1],
    });
    expect(Object.keys(JSON.parse(added.text) as object)).toEqual(Object.keys(BRATS));
  });

  it("a new list is written like its neighbours", () => {
    const list = (text: string, name: string) => {
      const d = read(text);
      return d.labels[at(d, name)]?.text ?? "";
    };
    const made = list(addLabel(definition, at(definition, "enhancing"), 2).text, "enhancing");
    const model = list(definition.text, "core")
      .replace("2", "3")
      .replace(/3(\s*\])$/, "2$1");
    expect(made).toBe(model);
    const removed = removeOrder(definition);
    expect(removed.regionsClassOrder).toBeNull();
    const again = setOrder(removed, [1, 2, 3]);
    expect(order(again)).toEqual([1, 2, 3]);
    expect(between(again.text, removed.text).replace(/\s/g, "")).toContain("regions_class_order");
    expect(/\r(?!\n)/.test(again.text)).toBe(false);
    if (definition.text.includes("\r\n")) expect(/[^\r]\n/.test(again.text)).toBe(false);
  });

  it("the text of many edits reads back as the edited definition", () => {
    const next = randomFrom(7);
    const pick = (n: number) => Math.floor(next() * n);
    let edited = definition;
    for (let i = 0; i < 60; i++) {
      const n = edited.labels.length;
      const edits = [
        () => addEntry(edited, `r${i} “x” 🫀`, [1 + pick(9), 10 + pick(9)], pick(9), pick(n + 1)),
        () => removeEntry(edited, pick(n)),
        () => renameEntry(edited, pick(n), `n${i}`),
        () => moveEntry(edited, pick(n), pick(n)),
        () =>
          setLabels(
            edited,
            pick(n),
            Array.from({ length: pick(4) }, () => pick(20)),
          ),
        () => addLabel(edited, pick(n), pick(20)),
        () => setOrderValue(edited, 0, pick(9)),
        () => setIgnore(edited, pick(2) ? pick(9) : null),
        () => addBackground(edited),
      ];
      edited = (n === 0 ? edits[0] : edits[pick(edits.length)])?.() ?? edited;
      const again = read(edited.text);
      expect(again).toEqual(edited);
      expect(JSON.parse(edited.text)).toMatchObject({ unknown: BRATS.unknown, licence: BRATS.licence });
    }
  });
});

describe("an entry and its place in regions_class_order", () => {
  const nested = read(pretty(4));

  it("are added, removed and moved together", () => {
    expect(order(addEntry(nested, "edema", [1], 1, 1))).toEqual([1, 1, 2, 3]);
    expect(order(addEntry(nested, "edema", [1, 5]))).toEqual([1, 2, 3, 1]);
    expect(order(removeEntry(nested, at(nested, "core")))).toEqual([1, 3]);
    const moved = moveEntry(nested, at(nested, "whole"), 3);
    expect([names(moved), order(moved)]).toEqual([
      ["background", "core", "enhancing", "whole", "ignore"],
      [2, 3, 1],
    ]);
    expect(order(moveEntry(nested, 0, 4))).toEqual([1, 2, 3]);
    expect(order(renameEntry(nested, at(nested, "core"), "x"))).toEqual([1, 2, 3]);
  });

  it("change if the entry becomes background or no longer is", () => {
    expect(order(setLabels(nested, at(nested, "core"), [0]))).toEqual([1, 3]);
    expect(order(setLabels(nested, 0, [5]))).toEqual([5, 1, 2, 3]);
  });

  it("change only the place concerned in an order of the wrong length", () => {
    const short = setOrder(nested, [1, 2]);
    expect(order(moveEntry(short, 1, 2))).toEqual([1, 2]);
    expect(order(removeEntry(short, at(short, "whole")))).toEqual([2]);
    expect(order(removeEntry(short, at(short, "enhancing")))).toEqual([1, 2]);
    expect(order(setOrderValue(short, 2, 3))).toEqual([1, 2, 3]);
    const long = setOrder(nested, [1, 2, 3, 9]);
    expect(order(removeEntry(long, at(long, "core")))).toEqual([1, 3, 9]);
  });

  it("get a new order if there is none", () => {
    const none = removeOrder(nested);
    expect(order(addEntry(none, "x", [1, 2], 1))).toBeNull();
    expect(order(setOrderValue(none, 1, 3))).toEqual([1, 3, 3]);
    const odd = read('{"labels": {"background": 0, "a": [1, 2], "b": 2}, "regions_class_order": "1, 2"}');
    expect(setOrderValue(odd, 0, 1).text).toBe(
      '{"labels": {"background": 0, "a": [1, 2], "b": 2}, "regions_class_order": [1, 2]}',
    );
  });
});

describe("names", () => {
  const plain = read('{"labels": {"background": 0, "a": 1, "b": 2}}');

  it("cannot be taken twice or be empty", () => {
    expect(nameProblem(plain, "a")).toMatch(/The name “a” is already used/);
    expect(nameProblem(plain, "a", 1)).toBeNull();
    expect(nameProblem(plain, " ")).toMatch(/needs a name/);
    expect(() => addEntry(plain, "b", [3])).toThrow(EditError);
    expect(() => renameEntry(plain, 1, "b")).toThrow(EditError);
    expect(() => removeEntry(plain, 7)).toThrow("labels has no entry 8.");
  });

  it("may contain quotation marks and any letters, and a file in ASCII stays in ASCII", () => {
    const name = 'left "lobe" \\ 脾臓 🫀';
    const renamed = renameEntry(plain, 1, name);
    expect(renamed.labels[1]?.name).toBe(name);
    expect(renamed.text).toBe(
      '{"labels": {"background": 0, "left \\"lobe\\" \\\\ \\u813e\\u81d3 \\ud83e\\udec0": 1, "b": 2}}',
    );
    const unicode = read('{"labels": {"é": 1, "b": 2}}');
    expect(addEntry(unicode, "🫀", [3]).text).toBe('{"labels": {"é": 1, "b": 2, "🫀": 3}}');
  });
});

describe("odd files", () => {
  it("duplicate keys are edited separately", () => {
    const twice = read(
      '{"labels": {"background": 0, "a": [1, 2], "b": 3, "a": [1, 4]}, "regions_class_order": [1, 3]}',
    );
    expect(entryIndex(twice, "a")).toBe(3);
    expect(setLabels(twice, 1, [7, 2]).text).toContain('"a": [7, 2], "b": 3, "a": [1, 4]');
    const both = renameEntry(twice, 3, "c");
    expect([names(both), order(both)]).toEqual([
      ["background", "a", "b", "c"],
      [1, 3, 1],
    ]);
    const one = removeEntry(twice, 1);
    expect([names(one), order(one)]).toEqual([
      ["background", "b", "a"],
      [3, 1],
    ]);
  });

  it("empty objects and lists are filled in the file's style", () => {
    const empty = read('{\n  "labels": {},\n  "regions_class_order": []\n}\n');
    const filled = addEntry(addBackground(empty), "a", [1, 2]);
    expect(filled.text).toBe(
      '{\n  "labels": {\n    "background": 0,\n    "a": [1, 2]\n  },\n  "regions_class_order": [1]\n}\n',
    );
    expect(removeEntry(removeEntry(filled, 1), 0).text).toBe(empty.text);
    expect(addEntry(read('{"labels":{}}'), "a", []).text).toBe('{"labels":{"a":[]}}');
  });

  it("numbers keep their spelling, and plainLabels writes them plainly", () => {
    const written = read('{"labels": {"background": 0, "a": [1.0, 2e0, "3"], "b": 2.0}}');
    expect(addLabel(written, 1, 4).labels[1]?.text).toBe("[1.0, 2e0, 3, 4]");
    expect(setLabels(written, 2, [2]).text).toBe(written.text);
    expect(plainLabels(plainLabels(written, 1), 2).text).toBe(
      '{"labels": {"background": 0, "a": [1, 2, 3], "b": 2}}',
    );
  });

  it("single labels are written as in the rest of the file: as numbers or lists of one", () => {
    const lists = read('{"labels": {"background": 0, "a": [1], "b": [2]}}');
    expect(addEntry(lists, "c", [3]).text).toBe(
      '{"labels": {"background": 0, "a": [1], "b": [2], "c": [3]}}',
    );
    const numbers = read('{"labels": {"background": 0, "a": 1}}');
    expect(addEntry(numbers, "c", [3]).text).toBe('{"labels": {"background": 0, "a": 1, "c": 3}}');
    expect(setLabels(lists, 1, [9]).text).toContain('"a": [9]');
    expect(setLabels(lists, 1, []).text).toContain('"a": []');
  });

  it("the first edit of a version 1 file swaps its names and numbers", () => {
    const old = read('{\n "modality": {"0": "CT"},\n "labels": {"0": "background", "1" : "le\\u0062er"}\n}');
    const turned = '{\n "modality": {"0": "CT"},\n "labels": {"background": 0, "le\\u0062er" : 1}\n}';
    expect(invertVersion1(old).text).toBe(turned);
    expect(invertVersion1(invertVersion1(old)).text).toBe(turned);
    expect(renameEntry(old, entryIndex(old, "leber"), "liver").text).toBe(
      turned.replace("le\\u0062er", "liver"),
    );
  });
});

describe("the bundled samples", () => {
  const folder = new URL("../../../public/samples/", import.meta.url);
  it.each(["Dataset901_AbdomenRegions", "Dataset902_AbdomenOrgans", "Dataset903_SpineRegions"])(
    "%s: edits are undone by their inverses",
    (sample) => {
      const definition = read(readFileSync(new URL(`${sample}/dataset.json`, folder), "utf8"));
      const last = definition.labels.length - 1;
      const broken = [
        setOrderValue(setOrderValue(definition, 0, 2), 1, 1),
        moveEntry(definition, 1, last),
        removeLabel(definition, 1, 15),
        addEntry(definition, "again", regionSetFromDefinition(definition).regions[1]?.labels ?? []),
        removeEntry(definition, 0),
      ];
      for (const edited of broken) {
        expect(read(edited.text)).toEqual(edited);
        const found = definitionFindings(edited).map((f) => f.message);
        const before = definitionFindings(definition).map((f) => f.message);
        // In the other two samples no region has a label 15 to lose.
        if (sample.includes("901")) expect(found).not.toEqual(before);
      }
      const [swapped, moved, , doubled, without] = broken;
      const values = definition.regionsClassOrder ?? [];
      const mended = setOrder(swapped ?? definition, values.map(Number));
      expect(mended.text).toBe(definition.text);
      expect(moveEntry(moved ?? definition, last, 1).text).toBe(definition.text);
      expect(removeEntry(doubled ?? definition, last + 1).text).toBe(definition.text);
      expect(addBackground(without ?? definition).text).toBe(definition.text);
    },
  );
});

describe("newDefinition", () => {
  it("names every label of a volume, background first", () => {
    const made = newDefinition([
      { value: 2, name: "spleen" },
      { value: 0, name: "nothing" },
      { value: 1, name: "spleen" },
      { value: 1.5, name: "blurred" },
      { value: -1, name: "outside" },
      { value: 3, name: "ignore" },
      { value: 4, name: "5" },
      { value: 5, name: "" },
    ]);
    expect(made.labels.map((e) => [e.name, e.value])).toEqual([
      ["background", 0],
      ["spleen", 1],
      ["spleen 2", 2],
      ["ignore 2", 3],
      ["5", 4],
      ["label 5", 5],
    ]);
    expect(definitionFindings(made)).toEqual([]);
    expect(JSON.parse(made.text)).toMatchObject({
      channel_names: { "0": "image" },
      numTraining: 1,
      file_ending: ".nii.gz",
    });
  });

  it("contains what is known of the dataset", () => {
    const made = newDefinition([], {
      name: 'a "labels"',
      channelNames: ["CT", "PET"],
      cases: 3,
      fileEnding: ".mha",
    });
    expect([made.name, made.channelNames, made.fileEnding]).toEqual(['a "labels"', ["CT", "PET"], ".mha"]);
    expect(addEntry(made, "liver", [1]).text).toContain('"background": 0,\n        "liver": 1\n    }');
  });
});
