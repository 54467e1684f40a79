/** Tests of showing a saved view. */
import { afterEach, expect, test } from "vitest";
import { volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened, setMode, setTrainer } from "../../state/actions/case-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf, PLANS } from "../../state/testing/test-case.ts";
import { savedViewOf } from "../../state/view/saved-view.ts";
import { showView } from "./view-file.ts";

const state = useStore.getState;
const initial = useStore.getInitialState();

const open = () =>
  caseOpened({
    openCase: caseOf(volumeOf([2, 2, 2], [0, 1, 1, 2, 2, 2, 0, 0])),
    definition: null,
    plans: PLANS,
    notices: [],
  });

afterEach(() => useStore.setState(initial, true));

test("mode and trainer of a saved view are shown again", async () => {
  open();
  setMode("resize-segmentation");
  setTrainer("ddp");
  const saved = savedViewOf(state());
  if (!saved) throw new Error("There is a case.");
  useStore.setState(initial, true);
  open();
  await showView({ file: "case.view.json", saved });
  expect([state().mode, state().trainer, state().notices]).toEqual(["resize-segmentation", "ddp", []]);
});
