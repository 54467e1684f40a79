/** Tests of the selectors of the round trip: lines, summary and advice on the order. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseClosed, caseOpened, definitionOpened } from "../../state/actions/case-actions.ts";
import { stepSlice } from "../../state/actions/view-actions.ts";
import { selectLabelNames } from "../../state/regions/label-names.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import { selectLabelLines, selectMappingSummary, selectOrderAdvice } from "./label-mapping-selectors.ts";

const initial = useStore.getInitialState();
const state = useStore.getState;

/** Voxels per label: 1 has one, 2 two, 3 three; 9 is in no region and has one. */
const VOLUME = volumeOf([2, 2, 2], [0, 1, 2, 2, 3, 3, 3, 9]);
/** Label 4 is not in the volume. The order swaps labels 1 and 3. */
const SWAPPED = definitionOf({ background: 0, whole: [1, 2, 3, 4], core: [1, 2], centre: 1 }, [1, 2, 3]);

const open = (definition: ReturnType<typeof definitionOf> | null, volume = VOLUME) =>
  caseOpened({ openCase: caseOf(volume), definition, plans: null, notices: [] });

beforeEach(() => open(SWAPPED));
afterEach(() => useStore.setState(initial, true));

describe("label lines", () => {
  test("labels that come back as another come first, labels that are not in the volume last", () => {
    expect(selectLabelLines(state())?.map(({ label, outcome, voxels }) => [label, outcome, voxels])).toEqual([
      [1, "wrong", 1],
      [3, "wrong", 3],
      [9, "lost", 1],
      [4, "wrong", 0],
      [2, "same", 2],
    ]);
  });

  test("each line names the regions that write the label and the one that remains", () => {
    const line = selectLabelLines(state())?.find(({ label }) => label === 1);
    expect(line?.steps.map(({ region, writes, remains }) => [region, writes, remains])).toEqual([
      ["whole", 1, false],
      ["core", 2, false],
      ["centre", 3, true],
    ]);
    expect(line).toMatchObject({ name: "centre", decodedAs: 3 });
  });

  test("the summary counts labels of the volume, and the others separately", () => {
    expect(selectMappingSummary(state())).toEqual({
      labels: 4,
      changed: 3,
      changedVoxels: 5,
      unseen: 1,
      unseenChanged: 1,
      outcomes: { same: 1, wrong: 3, merged: 0, lost: 1, ignored: 0 },
    });
  });

  test("without a volume, the labels of the definition are mapped", () => {
    caseClosed();
    definitionOpened(SWAPPED);
    expect(selectLabelLines(state())?.map(({ label, voxels }) => [label, voxels])).toEqual([
      [1, null],
      [3, null],
      [4, null],
      [2, null],
    ]);
    expect(selectMappingSummary(state())).toMatchObject({ labels: 4, changed: 3, changedVoxels: null });
  });

  test("a label takes no name from a region that writes it but does not contain it", () => {
    expect(selectLabelNames(state()).get(3)).toBeUndefined();
    expect(selectLabelNames(state()).get(2)).toBe("core");
  });

  test("a region that is named after its label gives no name", () => {
    const openCase = caseOf(volumeOf([1, 1, 3], [0, 1, 2]), { labelNames: [] });
    caseOpened({ openCase, definition: null, plans: null, notices: [] });
    expect([...selectLabelNames(state())]).toEqual([[0, "background"]]);
  });

  test("moving the crosshair computes no mapping again", () => {
    const before = selectLabelLines(state());
    stepSlice(1);
    expect(selectLabelLines(state())).toBe(before);
  });

  test("masks have no label mapping", () => {
    const stack = stackOf([1, 1, 3], { liver: [1, 1, 0], tumour: [0, 1, 0] });
    const openCase = caseOf(VOLUME, { source: { kind: "masks", stack } });
    caseOpened({ openCase, definition: null, plans: null, notices: [] });
    expect([selectLabelLines(state()), selectMappingSummary(state()), selectOrderAdvice(state())]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe("the order of writing", () => {
  test("advises a repair, and how many labels come back with it", () => {
    expect(selectOrderAdvice(state())).toMatchObject({
      names: ["whole", "core", "centre"],
      labels: 4,
      written: { order: [1, 2, 3], back: 1 },
      repaired: { order: [3, 2, 1], back: 3 },
      sequence: null,
    });
  });

  test("advises another sequence if a region comes after one that it contains", () => {
    open(definitionOf({ background: 0, centre: 1, whole: [1, 2] }, [1, 2]));
    expect(selectOrderAdvice(state())).toMatchObject({
      repaired: null,
      sequence: { names: ["whole", "centre"], order: [2, 1] },
    });
  });

  test("names the erased regions and what erases them if no order helps", () => {
    open(definitionOf({ background: 0, kidney: [2, 3], left: 3, again: 3 }, [2, 3, 3]));
    expect(selectOrderAdvice(state())).toMatchObject({
      repaired: null,
      sequence: null,
      erased: [{ name: "left", by: ["again"] }],
    });
  });

  test("there is no advice for training on labels", () => {
    open(definitionOf({ background: 0, a: 1, b: 2 }, null));
    expect(selectOrderAdvice(state())).toBeNull();
  });
});
