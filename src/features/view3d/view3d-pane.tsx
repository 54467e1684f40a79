/** The 3D pane: gestures, keys, labels and controls. The image itself is on the canvas behind it. */
import { Maximize2, Minimize2, ScanSearch } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import type { Rect } from "../../base/rect.ts";
import { firstView } from "../../domain/geometry/camera.ts";
import { scaleBarOf } from "../../domain/geometry/scale-bar.ts";
import type { SolidCutName } from "../../domain/view/view-values.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { setCamera, setSolidCut, setTurning } from "../../state/actions/view3d-actions.ts";
import { shownBoxes } from "../../state/regions/visible-boxes.ts";
import { useStore } from "../../state/store.ts";
import type { Point } from "../../ui/controls/gesture-target.ts";
import { listenToGestures } from "../../ui/controls/gestures.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { capsOf, KEY_GROUPS, keyOf, type ScopedCommand } from "../../ui/keys.ts";
import { commandIn } from "../../ui/scoped-keys.ts";
import { OrientationCube } from "./orientation-cube.tsx";

interface Props {
  readonly rect: Rect;
  readonly maximised: boolean;
  readonly onMaximise: () => void;
}

const CUTS: readonly { readonly value: SolidCutName; readonly name: string }[] = [
  { value: "none", name: "No clipping" },
  { value: "octant", name: "Clip at all three slices" },
  { value: "axial", name: "Clip at the axial slice" },
  { value: "coronal", name: "Clip at the coronal slice" },
  { value: "sagittal", name: "Clip at the sagittal slice" },
];

/** A press that moves less than this is a click. */
const CLICK_PX = 4;
/** Milliseconds after the last wheel event until the view is drawn at full resolution again. */
const REST_MS = 180;
const KEY_TURN_PX = 24;
const KEY_PAN_PX = 24;
const KEY_ZOOM = 1.25;

/** Keys listed for screen-reader users: "Turn: ← → ↑ ↓. Zoom: + −." */
const SAID_KEYS = KEY_GROUPS.filter(({ scope }) => scope === "solid")
  .flatMap(({ entries }) => entries.filter(({ keys }) => keys))
  .map((entry) => `${entry.does}: ${capsOf(entry).join(" ")}.`)
  .join(" ");

const middleOf = ({ x, y, width, height }: Rect) => [x + width / 2, y + height / 2] as const;

export function SolidPane({ rect, maximised, onMaximise }: Props) {
  const { solid } = useCommands();
  const pane = useRef<HTMLDivElement>(null);
  const grid = useStore((s) => (s.openCase ? sourceGrid(s.openCase.source) : null));
  const stored = useStore((s) => s.camera);
  const cut = useStore((s) => s.solidCut);
  const camera = useMemo(
    () =>
      stored ??
      (grid ? firstView(grid, { first: [0, 0, 0], shape: grid.shape }, [rect.width, rect.height]) : null),
    [stored, grid, rect.width, rect.height],
  );
  const canFit = useStore((s) => shownBoxes(s).length > 0);
  const corner = useRef<Point>(rect);
  useEffect(() => {
    corner.current = rect;
  }, [rect]);

  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const onCanvas = ({ x, y }: Point) => [x + corner.current.x, y + corner.current.y] as const;
    let travelPx = 0;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const rest = (ms: number) => {
      clearTimeout(resting);
      resting = setTimeout(() => setTurning(false), ms);
    };
    const stop = listenToGestures(element, {
      tool: () => "crosshair",
      begin: () => {
        travelPx = 0;
        clearTimeout(resting);
      },
      drag: (gesture, at, dx, dy) => {
        travelPx += Math.hypot(dx, dy);
        if (travelPx < CLICK_PX) return;
        setTurning(true);
        if (gesture === "pan") solid.panBy(dx, dy);
        else if (gesture === "window") solid.zoomAt(...onCanvas(at), Math.exp(-dy / 150));
        else solid.turnBy(dx, dy);
      },
      end: (gesture, at) => {
        if (travelPx < CLICK_PX && gesture === "crosshair") {
          solid.pick(...onCanvas(at)).catch(() => undefined);
        }
        rest(0);
      },
      hover: () => undefined,
      step: (slices, at) => {
        setTurning(true);
        solid.zoomAt(...onCanvas(at), 1.12 ** slices);
        rest(REST_MS);
      },
      zoom: (at, factor) => {
        setTurning(true);
        solid.zoomAt(...onCanvas(at), factor);
        rest(REST_MS);
      },
      doubleClick: () => onMaximise(),
    });
    return () => {
      stop();
      clearTimeout(resting);
      setTurning(false);
    };
  }, [solid, onMaximise]);

  const acts: Readonly<Record<ScopedCommand<"solid">, () => void>> = {
    "solid-turn-left": () => solid.turnBy(-KEY_TURN_PX, 0),
    "solid-turn-right": () => solid.turnBy(KEY_TURN_PX, 0),
    "solid-turn-up": () => solid.turnBy(0, -KEY_TURN_PX),
    "solid-turn-down": () => solid.turnBy(0, KEY_TURN_PX),
    "solid-pan-left": () => solid.panBy(-KEY_PAN_PX, 0),
    "solid-pan-right": () => solid.panBy(KEY_PAN_PX, 0),
    "solid-pan-up": () => solid.panBy(0, -KEY_PAN_PX),
    "solid-pan-down": () => solid.panBy(0, KEY_PAN_PX),
    "solid-zoom-in": () => solid.zoomAt(...middleOf(rect), KEY_ZOOM),
    "solid-zoom-out": () => solid.zoomAt(...middleOf(rect), 1 / KEY_ZOOM),
    // Pressed again, it zooms in on the shown regions.
    "solid-whole": () => (stored === null ? solid.fitShown() : setCamera(null)),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandIn("solid", event.nativeEvent);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    acts[command]();
  };

  const bar = camera
    ? scaleBarOf(Math.min(rect.width, rect.height) / camera.spanMm, Math.min(120, rect.width / 3))
    : null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      className="pane on-picture"
      role="group"
      aria-label="3D"
      style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
    >
      <div
        ref={pane}
        className="solid-surface"
        role="application"
        aria-label={`3D view. ${SAID_KEYS}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus and its own keys
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
      <p className="pane-title">
        <b>3D</b>
      </p>
      {bar ? (
        <span className="scale-bar" role="img" aria-label={`Scale: ${bar.text}`}>
          <i style={{ width: bar.px }} />
          {bar.text}
        </span>
      ) : null}
      <div className="solid-controls">
        <IconButton
          icon={ScanSearch}
          label={`Fit the shown regions (${keyOf("solid-whole")} twice)`}
          disabled={!canFit}
          onClick={() => solid.fitShown()}
        />
        {camera ? (
          <OrientationCube rotation={camera.rotation} onPreset={(side) => solid.lookFrom(side)} />
        ) : null}
      </div>
      <select
        className="solid-cut"
        aria-label="Clipping of the 3D view"
        value={cut}
        onChange={(event) => {
          const next = CUTS.find(({ value }) => value === event.target.value)?.value;
          if (next) setSolidCut(next);
        }}
      >
        {CUTS.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <IconButton
        className="pane-button"
        icon={maximised ? Minimize2 : Maximize2}
        label={maximised ? "Show all panes" : "Maximise 3D"}
        onClick={onMaximise}
      />
    </div>
  );
}
