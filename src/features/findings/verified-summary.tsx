/** One line under the findings that says whether the packed targets were compared, and with what result. */
import { CircleCheck, TriangleAlert } from "lucide-react";
import { plural, pluralForm } from "../../base/format-numbers.ts";
import { extentText } from "../../domain/targets/verified-extent.ts";
import { whyNoRegions } from "../../state/case/why-no-regions.ts";
import { useStore } from "../../state/store.ts";

/** The sign is that of the badge in the header. */
export function VerifiedSummary() {
  const verified = useStore((s) => s.verified);
  const isEmpty = useStore((s) => whyNoRegions(s) !== null);
  if (!verified || isEmpty) return null;
  const { mismatches, extent } = verified;
  const isSame = mismatches === 0;
  const Sign = isSame ? CircleCheck : TriangleAlert;
  const part = extent.randomParts ? ` in random parts (${extentText(extent)})` : "";
  return (
    <p className="round-trip" data-lossless={isSame}>
      <Sign size={14} aria-hidden />
      <span>
        {isSame
          ? `Targets verified: all voxels${part} equal those made channel by channel.`
          : `${plural(mismatches, "target voxel")}${part} ${pluralForm(mismatches, "differs", "differ")} from those made channel by channel.`}
      </span>
    </p>
  );
}
