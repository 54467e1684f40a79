/** The 3D pane: gestures, keys, labels and controls. The image itself is on the canvas behind it. */
import { Maximize2, Minimize2, ScanSearch } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import type { Rect } from "../../base/rect.ts";
import { firstView } from "../../domain/geometry/camera.ts";
import { scaleBarOf } from "../../domain/geometry/scale-bar.ts";
import type { ClipMode } from "../../domain/view/view-values.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { PictureClicks } from "../../state/actions/picture-clicks.ts";
import { setCamera, setClipMode, setInteracting } from "../../state/actions/view3d-actions.ts";
import { selectRows } from "../../state/regions/region-rows.ts";
import { regionsUnder } from "../../state/regions/regions-under.ts";
import { shownBoxes } from "../../state/regions/visible-boxes.ts";
import type { View3dStage } from "../../state/slices/view3d-slice.ts";
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

const CLIP_MODES: readonly { readonly value: ClipMode; readonly name: string }[] = [
  { value: "none", name: "No clipping" },
  { value: "octant", name: "Clip at all three slices" },
  { value: "axial", name: "Clip at the axial slice" },
  { value: "coronal", name: "Clip at the coronal slice" },
  { value: "sagittal", name: "Clip at the sagittal slice" },
];

/** Says what the pane waits for. */
const STAGES: Readonly<Record<Exclude<View3dStage, "shown">, string>> = {
  building: "Building the 3D view…",
  drawing: "Drawing the surfaces…",
  failed: "The 3D view cannot be drawn.",
};

/** A press that moves less than this turns nothing, as it may be a click. */
const CLICK_PX = 4;
/** Milliseconds after the last wheel event until the view is drawn at full resolution again. */
const REST_MS = 180;
const KEY_TURN_PX = 24;
const KEY_PAN_PX = 24;
const KEY_ZOOM = 1.25;

/** Keys listed for screen-reader users: "Turn: ← → ↑ ↓. Zoom: + −." */
const KEYS_TEXT = KEY_GROUPS.filter(({ scope }) => scope === "view3d")
  .flatMap(({ entries }) => entries.filter(({ keys }) => keys))
  .map((entry) => `${entry.does}: ${capsOf(entry).join(" ")}.`)
  .join(" ");

const middleOf = ({ x, y, width, height }: Rect) => [x + width / 2, y + height / 2] as const;

