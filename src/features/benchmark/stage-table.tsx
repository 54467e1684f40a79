/** Table of a benchmark's figures: one row per stage, one column per path. */
import { formatCount } from "../../base/format-numbers.ts";
import { formatMiB, formatMs, formatTime, formatTimes } from "../../base/format-units.ts";
import type { StageTiming } from "../../base/times.ts";
import { belowLimit, howMeasured } from "../../benchmark/explanation.ts";
import { isMeasured } from "../../benchmark/figure.ts";
import type { BenchmarkResult } from "../../benchmark/result.ts";
import { type ResultCell, type RowName, resultRows } from "../../benchmark/result-rows.ts";
import { STAGES } from "../../domain/targets/target-paths.ts";
import { FigureValue } from "./figures.tsx";
import { PathHeads } from "./path-heads.tsx";
import { measuredPaths, STAGE_COLORS } from "./paths.ts";

const ROWS: readonly RowName[] = [
  "prepare",
  "upload",
  "downsample",
  "downsample limit",
  "decode",
  "decode limit",
  "loader part",
  "total",
  "uploaded",
  "GPU peak",
  "array peak",
  "mismatches",
];

export function StageTable({ benchmark }: { readonly benchmark: BenchmarkResult }) {
  const paths = measuredPaths(benchmark).map(({ path }) => path);
  const below = belowLimit(benchmark);
  return (
    <>
      <table className="timing-table" aria-label="Times of the paths">
        <PathHeads first="ms per batch" paths={paths} />
        <tbody>
          {resultRows(benchmark, ROWS).map(({ name, cells }) => (
            <tr key={name} data-kind={kindOf(name)}>
              <th scope="row">
                <RowHead row={name} />
              </th>
              {paths.map((path, i) => (
                <td key={path}>
                  <Cell cell={cells[i]} />
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">median of</th>
            {paths.map((path) => (
              <td key={path}>{`${benchmark.repeats} runs`}</td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className="timing-note">
        Small figures are the quartiles; next to a limit, they say how many times as long the stage took.
        “Limit” is the time needed just to read the stage's input and write its output, measured in the same
        run by a shader that does nothing else. Copy limit: {formatMiB(benchmark.limits.copyBytesPerMs)}/ms.
        Peaks are of GPU memory, and of the arrays in RAM.
        {below ? ` ${below}` : null}
      </p>
      <details className="timing-details">
        <summary>How these times were measured, and their resolution</summary>
        <ul>
          {howMeasured(benchmark).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Resolutions benchmark={benchmark} />
      </details>
    </>
  );
}

function kindOf(row: RowName): "limit" | "sum" | undefined {
  if (row === "downsample limit" || row === "decode limit") return "limit";
  return row === "loader part" || row === "total" ? "sum" : undefined;
}

function RowHead({ row }: { readonly row: RowName }) {
  const stage = STAGES.find((name) => name === row);
  if (!stage) return kindOf(row) === "limit" ? "limit" : row;
  return (
    <>
      <i className="timing-swatch" style={{ background: STAGE_COLORS[stage] }} /> {stage}
    </>
  );
}

function Cell({ cell }: { readonly cell: ResultCell | undefined }) {
  switch (cell?.kind) {
    case "figure":
      return <FigureValue ms={cell.figure} />;
    case "limit":
      return <Limit ms={cell.ms} stage={cell.stage} />;
    case "bytes":
      return <data value={cell.bytes}>{formatMiB(cell.bytes)}</data>;
    case "mismatches":
      return cell.voxels === null ? "–" : <Mismatches voxels={cell.voxels} />;
    default:
      return null;
  }
}

function Mismatches({ voxels }: { readonly voxels: number }) {
  return (
    <data value={voxels} className={voxels > 0 ? "timing-bad" : undefined}>
      {formatCount(voxels)}
    </data>
  );
}

/** Time of the stage's memory traffic alone, and how many times as long the stage took. */
function Limit({ ms, stage }: { readonly ms: number | null; readonly stage: StageTiming }) {
  if (!isMeasured(stage)) return "–";
  if (ms === null) return <small>not measurable</small>;
  return (
    <>
      <data value={ms}>{formatMs(ms)}</data>
      {stage.atMost ? null : <small>{formatTimes(stage.median / ms)}</small>}
    </>
  );
}

/** How often each stage ran within one measurement, and the shortest time that could be told from zero. */
function Resolutions({ benchmark }: { readonly benchmark: BenchmarkResult }) {
  const measured = measuredPaths(benchmark);
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
