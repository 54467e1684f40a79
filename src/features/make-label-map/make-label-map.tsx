/** Button offered with the finding on masks that nnU-Net cannot take; it opens the label map dialog. */
import { Wrench } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";

export function MakeLabelMap() {
  const commands = useCommands();
  return (
    <button type="button" className="finding-action" onClick={() => commands.makeLabelMap()}>
      <Wrench size={12} aria-hidden />
      <span>
        <b>Make a label map…</b>
      </span>
    </button>
  );
}
