/** Tests which regions a label file has. */
import { afterEach, expect, test } from "vitest";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import { isInFile } from "./in-file.ts";

const initial = useStore.getInitialState();
afterEach(() => useStore.setState(initial, true));

test("a region is in the file if the file has one of its labels", () => {
  const definition = definitionOf({ background: 0, one: [1, 3], two: 2 }, [1, 2]);
  caseOpened({ openCase: caseOf(volumeOf([1, 1, 3], [0, 0, 3])), definition, plans: null, notices: [] });
  expect([0, 1].map((channel) => isInFile(useStore.getState(), channel))).toEqual([true, false]);
});
