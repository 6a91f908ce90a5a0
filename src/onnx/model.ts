import { toFloat16 } from './float16';
import type { FloatType, Graph, GraphNode, Value } from './graph';
import { version } from './opset';
import { ProtobufMessage } from './protobuf';
import { layWeights, type PlacedParameter } from './weight-files';

/** Attributes as ONNX types them: JavaScript's numbers do not tell integers from floats. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly text: string };

/** What an operator gets to write itself with. */
export interface Emission<A> {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Of the inputs. */
  readonly shapes: readonly (readonly number[])[];
  readonly attributes: A;
  /** Writes one ONNX node. An absent optional input is the empty name. */
  node(type: string, parts?: OnnxNodeParts): void;
  /** The name of an int64 constant, as ONNX wants shapes, axes and sizes. */
  integers(values: readonly number[]): string;
  /** The name of a constant in the type of the node's inputs. */
  floats(values: readonly number[]): string;
}

export interface OnnxNodeParts {
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  readonly domain?: 'com.microsoft';
}

// Numbers of onnx.proto3, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
const ELEMENT = { float32: 1, int64: 7, float16: 10 };
const EXTERNAL = 1;

/** Only what the outputs need, in creation order. */
export function reachable(graph: Graph): { nodes: GraphNode[]; values: Set<Value> } {
  const needed = new Set<Value>(graph.outputs.values());
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    nodes.push(node);
    for (const input of node.inputs) needed.add(input);
  }
  nodes.reverse();
  return { nodes, values: new Set([...nodes.flatMap((node) => node.inputs), ...needed]) };
}

/** The parameters that the outputs need, where they lie in virtual files. */
export function placeParameters(graph: Graph): ReadonlyMap<Value, PlacedParameter> {
  return layWeights(reachable(graph).values);
}

/** What a parameter is called where it is an input of the network. `index` counts the placed parameters. */
export function weightName(index: number): string {
  return `weight/${index}`;
}

/**
 * An ONNX ModelProto. Inputs and outputs are float32, whatever the graph computes in. Parameters are external data in the virtual files of `placed`, or inputs called by `weightName`.
 */
