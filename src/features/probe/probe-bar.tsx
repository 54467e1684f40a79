/**
 * Bar at the bottom of the page with facts about the voxel under the pointer, otherwise under the crosshair.
 */
import { ChevronDown, ChevronUp } from "lucide-react";
import { formatMm, formatValue } from "../../base/format-numbers.ts";
import { axisLetters } from "../../domain/geometry/grid.ts";
import { togglePanel } from "../../state/actions/view-actions.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { AriaApplication } from "../../ui/controls/aria-application.tsx";
import { rulersMenu } from "../ruler/lazy.tsx";
import { gridFact } from "../training-grid/lazy.tsx";
import { copyPosition, positionField, voxelField } from "../typed-values/lazy.tsx";
import { Holding } from "./holding.tsx";
import { bitStrip } from "./lazy.ts";
import { type Probe, selectProbe, selectProbeWidths } from "./probe-selectors.ts";
import { ReaderFact } from "./reader-fact.tsx";

export function ProbeBar() {
  const probe = useStore(selectProbe);
  const rows = useStore(selectRegionRows);
  const open = useStore((s) => s.panels.bits);
  const measured = useStore((s) => s.rulers.length > 0);
  if (!probe) return null;
  return (
    <footer className="probe">
      {/* Above the line, so that the line and its button stay under the pointer. */}
      {open ? (
        <div className="probe-bits">
          <AriaApplication>
            <bitStrip.View probe={probe} rows={rows} />
          </AriaApplication>
        </div>
      ) : null}
      {/* A drag selects facts to be copied; a double click is not meant for words. */}
      <section
        className="probe-line"
        aria-label="Probe"
        onMouseDown={(event) => {
          if (event.detail > 1 && !(event.target instanceof HTMLInputElement)) event.preventDefault();
        }}
      >
        <Facts probe={probe} />
        <Holding probe={probe} rows={rows} />
        {measured ? <rulersMenu.View /> : null}
        <button
          type="button"
          className="link probe-toggle"
          aria-expanded={open}
          onClick={() => togglePanel("bits")}
        >
          Bits {open ? <ChevronDown size={14} aria-hidden /> : <ChevronUp size={14} aria-hidden />}
        </button>
      </section>
    </footer>
  );
}

function Facts({ probe }: { readonly probe: Probe }) {
  const channel = useStore((s) => s.definition?.channelNames[0] ?? "Image");
  // Array order, as in the plans and scales: z, y, x of the file unless the plans transpose axes.
  const transpose = useStore((s) => s.openCase?.transpose);
  const widths = useStore(selectProbeWidths);
  return (
    <>
      <span
        className="fact"
        title="Voxel indices in this order, counted from 0 as in NumPy; slice numbers count alike"
      >
        <span className="probe-whose">{probe.hovering ? "Pointer" : "Crosshair"}</span>{" "}
        <span className="typed">
          <b style={{ minWidth: `${widths.voxel}ch` }}>{probe.voxel.join(", ")}</b>
          <voxelField.View />
        </span>{" "}
        <small>{transpose ? axisLetters(transpose).join(" ") : null}</small>
      </span>
      <span className="fact">
        mm{" "}
        <span className="typed">
          <b style={{ minWidth: `${widths.mm}ch` }}>{probe.mm.map(formatMm).join(", ")}</b>
          <positionField.View />
        </span>{" "}
        <small>RAS</small>
        <copyPosition.View mm={probe.mm} />
      </span>
      <ReaderFact />
      <gridFact.View />
      {probe.label === null ? null : (
        <span className="fact">
          Label <b style={{ minWidth: `${widths.label}ch` }}>{formatValue(probe.label)}</b>{" "}
          <b className="fact-name" style={{ width: `${widths.name}ch` }} title={probe.labelName ?? undefined}>
            {probe.labelName}
          </b>
        </span>
      )}
      {probe.imageValue === null ? null : (
        <span className="fact">
          {channel}{" "}
          <b className="fact-image">
            {Number.isNaN(probe.imageValue) ? "not a number" : formatValue(probe.imageValue)}
          </b>
          {channel.toLowerCase() === "ct" && !Number.isNaN(probe.imageValue) ? " HU" : ""}
        </span>
      )}
    </>
  );
}
