/**
 * Badge in the header that says whether the packed targets equal the per-channel ones, with the path used.
 */
import { Popover } from "@base-ui/react/popover";
import { Check, CircleDashed, OctagonX } from "lucide-react";
import { formatCount, plural } from "../../base/format-numbers.ts";
import { extentText } from "../../domain/targets/verified-extent.ts";
import { whyNoRegions } from "../../state/case/why-no-regions.ts";
import { useStore } from "../../state/store.ts";

export function PathsBadge() {
  const verified = useStore((s) => s.verified);
  const path = useStore((s) => s.path);
  const reason = useStore((s) => s.pathReason);
  const gpu = useStore((s) => s.gpu);
  const isEmpty = useStore((s) => whyNoRegions(s) !== null);
  const state = !verified || isEmpty ? "pending" : verified.mismatches === 0 ? "same" : "different";
  const Icon = { pending: CircleDashed, same: Check, different: OctagonX }[state];
  const text = isEmpty
    ? "Nothing to verify"
    : !verified
      ? gpu.status === "unavailable"
        ? "Counted on the CPU"
        : "Not verified yet"
      : verified.mismatches === 0
        ? `Targets verified${verified.extent.randomParts ? " in part" : ""}`
        : `${formatCount(verified.mismatches)} ${verified.mismatches === 1 ? "mismatch" : "mismatches"}`;
  return (
    <Popover.Root>
      <Popover.Trigger className="badge" data-state={state} title={text}>
        <Icon size={14} aria-hidden />
        <span className="wide-label">{text}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Backdrop className="popup-backdrop" />
        <Popover.Positioner className="popup-positioner" sideOffset={6}>
          <Popover.Popup className="popup facts">
            <Popover.Title className="facts-title">How these targets were made</Popover.Title>
            <dl>
              <dt>Path</dt>
              <dd>{path ?? "Not chosen yet"}</dd>
              {reason ? (
                <>
                  <dt>Why</dt>
                  <dd>{reason}</dd>
                </>
              ) : null}
              <dt>Compared with per-channel</dt>
              <dd>
                {verified
                  ? `${differences(verified.mismatches)} (${verified.extent.randomParts ? `random parts: ${extentText(verified.extent)}` : "every channel at every scale"}, bit for bit, on the GPU)`
                  : gpu.status === "unavailable"
                    ? "Not without a GPU"
                    : "Not yet"}
              </dd>
              <dt>Adapter</dt>
              <dd>{gpu.status === "ready" ? adapterName(gpu.adapter) : WITHOUT[gpu.status]}</dd>
            </dl>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function differences(mismatches: number): string {
  if (mismatches === 0) return "All target voxels match";
  return `${plural(mismatches, "target voxel")} ${mismatches === 1 ? "differs" : "differ"}`;
}

const WITHOUT = {
  starting: "Requested",
  recovering: "Lost; requesting another",
  unavailable: "None: voxels are counted on the CPU, by the plain version of the path",
} as const;

function adapterName(adapter: {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly software: boolean;
}): string {
  const name = adapter.description || [adapter.vendor, adapter.architecture].filter(Boolean).join(" ");
  return adapter.software ? `${name || "unnamed"} (software adapter)` : name || "unnamed";
}
