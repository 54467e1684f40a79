import { TriangleAlert } from "lucide-react";
import { type Comparison, mismatchCount, speedups } from "../../timing/comparison.ts";
import { adapterName } from "../../timing/export.ts";
import { formatRatio } from "../../timing/format.ts";
import { formatCount } from "../format.ts";
import { PACKED_PATHS } from "./paths.ts";

/** How much faster the packed paths are, loader part and total; nothing of it where targets differ. */
export function SpeedupTiles({ comparison }: { readonly comparison: Comparison }) {
  const ratios = speedups(comparison);
  if (!ratios) return <NoSpeedup comparison={comparison} />;
  return (
    <>
      <ul className="timing-tiles" aria-label="Speed-up over per-channel">
        {PACKED_PATHS.map((path) => {
          const loader = ratios.loader[path];
          const total = ratios.total[path];
          const skipped = comparison.skipped.find((entry) => entry.path === path);
          return (
            <li key={path}>
              {loader === undefined || total === undefined ? (
                <>
                  <b aria-hidden="true">–</b>
                  <span>{path} was not measured</span>
                  {skipped ? <small>{skipped.reason}</small> : null}
                </>
              ) : (
                <>
                  <span className="timing-path">{path}</span>
                  <b>
                    <data value={loader}>{formatRatio(loader)}</data>
                  </b>
                  <span>loader part</span>
                  <span>
                    <data value={total}>{formatRatio(total)}</data> with decode
                  </span>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {comparison.adapter.software ? (
        <p className="timing-note timing-software">
          <b>Software adapter</b> ({adapterName({ adapter: { ...comparison.adapter, software: false } })}):
          every GPU stage is emulated on the CPU. Decode is next to free on a training GPU; here it dominates
          the total. The loader part (prepare, upload, downsample) is what nnU-Net's loader and its copy to
          the device do.
        </p>
      ) : null}
    </>
  );
}

function NoSpeedup({ comparison }: { readonly comparison: Comparison }) {
  const wrong = mismatchCount(comparison);
  const base = comparison.skipped.find((entry) => entry.path === "per-channel");
  return (
    <p className="timing-alert" role="alert" data-wrong={wrong > 0 || undefined}>
      <TriangleAlert size={15} aria-hidden />
      <span>
        {wrong > 0 ? (
          <>
            <b>
              {formatCount(wrong)} target voxel{wrong === 1 ? "" : "s"} differ from{" "}
              {base ? "bit-packed" : "per-channel"}.
            </b>{" "}
            The times below are of unequal work, so no speed-up is shown.
          </>
        ) : base ? (
          `per-channel was not measured, so there is nothing to compare with: ${base.reason}`
        ) : (
          "The targets were not compared, so no speed-up is shown."
        )}
      </span>
    </p>
  );
}
