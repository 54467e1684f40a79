/**
 * Line about the place where resampling changed the case that keys or the table moved to. Shown in every
 * view.
 */
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatCount } from "../../base/format-numbers.ts";
import { placeStepped } from "../../state/actions/changed-places-actions.ts";
import { setGridForPlace } from "../../state/actions/training-grid-actions.ts";
import { selectLabelNames } from "../../state/regions/label-names.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import type { PlaceStep } from "../../state/slices/changed-places-slice.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { keyOf } from "../../ui/keys.ts";
import { filterText, gridText, placeText } from "./place-text.ts";

export function PlaceLine() {
  const commands = useCommands();
  const step = useStore((s) => s.placeStep);
  if (!step) return null;
  return (
    <section className="step-line" aria-label="Place that resampling changed">
      <p role="status">
        {step.kind === "at" ? (
          <Place step={step} />
        ) : step.kind === "none" ? (
          step.why
        ) : (
          `Looking for what resampling changed… ${Math.round(100 * step.fraction)} %`
        )}
      </p>
      {step.kind === "at" ? <GridToggle /> : null}
      <IconButton
        icon={ChevronUp}
        label={`Go to the previous place that resampling changed (${keyOf("change-before")})`}
        onClick={() => commands.stepPlace(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label={`Go to the next place that resampling changed (${keyOf("change-next")})`}
        onClick={() => commands.stepPlace(1)}
      />
      <IconButton icon={X} label="Close the line and its outline" onClick={() => placeStepped(null)} />
    </section>
  );
}

function Place({ step }: { readonly step: Extract<PlaceStep, { readonly kind: "at" }> }) {
  const regions = useStore(selectRegionRows);
  const labels = useStore(selectLabelNames);
  const grid = useStore((s) => (s.openCase?.trained ? "trained" : "stored"));
  const { place, nth, of, filter } = step;
  const hex = place.kind === "gap" ? null : regions[place.channel]?.hex;
  const which = filterText(filter);
  return (
    <>
      {hex ? <i className="swatch" style={{ background: hex }} /> : null}
      <span>
        {formatCount(nth)} of {formatCount(of)}
        {which ? ` ${which}` : ""}: {placeText(place, { regions, labels })}
      </span>
      <small>{gridText(grid)}</small>
    </>
  );
}

/** The outline stays, so that switching shows what was there and what became of it. */
function GridToggle() {
  const isTrained = useStore((s) => s.openCase?.trained != null);
  return (
    <button
      type="button"
      className="button slim"
      onClick={() => setGridForPlace(isTrained ? "stored" : "trained")}
    >
      {isTrained ? "Show before" : "Show after"}
    </button>
  );
}
