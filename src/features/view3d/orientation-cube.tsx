import "./orientation-cube.css";
import type { Quaternion, Side } from "../../domain/geometry/orientation.ts";
import { cubeFaces, sideOf } from "./cube-faces.ts";

interface Props {
  /** From the patient (R, A, S) to the screen (right, up, towards the viewer). */
  readonly rotation: Quaternion;
  readonly onPreset: (side: Side) => void;
}

/** Opposite sides stand together. */
const BUTTONS: readonly { readonly side: Side; readonly name: string }[] = [
  { side: "A", name: "View from anterior" },
  { side: "P", name: "View from posterior" },
  { side: "R", name: "View from right" },
  { side: "L", name: "View from left" },
  { side: "S", name: "View from superior" },
  { side: "I", name: "View from inferior" },
];

/** A letter on a face that is seen at a flatter angle cannot be read. */
const LEGIBLE = 0.3;

/**
 * How the patient lies in a 3D view. A click on a face of the cube looks from there; the buttons do so for
 * every side.
 */
export function OrientationCube({ rotation, onPreset }: Props) {
  const current = sideOf(rotation);
  return (
    <fieldset className="orientation-cube" aria-label="Orientation">
      <svg viewBox="-1.85 -1.85 3.7 3.7" aria-hidden="true">
        {cubeFaces(rotation).map(({ side, facing, matrix }) => (
          // Only a second way to the buttons below, for pointers.
          // biome-ignore lint/a11y/noStaticElementInteractions: see above
          <g key={side} transform={`matrix(${matrix.join(" ")})`} onClick={() => onPreset(side)}>
            <rect
              x="-1"
              y="-1"
              width="2"
              height="2"
              style={{ filter: `brightness(${0.55 + 0.45 * facing})` }}
            />
            {facing > LEGIBLE && <text dy="0.36em">{side}</text>}
          </g>
        ))}
      </svg>
      <div className="orientation-sides">
        {BUTTONS.map(({ side, name }) => (
          <button
            key={side}
            type="button"
            aria-label={name}
            title={name}
            aria-pressed={side === current}
            onClick={() => onPreset(side)}
          >
            {side}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
