/** Section with the time of one CPU thread for all masks, which packing replaces. */
import { formatTime } from "../../base/format-units.ts";
import { isMeasured } from "../../benchmark/figure.ts";
import { type BenchmarkResult, cpuRatio } from "../../benchmark/result.ts";
import { RatioValue } from "./figures.tsx";
import { PACKED_PATHS } from "./paths.ts";

export function CpuSection({ benchmark }: { readonly benchmark: BenchmarkResult }) {
  const { cpu } = benchmark;
  if (!cpu) return null;
  const ratios = PACKED_PATHS.flatMap((path) => {
    const times = cpuRatio(benchmark, path);
    return times === null ? [] : [{ path, times }];
  });
  return (
    <section className="timing-section" aria-labelledby="cpu-title">
      <h3 id="cpu-title">Without a GPU</h3>
      <p className="timing-note">
        One CPU thread, as in a data loader, builds every region's mask at every scale in{" "}
        <b>
          <data value={cpu.loaderMs.median}>{formatTime(cpu.loaderMs.median)}</data>
        </b>{" "}
        per batch: {formatTime(cpu.convertMs.median)} to turn labels into one mask per region
        {isMeasured(cpu.downsampleMs)
          ? `, ${formatTime(cpu.downsampleMs.median)} to downsample the masks`
          : null}{" "}
        (medians and their sum).
      </p>
      <ul className="timing-cpu" aria-label="Speed-up of the loader part over the CPU alone">
        {ratios.map(({ path, times }) => (
          <li key={path}>
            {path}{" "}
            <b className="timing-cpu-ratio">
              <RatioValue ratio={times} />
            </b>
          </li>
        ))}
      </ul>
    </section>
  );
}
