/** `npm run check`: every script of package.json whose name starts with `check:`, all of them even when one fails. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './build.mjs';

/** @returns {string[]} the names of the checks that failed */
export function check() {
  /** @type {{ scripts: Record<string, string> }} */
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const PATH = join(root, 'node_modules', '.bin') + delimiter + process.env.PATH;
  return Object.entries(scripts)
    .filter(([name]) => name.startsWith('check:'))
    .filter(([name, command]) => {
      const begin = performance.now();
      const { status } = spawnSync(command, {
        cwd: root,
        shell: true,
        stdio: 'inherit',
        env: { ...process.env, PATH },
      });
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      console.log(`${name} ${status === 0 ? 'passed' : 'failed'} (${seconds} s)`);
      return status !== 0;
    })
    .map(([name]) => name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = check().length > 0 ? 1 : 0;
}
