/** Toolbar that all slice layouts share, and controls that some of them add. */
import { FlipHorizontal2, Ghost, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { setPreference } from "../../base/preferences.ts";
import { setSliceOptions } from "../../state/actions/slices-actions.ts";
import { resetView, setView } from "../../state/actions/view-actions.ts";
import { selectShownScales } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { scaleName } from "../../state/view/view-names.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { SelectField } from "../../ui/controls/select-field.tsx";
import { keyOf } from "../../ui/keys.ts";
import { rulerControls } from "../ruler/lazy.tsx";
import { CineButton } from "../view-controls/cine-button.tsx";
import { LayersMenu } from "../view-controls/layers-menu.tsx";
import { TargetsMenu } from "../view-controls/targets-menu.tsx";
import { OverlayControls, ToolSwitch } from "../view-controls/view-controls.tsx";
import { WindowMenu } from "../view-controls/window-menu.tsx";

interface Props {
  readonly label: string;
  /** Controls of one layout only. */
  readonly children?: ReactNode;
}

export function SlicesToolbar({ label, children }: Props) {
  const hasImage = useStore((s) => (s.openCase?.image ?? null) !== null);
  return (
    <div className="toolbar" role="toolbar" aria-label={label}>
      <ToolSwitch />
      <rulerControls.View />
      {hasImage ? <WindowMenu /> : null}
      <TargetsMenu />
      <OverlayControls />
      <LayersMenu />
      {children}
      <CineButton />
      <ConventionToggle />
      <IconButton icon={RotateCcw} label={`Show whole slices (${keyOf("whole")})`} onClick={resetView} />
    </div>
  );
}

export function ScaleField({ label = "Scale" }: { readonly label?: string }) {
  const scales = useStore(selectShownScales);
  const sliceScale = useStore((s) => s.sliceScale);
  return (
    <SelectField
      label={label}
      items={scales.map((scale, i) => ({
        value: String(i),
        label: scaleName(i),
        hint: scale.shape.join(" × "),
      }))}
      value={String(Math.min(sliceScale, Math.max(0, scales.length - 1)))}
      onChange={(value) => setSliceOptions({ sliceScale: Number(value) })}
    />
  );
}

export function DifferenceToggle() {
  const showDifference = useStore((s) => s.showDifference);
  const atFullSize = useStore((s) => s.sliceScale === 0);
  return (
    <IconButton
      icon={Ghost}
      label="Stripe voxels lost or gained compared with scale 0"
      pressed={showDifference && !atFullSize}
      disabled={atFullSize}
      onClick={() => setSliceOptions({ showDifference: !showDifference })}
    />
  );
}

/** Switches which side of the patient is on the left. */
function ConventionToggle() {
  const convention = useStore((s) => s.view.convention);
  const other = convention === "radiological" ? "neurological" : "radiological";
  const sides = convention === "radiological" ? "R | L" : "L | R";
  return (
    <button
      type="button"
      className="button slim"
      aria-label={`Convention: ${convention}, ${sides}. Switch to ${other}`}
      title={`${convention === "radiological" ? "Radiological view (patient right" : "Neurological view (patient left"} on the left). Switch to ${other}`}
      onClick={() => {
        setView({ convention: other });
        setPreference("convention", other);
      }}
    >
      <FlipHorizontal2 size={14} aria-hidden />
      <span className="convention">{sides}</span>
    </button>
  );
}
