import type { Command } from '../define-command';

/** A command with the name of its file, which stays when its title changes. */
export interface NamedCommand extends Command {
  readonly id: string;
}

/** The keys that the user gave to commands, by their id; an empty list takes all away. */
export type Remapped = Readonly<Record<string, readonly string[]>>;

export const keysIn = (remapped: Remapped, { id, keys = [] }: Pick<NamedCommand, 'id' | 'keys'>): readonly string[] =>
  remapped[id] ?? keys;

/** The command that has a combination by now. */
export const ownerOf = <C extends NamedCommand>(
  commands: readonly C[],
  remapped: Remapped,
  keys: string,
): C | undefined => commands.find((command) => keysIn(remapped, command).includes(keys));

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((keys, i) => keys === b[i]);

/** What is to be kept for a command: nothing where it has the keys of its definition. */
function set(remapped: Remapped, command: NamedCommand, keys: readonly string[]): Remapped {
  const { [command.id]: _, ...others } = remapped;
  return same(keys, command.keys ?? []) ? others : { ...others, [command.id]: keys };
}

/** Gives a command a combination in place of those it has, and takes it from the command that had it. */
export function assign(
  commands: readonly NamedCommand[],
  remapped: Remapped,
  command: NamedCommand,
  keys: string | undefined,
): Remapped {
  const owner = keys === undefined ? undefined : ownerOf(commands, remapped, keys);
  const taken =
    owner && owner.id !== command.id
      ? set(
          remapped,
          owner,
          keysIn(remapped, owner).filter((other) => other !== keys),
        )
      : remapped;
  return set(taken, command, keys === undefined ? [] : [keys]);
}

/** Gives a command the keys of its definition, and takes them from commands that have them by now. */
export function reset(commands: readonly NamedCommand[], remapped: Remapped, command: NamedCommand): Remapped {
  let next = remapped;
  for (const keys of command.keys ?? []) {
    const owner = ownerOf(commands, next, keys);
    if (owner && owner.id !== command.id)
      next = set(
        next,
        owner,
        keysIn(next, owner).filter((other) => other !== keys),
      );
  }
  return set(next, command, command.keys ?? []);
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Where a character itself needs Shift ("?"), the character says so; with letters and named keys Shift is told. */
const tellsShift = (key: string): boolean => /^[a-z]$|../.test(key);

/** A key press as commands write it: `mod+shift+z`. Undefined while only modifiers are held. */
export function combinationOf({ key, ctrlKey, metaKey, shiftKey, altKey }: Press, isMac: boolean): string | undefined {
  const name = key.toLowerCase();
  if (['control', 'shift', 'alt', 'meta', 'altgraph', 'dead', 'process', 'unidentified'].includes(name))
    return undefined;
  const mod = isMac ? metaKey : ctrlKey;
  const parts = [mod && 'mod', altKey && 'alt', shiftKey && tellsShift(name) && 'shift', name];
  return parts.filter(Boolean).join('+');
}

/** What was kept, as far as it is that. */
export function readRemapped(text: string | null): Remapped {
  try {
    const data: unknown = JSON.parse(text ?? '{}');
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return {};
    const isList = (value: unknown): value is string[] =>
      Array.isArray(value) && value.every((keys) => typeof keys === 'string');
    return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, string[]] => isList(entry[1])));
  } catch {
    return {};
  }
}
