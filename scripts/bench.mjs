/**
 * `npm run bench`: the timings of test/bench/main.ts, then the size of the app. What takes longer is asked for by name:
 * `npm run bench -- --full-size FOLDER`, `-- --learn-full-size`, `-- --learn`, `-- --editor` or `-- --tab`, see main.ts of those
 * folders.
 */
import './node-version.mjs';
import { pathToFileURL } from 'node:url';
import { buildApp, buildProgram } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { reportSize } from './size.mjs';

ensureInstalled();
const special = ['full-size', 'learn-full-size', 'learn', 'editor', 'tab'].find((name) =>
  process.argv.some((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`)),
);
if (special === 'editor' || special === 'learn') await buildApp();
const program = buildProgram(
  special ? `bench-${special}` : 'bench',
  `test/bench/${special ? `${special}/` : ''}main.ts`,
);
await import(pathToFileURL(await program).href);
if ((special === undefined || special === 'editor') && !reportSize(await buildApp())) process.exitCode = 1;
