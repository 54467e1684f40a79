/** Line below the list of regions that explains its dots. */
import { selectScales } from "../../state/case/case-selectors.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { Dot } from "../../ui/controls/scale-status-dots.tsx";

const BY_PATCHES = [
  ["rarely", "<10"],
  ["some", "≥10"],
  ["most", "≥50"],
  ["every", "100"],
] as const;

const OF_SHOWN = [
  ["present", "present"],
  ["sparse", "<8 voxels"],
  ["empty", "none"],
  ["absent", "absent"],
] as const;

/** Without plans to draw patches by, the dots are about what is shown. */
export function DotsLegend() {
  const rows = useStore(selectRegionRows);
  const hasScales = useStore((s) => selectScales(s).length > 0);
  const [first] = rows;
  if (!first || !hasScales) return <p className="dots-legend" />;
  const byPatches = first.gone !== null;
  const inNone = byPatches && rows.some(({ gone }) => gone?.length === 0);
  return (
    <p
      className="dots-legend"
      data-long={inNone || undefined}
      title={
        byPatches
          ? "One dot per scale: in which share of the patches with the region that nnU-Net can draw it is gone. Rotation, scaling and mirroring are left out."
          : "One dot per scale of what is shown, as there are no plans with a patch size."
      }
    >
      <span className="dots-of">{byPatches ? "Gone in % of patches" : "Scales"}</span>
      {(byPatches ? BY_PATCHES : OF_SHOWN).map(([shape, text]) => (
        <span key={shape}>
          <Dot shape={shape} />
          {text}
        </span>
      ))}
      {inNone ? (
        <span>
          <Dot shape="absent" />
          in none
        </span>
      ) : null}
    </p>
  );
}
