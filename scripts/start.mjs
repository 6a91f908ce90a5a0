/** `npm start`: from a fresh clone to the app in the browser. `--port N` asks for that port and no other. */
import './node-version.mjs';
import { parseArgs } from 'node:util';
import { buildApp } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { serve } from './serve.mjs';

const { port } = parseArgs({ options: { port: { type: 'string' } } }).values;

ensureInstalled();
try {
  const at = await serve(await buildApp(), Number(port ?? 5173), port !== undefined);
  console.log(`Weft is at http://localhost:${at}/ (Ctrl+C ends it)`);
} catch (error) {
  console.error(`Weft could not be started: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
