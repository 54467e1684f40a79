/** Dialog that lists the cases of an opened folder and opens the chosen one. */
import { Dialog } from "@base-ui/react/dialog";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { formatCount, plural } from "../../base/format-numbers.ts";
import { caseChoiceClosed } from "../../state/actions/case-actions.ts";
import { useStore } from "../../state/store.ts";
import { focusAfterDialog } from "../../ui/controls/use-focus-handoff.ts";

/** Most cases listed at once: a dataset may have thousands, and nobody scrolls through more than this. */
const SHOWN = 200;

export function CaseChooser() {
  const commands = useCommands();
  const cases = useStore((s) => s.caseChoice?.cases ?? null);
  const problem = useStore((s) => s.caseChoice?.problem ?? null);
  const [search, setSearch] = useState("");
  const found = cases?.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase())) ?? [];
  return (
    <Dialog.Root open={cases !== null} onOpenChange={(open) => open || caseChoiceClosed()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog" finalFocus={focusAfterDialog}>
          <Dialog.Title>Choose a case</Dialog.Title>
          <Dialog.Description>
            {search.trim() === ""
              ? `This folder has ${plural(cases?.length ?? 0, "case")}.`
              : `${formatCount(found.length)} of ${plural(cases?.length ?? 0, "case")} match.`}
          </Dialog.Description>
          {problem ? (
            <div className="case-problem" role="alert">
              <TriangleAlert size={15} aria-hidden />
              <p>{problem}</p>
            </div>
          ) : null}
          <input
            type="search"
            className="field"
            placeholder="Search cases"
            aria-label="Search cases"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <ul className="case-list" aria-label="Cases">
            {found.slice(0, SHOWN).map(({ name }) => (
              <li key={name}>
                <button type="button" onClick={() => commands.chooseCase(name)}>
                  {name}
                </button>
              </li>
            ))}
          </ul>
          {found.length > SHOWN ? (
            <p className="muted">{found.length - SHOWN} more: type part of a name to find them.</p>
          ) : null}
          <Dialog.Close className="button">Cancel</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
