/** The switch between views in the header. */
import { setActiveView } from "../state/actions/view-actions.ts";
import { useStore } from "../state/store.ts";
import { VIEWS } from "../state/view/views.ts";
import { Segmented } from "../ui/controls/segmented.tsx";

const OPTIONS = VIEWS.map(({ value, name }) => ({ value, name, face: name }));

export function ViewSwitch() {
  const activeView = useStore((s) => s.activeView);
  return (
    <div className="view-switch">
      <Segmented label="View" options={OPTIONS} value={activeView} onChange={setActiveView} />
    </div>
  );
}
