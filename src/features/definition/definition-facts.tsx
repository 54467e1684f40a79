/** Popup with the entries of dataset.json that are not regions: background and ignore label. */
import { Popover } from "@base-ui/react/popover";
import { ChevronDown } from "lucide-react";
import type { DefinitionFacts } from "./edit-selectors.ts";
import { definitionFacts } from "./lazy.tsx";

/** A popup, so that opening it moves nothing on the page. */
export function DefinitionFactsMenu({ facts }: { readonly facts: DefinitionFacts }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="definition-file" title={`${facts.file}: background and ignore label`}>
        <span>{facts.file.split("/").at(-1)}</span>
        <ChevronDown size={13} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" sideOffset={6} side="top" align="start">
          <Popover.Popup className="popup definition-popup">
            <Popover.Title className="definition-title">{facts.file}</Popover.Title>
            <definitionFacts.View facts={facts} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
