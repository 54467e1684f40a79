import { setCentre } from "../state/actions/view-actions.ts";
import { useStore } from "../state/store.ts";
import { VIEWS } from "../state/view/views.ts";
import { Segmented } from "../ui/controls/segmented.tsx";

const OPTIONS = VIEWS.map(({ value, name }) => ({ value, name, face: name }));

export function ViewSwitch() {
  const centre = useStore((s) => s.centre);
  return (
    <div className="view-switch">
      <Segmented label="View" options={OPTIONS} value={centre} onChange={setCentre} />
    </div>
  );
}
