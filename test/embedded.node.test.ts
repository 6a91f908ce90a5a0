import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { terminalHost } from '../src/cli/host';
import { createNodeDevice } from '../src/engine/device/node';
import { testEmbedded } from './embedded';

const program = fileURLToPath(new URL('..', import.meta.url));
const host = terminalHost({ beside: program, out: 'out', document: '', program });
const recorded = () => readFile(new URL('reference/embedded.safetensors', import.meta.url));

testEmbedded(createNodeDevice, host, recorded, 25);
testEmbedded(createNodeDevice, host, recorded, 2);
