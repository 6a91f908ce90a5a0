import { damagedPickle, LONGEST_NAME, type PickleBytes } from './pickle-bytes';
import { PickleDict, PickleGlobal, PickleList, PickleObject, type PickleValue } from './pickle-values';

/** What stands for a call of a global, and for an id of something that lies outside the pickle. Both must only describe. */
export interface PickleWorld {
  call(global: PickleGlobal, args: readonly PickleValue[]): PickleValue;
  persistent(id: PickleValue): PickleValue;
}

/** Far above what checkpoints need, some 50,000: a pickle that goes on longer is made to be endless. */
const MOST_STEPS = 2_000_000;
const LONGEST_INTEGER = 256;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads one pickle of protocol 2 to 5 (Lib/pickletools.py of CPython). No class or function that it names is looked up: a
 * call becomes what `world` says, an object that would be made a `PickleObject`. Throws a sentence where the pickle is not
 * sound or goes on for too long; memory grows with its length only.
 */
export function unpickle(bytes: PickleBytes, world: PickleWorld): PickleValue {
  return new Machine(bytes, world).run();
}

class Machine {
  #stack: PickleValue[] = [];
  readonly #below: PickleValue[][] = [];
  readonly #memo = new Map<number, PickleValue>();

  constructor(
    readonly bytes: PickleBytes,
    readonly world: PickleWorld,
  ) {}

