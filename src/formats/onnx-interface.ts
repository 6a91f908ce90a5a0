import type { ByteSource } from '../core/device';

/** An input or output of an ONNX graph. */
export interface OnnxTensor {
  readonly name: string;
  /** As ONNX calls it in lower case: `float`, `float16`, `int64`; other types by their number. */
  readonly type: string;
  /** A size, or undefined where the graph leaves it open. */
  readonly dims: readonly (number | undefined)[];
}

/** What an ONNX file says of itself on the outside. */
export interface OnnxInterface {
  /** Without those that have an initializer. */
  readonly inputs: readonly OnnxTensor[];
  readonly outputs: readonly OnnxTensor[];
  /** The files beside it that hold its weights, as it names them. */
  readonly files: readonly string[];
}

// Numbers of onnx.proto3, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
const MODEL = { graph: 7 };
const GRAPH = { initializer: 5, input: 11, output: 12 };
const TENSOR = { name: 8, external: 13 };
const ENTRY = { key: 1, value: 2 };
const VALUE = { name: 1, type: 2 };
const TYPE = { tensor: 1, elements: 1, shape: 2 };
const SHAPE = { dimension: 1, size: 1 };
const TYPES: Readonly<Record<number, string>> = { 1: 'float', 6: 'int32', 7: 'int64', 9: 'bool', 10: 'float16' };

/** Far more than any network has; a file that goes on beyond is not one. */
const MOST_FIELDS = 2_000_000;
const MOST_NAMES = 200_000;
const LONGEST_NAME = 4096;

/**
 * Reads inputs, outputs and names of weight files of an ONNX ModelProto. Nodes and weights are stepped over, so a file of
 * gigabytes costs some kilobytes of memory. Throws a sentence where the file is not sound.
 */
export function readOnnxInterface(source: ByteSource): OnnxInterface {
  const reader = new Reader(source);
  const inputs: OnnxTensor[] = [];
  const outputs: OnnxTensor[] = [];
  const stored = new Set<string>();
  const files = new Set<string>();
  const graph = reader.last({ begin: 0, end: source.size }, MODEL.graph);
  if (!graph) throw new Error('This is not an ONNX file: it has no graph.');
  for (const field of reader.fields(graph)) {
    if (!field.inside) continue;
    if (field.number === GRAPH.input) inputs.push(readValue(reader, field.inside));
    else if (field.number === GRAPH.output) outputs.push(readValue(reader, field.inside));
    else if (field.number === GRAPH.initializer) {
      for (const part of reader.fields(field.inside)) {
        if (part.inside && part.number === TENSOR.name) stored.add(reader.text(part.inside));
        if (part.inside && part.number === TENSOR.external) {
          const key = reader.last(part.inside, ENTRY.key);
          const value = reader.last(part.inside, ENTRY.value);
          if (key && value && reader.text(key) === 'location') files.add(reader.text(value));
        }
      }
    }
    if (inputs.length + outputs.length + stored.size > MOST_NAMES) throw damaged('it has too many tensors');
  }
  if (outputs.length === 0) throw new Error('This is not an ONNX file: its graph has no outputs.');
  return { inputs: inputs.filter(({ name }) => !stored.has(name)), outputs, files: [...files] };
}

function readValue(reader: Reader, range: Range): OnnxTensor {
  const name = reader.last(range, VALUE.name);
  const type = reader.last(range, VALUE.type);
  const tensor = type && reader.last(type, TYPE.tensor);
  const shape = tensor && reader.last(tensor, TYPE.shape);
  const dims: (number | undefined)[] = [];
  for (const field of shape ? reader.fields(shape) : []) {
    if (field.number !== SHAPE.dimension || !field.inside) continue;
    const size = reader.number(field.inside, SHAPE.size);
    dims.push(size !== undefined && Number.isSafeInteger(size) && size > 0 ? size : undefined);
  }
  const elements = (tensor && reader.number(tensor, TYPE.elements)) ?? 0;
  return { name: name ? reader.text(name) : '', type: TYPES[elements] ?? `type ${elements}`, dims };
}

interface Range {
  readonly begin: number;
  readonly end: number;
}

/** A field of a message: a whole number, or the range of bytes that it is. Numbers of fixed size have neither. */
interface Field {
  readonly number: number;
  readonly value?: number;
  readonly inside?: Range;
}

const damaged = (why: string) => new Error(`This ONNX file is damaged: ${why}.`);

/** Protocol Buffers (https://protobuf.dev/programming-guides/encoding) out of a file of which a window is held. */
class Reader {
  static readonly WINDOW = 2 ** 14;
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array();
  #start = 0;
  #fields = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  *fields(range: Range): Generator<Field> {
    let at = range.begin;
    const whole = (): number => {
      let value = 0;
      for (let i = 0; i < 10; i += 1) {
        if (at >= range.end) throw damaged('a number ends with its message');
        const byte = this.#byte(at);
        at += 1;
        value += (byte & 127) * 2 ** (7 * i);
        if (byte < 128) return value;
      }
      throw damaged('a number has more than 64 bits');
    };
    while (at < range.end) {
      this.#fields += 1;
      if (this.#fields > MOST_FIELDS) throw damaged('it has too many parts');
      const tag = whole();
      const number = Math.floor(tag / 8);
      const wire = tag % 8;
      if (wire === 0) yield { number, value: whole() };
      else if (wire === 2) {
        const length = whole();
        const inside = { begin: at, end: at + length };
        if (inside.end > range.end) throw damaged('a part reaches beyond its end');
        yield { number, inside };
        at = inside.end;
      } else if (wire === 1 || wire === 5) {
        at += wire === 1 ? 8 : 4;
        yield { number };
      } else throw damaged(`it has a part of the unknown form ${wire}`);
      if (at > range.end) throw damaged('a part reaches beyond its end');
    }
  }

  /** The last field of this number, which is the one that counts. */
  last(range: Range, number: number): Range | undefined {
    let found: Range | undefined;
    for (const field of this.fields(range)) if (field.number === number && field.inside) found = field.inside;
    return found;
  }

  number(range: Range, number: number): number | undefined {
    let found: number | undefined;
    for (const field of this.fields(range))
      if (field.number === number && field.value !== undefined) found = field.value;
    return found;
  }

  text({ begin, end }: Range): string {
    if (end - begin > LONGEST_NAME) throw damaged('a name is too long');
    return new TextDecoder().decode(this.#source.read(begin, end));
  }

  #byte(at: number): number {
    if (at < this.#start || at >= this.#start + this.#window.length) {
      this.#start = at;
      this.#window = this.#source.read(at, Math.min(at + Reader.WINDOW, this.#source.size));
    }
    return this.#window[at - this.#start] as number;
  }
}
