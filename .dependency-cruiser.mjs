/**
 * Imports point one way. scripts/check-imports.mjs runs these rules and makes sure that they saw every source. Cycles are
 * Biome's to find (noImportCycles): this parser cannot tell an import of types, which no cycle is made of.
 */

const basis = ['core', 'onnx', 'diffusion', 'formats'];

/**
 * Each layer and what it may import besides itself.
 * @type {Record<string, string[]>}
 */
const layers = {
  core: [],
  onnx: ['core'],
  diffusion: ['core', 'onnx'],
  formats: ['core'],
  models: basis,
  nodes: [...basis, 'models'],
  engine: [...basis, 'models', 'nodes'],
  storage: [...basis, 'models', 'nodes', 'engine'],
  interop: [...basis, 'models', 'nodes', 'engine', 'storage'],
  editor: [...basis, 'models', 'nodes', 'engine', 'storage', 'interop'],
  cli: [...basis, 'models', 'nodes', 'engine', 'storage', 'interop'],
};

/** The folder of a layer, as a pattern. */
const folder = (/** @type {string} */ layer) =>
  layer === 'models' || layer === 'nodes' ? `${layer}/` : `src/${layer}/`;
const anyOf = (/** @type {string[]} */ names) => `^(${names.map(folder).join('|')})`;

/** Tests may import everything, and only tests may import `test/`. */
const tests = '\\.test\\.tsx?$';
const programs = '^(test|scripts|src/cli)/|^[^/]+$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(layers).map(([layer, allowed]) => ({
      name: `${layer}-imports-only-below`,
      comment: `${folder(layer)} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other layer'}.`,
      severity: /** @type {const} */ ('error'),
      from: { path: anyOf([layer]), pathNot: tests },
      to: { path: '^(src|nodes|models)/', pathNot: anyOf([layer, ...allowed]) },
    })),
    {
      name: 'core-imports-zod-only',
      severity: 'error',
      from: { path: '^src/core/', pathNot: tests },
      to: { dependencyTypesNot: ['local'], pathNot: '^node_modules/zod/' },
    },
    {
      name: 'no-node-imports-a-node',
      comment: 'Composition is the work of the graph; what two nodes share belongs in a layer below.',
      severity: 'error',
      from: { path: '^nodes/', pathNot: tests },
      to: { path: '^nodes/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(src|nodes|models)/', pathNot: tests },
      to: { path: `^test/|${tests}` },
    },
    {
      name: 'only-the-device-knows-onnx-runtime',
      comment: 'Save for the benchmark that compares with it alone.',
      severity: 'error',
      from: { pathNot: '^(src/engine/device|test/bench/full-size)/' },
      to: { path: '^(node_modules/)?onnxruntime-' },
    },
    {
      name: 'no-node-builtins-in-the-browser',
      comment: 'Code that needs Node says so in its name: *.node.ts.',
      severity: 'error',
      from: { pathNot: `${programs}|\\.node\\.ts$|${tests}` },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\?url$|^virtual:' } },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      from: { path: '^(src|nodes|models)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
};
