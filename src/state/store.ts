/** The page's one store. */
import { create } from "zustand";
import { subscribeWithSelector } from "zustand/middleware";
import { type AppState, DEFAULT_STATE } from "./app-state.ts";

export type { AppState } from "./app-state.ts";

/** The interface reads it by hook; `start.ts` joins it to GPU and viewers. */
export const useStore = create<AppState>()(subscribeWithSelector(() => DEFAULT_STATE));
