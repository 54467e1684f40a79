/** Section that estimates an nnU-Net epoch from the measured times, under stated assumptions. */
import { formatMs, formatSeconds, formatShare } from "../../base/format-units.ts";
import { ISSUE_2136, ISSUE_2136_INPUTS, modelledSeconds } from "../../benchmark/issue-2136.ts";
import { ISSUE_3063, ISSUE_3063_INPUTS, modelledIterationMs } from "../../benchmark/issue-3063.ts";
import { type Projection, project } from "../../benchmark/projection.ts";
import type { ProjectionInputs } from "../../benchmark/projection-inputs.ts";
import type { BenchmarkResult } from "../../benchmark/result.ts";
import { setProjection } from "../../state/actions/benchmark-actions.ts";
import { useStore } from "../../state/store.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { NumberField } from "./number-field.tsx";

type CountName = Exclude<keyof ProjectionInputs, "countDecode" | "preset">;

const FIELDS: readonly { name: CountName; label: string; unit?: string; min: number; max: number }[] = [
  { name: "trainIterations", label: "Training iterations", min: 1, max: 100_000 },
  { name: "validationIterations", label: "Validation iterations", min: 0, max: 100_000 },
  { name: "batchSize", label: "Batch size", min: 1, max: 1024 },
  { name: "loaderWorkers", label: "Loader workers", min: 1, max: 1024 },
  { name: "networkStepMs", label: "Network step", unit: "ms", min: 0, max: 1_000_000 },
  { name: "otherLoaderMs", label: "Other loader work", unit: "ms", min: 0, max: 1_000_000 },
];

const PRESETS = [
  { value: "own", name: "Custom values", face: "Custom" },
  { value: "issue-2136", name: "Preset: nnU-Net issue 2136", face: "Issue 2136" },
  { value: "issue-3063", name: "Preset: nnU-Net issue 3063", face: "Issue 3063" },
] as const;

const INPUTS = { "issue-2136": ISSUE_2136_INPUTS, "issue-3063": ISSUE_3063_INPUTS } as const;

/** The part that takes most of an iteration. */
const BOUNDS = { network: "Network", transfer: "Copy, downsampling", loader: "Loader workers" } as const;

export function ProjectionSection({ benchmark }: { readonly benchmark: BenchmarkResult }) {
  const inputs = useStore((s) => s.projection);
  const projection = project(benchmark, inputs);
  return (
    <section className="timing-section" aria-labelledby="projection-title">
      <div className="timing-subhead">
        <h3 id="projection-title">Estimated epoch time</h3>
        <Segmented
          label="Values of the projection"
          options={PRESETS}
          value={inputs.preset}
          onChange={(preset) => setProjection(preset === "own" ? { ...inputs, preset } : INPUTS[preset])}
        />
      </div>
      <div className="timing-fields">
        {FIELDS.map(({ name, ...field }) => (
          <NumberField
            key={name}
            {...field}
            value={inputs[name]}
            onChange={(value) => setProjection({ ...inputs, [name]: value, preset: "own" })}
          />
        ))}
        <label className="timing-check">
          <input
            type="checkbox"
            checked={inputs.countDecode}
            onChange={(event) =>
              setProjection({ ...inputs, countDecode: event.target.checked, preset: "own" })
            }
          />
          Include decode time as measured here
        </label>
      </div>
      <ProjectedTable projection={projection} />
      {inputs.preset === "issue-2136" ? <ReportedTable inputs={inputs} /> : null}
      {inputs.preset === "issue-3063" ? <ReportedIterations inputs={inputs} /> : null}
      <details className="timing-details" open>
        <summary>What this assumes</summary>
        <ul>
          {projection.assumptions.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function ProjectedTable({ projection }: { readonly projection: Projection }) {
  return (
    <table className="timing-table" aria-label="Estimated epoch time">
      <thead>
        <tr>
          <th scope="col">Path</th>
          <th scope="col">Per epoch</th>
          <th scope="col">Network idle</th>
          <th scope="col">Limited by</th>
        </tr>
      </thead>
      <tbody>
        {projection.paths.map(({ path, epochSeconds, idleShare, bound, atMost }) => (
          <tr key={path}>
            <th scope="row">{path}</th>
            <td>
              <data value={epochSeconds}>{formatSeconds(epochSeconds, atMost)}</data>
            </td>
            <td>
              <data value={idleShare}>{formatShare(idleShare, atMost)}</data>
            </td>
            <td className="timing-wraps">{bound === null ? "Unknown" : BOUNDS[bound]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/**
 * The issue's own figures and the model's result for its stage times: a check of the model, not of this
 * machine.
 */
function ReportedTable({ inputs }: { readonly inputs: ProjectionInputs }) {
  return (
    <div className="timing-reported">
      <table className="timing-table" aria-label="Reported by nnU-Net issue 2136">
        <caption>
          <a href={ISSUE_2136.url} target="_blank" rel="noreferrer">
            {ISSUE_2136.title}
          </a>
          : reported there, not measured here
        </caption>
        <thead>
          <tr>
            <th scope="col">Trained on</th>
            <th scope="col">Epoch</th>
            <th scope="col">Downs.</th>
            <th scope="col">Copy</th>
            <th scope="col">Model</th>
          </tr>
        </thead>
        <tbody>
          {ISSUE_2136.rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td>{row.epochSeconds} s</td>
              <td>{row.downsampleMs / 1000} s</td>
              <td>{row.copyMs / 1000} s</td>
              <td>{formatSeconds(modelledSeconds(row, inputs))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="timing-note">
        Model: this projection, applied to the reported downsampling and copy. The network step follows from
        the reported 120 s; {inputs.loaderWorkers} workers and {inputs.otherLoaderMs} ms of other work are
        fitted, because the issue does not state them.
      </p>
    </div>
  );
}

/** Figures of an issue about augmentation and the model's result for them; its epochs have no regions. */
function ReportedIterations({ inputs }: { readonly inputs: ProjectionInputs }) {
  return (
    <div className="timing-reported">
      <table className="timing-table" aria-label="Reported by nnU-Net issue 3063">
        <caption>
          <a href={ISSUE_3063.url} target="_blank" rel="noreferrer">
            {ISSUE_3063.title}
          </a>
          : reported there, not measured here
        </caption>
        <thead>
          <tr>
            <th scope="col">ms</th>
            <th scope="col">Iteration</th>
            <th scope="col">Step</th>
            <th scope="col">Transforms</th>
            <th scope="col">Model</th>
          </tr>
        </thead>
        <tbody>
          {ISSUE_3063.rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td>{row.iterationMs}</td>
              <td>{row.stepMs}</td>
              <td>{row.transformsMs === 0 ? "in the step" : row.transformsMs}</td>
              <td>{formatMs(modelledIterationMs(row, inputs))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="timing-note">
        One A100, 3d_fullres, batch size 2, 8 workers; transforms are per patch, the rest per batch. Model:
        this projection, applied to the reported step and transforms, without regions. The preset takes the
        first row; the paths above add their own cost.
      </p>
    </div>
  );
}
