import { ArrowLeft, ArrowRight } from "lucide-react";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../controls/icon-button.tsx";

/** Back and forward through what was looked at; on a narrow window the keys do it alone. */
export function HistoryButtons() {
  const hasBefore = useStore((s) => s.viewsBefore.length > 0);
  const hasAfter = useStore((s) => s.viewsAfter.length > 0);
  const { goBack, goForward } = useStore.getState();
  return (
    <div className="history-buttons">
      <IconButton icon={ArrowLeft} label="View before (Alt ←)" disabled={!hasBefore} onClick={goBack} />
      <IconButton icon={ArrowRight} label="View after (Alt →)" disabled={!hasAfter} onClick={goForward} />
    </div>
  );
}
