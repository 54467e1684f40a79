/** The region's swatch, which opens the browser's colour picker. */
import { useEffect, useRef, useState } from "react";
import type { Rgb } from "../../base/oklab.ts";
import { colorChosen } from "../../state/actions/edit-actions.ts";

interface Props {
  readonly name: string;
  readonly hex: string;
}

/** Adds one step to the history however long the picker stays open. */
export function ColorField({ name, hex }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    const element = input.current;
    // React's onChange fires for every movement in the picker; this event fires once it closes.
    const chosen = () => {
      setShown(null);
      if (element) colorChosen(name, rgbOf(element.value));
    };
    element?.addEventListener("change", chosen);
    return () => element?.removeEventListener("change", chosen);
  }, [name]);
  return (
    <input
      ref={input}
      type="color"
      className="color-field"
      aria-label={`Colour of ${name}`}
      title={`Colour of ${name} (not stored in dataset.json)`}
      value={shown ?? hex}
      onChange={(event) => setShown(event.target.value)}
    />
  );
}

function rgbOf(hex: string): Rgb {
  const n = Number.parseInt(hex.slice(1), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}
