/** Section of the benchmark suite: the same workloads on every machine, to compare machines. */
import { Download } from "lucide-react";
import { useMemo } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatCount } from "../../base/format-numbers.ts";
import { mismatchCount, speedups } from "../../benchmark/result.ts";
import { SUITE, type SuiteMeasured, suiteCurve, workloadName } from "../../benchmark/suite.ts";
import { PATH_NAMES } from "../../domain/targets/target-paths.ts";
import { measuring } from "../../state/slices/benchmark-slice.ts";
import { useStore } from "../../state/store.ts";
import { RatioValue } from "./figures.tsx";
import { MeasuredSection } from "./measured-section.tsx";
import { PathHeads } from "./path-heads.tsx";
import { PACKED_PATHS } from "./paths.ts";
import { blockedBecause } from "./run-controls.tsx";
import { SweepPlot } from "./sweep-plot.tsx";

export function SuiteSection() {
  const commands = useCommands();
  const suite = useStore((s) => s.suite);
  const run = useStore((s) => s.suiteRun);
  const blocked = useStore((s) => blockedBecause(s) !== null || measuring(s) !== null);
  return (
    <MeasuredSection
      title="Suite"
      what="suite"
      run={run}
      blocked={blocked}
      onRun={() => commands.runSuite()}
      onCancel={() => commands.cancelSuite()}
    >
      {suite && suite.length > 0 ? (
        <SuiteTable runs={suite} />
      ) : (
        <p className="timing-note">
          {SUITE.length} fixed workloads: 1 to 96 channels, 64³ to 192³ voxels, both modes, both formats. They
          are the same on every computer, so results can be compared. This takes several minutes; do not use
          this page meanwhile.
        </p>
      )}
    </MeasuredSection>
  );
}

/** The speed-ups over per-channel, and the curves over channels. */
function SuiteTable({ runs }: { readonly runs: readonly SuiteMeasured[] }) {
  const commands = useCommands();
  const curve = useMemo(() => suiteCurve(runs), [runs]);
  const wrong = runs.reduce((sum, { benchmark }) => sum + mismatchCount(benchmark), 0);
  return (
    <>
      {curve.length > 1 && wrong === 0 ? (
        <>
          <p className="timing-note">Total by number of channels:</p>
          <SweepPlot points={curve} paths={PATH_NAMES} part="total" logarithmic crossings={NONE} />
        </>
      ) : null}
      {wrong > 0 ? (
        <p className="timing-alert" role="alert" data-wrong>
          <b>{formatCount(wrong)} target voxels differ from per-channel.</b>
        </p>
      ) : null}
      <details className="timing-details" open>
        <summary>Speed-up over per-channel: loader part, total</summary>
        <table className="timing-table" aria-label="Suite">
          <PathHeads first="workload" paths={PACKED_PATHS} />
          <tbody>
            {runs.map((measured) => (
              <SuiteRow key={workloadName(measured.run)} measured={measured} />
            ))}
          </tbody>
        </table>
      </details>
      <fieldset className="timing-exports">
        <legend>Export suite</legend>
        {(["json", "markdown"] as const).map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            aria-label={`Export suite as ${FACES[format]}`}
            onClick={() => commands.exportSuite(format)}
          >
            <Download size={13} aria-hidden /> {FACES[format]}
          </button>
        ))}
      </fieldset>
    </>
  );
}

const NONE: readonly never[] = [];
const FACES = { json: "JSON", markdown: "Markdown" } as const;

function SuiteRow({ measured: { run, benchmark } }: { readonly measured: SuiteMeasured }) {
  const ratios = speedups(benchmark);
  return (
    <tr>
      <th scope="row">{workloadName(run)}</th>
      {PACKED_PATHS.map((path) => {
        const [loader, total] = [ratios?.loader[path], ratios?.total[path]];
        return (
          <td key={path}>
            {loader === undefined || total === undefined ? (
              "–"
            ) : (
              <>
                <RatioValue ratio={loader} />{" "}
                <small>
                  <RatioValue ratio={total} />
                </small>
              </>
            )}
          </td>
        );
      })}
    </tr>
  );
}