export function writeModel(
  graph: Graph,
  placed: ReadonlyMap<Value, PlacedParameter>,
  parameters: 'external' | 'inputs' = 'external',
): Uint8Array {
  const { nodes, values } = reachable(graph);
  const proto = new ProtobufMessage();
  const names = new Map<Value, string>();
  const constants = new Map<string, string>();

  // Inputs and outputs keep their names; everything else is kept apart from them by a prefix.
  for (const [name, value] of graph.outputs) {
    if (value.origin.kind === 'node' && value.type === 'float32' && !names.has(value)) names.set(value, name);
  }
  [...placed.keys()].forEach((value, index) => {
    names.set(value, weightName(index));
  });
  const nameOf = (value: Value): string => {
    const known = names.get(value);
    if (known !== undefined) return known;
    const { origin } = value;
    const plain = origin.kind === 'input' && value.type === 'float32';
    const name = plain ? origin.name : `${origin.kind}/${names.size}`;
    names.set(value, name);
    return name;
  };

  const constant = (type: keyof typeof ELEMENT, dims: readonly number[], data: Elements): string => {
    const key = `${type} ${data.join(' ')} ${dims}`;
    const known = constants.get(key);
    if (known !== undefined) return known;
    const name = `literal/${constants.size}`;
    constants.set(key, name);
    proto.field(5, tensor(name, type, dims, data));
    return name;
  };

  const node = (type: string, { inputs = [], outputs = [], attributes = {}, domain }: OnnxNodeParts): void => {
    const message = new ProtobufMessage();
    for (const input of inputs) message.field(1, input);
    for (const output of outputs) message.field(2, output);
    message.field(3, outputs[0] ?? '').field(4, type);
    for (const [name, attribute] of Object.entries(attributes)) message.field(5, writeAttribute(name, attribute));
    if (domain) message.field(7, domain);
    proto.field(1, message);
  };

  const convert = (from: string, to: string, type: FloatType) =>
    node('Cast', { inputs: [from], outputs: [to], attributes: { to: { int: ELEMENT[type] } } });

  for (const value of graph.inputs) {
    if (value.origin.kind !== 'input') continue;
    const { name } = value.origin;
    if (value.type !== 'float32' && values.has(value)) convert(name, nameOf(value), value.type);
    proto.field(11, valueInfo(name, 'float32', value.dims));
  }
  for (const value of values) {
    if (value.origin.kind === 'constant') {
      proto.field(5, tensor(nameOf(value), value.type, value.dims, floats(value.type, value.origin.data)));
    }
  }
  for (const [value, place] of placed) {
    const { type, dims } = value;
    if (parameters === 'external') proto.field(5, externalTensor(nameOf(value), type, dims, place));
    // An initializer that could be fed is no constant. Else half-precision weights would be widened when the session is made,
    // which takes more memory for good than they save.
    if (parameters === 'inputs' || type !== graph.type) proto.field(11, valueInfo(nameOf(value), type, dims));
  }

  for (const graphNode of nodes) {
    const inputs = graphNode.inputs.map(nameOf);
    const outputs = graphNode.outputs.map(nameOf);
    graphNode.operator.emit({
      inputs,
      outputs,
      shapes: graphNode.inputs.map(({ dims }) => dims),
      attributes: graphNode.attributes,
      node: (type, parts = {}) => node(type, { inputs, outputs, ...parts }),
      integers: (list) => constant('int64', [list.length], BigInt64Array.from(list, BigInt)),
      floats(list) {
        const type = graphNode.inputs[0]?.type ?? 'float32';
        return constant(type, [list.length], floats(type, Float32Array.from(list)));
      },
    });
  }

  for (const [name, value] of graph.outputs) {
    if (value.type !== 'float32') convert(nameOf(value), name, 'float32');
    else if (nameOf(value) !== name) node('Identity', { inputs: [nameOf(value)], outputs: [name] });
    proto.field(12, valueInfo(name, 'float32', value.dims));
  }
  proto.field(2, 'weft');

  return new ProtobufMessage()
    .field(1, version.ir)
    .field(2, 'weft')
    .field(7, proto)
    .field(8, new ProtobufMessage().field(1, '').field(2, version.onnx))
    .field(8, new ProtobufMessage().field(1, 'com.microsoft').field(2, version.microsoft))
    .bytes();
}

function writeAttribute(name: string, attribute: OnnxAttribute): ProtobufMessage {
  const message = new ProtobufMessage().field(1, name);
  if ('int' in attribute) return message.field(3, attribute.int).field(20, 2);
  if ('float' in attribute) return message.float(2, attribute.float).field(20, 1);
  if ('text' in attribute) return message.field(4, attribute.text).field(20, 3);
  for (const value of attribute.ints) message.field(8, value);
  return message.field(20, 7);
}

function tensorHead(name: string, type: keyof typeof ELEMENT, dims: readonly number[]): ProtobufMessage {
  const message = new ProtobufMessage();
  for (const dim of dims) message.field(1, dim);
  return message.field(2, ELEMENT[type]).field(8, name);
}

type Elements = BigInt64Array | Float32Array | Uint16Array;

const floats = (type: FloatType, data: Float32Array) => (type === 'float16' ? toFloat16(data) : data);

function tensor(name: string, type: keyof typeof ELEMENT, dims: readonly number[], data: Elements): ProtobufMessage {
  return tensorHead(name, type, dims).field(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function externalTensor(
  name: string,
  type: FloatType,
  dims: readonly number[],
  place: PlacedParameter,
): ProtobufMessage {
  const message = tensorHead(name, type, dims);
  const entries = { location: place.path, offset: place.offset, length: place.bytes };
  for (const [key, value] of Object.entries(entries)) {
    message.field(13, new ProtobufMessage().field(1, key).field(2, String(value)));
  }
  return message.field(14, EXTERNAL);
}

function valueInfo(name: string, type: FloatType, dims: readonly number[]): ProtobufMessage {
  const shape = new ProtobufMessage();
  for (const dim of dims) shape.field(1, new ProtobufMessage().field(1, dim));
  const tensorType = new ProtobufMessage().field(1, ELEMENT[type]).field(2, shape);
  return new ProtobufMessage().field(1, name).field(2, new ProtobufMessage().field(1, tensorType));
}
