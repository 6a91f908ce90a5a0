import { useCallback } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Point } from '../document/nodes';
import type { Route } from './route-wires';

/** The lines of the wires that do not run as a plain curve, by id. They were found for nodes that lay still. */
export const routeStore = createStore<{ readonly routes: ReadonlyMap<string, Route> }>(() => ({ routes: new Map() }));

/** Parts of a pixel are lost where the browser measures. */
const isNear = (a: Point, b: Point) => Math.abs(a[0] - b[0]) < 0.75 && Math.abs(a[1] - b[1]) < 0.75;

/**
 * The line of a wire that goes around nodes, as an SVG path; undefined where it runs as a plain curve, as it does while one of
 * its ends is moved.
 */
export function useRoute(id: string, from: Point, to: Point): string | undefined {
  const route = useStore(
    routeStore,
    useCallback(({ routes }: { readonly routes: ReadonlyMap<string, Route> }) => routes.get(id), [id]),
  );
  return route && isNear(route.from, from) && isNear(route.to, to) ? route.path : undefined;
}
