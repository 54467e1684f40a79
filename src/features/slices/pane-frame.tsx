/** Text and controls over a pane: name, slice, orientation letters, scale bar and maximise button. */
import { Maximize2, Minimize2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Rect } from "../../base/rect.ts";
import { type Plane, planeAxes } from "../../domain/geometry/grid.ts";
import { obliqueDegrees, trueLetters } from "../../domain/geometry/oblique.ts";
import { scaleBarOf } from "../../domain/geometry/scale-bar.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { useStore } from "../../state/store.ts";
import { fittedPxPerMm, sliceOf } from "../../state/view/initial-view.ts";
import { PLANE_NAMES } from "../../state/view/view-names.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { sliceField } from "../typed-values/lazy.tsx";
import { letterOffsets } from "./letter-places.ts";

const SIDES = ["top", "left", "right", "bottom"] as const;

interface Props {
  readonly plane: Plane;
  readonly rect: Rect;
  /** Replaces the plane's name. */
  readonly title?: string;
  /** The pane that keys act on. */
  readonly active: boolean;
  readonly maximised?: boolean;
  readonly onMaximise?: () => void;
  readonly children?: ReactNode;
}

export function PaneFrame({ plane, rect, title, active, maximised, onMaximise, children }: Props) {
  const grid = useStore((s) => (s.openCase ? sourceGrid(s.openCase.source) : null));
  const view = useStore((s) => s.view);
  const planes = useStore((s) => s.planes);
  if (!grid) return null;
  const letters = trueLetters(grid, planeAxes(grid, plane, view.convention));
  const oblique = obliqueDegrees(grid);
  const { slice, last } = sliceOf(grid, plane, view.voxel);
  const bar = scaleBarOf(fittedPxPerMm(grid, plane, rect, planes.zoom), Math.min(120, rect.width / 3));
  const [across, down] = letterOffsets({ grid, plane, rect, view, planes });
  const name = title ?? PLANE_NAMES[plane];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      className="pane on-picture"
      role="group"
      aria-label={name}
      data-active={active || undefined}
      style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
    >
      <p className="pane-title">
        <b>{name}</b>{" "}
        <span className="typed">
          {slice}
          <sliceField.View plane={plane} label={title ? `Slice of ${title}` : `Slice, ${plane}`} />
        </span>
        /{last}
        {oblique > 0 ? (
          <small title="Oblique scan: slices are shown as stored, without resampling; the letters give the anatomical direction of each edge.">
            oblique {Math.round(oblique)}°, on the voxel grid
          </small>
        ) : null}
      </p>
      {SIDES.map((side) => (
        <span
          key={side}
          className={`letter letter-${side}`}
          style={{ translate: side === "top" || side === "bottom" ? `${across}px` : `0 ${down}px` }}
        >
          {letters[side]}
        </span>
      ))}
      {bar ? (
        <span className="scale-bar" role="img" aria-label={`Scale bar: ${bar.text}`}>
          <i style={{ width: bar.px }} />
          {bar.text}
        </span>
      ) : null}
      {onMaximise ? (
        <IconButton
          className="pane-button"
          icon={maximised ? Minimize2 : Maximize2}
          label={maximised ? "Show all panes" : `Maximise ${name.toLowerCase()}`}
          onClick={onMaximise}
        />
      ) : null}
      {children}
    </div>
  );
}
