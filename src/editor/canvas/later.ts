import { notifyFailure } from '../notify';

type Gestures = typeof import('./gestures');

let gestures: Gestures | undefined;
let loading: Promise<Gestures> | undefined;

/** Fetches the code of gestures; a fetch that failed is tried again at the next gesture. */
export function loadGestures(): Promise<Gestures> {
  loading ??= import('./gestures').then(
    (module) => {
      gestures = module;
      return module;
    },
    (thrown: unknown) => {
      loading = undefined;
      throw thrown;
    },
  );
  return loading;
}

/** Does something with the code of gestures, which is fetched when the page stands. */
export function withGestures(act: (gestures: Gestures) => void) {
  if (gestures) act(gestures);
  else void loadGestures().then(act, notifyFailure);
}

export const loadedGestures = (): Gestures | undefined => gestures;
