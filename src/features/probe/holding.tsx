/** The regions of the probed voxel, as chips; those without room are behind a button that counts them. */
import { Popover } from "@base-ui/react/popover";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { selectRegion } from "../../state/actions/view-actions.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { chipTitle, type HeldRegion, heldRegions, scalesText, shownScale } from "./held-regions.ts";
import { heldRest } from "./lazy.ts";
import type { Probe } from "./probe-selectors.ts";

interface Props {
  readonly probe: Probe;
  readonly rows: readonly RegionRow[];
}

export function Holding({ probe, rows }: Props) {
  const selected = useStore((s) => s.selectedRegion);
  const shown = useStore(shownScale);
  const here = useMemo(() => heldRegions(rows, probe, shown), [probe, rows, shown]);
  const chips = useRef<HTMLSpanElement>(null);
  const fits = useFits(chips, here);
  if (here.length === 0) return <span className="fact stretch">not in any region, at any scale</span>;
  const rest = here.slice(fits);
  return (
    <span className="holding stretch">
      <span className="fact">in</span>
      <span className="holding-chips" ref={chips}>
        {here.map((held, i) => (
          <button
            key={held.row.name}
            type="button"
            className="chip"
            style={{ borderColor: held.row.hex, visibility: i < fits ? undefined : "hidden" }}
            title={chipTitle(held)}
            aria-pressed={selected === held.row.name}
            onClick={(event) => {
              // Picking labels prevents it.
              if (!event.defaultPrevented) selectRegion(held.row.name);
            }}
          >
            <span>{held.row.name}</span>
            {held.scales.includes(false) ? <small> {scalesText(held.scales)}</small> : null}
          </button>
        ))}
      </span>
      {rest.length > 0 ? <More rest={rest} /> : null}
    </span>
  );
}

function More({ rest }: { readonly rest: readonly HeldRegion[] }) {
  return (
    <Popover.Root>
      <Popover.Trigger
        className="link holding-more"
        aria-label={`${rest.length} more at this voxel`}
        title={`More at this voxel: ${rest.map(({ row }) => row.name).join(", ")}`}
      >
        +{rest.length}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" side="top" sideOffset={6} align="end">
          <Popover.Popup className="popup facts">
            <Popover.Title className="facts-title">More at this voxel</Popover.Title>
            <heldRest.View rest={rest} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Room for the button that counts the rest, in CSS px. */
const MORE_PX = 44;

/** How many chips have room; at least one, whose name is cut if it must be. */
function useFits(chips: { readonly current: HTMLElement | null }, here: readonly HeldRegion[]): number {
  const [fits, setFits] = useState(here.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other regions have other widths
  useLayoutEffect(() => {
    const list = chips.current;
    const bar = list?.parentElement;
    if (!list || !bar) return;
    const measure = () => {
      const { left } = list.getBoundingClientRect();
      const room = bar.getBoundingClientRect().right - left;
      const ends = [...list.children].map((chip) => chip.getBoundingClientRect().right - left);
      const all = (ends.at(-1) ?? 0) <= room;
      setFits(all ? ends.length : Math.max(1, ends.filter((end) => end <= room - MORE_PX).length));
    };
    // Called before the next paint too: measuring right here would lay out the page an extra time.
    const watch = new ResizeObserver(() => flushSync(measure));
    watch.observe(bar);
    return () => watch.disconnect();
  }, [chips, here]);
  return fits;
}
