/** Table of the memory that each path needs on the open case, before anything runs. */
import { useEffect, useState } from "react";
import type { BenchmarkPlan, Memory, PathMemory } from "../../app/commands/commands.ts";
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatBytes } from "../../base/format-units.ts";
import type { TargetFormat } from "../../domain/targets/target-paths.ts";
import { selectRegionSet, selectScales } from "../../state/case/case-selectors.ts";
import { useStore } from "../../state/store.ts";
import { PathHeads } from "./path-heads.tsx";

interface Props {
  readonly batch: number;
  readonly targetFormat: TargetFormat;
}

export function MemoryNeeds({ batch, targetFormat }: Props) {
  const commands = useCommands();
  const source = useStore((s) => s.openCase?.source);
  const regionSet = useStore(selectRegionSet);
  const scales = useStore(selectScales);
  const mode = useStore((s) => s.mode);
  const gpu = useStore((s) => s.gpu);
  const [plan, setPlan] = useState<BenchmarkPlan | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the command reads the store, where these stand for all that it reads.
  useEffect(() => {
    let isCurrent = true;
    commands.planBenchmark({ batch, targetFormat }, (made) => {
      if (isCurrent) setPlan(made);
    });
    return () => {
      isCurrent = false;
    };
  }, [commands, batch, targetFormat, source, regionSet, scales, mode, gpu]);
  if (!plan) return null;
  const off = plan.paths.filter((path) => path.off !== null);
  return (
    <details className="timing-details" open={off.length > 0 || plan.slabs > 1 ? true : undefined}>
      <summary>Memory use</summary>
      <table className="timing-table" aria-label="Memory use">
        <PathHeads first="bytes" paths={plan.paths.map(({ path }) => path)} />
        <tbody>
          <Row head="one patch, RAM" paths={plan.paths} of={({ whole }) => whole} part="arrays" />
          <Row head="one patch, GPU" paths={plan.paths} of={({ whole }) => whole} part="gpu" />
          <Row head="run, RAM" paths={plan.paths} of={({ peak }) => peak} part="arrays" />
          <Row head="run, GPU" paths={plan.paths} of={({ peak }) => peak} part="gpu" />
        </tbody>
      </table>
      {off.map(({ path, off: reason }) => (
        <p key={path} className="timing-note">
          <b>{path} is not available.</b> {reason}
        </p>
      ))}
      <p className="timing-note">
        “One patch”: every channel at every scale at once. “Run”: the most that a comparison holds
        {plan.slabs > 1 ? `, with ${plan.slabs} slabs per patch one after the other` : ""}.
      </p>
    </details>
  );
}

interface RowProps {
  readonly head: string;
  readonly paths: readonly PathMemory[];
  readonly of: (path: PathMemory) => Memory | null;
  readonly part: keyof Memory;
}

function Row({ head, paths, of, part }: RowProps) {
  return (
    <tr>
      <th scope="row">{head}</th>
      {paths.map((path) => {
        const memory = of(path);
        return (
          <td key={path.path}>
            {memory ? <data value={memory[part]}>{formatBytes(memory[part])}</data> : "off"}
          </td>
        );
      })}
    </tr>
  );
}
