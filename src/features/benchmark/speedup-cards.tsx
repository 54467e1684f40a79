/** Cards with the speed-up of the packed paths, in total and for the loader part. */
import { TriangleAlert } from "lucide-react";
import { formatCount } from "../../base/format-numbers.ts";
import { adapterName } from "../../benchmark/export-csv.ts";
import { type BenchmarkResult, mismatchCount, speedups } from "../../benchmark/result.ts";
import { RatioValue } from "./figures.tsx";
import { PACKED_PATHS } from "./paths.ts";

/** Shows no speed-up if targets differ. */
export function SpeedupCards({ benchmark }: { readonly benchmark: BenchmarkResult }) {
  const ratios = speedups(benchmark);
  if (!ratios) return <NoSpeedup benchmark={benchmark} />;
  return (
    <>
      <ul className="timing-cards" aria-label="Speed-up over per-channel">
        {PACKED_PATHS.map((path) => {
          const loader = ratios.loader[path];
          const total = ratios.total[path];
          const left = [...benchmark.skipped, ...benchmark.failed].find((entry) => entry.path === path);
          return (
            <li key={path}>
              {loader === undefined || total === undefined ? (
                <>
                  <b aria-hidden="true">–</b>
                  <span>{path} was not measured</span>
                  {left ? <small>{left.reason}</small> : null}
                </>
              ) : (
                <>
                  <span className="timing-path">{path}</span>
                  <span className="timing-ratio">
                    <b>
                      <RatioValue ratio={total} />
                    </b>{" "}
                    in total
                  </span>
                  <span className="timing-ratio">
                    <b>
                      <RatioValue ratio={loader} />
                    </b>{" "}
                    loader part
                  </span>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <p className="timing-note">
        How many times faster than per-channel on this machine: <i>total</i> from the labels in memory to the
        targets on the GPU, <i>loader part</i> without decode.
      </p>
      {benchmark.adapter.software ? (
        <p className="timing-note timing-software">
          <b>Software adapter</b> ({adapterName({ adapter: { ...benchmark.adapter, software: false } })}):
          every GPU stage is emulated on the CPU. On a training GPU, decoding takes almost no time; here it
          dominates the total. The loader part (prepare, upload, downsample) is the work of nnU-Net's loader
          and its copy to the device.
        </p>
      ) : null}
    </>
  );
}

function NoSpeedup({ benchmark }: { readonly benchmark: BenchmarkResult }) {
  const wrong = mismatchCount(benchmark);
  const left = [...benchmark.skipped, ...benchmark.failed];
  const base = left.find((entry) => entry.path === "per-channel");
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
            The paths did not produce the same targets, so no speed-up is shown.
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

/** Paths that failed on the GPU, shown first because the rest of the panel leaves them out. */
export function FailedPaths({ benchmark: { failed } }: { readonly benchmark: BenchmarkResult }) {
  return failed.map(({ path, reason }) => (
    <p key={path} className="timing-alert" role="alert" data-wrong>
      <TriangleAlert size={15} aria-hidden />
      <span>
        <b>{path} failed.</b> {reason} It was not measured.
      </span>
    </p>
  ));
}
