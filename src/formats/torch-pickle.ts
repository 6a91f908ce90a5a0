import type { Dtype } from './bytes-to-float32';
import type { PickleWorld } from './pickle';
import { damagedPickle } from './pickle-bytes';
import {
  PickleDict,
  type PickleGlobal,
  PickleList,
  PickleObject,
  PickleStorage,
  PickleTensor,
  type PickleValue,
} from './pickle-values';

/** Element types by the name of torch's storage class. */
const STORAGES: Readonly<Record<string, Dtype>> = {
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  DoubleStorage: 'F64',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
};

const MOST_DIMENSIONS = 64;
/** Pairs that dictionaries are made from, in one file: lists can be named again and again at no cost to the file. */
const MOST_PAIRS = 1_000_000;

/** What no checkpoint has a use for: these run programs or code, so a file that calls them was made to do harm. */
const HARMFUL =
  /^(os|posix|nt|subprocess|pty|shutil|socket|runpy|commands|webbrowser|importlib|ctypes|sys|code|codeop|pip)(\.|$)|^(__builtin__|builtins)\.(eval|exec|execfile|compile|open|input|__import__|getattr|apply|breakpoint)$/;

const isCount = (value: PickleValue | undefined): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** Names of calls and persistent ids as torch.save writes them; whatever else is called becomes an object without effect. */
export function torchWorld(): PickleWorld {
  let pairs = 0;
  const storages = new Map<string, PickleStorage>();

  const dictionary = (source: PickleValue | undefined): PickleDict => {
    const made = new PickleDict();
    if (source instanceof PickleList) {
      pairs += source.items.length;
      if (pairs > MOST_PAIRS) throw damagedPickle('its description makes too many dictionaries.');
      for (const pair of source.items) {
        if (pair instanceof PickleList) made.set(pair.items[0] ?? null, pair.items[1] ?? null);
      }
    }
    return made;
  };

  const call = (global: PickleGlobal, args: readonly PickleValue[]): PickleValue => {
    const { path } = global;
    switch (path) {
      case 'collections.OrderedDict':
        return dictionary(args[0]);
      case 'collections.defaultdict':
      case '__builtin__.dict':
      case 'builtins.dict':
        return new PickleDict();
      case 'torch._utils._rebuild_tensor_v2':
      case 'torch._utils._rebuild_tensor':
        return tensor(args);
      case 'torch._utils._rebuild_parameter':
      case 'torch._utils._rebuild_parameter_with_state':
        return args[0] ?? null;
    }
    if (/^torch\._(utils|tensor)\._rebuild/.test(path)) {
      throw new Error(
        `The PyTorch file has a tensor of a kind that Weft does not read (${path}); save the model as .safetensors.`,
      );
    }
    if (HARMFUL.test(path)) {
      throw new Error(
        `The PyTorch file would call ${path} when PyTorch opens it, which no model has a use for. Weft ran nothing of it; ` +
          'do not open it elsewhere.',
      );
    }
    return new PickleObject(path);
  };

  return {
    call,
    persistent(id) {
      if (!(id instanceof PickleList)) throw damagedPickle('it refers to data in a way that PyTorch does not.');
      const [what, kind, key, , count, part] = id.items;
      const type = kind && typeof kind === 'object' && 'path' in kind ? kind.path : '';
      const dtype = STORAGES[/^torch\.(?:storage\.|cuda\.)?(\w+)$/.exec(type)?.[1] ?? ''];
      if (what !== 'storage' || (typeof key !== 'string' && typeof key !== 'number') || !isCount(count)) {
        throw damagedPickle('it refers to data in a way that PyTorch does not.');
      }
      if (!dtype) {
        throw new Error(`The PyTorch file has numbers of the type ${type.slice(0, 80)}, which Weft does not read.`);
      }
      // Files made before 0.4 have views of storages: their key, first element and length.
      const first = part instanceof PickleList ? part.items[1] : 0;
      if (!isCount(first)) throw damagedPickle('a view of its data begins nowhere.');
      const name = `${key} ${dtype} ${count} ${first}`;
      const known = storages.get(name) ?? new PickleStorage(String(key), dtype, count, first);
      storages.set(name, known);
      return known;
    },
  };
}

/** torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks) */
function tensor([storage, offset, size, stride]: readonly PickleValue[]): PickleTensor {
  const [shape, strides] = [size, stride].map((list) => (list instanceof PickleList ? list.items : []));
  if (
    !(storage instanceof PickleStorage) ||
    !isCount(offset) ||
    !shape ||
    !strides ||
    shape.length > MOST_DIMENSIONS ||
    shape.length !== strides.length ||
    !shape.every(isCount) ||
    !strides.every(isCount)
  ) {
    throw damagedPickle('a tensor in it is not described as PyTorch describes one.');
  }
  const begin = storage.first + offset;
  const last = shape.includes(0) ? -1 : shape.reduce((at, dim, i) => at + (dim - 1) * (strides[i] as number), begin);
  const elements = shape.reduce((product, dim) => product * dim, 1);
  if (last >= storage.count || !Number.isSafeInteger(last) || !Number.isSafeInteger(elements)) {
    throw damagedPickle(`a tensor [${shape.slice(0, 8)}] in it reaches beyond its data, ${storage.count} numbers.`);
  }
  return new PickleTensor(storage, begin, shape, strides);
}
