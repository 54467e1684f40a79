import type { ReactNode } from "react";
import { type Comparison, type Quartiles, STAGES } from "../../timing/comparison.ts";
import { formatMiB, formatMs, formatRatio } from "../../timing/format.ts";
import { formatCount } from "../format.ts";
import { PathHeads } from "./path-heads.tsx";
import { measuredPaths, STAGE_COLORS } from "./paths.ts";

/** Every figure of a comparison: one row a stage, one column a path. */
export function StageTable({ comparison }: { readonly comparison: Comparison }) {
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
              ({ timing }) => <Time ms={timing.stages[stage]} />,
            ),
            ...(stage === "downsample" || stage === "decode"
              ? [
                  row(
                    "limit",
                    `${stage} limit`,
                    ({ path, timing }) => (
                      <Limit ms={trafficMs[path]?.[stage]} stageMs={timing.stages[stage].median} />
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
              <Time ms={timing.loaderMs} />
            ),
            "sum",
          )}
          {row(
            "total",
            "total",
            ({ timing }) => (
              <Time ms={timing.totalMs} />
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
    </>
  );
}

/** What the stage's traffic takes, and how many times that the stage took. */
function Limit({ ms, stageMs }: { readonly ms: number | undefined; readonly stageMs: number }) {
  if (ms === undefined) return "–";
  return (
    <>
      <data value={ms}>{formatMs(ms)}</data>
      {ms > 0 && stageMs > 0 ? <small>{formatRatio(stageMs / ms)}</small> : null}
    </>
  );
}

function Time({ ms }: { readonly ms: Quartiles }) {
  return (
    <>
      <data value={ms.median}>{formatMs(ms.median)}</data>
      <small>
        {formatMs(ms.p25)}–{formatMs(ms.p75)}
      </small>
    </>
  );
}
