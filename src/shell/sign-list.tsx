/** Key to the signs that have no room for words where they stand. */
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Dot } from "../ui/controls/scale-status-dots.tsx";

interface Sign {
  readonly sign: ReactNode;
  readonly means: string;
}

const SIGNS: readonly Sign[] = [
  {
    sign: <Dots shapes={["rarely", "some", "most", "every", "absent"]} />,
    means:
      "With plans, one dot per scale: the region is gone in under 10 %, 10 % or more, half or more, or all of the patches with it; no patch has it",
  },
  {
    sign: <Dots shapes={["present", "sparse", "empty", "absent"]} />,
    means:
      "Without plans, one dot per scale of what is shown: present, fewer than 8 voxels, no voxel, absent at scale 0 too",
  },
  {
    sign: <i className="sign-lane" data-of="shown" />,
    means:
      "Strip beside slices, first lane: how many of the shown regions each slice has; the stronger, the more",
  },
  {
    sign: <i className="sign-lane" data-of="selected" />,
    means: "Second lane: the slices with the selected regions, in their colours; a click goes there",
  },
  {
    sign: <Check size={14} aria-hidden />,
    means: "In the header: targets verified, against those made channel by channel",
  },
  { sign: <b>labels bits</b>, means: "Grid: pictures are drawn from the label map, or from the packed bits" },
  {
    sign: <b>region → 15</b>,
    means: "Round trip: the label that the region writes; struck through if a later one overwrites it",
  },
];

export function SignList() {
  return (
    <section>
      <h3>Signs</h3>
      <dl>
        {SIGNS.map(({ sign, means }) => (
          <div key={means}>
            <dt className="sign">{sign}</dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Dots({ shapes }: { readonly shapes: readonly Parameters<typeof Dot>[0]["shape"][] }) {
  return shapes.map((shape) => <Dot key={shape} shape={shape} />);
}
