/**
 * Popup for how the image is drawn: its grey window, with a histogram, fields, limits and presets, and
 * whether it is interpolated.
 */
import { useMemo } from "react";
import { formatGrey } from "../../base/format-numbers.ts";
import { fullRange, initialWindow, isCt } from "../../domain/view/initial-window.ts";
import { MIN_WINDOW, type WindowLevel } from "../../domain/view/view-values.ts";
import { histogramOf } from "../../domain/volume/histogram.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import { setView, setWindow } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { keyOf } from "../../ui/keys.ts";
import { WindowFields } from "../typed-values/window-fields.tsx";
import "./window-popup.css";

const CT_PRESETS: readonly { readonly name: string; readonly window: WindowLevel }[] = [
  { name: "Soft tissue", window: { level: 40, width: 400 } },
  { name: "Bone", window: { level: 400, width: 1800 } },
  { name: "Lung", window: { level: -600, width: 1500 } },
  { name: "Brain", window: { level: 40, width: 80 } },
];

const BINS = 120;
const HEIGHT = 64;
/** Number of slider steps across the image's range. */
const STEPS = 400;

export function WindowPopup() {
  const image = useStore((s) => s.openCase?.image ?? null);
  return image ? <Window image={image} /> : null;
}

function Window({ image }: { readonly image: ImageVolume }) {
  const { level, width } = useStore((s) => s.view.window);
  const interpolated = useStore((s) => s.view.interpolated);
  const definition = useStore((s) => s.definition);
  const presets = [
    ...(isCt(definition, image) ? CT_PRESETS : [{ name: "Automatic", window: initialWindow(image, false) }]),
    { name: "Full range", window: fullRange(image) },
  ];
  const [low, high] = [level - width / 2, level + width / 2];
  const span = Math.max(image.max - image.min, MIN_WINDOW);
  const ends = (from: number, to: number) =>
    setWindow({ level: (from + to) / 2, width: Math.max(to - from, span / STEPS) });
  return (
    <div className="window-popup">
      <WindowFields />
      <Bars image={image} low={low} high={high} />
      <End
        name="Lower (black)"
        value={low}
        image={image}
        onChange={(value) => ends(Math.min(value, high - span / STEPS), high)}
      />
      <End
        name="Upper (white)"
        value={high}
        image={image}
        onChange={(value) => ends(low, Math.max(value, low + span / STEPS))}
      />
      <label className="window-interpolated" title="Regions are never interpolated">
        <input
          type="checkbox"
          checked={interpolated}
          onChange={(event) => setView({ interpolated: event.target.checked })}
        />
        <span>Interpolate the image between voxels</span>
        <kbd>{keyOf("interpolate")}</kbd>
      </label>
      <ul className="window-presets">
        {presets.map((preset) => (
          <li key={preset.name}>
            <button
              type="button"
              className="menu-item"
              aria-pressed={preset.window.level === level && preset.window.width === width}
              onClick={() => setWindow(preset.window)}
            >
              <span>{preset.name}</span>
              <small>
                W {formatGrey(preset.window.width, preset.window.width)} L{" "}
                {formatGrey(preset.window.level, preset.window.width)}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Uses a logarithmic scale, because otherwise air would dwarf everything else. */
function Bars({
  image,
  low,
  high,
}: {
  readonly image: ImageVolume;
  readonly low: number;
  readonly high: number;
}) {
  const { counts, min, max } = useMemo(() => histogramOf(image, BINS), [image]);
  const most = Math.log1p(Math.max(1, ...counts));
  const bars = [...counts].map((count, bin) => {
    const height = (Math.log1p(count) / most) * HEIGHT;
    return `M${bin} ${HEIGHT}v${-height.toFixed(2)}h1v${height.toFixed(2)}z`;
  });
  const span = Math.max(max - min, MIN_WINDOW);
  const at = (value: number) => Math.min(BINS, Math.max(0, ((value - min) / span) * BINS));
  return (
    <svg
      className="histogram"
      viewBox={`0 0 ${BINS} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Histogram of the image from ${formatGrey(min, span)} to ${formatGrey(max, span)}, logarithmic`}
    >
      <rect
        className="histogram-window"
        x={at(low)}
        y={0}
        width={Math.max(0.5, at(high) - at(low))}
        height={HEIGHT}
      />
      <path d={bars.join("")} />
    </svg>
  );
}

interface EndProps {
  readonly name: string;
  readonly value: number;
  readonly image: ImageVolume;
  readonly onChange: (value: number) => void;
}

function End({ name, value, image: { min, max }, onChange }: EndProps) {
  const width = useStore((s) => s.view.window.width);
  const shown = formatGrey(value, width);
  return (
    <label className="window-end">
      <span>{name}</span>
      <input
        type="range"
        min={min}
        max={max}
        step={Math.max(max - min, MIN_WINDOW) / STEPS}
        aria-label={name}
        aria-valuetext={shown}
        value={Math.min(max, Math.max(min, value))}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <b>{shown}</b>
    </label>
  );
}
