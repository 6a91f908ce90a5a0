type Gestures = typeof import('./gestures');

let gestures: Gestures | undefined;
let loading: Promise<Gestures> | undefined;

/** Does something with the code of gestures, which is loaded when the user first comes near the canvas. */
export function withGestures(act: (gestures: Gestures) => void) {
  if (gestures) return act(gestures);
  loading ??= import('./gestures').then((module) => {
    gestures = module;
    return module;
  });
  void loading.then(act);
}

export const loadedGestures = (): Gestures | undefined => gestures;

export const loadGestures = () => withGestures(() => {});
