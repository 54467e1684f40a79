/** Legend of the slice layouts: what colours mean, and how each shown region is drawn, topmost first. */
import { Popover } from "@base-ui/react/popover";
import { ArrowUpToLine, Layers } from "lucide-react";
import { useRef } from "react";
import type { RegionDrawing } from "../../domain/view/view-values.ts";
import { MAX_OUTLINE_PX } from "../../domain/view/view-values.ts";
import { seeInside } from "../../state/actions/see-inside-actions.ts";
import { resetStyles, setSliceOptions, setStyle, toggleFront } from "../../state/actions/slices-actions.ts";
import { selectLegendLabels } from "../../state/regions/label-colors.ts";
import { type RegionLayer, selectLayers } from "../../state/regions/layer-selectors.ts";
import { seesInside, selectContainers } from "../../state/regions/see-inside.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { ColorsControls } from "./colors-controls.tsx";
import { LegendLabels } from "./legend-labels.tsx";

const DRAWINGS: readonly { readonly value: RegionDrawing; readonly name: string }[] = [
  { value: "both", name: "Fill and outline" },
  { value: "fill", name: "Fill" },
  { value: "outline", name: "Outline" },
  { value: "hatch", name: "Hatch" },
];

export function LayersMenu() {
  const layers = useStore(selectLayers);
  const labels = useStore(selectLegendLabels);
  const own = useStore((s) => s.styles.size + s.frontRegions.length);
  const outlinePx = useStore((s) => s.outlinePx);
  const is3d = useStore((s) => s.activeView === "planes");
  const trigger = useRef<HTMLButtonElement>(null);
  /** At the left edge of the page, below the toolbar: over the list of regions, not over what it changes. */
  const anchor = {
    getBoundingClientRect: () => {
      const { y, height } = trigger.current?.getBoundingClientRect() ?? new DOMRect();
      return new DOMRect(0, y, 0, height);
    },
  };
  return (
    <Popover.Root>
      <Popover.Trigger
        ref={trigger}
        className="button slim"
        aria-label="Legend and styles"
        title="Legend: how each region is drawn"
      >
        <Layers size={14} aria-hidden />
        <span className="toolbar-wide">Legend</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" anchor={anchor} sideOffset={6} align="start">
          <Popover.Popup className="popup layers-popup">
            <Popover.Title className="visually-hidden">Legend and styles</Popover.Title>
            <ColorsControls />
            <div className="legend-lists">
              {is3d ? (
                <p className="legend-note">
                  Surfaces in 3D follow colour and opacity. Fill, outline and hatch are of slices.
                </p>
              ) : null}
              {labels ? <LegendLabels labels={labels} /> : null}
              <h3 className="list-title">
                {labels ? "Drawing order (top first), outlines in one colour" : "Drawing order (top first)"}
              </h3>
              <ul className="layers">
                {layers.toReversed().map((layer) => (
                  <LayerLine key={layer.name} layer={layer} plain={labels !== null} />
                ))}
              </ul>
            </div>
            <div className="layers-foot">
              <label className="slider">
                <span>Outline {outlinePx} px</span>
                <input
                  type="range"
                  min={1}
                  max={MAX_OUTLINE_PX}
                  aria-label="Outline width"
                  aria-valuetext={`${outlinePx} px`}
                  value={outlinePx}
                  onChange={(event) => setSliceOptions({ outlinePx: Number(event.target.value) })}
                />
              </label>
              <SeeInside />
              <button type="button" className="button slim" disabled={own === 0} onClick={resetStyles}>
                Reset styles
              </button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Looks for regions that contain others, which the closed legend need not. */
function SeeInside() {
  const hasInside = useStore((s) => selectContainers(s).length > 0);
  const inside = useStore(seesInside);
  return (
    <button
      type="button"
      className="button slim"
      aria-pressed={inside}
      disabled={!hasInside}
      title={
        hasInside
          ? "Makes regions that contain other shown regions transparent, in slices and in 3D"
          : "No shown region contains another by its labels"
      }
      onClick={seeInside}
    >
      See inside
    </button>
  );
}

/** @param plain omits the region's colour because nothing is drawn in it */
function LayerLine({ layer, plain }: { readonly layer: RegionLayer; readonly plain: boolean }) {
  const { name, hex, style } = layer;
  const frontRegions = useStore((s) => s.frontRegions.includes(name));
  return (
    <li>
      <i
        className="swatch"
        data-drawing={style.drawing}
        style={
          plain ? { background: "var(--muted)", color: "var(--muted)" } : { background: hex, color: hex }
        }
      />
      <span className="legend-name" title={name}>
        {name}
      </span>
      <select
        aria-label={`${name}: drawing style`}
        value={style.drawing}
        onChange={(event) => {
          const drawing = DRAWINGS.find(({ value }) => value === event.target.value)?.value;
          if (drawing) setStyle(name, { drawing });
        }}
      >
        {DRAWINGS.map((drawing) => (
          <option key={drawing.value} value={drawing.value}>
            {drawing.name}
          </option>
        ))}
      </select>
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        aria-label={`${name}: opacity`}
        aria-valuetext={`${Math.round(100 * style.opacity)} %`}
        title="Opacity"
        value={style.opacity}
        onChange={(event) => setStyle(name, { opacity: Number(event.target.value) })}
      />
      <IconButton
        icon={ArrowUpToLine}
        label={`Bring ${name} to front`}
        pressed={frontRegions}
        onClick={() => toggleFront(name)}
      />
    </li>
  );
}
