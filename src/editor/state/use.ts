import { useStore } from 'zustand';
import { useShallow } from 'zustand/shallow';
import { deviceStore } from '../engine/client';
import { canvasStore } from './canvas-store';
import { documentStore } from './document-store';
import { inspectStore } from './inspect-store';
import { runInside } from './run-inside';
import { type RunState, runStore } from './run-store';
import { uiStore } from './ui-store';
import { handStore } from './wire-in-hand';

type StateOf<S> = S extends { getState: () => infer T } ? T : never;

/** Subscriptions for components. Selectors pick as little as the component shows, so that live updates stay local. */
export const useDocument = <T>(select: (state: StateOf<typeof documentStore>) => T): T =>
  useStore(documentStore, useShallow(select));
/** The run as the nodes see it that are shown. */
export const useRun = <T>(select: (state: RunState) => T): T =>
  useStore(
    runStore,
    useShallow((state) => select(runInside(state, documentStore.getState().path))),
  );
/** The run of the whole graph: nodes inside of subgraphs are called `instance/node`. */
export const useWholeRun = <T>(select: (state: RunState) => T): T => useStore(runStore, useShallow(select));
export const useUi = <T>(select: (state: StateOf<typeof uiStore>) => T): T => useStore(uiStore, useShallow(select));
export const useCanvas = <T>(select: (state: StateOf<typeof canvasStore>) => T): T =>
  useStore(canvasStore, useShallow(select));
export const useHand = <T>(select: (state: StateOf<typeof handStore>) => T): T => useStore(handStore, select);
export const useDevice = () => useStore(deviceStore);
export const useInspect = <T>(select: (state: StateOf<typeof inspectStore>) => T): T =>
  useStore(inspectStore, useShallow(select));
