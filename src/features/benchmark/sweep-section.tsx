/** Section that measures how time grows with the number of channels, and from how many on packing pays. */
import { useMemo, useState } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatCount } from "../../base/format-numbers.ts";
import { formatMs } from "../../base/format-units.ts";
import {
  type Crossing,
  crossingPoint,
  SWEEP_BATCH,
  SWEEP_CHANNELS,
  SWEEP_REPEATS,
  type SweepPart,
  type SweepPoint,
  sweepMs,
} from "../../benchmark/sweep.ts";
import { PATH_NAMES, type PathName } from "../../domain/targets/target-paths.ts";
import { measuring } from "../../state/slices/benchmark-slice.ts";
import { useStore } from "../../state/store.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { MeasuredSection } from "./measured-section.tsx";
import { PathHeads } from "./path-heads.tsx";
import { PACKED_PATHS } from "./paths.ts";
import { blockedBecause } from "./run-controls.tsx";
import { SweepPlot } from "./sweep-plot.tsx";

export function SweepSection() {
  const commands = useCommands();
  const sweep = useStore((s) => s.sweep);
  const run = useStore((s) => s.sweepRun);
  const blocked = useStore((s) => blockedBecause(s) !== null || measuring(s) !== null);
  return (
    <MeasuredSection
      title="Time by channel count"
      what="sweep"
      run={run}
      blocked={blocked}
      onRun={() => commands.runSweep()}
      onCancel={() => commands.cancelSweep()}
    >
      {sweep && sweep.length > 0 ? (
        <SweepResult points={sweep} />
      ) : (
        <p className="timing-note">
          Measures the paths at {SWEEP_CHANNELS.length} channel counts from {SWEEP_CHANNELS[0]} to{" "}
          {SWEEP_CHANNELS.at(-1)}: byte targets, batch {SWEEP_BATCH}, median of {SWEEP_REPEATS} runs each.
        </p>
      )}
    </MeasuredSection>
  );
}

const PARTS = [
  { value: "loader", name: "Curves of the loader part", face: "Loader part" },
  { value: "total", name: "Curves of the total", face: "Total" },
] as const;
const AXES = [
  { value: "linear", name: "Linear axis", face: "Linear" },
  { value: "log", name: "Logarithmic axis", face: "Log" },
] as const;

function SweepResult({ points }: { readonly points: readonly SweepPoint[] }) {
  const running = useStore((s) => s.sweepRun !== null);
  const [part, setPart] = useState<SweepPart>("loader");
  const [axis, setAxis] = useState<"linear" | "log">("linear");
  const paths = useMemo(
    () => PATH_NAMES.filter((path) => points.some((p) => p.loaderMs[path] !== undefined)),
    [points],
  );
  const crossings = useMemo(() => crossingsOf(points, part), [points, part]);
  const wrong = points.reduce((sum, point) => sum + point.mismatches, 0);
  const crossingsAt = useMemo(() => crossings.flatMap(({ at }) => at ?? []), [crossings]);
  if (wrong > 0) {
    return (
      <p className="timing-alert" role="alert" data-wrong>
        <span>
          <b>{formatCount(wrong)} target voxels differ from per-channel.</b> The curve would compare unequal
          work, so it is not shown.
        </span>
      </p>
    );
  }
  return (
    <>
      <div className="timing-subhead">
        <Segmented label="What the curves show" options={PARTS} value={part} onChange={setPart} />
        <Segmented label="Time axis" options={AXES} value={axis} onChange={setAxis} />
      </div>
      <SweepPlot
        points={points}
        paths={paths}
        part={part}
        logarithmic={axis === "log"}
        crossings={crossingsAt}
      />
      <p className="timing-note">
        {running ? `${points.length} of ${SWEEP_CHANNELS.length} counts measured so far. ` : null}
        {(running ? [] : crossings).map(({ path, at }) => sentence(points, part, path, at)).join(" ")}
        {running ? null : " From now on, the path of a case is chosen by where the totals cross."}
      </p>
      <details className="timing-details">
        <summary>Data table</summary>
        <table className="timing-table" aria-label="Sweep over channels">
          <PathHeads first="channels" paths={paths} />
          <tbody>
            {points.map((point) => (
              <tr key={point.channels}>
                <th scope="row">{point.channels}</th>
                {paths.map((path) => {
                  const ms = sweepMs(point, path, part);
                  return (
                    <td key={path}>{ms === undefined ? "–" : <data value={ms}>{formatMs(ms)}</data>}</td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

interface PathCrossing {
  readonly path: PathName;
  readonly at: Crossing | null;
}

function crossingsOf(points: readonly SweepPoint[], part: SweepPart): PathCrossing[] {
  return PACKED_PATHS.filter((path) => points.some((point) => sweepMs(point, path, part) !== undefined)).map(
    (path) => ({
      path,
      at: crossingPoint(points, "per-channel", path, part),
    }),
  );
}

/** Says where a path overtakes per-channel. */
function sentence(
  points: readonly SweepPoint[],
  part: SweepPart,
  path: PathName,
  at: Crossing | null,
): string {
  if (at) return `${path} overtakes per-channel at ${at.channels.toFixed(1)} channels.`;
  const last = points.at(-1);
  const ahead = last && (sweepMs(last, path, part) ?? 0) < (sweepMs(last, "per-channel", part) ?? 0);
  return ahead
    ? `${path} is ahead at every count measured.`
    : `${path} is not consistently faster than per-channel.`;
}
