/** View state of the round trip, kept while another view is shown. */
import { create } from "zustand";

export const useLabelMapping = create<{ readonly onlyChanged: boolean }>()(() => ({ onlyChanged: false }));
