/** `npm run bench`: the timings of test/bench/main.ts, then the size of the app. */
import './node-version.mjs';
import { pathToFileURL } from 'node:url';
import { buildApp, buildProgram } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { reportSize } from './size.mjs';

ensureInstalled();
await import(pathToFileURL(await buildProgram('bench', 'test/bench/main.ts')).href);
if (!reportSize(await buildApp())) process.exitCode = 1;
