/** What is used of `navigator.locks`. */
export interface Locks {
  request(
    name: string,
    options: { readonly ifAvailable?: boolean; readonly steal?: boolean; readonly signal?: AbortSignal },
    callback: (lock: unknown) => Promise<void> | undefined,
  ): Promise<unknown>;
}

const lockOf = (id: string): string => `weft-graph ${id}`;

/**
 * Whose turn it is to edit a graph: one page of this browser has it. Where the browser has no locks, every page has it.
 * `onLost` is called when another page took it away.
 */
export function turnsFrom(locks: Locks | undefined) {
  const held = new Map<string, () => void>();
  const waiting = new Map<string, AbortController>();
  let ended = false;

  function stopWaiting(id: string) {
    waiting.get(id)?.abort();
    waiting.delete(id);
  }

  /** Resolves with whether it was granted; a request that waits resolves when it is, or never. */
  function acquire(
    id: string,
    options: { readonly ifAvailable?: boolean; readonly steal?: boolean; readonly signal?: AbortSignal },
    onLost: () => void,
  ): Promise<boolean> {
    if (!locks) {
      held.set(id, () => {});
      return Promise.resolve(true);
    }
    return new Promise((resolve, reject) => {
      let release: (() => void) | undefined;
      const over = () => {
        if (!release || held.get(id) !== release) return;
        held.delete(id);
        onLost();
      };
      locks
        .request(lockOf(id), options, (lock) => {
          if (!lock || ended) {
            resolve(false);
            return undefined;
          }
          return new Promise<void>((done) => {
            release = done;
            held.set(id, done);
            resolve(true);
          });
        })
        .then(over, (thrown: unknown) => {
          if (release) over();
          else if (!options.signal?.aborted) reject(thrown);
        });
    });
  }

  function leave(id: string) {
    stopWaiting(id);
    const release = held.get(id);
    held.delete(id);
    release?.();
  }

  return {
    holds: (id: string): boolean => held.has(id),

    /** Takes the turn if nobody has it. */
    tryNow: (id: string, onLost: () => void): Promise<boolean> => acquire(id, { ifAvailable: true }, onLost),

    /** Takes the turn when whoever has it lets go of it or goes away. */
    wait(id: string, onTurn: () => Promise<void>, onLost: () => void): void {
      if (waiting.has(id) || held.has(id)) return;
      const controller = new AbortController();
      waiting.set(id, controller);
      acquire(id, { signal: controller.signal }, onLost)
        .then((granted) => {
          waiting.delete(id);
          return granted ? onTurn() : undefined;
        })
        .catch(() => waiting.delete(id));
    },

    /** Takes the turn from whoever has it. */
    async steal(id: string, onTurn: () => Promise<void>, onLost: () => void): Promise<void> {
      stopWaiting(id);
      if (held.has(id) || (await acquire(id, { steal: true }, onLost))) await onTurn();
    },

    leave,

    /** Lets go of everything, and takes nothing more. */
    end(): void {
      ended = true;
      for (const id of [...held.keys(), ...waiting.keys()]) leave(id);
    },
  };
}
