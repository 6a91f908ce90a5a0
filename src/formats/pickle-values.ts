import type { Dtype } from './bytes-to-float32';

/**
 * What a pickle describes, as inert values: None, booleans, numbers, text and bytes are JavaScript's own; everything else is
 * one of these classes. Nothing here can call anything.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleList
  | PickleDict
  | PickleGlobal
  | PickleObject
  | PickleStorage
  | PickleTensor;

/** A list, tuple or set. */
export class PickleList {
  constructor(readonly items: PickleValue[]) {}
}

export class PickleDict {
  readonly entries = new Map<string | number | bigint | boolean | null, PickleValue>();

  /** Keys of other types (tuples, objects) have no name here, and are left out. */
  set(key: PickleValue, value: PickleValue): void {
    if (typeof key !== 'object' || key === null) this.entries.set(key, value);
  }
}

/** A class or function by name, never resolved. */
export class PickleGlobal {
  constructor(
    readonly module: string,
    readonly name: string,
  ) {}

  get path(): string {
    return `${this.module}.${this.name}`;
  }
}

/** An object that was not made: only its class and the state it was to have are kept. */
export class PickleObject {
  state: PickleValue = null;

  constructor(readonly path: string) {}
}

/** Elements in a row that tensors look at. */
export class PickleStorage {
  constructor(
    readonly key: string,
    readonly dtype: Dtype,
    /** Elements of the whole storage. */
    readonly count: number,
    /** The first element of this view of it. */
    readonly first: number,
  ) {}
}

export class PickleTensor {
  constructor(
    readonly storage: PickleStorage,
    /** Of the storage's elements, the tensor's first. */
    readonly offset: number,
    readonly shape: readonly number[],
    /** In elements. */
    readonly strides: readonly number[],
  ) {}
}