export function View3dPane({ rect, maximised, onMaximise }: Props) {
  const { view3d } = useCommands();
  const pane = useRef<HTMLDivElement>(null);
  const grid = useStore((s) => (s.openCase ? sourceGrid(s.openCase.source) : null));
  const stored = useStore((s) => s.camera);
  const clipMode = useStore((s) => s.clipMode);
  const camera = useMemo(
    () =>
      stored ??
      (grid ? firstView(grid, { first: [0, 0, 0], shape: grid.shape }, [rect.width, rect.height]) : null),
    [stored, grid, rect.width, rect.height],
  );
  const stage = useStore((s) => s.view3dStage);
  const onlyOpaque = useStore((s) => s.view3dOnlyOpaque);
  const isEmpty = useStore((s) => selectRows(s).length === 0);
  const canFit = useStore((s) => shownBoxes(s).length > 0);
  const corner = useRef<Point>(rect);
  useEffect(() => {
    corner.current = rect;
  }, [rect]);

  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const onCanvas = ({ x, y }: Point) => [x + corner.current.x, y + corner.current.y] as const;
    const clicks = new PictureClicks();
    let picked = Promise.resolve();
    let draggedPx = 0;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const rest = (ms: number) => {
      clearTimeout(resting);
      resting = setTimeout(() => setInteracting(false), ms);
    };
    const stop = listenToGestures(element, {
      tool: () => "crosshair",
      begin: () => {
        clicks.press();
        draggedPx = 0;
        clearTimeout(resting);
      },
      drag: (gesture, at, dx, dy) => {
        draggedPx += Math.hypot(dx, dy);
        if (draggedPx < CLICK_PX) return;
        setInteracting(true);
        if (gesture === "pan") view3d.panBy(dx, dy);
        else if (gesture === "window") view3d.zoomAt(...onCanvas(at), Math.exp(-dy / 150));
        else view3d.turnBy(dx, dy);
      },
      end: () => rest(0),
      click: (at, count) => {
        if (count > 1) return;
        picked = view3d.pick(...onCanvas(at)).then(
          (voxel) => {
            const state = useStore.getState();
            if (voxel) clicks.select(at, regionsUnder(state, voxel, state.sliceScale));
          },
          () => undefined,
        );
      },
      hover: () => undefined,
      step: (slices, at) => {
        setInteracting(true);
        view3d.zoomAt(...onCanvas(at), 1.12 ** slices);
        rest(REST_MS);
      },
      zoom: (at, factor) => {
        setInteracting(true);
        view3d.zoomAt(...onCanvas(at), factor);
        rest(REST_MS);
      },
      doubleClick: () => {
        // The surface of the first click may not have been found yet.
        const takeBack = () => clicks.takeBack();
        picked.then(takeBack, takeBack);
        onMaximise();
      },
    });
    return () => {
      stop();
      clearTimeout(resting);
      setInteracting(false);
    };
  }, [view3d, onMaximise]);

  const acts: Readonly<Record<ScopedCommand<"view3d">, () => void>> = {
    "view3d-turn-left": () => view3d.turnBy(-KEY_TURN_PX, 0),
    "view3d-turn-right": () => view3d.turnBy(KEY_TURN_PX, 0),
    "view3d-turn-up": () => view3d.turnBy(0, -KEY_TURN_PX),
    "view3d-turn-down": () => view3d.turnBy(0, KEY_TURN_PX),
    "view3d-pan-left": () => view3d.panBy(-KEY_PAN_PX, 0),
    "view3d-pan-right": () => view3d.panBy(KEY_PAN_PX, 0),
    "view3d-pan-up": () => view3d.panBy(0, -KEY_PAN_PX),
    "view3d-pan-down": () => view3d.panBy(0, KEY_PAN_PX),
    "view3d-zoom-in": () => view3d.zoomAt(...middleOf(rect), KEY_ZOOM),
    "view3d-zoom-out": () => view3d.zoomAt(...middleOf(rect), 1 / KEY_ZOOM),
    // Pressed again, it zooms in on the shown regions.
    "view3d-whole": () => (stored === null ? view3d.fitShown() : setCamera(null)),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandIn("view3d", event.nativeEvent);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    acts[command]();
  };

  const bar = camera
    ? scaleBarOf(Math.min(rect.width, rect.height) / camera.spanMm, Math.min(120, rect.width / 3))
    : null;
  const place = { left: rect.x, top: rect.y, width: rect.width, height: rect.height };
  return (
    <>
      {stage === "shown" && !isEmpty ? null : (
        <p className="view3d-stage on-picture" role="status" style={place}>
          {stage === "shown" ? "No region is shown." : STAGES[stage]}
        </p>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div className="pane on-picture" role="group" aria-label="3D" style={place}>
        <div
          ref={pane}
          className="view3d-surface"
          role="application"
          aria-label={`3D view. ${KEYS_TEXT}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus and its own keys
          tabIndex={0}
          onKeyDown={onKeyDown}
        />
        <p className="pane-title">
          <b>3D</b>
          {onlyOpaque ? <OnlyOpaque /> : null}
        </p>
        {bar && stage === "shown" ? (
          <span className="scale-bar" role="img" aria-label={`Scale bar: ${bar.text}`}>
            <i style={{ width: bar.px }} />
            {bar.text}
          </span>
        ) : null}
        <div className="view3d-controls">
          <IconButton
            icon={ScanSearch}
            label={`Fit the shown regions (${keyOf("view3d-whole")} twice)`}
            disabled={!canFit}
            onClick={() => view3d.fitShown()}
          />
          {camera ? (
            <OrientationCube rotation={camera.rotation} onPreset={(side) => view3d.lookFrom(side)} />
          ) : null}
        </div>
        <select
          className="view3d-clip"
          aria-label="Clipping of the 3D view"
          value={clipMode}
          onChange={(event) => {
            const next = CLIP_MODES.find(({ value }) => value === event.target.value)?.value;
            if (next) setClipMode(next);
          }}
        >
          {CLIP_MODES.map(({ value, name }) => (
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
    </>
  );
}

function OnlyOpaque() {
  const why = "The voxels lie in several GPU buffers, so no region can be drawn transparent.";
  return (
    <span className="view3d-opaque" title={why}>
      {" "}
      all opaque
    </span>
  );
}
