/** List of the regions at the probed voxel that have no room in the bar. */
import { Popover } from "@base-ui/react/popover";
import { selectRegion } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { chipTitle, type HeldRegion, scalesText } from "./held-regions.ts";

export function HeldRest({ rest }: { readonly rest: readonly HeldRegion[] }) {
  const selected = useStore((s) => s.selectedRegion);
  return (
    <ul className="holding-rest">
      {rest.map((held) => (
        <li key={held.row.name}>
          <Popover.Close
            className="chip"
            style={{ borderColor: held.row.hex }}
            title={chipTitle(held)}
            aria-pressed={selected === held.row.name}
            onClick={(event) => {
              if (!event.defaultPrevented) selectRegion(held.row.name);
            }}
          >
            <span>{held.row.name}</span>
          </Popover.Close>
          <small>{scalesText(held.scales)}</small>
        </li>
      ))}
    </ul>
  );
}
