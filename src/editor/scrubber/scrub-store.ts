import { createStore } from 'zustand/vanilla';
import type { Picture } from '../../engine/events';
import type { ViewName } from './views';

/** Pictures of a zone that runs, as they come. */
export interface Live {
  readonly graph: string;
  /** The node that ends the zone. */
  readonly zone: string;
  readonly item: number;
  /** How many evaluations there are to be. */
  readonly of: number;
  readonly frames: readonly (Picture | undefined)[];
}

interface ScrubState {
  /** The strip has something to show, and nobody hid it. */
  readonly shown: boolean;
  readonly hidden: boolean;
  /** The graph whose steps these are. */
  readonly graph: string;
  /** The node that ends the zone that is looked at. */
  readonly zone: string | undefined;
  /** Of the items that the zone ran for. */
  readonly item: number;
  /** The evaluation whose values all nodes show; undefined while they show none. */
  readonly step: number | undefined;
  readonly view: ViewName;
  readonly playing: boolean;
  readonly live: Live | undefined;
  /** Small pictures of the step by output, `node port`: of the nodes of the zone. */
  readonly pictures: ReadonlyMap<string, Picture>;
}

/** Which step of which zone is looked at. */
export const scrubStore = createStore<ScrubState>(() => ({
  shown: false,
  hidden: false,
  graph: '',
  zone: undefined,
  item: 0,
  step: undefined,
  view: 'denoised',
  playing: false,
  live: undefined,
  pictures: new Map(),
}));
