/**
 * `npm run bench`: the timings of test/bench/main.ts, then the size of the app. `npm run bench -- --full-size FOLDER`: those of
 * test/bench/full-size/main.ts. `npm run bench -- --editor`: those of test/bench/editor/main.ts. `npm run bench -- --tab`: that of
 * test/bench/tab/main.ts.
 */
import './node-version.mjs';
import { pathToFileURL } from 'node:url';
import { buildApp, buildProgram } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { reportSize } from './size.mjs';

ensureInstalled();
const fullSize = process.argv.some((argument) => argument.startsWith('--full-size'));
const editor = process.argv.includes('--editor');
const tab = process.argv.includes('--tab');
if (editor) await buildApp();
const program = fullSize
  ? buildProgram('bench-full-size', 'test/bench/full-size/main.ts')
  : editor
    ? buildProgram('bench-editor-program', 'test/bench/editor/main.ts')
    : tab
      ? buildProgram('bench-tab', 'test/bench/tab/main.ts')
      : buildProgram('bench', 'test/bench/main.ts');
await import(pathToFileURL(await program).href);
if (!fullSize && !tab && !reportSize(await buildApp())) process.exitCode = 1;
