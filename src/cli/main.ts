import { parseArgs } from 'node:util';
import { documentSchemaText } from '../core/document-schema';
import { ProblemError, problemOf } from '../core/problem';
import { convertFile } from './convert';
import { diffGraphs } from './diff';
import { listNodes } from './nodes';
import { runGraph } from './run';
import { validateGraph } from './validate';

const usage = `weft runs Weft graphs in the terminal.

  weft run GRAPH.weft.json     run a graph and save its pictures
      --set NODE.PARAM=VALUE   change a parameter; may be given several times. Several values with commas between them,
                               or a JSON array, make a list: the run goes once through each
      --grid FILE.png          all pictures as a table with labels; a file more for each page of a third list
      --animate FILE.gif       all pictures one after the other; .png for APNG
      --resume                 take the pictures of a sweep that an earlier run finished
      --record FILE.safetensors  keep what denoise zones need to go on from any of their steps
      --from-step FILE.safetensors:12  go on from step 12 of such a file, with what --set changes from there on
      --model MODEL            use this model, a file or a diffusers folder, for every checkpoint
      --models DIR             where models are that the graph names by their hash, under any name
      --device cpu             where to compute; cpu is what there is in the terminal
      --out DIR                where pictures go (out)
      --dump NODE.PORT=FILE.npy  save any value on any wire; may be given several times
      --json                   print what happened as JSON
      --profile FILE.json      save how long each node and network took, and the memory, for https://ui.perfetto.dev
  weft validate GRAPH.weft.json  say what is wrong with a graph, without running it
  weft diff A.weft.json B.weft.json  say how B differs from A; --json prints it as JSON
  weft schema                  print the JSON Schema of graph files
  weft convert IN OUT           turn a graph of ComfyUI or AUTOMATIC1111, also inside of a picture, into Weft's, or back
      --to FORMAT              weft, comfy or comfy-prompt (by default the other one)
  weft nodes [--json]          list all nodes; with --json their ports and the JSON Schema of their parameters
`;

const options = {
  set: { type: 'string', multiple: true },
  dump: { type: 'string', multiple: true },
  model: { type: 'string' },
  models: { type: 'string' },
  device: { type: 'string', default: 'cpu' },
  out: { type: 'string', default: 'out' },
  grid: { type: 'string' },
  animate: { type: 'string' },
  resume: { type: 'boolean', default: false },
  to: { type: 'string' },
  record: { type: 'string' },
  'from-step': { type: 'string' },
  json: { type: 'boolean', default: false },
  profile: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function readArguments() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (cause) {
    const what = (cause as Error).message.replace(/\.?$/, '.');
    throw new ProblemError({ what, cure: 'weft --help lists the options.' });
  }
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const [command, ...files] = positionals;
  if (values.help || command === undefined) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  if (command === 'nodes') return listNodes(values.json);
  if (command === 'schema') {
    process.stdout.write(documentSchemaText());
    return 0;
  }
  if (command === 'diff') {
    const [before, after, ...more] = files;
    if (before === undefined || after === undefined || more.length)
      throw new ProblemError({
        what: 'weft diff takes two graph files.',
        cure: 'weft diff before.weft.json after.weft.json',
      });
    return diffGraphs(before, after, values.json);
  }
  if (command === 'convert') return convert(files, values);
  if (command !== 'run' && command !== 'validate')
    throw new ProblemError({
      what: `There is no command "${command}".`,
      cure: 'There are run, validate, convert, diff, schema and nodes.',
    });
  const [file, ...more] = files;
  if (file === undefined || more.length)
    throw new ProblemError({
      what: `weft ${command} takes one graph file.`,
      cure: `weft ${command} graphs/text-to-image.weft.json`,
    });
  return command === 'run'
    ? runGraph(file, { ...values, fromStep: values['from-step'], set: values.set ?? [], dump: values.dump ?? [] })
    : validateGraph(file, values.json);
}

function convert(files: readonly string[], values: { readonly to?: string; readonly models?: string }): number {
  const [from, to, ...more] = files;
  if (from === undefined || to === undefined || more.length)
    throw new ProblemError({
      what: 'weft convert takes the file to read and the file to write.',
      cure: 'weft convert workflow.json graph.weft.json',
    });
  return convertFile(from, to, values);
}

// Whoever reads has seen enough, as in `weft nodes --json | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  process.exitCode = await main();
} catch (thrown) {
  const { what, cure } = problemOf(thrown);
  process.stderr.write(`${cure ? `${what} ${cure}` : what}\n`);
  process.exitCode = 1;
}
