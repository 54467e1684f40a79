/** Buttons that export a benchmark as JSON, CSV or Markdown. */
import { Download } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";

const FORMATS = [
  { format: "json", face: "JSON" },
  { format: "csv", face: "CSV" },
  { format: "markdown", face: "Markdown" },
] as const;

export function ExportButtons() {
  const commands = useCommands();
  return (
    <fieldset className="timing-exports">
      <legend>Export timing</legend>
      {FORMATS.map(({ format, face }) => (
        <button
          key={format}
          type="button"
          className="button"
          aria-label={`Export timing as ${face}`}
          onClick={() => commands.exportBenchmark(format)}
        >
          <Download size={13} aria-hidden /> {face}
        </button>
      ))}
    </fieldset>
  );
}
