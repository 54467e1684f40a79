/** Controls for showing the whole case or one training patch, and for the patch's size and origin. */
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatShape } from "../../base/format-numbers.ts";
import { orientationCode, type Triple } from "../../domain/geometry/grid.ts";
import { placePatch } from "../../domain/targets/patch.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { setPatchSettings } from "../../state/actions/survival-actions.ts";
import {
  selectOriginRange,
  selectPatch,
  selectPatchSize,
  selectPlansPatchSize,
} from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { WholeNumber } from "./whole-number.tsx";

const ON_OFF = [
  { value: "off", name: "Whole case", face: "Whole case" },
  { value: "on", name: "One patch, as the loss sees it", face: "One patch" },
] as const;

const AXES = [0, 1, 2] as const;
const MAX_SIDE = 4096;

export function PatchControls() {
  const on = useStore((s) => s.patchSettings.on);
  const edited = useStore((s) => s.patchSettings.size !== null);
  const size = useStore(selectPatchSize);
  const planned = useStore(selectPlansPatchSize);
  if (!size) return null;
  return (
    <>
      <Segmented
        label="Patch"
        options={ON_OFF}
        value={on ? "on" : "off"}
        onChange={(value) => setPatchSettings({ on: value === "on" })}
      />
      <span className="patch-size">
        {AXES.map((axis) => (
          <span key={axis}>
            {axis > 0 ? "×" : ""}
            <WholeNumber
              label={`Patch size, axis ${axis}`}
              value={size[axis]}
              min={1}
              max={MAX_SIDE}
              onCommit={(length) => setPatchSettings({ size: replaced(size, axis, length) })}
            />
          </span>
        ))}
        {edited ? (
          <button type="button" className="link" onClick={() => setPatchSettings({ size: null })}>
            {planned ? `Use plans: ${formatShape(planned)}` : "Use whole case"}
          </button>
        ) : (
          <small>{planned ? "from plans" : "no plans"}</small>
        )}
      </span>
      {on ? <Origin size={size} /> : null}
    </>
  );
}

function Origin({ size }: { readonly size: Triple }) {
  const patch = useStore(selectPatch);
  const range = useStore(selectOriginRange);
  const source = useStore((s) => s.openCase?.source);
  const { centrePatch } = useCommands();
  if (!patch || !range || !source) return null;
  const grid = sourceGrid(source);
  // orientationCode lists the letters of axes 2, 1, 0.
  const letters = [...orientationCode(grid)].reverse();
  return (
    <span className="patch-origin">
      <span
        className="survival-label"
        title="Patches around foreground, which training draws too, may reach over the far ends of the case"
      >
        Origin
      </span>
      {AXES.map((axis) => (
        <label key={axis} className="slider" title={`Origin along axis ${axis}, towards ${letters[axis]}`}>
          <span>{letters[axis]}</span>
          <input
            type="range"
            min={range.first[axis]}
            max={range.last[axis]}
            step={1}
            disabled={range.first[axis] === range.last[axis]}
            aria-label={`Patch origin, axis ${axis}`}
            value={patch.origin[axis]}
            onChange={(event) =>
              setPatchSettings({
                origin: placePatch(grid.shape, size, replaced(patch.origin, axis, Number(event.target.value)))
                  .origin,
              })
            }
          />
          <output>{patch.origin[axis]}</output>
        </label>
      ))}
      <button type="button" className="button slim" onClick={centrePatch}>
        Centre on the crosshair
      </button>
    </span>
  );
}

function replaced(triple: Triple, axis: 0 | 1 | 2, value: number): Triple {
  const changed: [number, number, number] = [...triple];
  changed[axis] = value;
  return changed;
}
