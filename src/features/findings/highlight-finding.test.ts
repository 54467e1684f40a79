/** Tests of where a clicked finding moves the crosshair and what it selects. */
import { expect, test } from "vitest";
import { IN_NO_REGION } from "../../domain/dataset/region-set.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { definitionOf, stackOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { selectRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import { highlightFinding } from "./highlight-finding.ts";

const state = () => useStore.getState();

function finding(regions: readonly string[], labels: readonly number[] = []): Finding {
  return { code: "region-vanishes", severity: "warning", title: "", message: "", regions, labels };
}

/** What was stepped to: the places of a kind, and of one region or all. */
const steps: unknown[] = [];
const click = (its: Finding) =>
  highlightFinding(its, {
    stepPlace: (by, filter) => {
      steps.push([by, filter]);
    },
  });

test("a finding about masks moves the crosshair into the first of them that has voxels", () => {
  const stack = stackOf([2, 3, 40], {
    whole: Array.from({ length: 240 }, () => 1),
    empty: [],
    edge: Array.from({ length: 240 }, (_, i) => (i === 0 || i === 239 - 3 ? 1 : 0)),
    first: Array.from({ length: 240 }, (_, i) => (i === 0 ? 1 : 0)),
  });
  const openCase = caseOf(volumeOf([1, 1, 1], [0]), { source: { kind: "masks", stack } });
  caseOpened({ openCase, definition: null, plans: null, notices: [] });
  click(finding(["first"]));
  expect(state().view.voxel).toEqual([0, 0, 0]);
  click(finding(["empty", "edge"]));
  expect(state().view.voxel).toEqual([1, 2, 36]);
  expect(state().highlighted).toEqual(["empty", "edge"]);
  click(finding(["empty"]));
  expect(state().view.voxel).toEqual([1, 2, 36]);
});

test("a finding about labels moves it to a voxel of the label", () => {
  const openCase = caseOf(volumeOf([1, 1, 6], [0, 0, 1, 0, 2, 0]));
  const definition = definitionOf({ background: 0, organ: [1, 2] }, [1]);
  caseOpened({ openCase, definition, plans: null, notices: [] });
  click(finding([], [2]));
  expect([state().view.voxel, state().selectedRegion]).toEqual([[0, 0, 4], "organ"]);
  click(finding(["organ"]));
  expect(state().view.voxel).toEqual([0, 0, 2]);
});

test("a finding about a label in no region leads to its row, even where that is hidden", () => {
  const openCase = caseOf(volumeOf([1, 1, 6], [0, 0, 1, 0, 5, 0]));
  const definition = definitionOf({ background: 0, organ: [1, 2] }, [1]);
  caseOpened({ openCase, definition, plans: null, notices: [] });
  useStore.setState({ hidden: new Set([IN_NO_REGION]), solo: "organ" });
  click(finding([], [5]));
  expect([state().view.voxel, state().selectedRegion]).toEqual([[0, 0, 4], IN_NO_REGION]);
  expect(selectRows(state()).map(({ name }) => name)).toEqual(["organ", IN_NO_REGION]);
});

test("a finding about places goes to the first of them", () => {
  const openCase = caseOf(volumeOf([1, 1, 6], [0, 0, 1, 0, 2, 0]));
  const definition = definitionOf({ background: 0, organ: [1, 2], lesion: 2 }, [1, 2]);
  caseOpened({ openCase, definition, plans: null, notices: [] });
  const before = state().view.voxel;
  click({ ...finding(["lesion"], [2]), code: "vanishes-in-resampling" });
  click({ ...finding(["organ", "lesion"], [1, 2]), code: "vanishes-in-resampling" });
  click({ ...finding(["lesion", "organ"], [1, 2]), code: "resampling-gaps" });
  expect(steps).toEqual([
    [1, { kind: "gone", region: "lesion" }],
    [1, { kind: "gone", region: null }],
    // The first is the worst.
    [1, { kind: "gap", region: "lesion" }],
  ]);
  expect([state().view.voxel, state().highlighted]).toEqual([before, ["lesion", "organ"]]);
});
