import { countWords } from './count-words';
import { wordsOf } from './words-of';

/** Graphs of other programs: what became of them, and writing them. */
export const interop = wordsOf('interop', {
  title: 'Opened from another program',
  made: (source: string, nodes: number) => `${source}: ${countWords(nodes, 'node')} of it are in this graph.`,
  missing: 'Not in Weft',
  missingHint:
    'These keep their place, their wires and their settings, and do not run. Everything that does not need them does.',
  models: 'Models that it names',
  found: (name: string) => `Found: ${name}`,
  notFound: (hash: boolean) => (hash ? 'No model of this name or content is here.' : 'No model of this name is here.'),
  download: (host: string, folder: string | undefined) =>
    folder ? `Download from ${host} (${folder})` : `Download from ${host}`,
  choose: (file: string) => `Model in place of ${file}`,
  chooseNone: 'Choose…',
  openModels: 'Add models…',
  remarks: 'What is different here',
  known: 'What Weft has of it',
  times: (name: string, count: number) => (count > 1 ? `${name} × ${count}` : name),
  chosen: 'Choose a model',
  asLatent: 'Use as latent',
  asPicture: 'Add the picture',
  carries: (source: string) => `This file carries a graph of ${source}.`,
  carriesNone: 'This picture carries no graph',
  carriesNoneText: 'It was saved without one, or a program on its way took it out. It is here as a picture.',
  exportTitle: 'Export to ComfyUI',
  exportHint: 'What came from ComfyUI is written as it was there, with your changes.',
  form: 'Form',
  workflow: 'Workflow',
  workflowHint: 'For ComfyUI’s canvas: drop it there.',
  prompt: 'Prompt (API)',
  promptHint: 'For ComfyUI’s server: no places, no notes.',
  save: 'Save file',
  saved: (name: string) => `Saved to ${name}`,
});
