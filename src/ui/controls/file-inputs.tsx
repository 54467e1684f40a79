/** The page's file and folder inputs, and the hook that opens their dialogs. */
import { type ChangeEvent, createContext, type ReactNode, useContext, useMemo, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";

interface Pickers {
  readonly pickFiles: () => void;
  readonly pickFolder: () => void;
}

const PickersContext = createContext<Pickers | null>(null);

/** Opens the browser's file and folder dialogs. @throws outside {@link FileInputs}. */
export function usePickers(): Pickers {
  const pickers = useContext(PickersContext);
  if (!pickers) throw new Error("usePickers needs FileInputs above it.");
  return pickers;
}

/** The inputs always exist; buttons and menus click them. */
export function FileInputs({ children }: { readonly children: ReactNode }) {
  const commands = useCommands();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const pickers = useMemo<Pickers>(
    () => ({ pickFiles: () => files.current?.click(), pickFolder: () => folder.current?.click() }),
    [],
  );
  const take = (event: ChangeEvent<HTMLInputElement>, open: (chosen: readonly File[]) => void) => {
    const chosen = [...(event.target.files ?? [])];
    // Reset, so that choosing the same file again fires a change event.
    event.target.value = "";
    if (chosen.length > 0) open(chosen);
  };
  return (
    <PickersContext value={pickers}>
      <section aria-label="Files and folders">
        <input
          ref={files}
          className="visually-hidden"
          type="file"
          multiple
          tabIndex={-1}
          aria-label="Open files"
          onChange={(event) => take(event, (chosen) => commands.openFiles(chosen))}
        />
        <input
          ref={folder}
          className="visually-hidden"
          type="file"
          tabIndex={-1}
          aria-label="Open folder"
          {...{ webkitdirectory: "" }}
          onChange={(event) => take(event, (chosen) => commands.openFolder(chosen))}
        />
      </section>
      {children}
    </PickersContext>
  );
}