  run(): PickleValue {
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const code = this.bytes.byte();
      if (code === STOP) return this.#pop();
      this.#step(code);
    }
    throw damagedPickle('its description of the tensors goes on for too long.');
  }

  #pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined) throw damagedPickle('its description takes more values than it gives.');
    return value;
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined) throw damagedPickle('its description takes more values than it gives.');
    return value;
  }

  /** What was pushed since the last mark. */
  #marked(): PickleValue[] {
    const items = this.#stack;
    const below = this.#below.pop();
    if (!below) throw damagedPickle('its description closes what was not opened.');
    this.#stack = below;
    return items;
  }

  #args(): readonly PickleValue[] {
    const args = this.#pop();
    return args instanceof PickleList ? args.items : [];
  }

  #call(target: PickleValue, args: readonly PickleValue[]): PickleValue {
    if (target instanceof PickleGlobal) return this.world.call(target, args);
    return new PickleObject('what is no class');
  }

  #text(size: 1 | 4 | 8): string {
    return decoder.decode(this.bytes.take(this.bytes.length(size)));
  }

  #name(value: PickleValue): string {
    if (typeof value !== 'string' || value.length > LONGEST_NAME) throw damagedPickle('a class in it has no name.');
    return value;
  }

  #integer(length: number): number | bigint {
    if (length > LONGEST_INTEGER) throw damagedPickle(`a number in it claims ${length} bytes.`);
    let value = 0n;
    const bytes = this.bytes.take(length);
    for (let i = length - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(bytes[i] as number);
    if (length > 0 && (bytes[length - 1] as number) >= 0x80) value -= 1n << BigInt(8 * length);
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : value;
  }

  #setItems(pairs: readonly PickleValue[]): void {
    const target = this.#top();
    if (!(target instanceof PickleDict)) return;
    for (let i = 0; i + 1 < pairs.length; i += 2) target.set(pairs[i] as PickleValue, pairs[i + 1] as PickleValue);
  }

  #append(items: readonly PickleValue[]): void {
    const target = this.#top();
    if (target instanceof PickleList) for (const item of items) target.items.push(item);
  }

  #remembered(index: number): PickleValue {
    const value = this.#memo.get(index);
    if (value === undefined) throw damagedPickle('its description refers to what it does not have.');
    return value;
  }

  /** The last `count` values as a tuple. */
  #tuple(count: number): PickleList {
    return new PickleList(Array.from({ length: count }, () => this.#pop()).reverse());
  }

  /** One instruction, by the letter that pickletools gives it. */
  #step(code: number): void {
    const { bytes } = this;
    switch (String.fromCharCode(code)) {
      case '\x80': {
        const protocol = bytes.byte();
        if (protocol > 5) throw damagedPickle(`it is a pickle of protocol ${protocol}.`);
        break;
      }
      case '\x95':
        bytes.take(8);
        break;
      case '(':
        this.#below.push(this.#stack);
        this.#stack = [];
        break;
      case '0':
        this.#pop();
        break;
      case '1':
        this.#marked();
        break;
      case 's': {
        const value = this.#pop();
        this.#setItems([this.#pop(), value]);
        break;
      }
      case 'u': {
        const pairs = this.#marked();
        this.#setItems(pairs);
        break;
      }
      case 'a':
        this.#append([this.#pop()]);
        break;
      case 'e':
      case '\x90':
        this.#append(this.#marked());
        break;
      case 'b': {
        const state = this.#pop();
        const target = this.#top();
        if (target instanceof PickleObject) target.state = state;
        break;
      }
      case 'q':
        this.#memo.set(bytes.byte(), this.#top());
        break;
      case 'r':
        this.#memo.set(bytes.view(4).getUint32(0, true), this.#top());
        break;
      case '\x94':
        this.#memo.set(this.#memo.size, this.#top());
        break;
      default: {
        // Before the stack is named, which closing a mark replaces.
        const value = this.#made(code);
        this.#stack.push(value);
      }
    }
  }

  /** What an instruction pushes. */
  #made(code: number): PickleValue {
    const { bytes } = this;
    switch (String.fromCharCode(code)) {
      case '2':
        return this.#top();
      case 'N':
        return null;
      case '\x88':
        return true;
      case '\x89':
        return false;
      case 'J':
        return bytes.view(4).getInt32(0, true);
      case 'K':
        return bytes.byte();
      case 'M':
        return bytes.view(2).getUint16(0, true);
      case '\x8a':
        return this.#integer(bytes.byte());
      case '\x8b':
        return this.#integer(bytes.length(4));
      case 'G':
        return bytes.view(8).getFloat64(0);
      case 'X':
      case 'T':
        return this.#text(4);
      case '\x8c':
      case 'U':
        return this.#text(1);
      case '\x8d':
        return this.#text(8);
      case 'B':
        return bytes.take(bytes.length(4)).slice();
      case 'C':
        return bytes.take(bytes.length(1)).slice();
      case '\x8e':
        return bytes.take(bytes.length(8)).slice();
      case ']':
      case ')':
      case '\x8f':
        return new PickleList([]);
      case '}':
        return new PickleDict();
      case 'l':
      case 't':
      case '\x91':
        return new PickleList(this.#marked());
      case '\x85':
        return this.#tuple(1);
      case '\x86':
        return this.#tuple(2);
      case '\x87':
        return this.#tuple(3);
      case 'h':
        return this.#remembered(bytes.byte());
      case 'j':
        return this.#remembered(bytes.view(4).getUint32(0, true));
      case 'c': {
        const module = bytes.line();
        return new PickleGlobal(module, bytes.line());
      }
      case '\x93': {
        const name = this.#pop();
        return new PickleGlobal(this.#name(this.#pop()), this.#name(name));
      }
      case 'R':
      case '\x81': {
        const args = this.#args();
        return this.#call(this.#pop(), args);
      }
      case '\x92': {
        this.#pop();
        const args = this.#args();
        return this.#call(this.#pop(), args);
      }
      case 'o': {
        const [target = null, ...args] = this.#marked();
        return this.#call(target, args);
      }
      case 'Q':
        return this.world.persistent(this.#pop());
      default:
        throw damagedPickle(
          `its description has the instruction ${code} at byte ${bytes.position - 1}, which PyTorch does not write.`,
        );
    }
  }
}

/** "." ends a pickle. */
const STOP = 0x2e;
