#!/usr/bin/env node
/** The `weft` command: makes sure that dependencies and the program are there and fresh, then hands over to it. */
import '../../scripts/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { buildProgram } from '../../scripts/build.mjs';
import { ensureInstalled } from '../../scripts/install.mjs';

ensureInstalled();
await import(pathToFileURL(await buildProgram('cli', 'src/cli/main.ts')).href);
