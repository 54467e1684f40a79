/** Orientation cube of the 3D view: shows how the patient is turned and offers views from each side. */
import "./orientation-cube.css";
import type { Quaternion, Side } from "../../domain/geometry/orientation.ts";
import { cubeFaces, sideOf } from "./cube-faces.ts";

interface Props {
  /** Rotates the patient's axes (R, A, S) to the screen's (right, up, towards the viewer). */
  readonly rotation: Quaternion;
  readonly onPreset: (side: Side) => void;
}

/** Ordered in pairs of opposite sides. */
const BUTTONS: readonly { readonly side: Side; readonly name: string }[] = [
  { side: "A", name: "View from anterior" },
  { side: "P", name: "View from posterior" },
  { side: "R", name: "View from right" },
  { side: "L", name: "View from left" },
  { side: "S", name: "View from superior" },
  { side: "I", name: "View from inferior" },
];

/** Minimum `facing` at which a face's letter is readable. */
const LEGIBLE = 0.3;

/** Clicking a face of the cube looks from that side; the buttons do so for every side. */
export function OrientationCube({ rotation, onPreset }: Props) {
  const current = sideOf(rotation);
  return (
    <fieldset className="orientation-cube" aria-label="Orientation">
      <svg viewBox="-1.85 -1.85 3.7 3.7" aria-hidden="true">
        {cubeFaces(rotation).map(({ side, facing, matrix }) => (
          // Pointer shortcut for the buttons below.
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
