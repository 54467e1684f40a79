/** How the round trip is looked at: kept while another view is shown, and of no concern to the rest. */
import { create } from "zustand";

export const useLabelMapping = create<{ readonly onlyChanged: boolean }>()(() => ({ onlyChanged: false }));
