/** In the closed panel: what is being measured, how far it is, and a button that cancels it. */
import { useCommands } from "../../app/commands/commands-context.ts";
import { useStore } from "../../state/store.ts";
import { CancelButton } from "./cancel-button.tsx";

export function StripProgress() {
  const commands = useCommands();
  const comparison = useStore((s) => s.benchmarkRun);
  const sweep = useStore((s) => s.sweepRun);
  const suite = useStore((s) => s.suiteRun);
  const running = [
    { what: "comparison", name: "Comparison", run: comparison, cancel: () => commands.cancelBenchmark() },
    { what: "sweep", name: "Sweep", run: sweep, cancel: () => commands.cancelSweep() },
    { what: "suite", name: "Suite", run: suite, cancel: () => commands.cancelSuite() },
  ];
  return running.map(({ what, name, run, cancel }) => {
    if (!run) return null;
    const percent = Math.round(run.fraction * 100);
    return (
      <div key={what} className="timing-strip-run">
        <CancelButton label={`Cancel ${what}`} onClick={cancel} />
        <p>
          {name} {percent} %
        </p>
        <progress aria-label={`Progress of the ${what}`} max={100} value={percent} />
      </div>
    );
  });
}
