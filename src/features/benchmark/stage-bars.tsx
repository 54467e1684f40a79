/** Stacked bars of the stages' medians, one per path, with the quartiles of the sum as a whisker. */
import { useState } from "react";
import { formatFigure, formatTime } from "../../base/format-units.ts";
import type { SumTiming } from "../../base/times.ts";
import { isMeasured } from "../../benchmark/figure.ts";
import type { BenchmarkResult, PathTiming } from "../../benchmark/result.ts";
import { STAGES, type Stage } from "../../domain/targets/target-paths.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { type Measured, measuredPaths, STAGE_COLORS } from "./paths.ts";

type Part = "total" | "loader";

const PARTS = [
  { value: "total", name: "Bars of the total", face: "Total" },
  { value: "loader", name: "Bars of the loader part", face: "Loader part" },
] as const;

export function StageBars({ benchmark }: { readonly benchmark: BenchmarkResult }) {
  const [part, setPart] = useState<Part>("total");
  const measured = measuredPaths(benchmark);
  const stages = STAGES.filter((stage) => part === "total" || stage !== "decode");
  const fullMs = Math.max(0, ...measured.map(({ timing }) => sum(timing, part).p75));
  return (
    <figure className="timing-bars" aria-label="Stages of the paths">
      <div className="timing-subhead">
        <h3>Median ms per batch</h3>
        <Segmented label="What the bars show" options={PARTS} value={part} onChange={setPart} />
      </div>
      {measured.map((entry) => (
        <Bar
          key={entry.path}
          {...entry}
          stages={stages}
          sum={sum(entry.timing, part)}
          fullMs={fullMs}
          limits={benchmark.limits.trafficMs[entry.path] ?? {}}
        />
      ))}
      <figcaption className="timing-legend">
        {stages.map((stage) => (
          <span key={stage}>
            <i className="timing-swatch" style={{ background: STAGE_COLORS[stage] }} />
            {stage}
          </span>
        ))}
        <span>
          <i className="timing-limit-mark" />
          limit
        </span>
        <span>
          <i className="timing-whisker-mark" />
          quartiles
        </span>
      </figcaption>
    </figure>
  );
}

interface BarProps extends Measured {
  readonly stages: readonly Stage[];
  readonly sum: SumTiming;
  readonly fullMs: number;
  readonly limits: Partial<Record<Stage, number | null>>;
}

function Bar({ path, timing, stages, sum: total, fullMs, limits }: BarProps) {
  const percent = (ms: number) => `${fullMs > 0 ? (100 * ms) / fullMs : 0}%`;
  let startMs = 0;
  const segments = stages.map((stage) => {
    const ms = timing.stages[stage].median;
    const segment = { stage, ms, startMs };
    startMs += ms;
    return segment;
  });
  return (
    <div className="timing-bar">
      <span>{path}</span>
      <div
        className="timing-track"
        role="img"
        aria-label={`Milliseconds: ${stages
          .filter((stage) => isMeasured(timing.stages[stage]))
          .map((stage) => `${stage} ${formatFigure(timing.stages[stage])}`)
          .join(", ")}`}
      >
        {segments.map(({ stage, ms, startMs: left }) => (
          <i
            key={stage}
            className="timing-segment"
            style={{ left: percent(left), width: percent(ms), background: STAGE_COLORS[stage] }}
          />
        ))}
        {segments.map(({ stage, ms, startMs: left }) => {
          const limit = limits[stage];
          if (limit === undefined || limit === null || ms / fullMs < 0.04) return null;
          return (
            <i key={stage} className="timing-limit" style={{ left: percent(left + Math.min(limit, ms)) }} />
          );
        })}
        <i
          className="timing-whisker"
          style={{ left: percent(total.p25), width: percent(total.p75 - total.p25) }}
        />
      </div>
      <span className="timing-ms">
        <data value={total.median}>
          {total.atMost ? "< " : null}
          {formatTime(total.median)}
        </data>
      </span>
    </div>
  );
}

function sum(timing: PathTiming, part: Part): SumTiming {
  return part === "total" ? timing.totalMs : timing.loaderMs;
}
