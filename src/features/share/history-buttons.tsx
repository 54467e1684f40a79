/** Back and forward buttons for the view history; a narrow page leaves them to the keys. */
import { ArrowLeft, ArrowRight } from "lucide-react";
import { navigate } from "../../state/actions/navigate-history.ts";
import { useStore } from "../../state/store.ts";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { keyOf } from "../../ui/keys.ts";
import "./share.css";

export function HistoryButtons() {
  const hasBefore = useStore((s) => s.viewsBefore.length > 0);
  const hasAfter = useStore((s) => s.viewsAfter.length > 0);
  return (
    <div className="history-buttons">
      <IconButton
        icon={ArrowLeft}
        label={`Previous view (${keyOf("view-before")})`}
        disabled={!hasBefore}
        onClick={() => navigate(useStore, -1)}
      />
      <IconButton
        icon={ArrowRight}
        label={`Next view (${keyOf("view-after")})`}
        disabled={!hasAfter}
        onClick={() => navigate(useStore, 1)}
      />
    </div>
  );
}
