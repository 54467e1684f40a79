import type { ReactNode } from "react";
import { formatCount } from "../../base/format-numbers.ts";
import { formatMiB, formatMs, formatTime, formatTimes } from "../../base/format-units.ts";
import type { StageTiming } from "../../base/times.ts";
import { howMeasured } from "../../benchmark/explanation.ts";
import { isMeasured } from "../../benchmark/figure.ts";
import { type BenchmarkResult, STAGES } from "../../benchmark/result.ts";
import { FigureValue } from "./figures.tsx";
import { PathHeads } from "./path-heads.tsx";
import { measuredPaths, STAGE_COLORS } from "./paths.ts";

/** Every figure of a comparison: one row a stage, one column a path. */
export function StageTable({ comparison }: { readonly comparison: BenchmarkResult }) {
  const measured = measuredPaths(comparison);
  const { trafficMs, copyBytesPerMs } = comparison.limits;
  const row = (
    head: ReactNode,
    key: string,
    cell: (entry: (typeof measured)[number]) => ReactNode,
    kind?: string,
  ) => (
    <tr key={key} data-kind={kind}>
      <th scope="row">{head}</th>
      {measured.map((entry) => (
        <td key={entry.path}>{cell(entry)}</td>
      ))}
    </tr>
  );
  return (
    <>
      <table className="timing-table" aria-label="Times of the paths">
        <PathHeads first="ms a batch" paths={measured.map(({ path }) => path)} />
        <tbody>
          {STAGES.flatMap((stage) => [
            row(
              <>
                <i className="timing-swatch" style={{ background: STAGE_COLORS[stage] }} /> {stage}
              </>,
              stage,
              ({ timing }) => <FigureValue ms={timing.stages[stage]} />,
            ),
            ...(stage === "downsample" || stage === "decode"
              ? [
                  row(
                    "limit",
                    `${stage} limit`,
                    ({ path, timing }) => (
                      <Limit ms={trafficMs[path]?.[stage]} stage={timing.stages[stage]} />
                    ),
                    "limit",
                  ),
                ]
              : []),
          ])}
          {row(
            "loader part",
            "loader",
            ({ timing }) => (
              <FigureValue ms={timing.loaderMs} />
            ),
            "sum",
          )}
          {row(
            "total",
            "total",
            ({ timing }) => (
              <FigureValue ms={timing.totalMs} />
            ),
            "sum",
          )}
          {row("uploaded", "uploaded", ({ timing }) => (
            <data value={timing.uploadBytes}>{formatMiB(timing.uploadBytes)}</data>
          ))}
          {row("GPU peak", "peak", ({ timing }) => (
            <data value={timing.peakGpuBytes}>{formatMiB(timing.peakGpuBytes)}</data>
          ))}
          {row("array peak", "arrays", ({ timing }) => (
            <data value={timing.peakArrayBytes}>{formatMiB(timing.peakArrayBytes)}</data>
          ))}
          {row("mismatches", "mismatches", ({ path }) => {
            const count = comparison.verified[path]?.mismatches;
            if (count === undefined) return "–";
            return (
              <data value={count} className={count > 0 ? "timing-bad" : undefined}>
                {formatCount(count)}
              </data>
            );
          })}
          {row("median of", "repeats", () => `${comparison.repeats} runs`)}
        </tbody>
      </table>
      <p className="timing-note">
        Small: quartiles; beside a limit, the stage's time over it. Limit: what the stage's traffic takes by
        itself, measured in the same run by a shader that only reads its input and writes its output. Copy
        limit: {formatMiB(copyBytesPerMs)}/ms.
      </p>
      <details className="timing-details">
        <summary>How these times came about, and their resolution</summary>
        <ul>
          {howMeasured(comparison).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Resolutions comparison={comparison} />
      </details>
    </>
  );
}

/** What the stage's traffic takes, and how many times that the stage took. */
function Limit({ ms, stage }: { readonly ms: number | null | undefined; readonly stage: StageTiming }) {
  if (!isMeasured(stage)) return "–";
  if (ms === undefined || ms === null) return <small>not measurable</small>;
  return (
    <>
      <data value={ms}>{formatMs(ms)}</data>
      {stage.atMost ? null : <small>{formatTimes(stage.median / ms)}</small>}
    </>
  );
}

/**
 * How often each stage ran within one measurement, and the least time that could have been told from none.
 */
function Resolutions({ comparison }: { readonly comparison: BenchmarkResult }) {
  const measured = measuredPaths(comparison);
  return (
    <table className="timing-table" aria-label="Repetitions and resolution">
      <PathHeads first="stage" paths={measured.map(({ path }) => path)} />
      <tbody>
        {STAGES.map((stage) => (
          <tr key={stage}>
            <th scope="row">{stage}</th>
            {measured.map(({ path, timing }) => {
              const { repetitions, resolutionMs } = timing.stages[stage];
              return (
                <td key={path}>
                  {repetitions === 0 ? (
                    <span className="timing-none">none</span>
                  ) : (
                    <>
                      {formatTime(resolutionMs)}
                      <small>{repetitions === 1 ? "once" : `${formatCount(repetitions)} at a time`}</small>
                    </>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
