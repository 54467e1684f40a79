/** The page's one store. */
import { create } from "zustand";
import { subscribeWithSelector } from "zustand/middleware";
import { type AppState, DEFAULT_STATE } from "./app-state.ts";

/** Components read it as a hook; `start.ts` connects it to the GPU and viewers. */
export const useStore = create<AppState>()(subscribeWithSelector(() => DEFAULT_STATE));
