import type { Delta } from './delta';

/** What is used of `BroadcastChannel`. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  close(): void;
}

type Message =
  | { readonly is: 'changed'; readonly id: string; readonly n: number; readonly delta: Delta | undefined }
  | { readonly is: 'asked'; readonly id: string }
  | { readonly is: 'given'; readonly id: string };

interface Handlers {
  /** Another page kept change `n` of a graph; without a delta it has to be read. */
  readonly changed: (id: string, n: number, delta: Delta | undefined) => void;
  /** Another page wants to edit a graph. */
  readonly asked: (id: string) => void;
}

/** What pages of this browser tell each other of the graphs that they have open. */
export function announcing(channel: Channel | undefined, { changed, asked }: Handlers) {
  const hoping = new Map<string, () => void>();
  const post = (message: Message) => channel?.postMessage(message);
  if (channel)
    channel.onmessage = ({ data }) => {
      const message = data as Message;
      if (message.is === 'changed') changed(message.id, message.n, message.delta);
      else if (message.is === 'asked') asked(message.id);
      else hoping.get(message.id)?.();
    };
  return {
    changed: (id: string, n: number, delta: Delta | undefined) => post({ is: 'changed', id, n, delta }),
    given: (id: string) => post({ is: 'given', id }),

    /** Asks for a graph; resolves when it is given, or when nobody answered for `patience` milliseconds. */
    ask: (id: string, patience: number): Promise<void> =>
      new Promise((resolve) => {
        const answered = () => {
          clearTimeout(timer);
          hoping.delete(id);
          resolve();
        };
        const timer = setTimeout(answered, patience);
        hoping.set(id, answered);
        post({ is: 'asked', id });
      }),

    close: () => channel?.close(),
  };
}
