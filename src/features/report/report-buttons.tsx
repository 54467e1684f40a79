/** Header buttons that save the report as JSON or as a page to print. */
import { Download, Printer } from "lucide-react";
import { useState } from "react";
import { inBackground } from "../../app/busy.ts";
import { useCommands } from "../../app/commands/commands-context.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";

/** Runs one at a time: both count every target, on the GPU if there is one. */
export function ReportButtons() {
  const commands = useCommands();
  const exportable = useStore(
    ({ openCase, gpu }) => openCase !== null && (gpu.status === "ready" || gpu.status === "unavailable"),
  );
  const [busy, setBusy] = useState(false);
  const run = (save: () => Promise<void>) => {
    setBusy(true);
    inBackground(() => save().finally(() => setBusy(false)));
  };
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={!exportable || busy}
        aria-busy={busy}
        title="Export report"
        onClick={() => run(commands.exportReport)}
      >
        <Download size={14} aria-hidden /> <span className="wide-label">Export report</span>
      </button>
      <IconButton
        icon={Printer}
        label="Printable report"
        disabled={!exportable || busy}
        onClick={() => run(commands.printReport)}
      />
    </>
  );
}
