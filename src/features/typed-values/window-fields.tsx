/** Fields for width and level of the grey window. */
import { typedLevel, typedWindow } from "../../domain/view/typed-values.ts";
import { setWindow } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { TypedField } from "./typed-field.tsx";

/** Enough to type a shown value again and get the same picture. */
const DIGITS = 6;

export function WindowFields() {
  const { level, width } = useStore((s) => s.view.window);
  return (
    <div className="window-fields">
      <label htmlFor="window-width">Window</label>
      <TypedField
        id="window-width"
        className="field"
        label="Window"
        title="Width of the grey values between black and white, greater than 0"
        value={textOf(width)}
        read={typedWindow}
        onValue={(typed) => setWindow({ level, width: typed })}
      />
      <label htmlFor="window-level">Level</label>
      <TypedField
        id="window-level"
        className="field"
        label="Level"
        title="Grey value in the middle, drawn mid-grey: any number"
        value={textOf(level)}
        read={typedLevel}
        onValue={(typed) => setWindow({ level: typed, width })}
      />
    </div>
  );
}

function textOf(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}
