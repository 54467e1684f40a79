/**
 * Says in which slices the region of a grid row lies while the grid's slice is none of them, and goes there.
 */
import { ArrowRight } from "lucide-react";
import { memo } from "react";
import { goToRegion } from "../../state/actions/go-to.ts";
import { selectRegion } from "../../state/actions/view-actions.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { slicesElsewhere } from "../../state/regions/slices-elsewhere.ts";
import { useStore } from "../../state/store.ts";
import { keyOf } from "../../ui/keys.ts";
import { placeText, spokenPlace } from "./place-text.ts";

interface Props {
  readonly row: RegionRow;
  readonly widthPx: number;
  /** True for the region that the key of the same action is for. */
  readonly selected: boolean;
}

export const RowPlace = memo(function RowPlace({ row: { name, channel }, widthPx, selected }: Props) {
  const short = useStore((s) => placeText(slicesElsewhere(s, channel)));
  if (short === null) return null;
  const text = `${name} is in ${spokenPlace(short)}`;
  return (
    <button
      type="button"
      className="row-place"
      style={{ width: widthPx }}
      tabIndex={-1}
      aria-label={`${text}. Go there`}
      title={`${text}. Click to go there${selected ? ` (${keyOf("region-centre")})` : ""}`}
      onClick={() => {
        selectRegion(name);
        goToRegion(name);
      }}
    >
      {selected ? <kbd>{keyOf("region-centre")}</kbd> : <ArrowRight size={12} aria-hidden />}
      {short}
    </button>
  );
});
