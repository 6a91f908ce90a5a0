/**
 * `npm run check:imports`: the rules of .dependency-cruiser.mjs on every source of the checkout. dependency-cruiser
 * reports success when it reads nothing (with TypeScript 7 and its own choice of parser it does), so what it read is compared with
 * what git says there is, and its imports with those that a plain search finds.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import swc from '@swc/core';
import { cruise } from 'dependency-cruiser';
import rules from '../.dependency-cruiser.mjs';
import { root } from './build.mjs';

// dependency-cruiser asks swc for TypeScript without JSX, whatever the file.
const { parseFileSync } = swc;
Object.assign(swc, {
  parseFileSync: (/** @type {string} */ path, /** @type {import('@swc/core').TsParserConfig} */ options) =>
    parseFileSync(path, { ...options, tsx: path.endsWith('.tsx') }),
});

/** Tracked files and new ones that git does not ignore. */
const sources = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard', '--', '*.ts', '*.tsx', '*.mjs'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));

const { output } = await cruise(sources, {
  baseDir: root,
  ruleSet: { forbidden: rules.forbidden ?? [] },
  validate: true,
  parser: 'swc',
  doNotFollow: { path: 'node_modules' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'browser', 'node', 'default', 'types'],
    extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
  },
});
if (typeof output === 'string') throw new Error(`dependency-cruiser gave text in place of its findings: ${output}`);

/** @type {string[]} */
const findings = output.summary.violations.map(({ rule, from, to }) => {
  const comment = rules.forbidden?.find(({ name }) => name === rule.name)?.comment ?? '';
  return `${rule.name}: ${from} imports ${to}. ${comment}`;
});

const read = new Map(output.modules.map(({ source, dependencies }) => [source, dependencies]));
const known = new Set(sources);
for (const path of sources) {
  const dependencies = read.get(path);
  if (!dependencies) {
    findings.push(`${path} was not read by dependency-cruiser.`);
    continue;
  }
  const found = new Set(dependencies.map(({ module }) => module));
  const text = readFileSync(join(root, path), 'utf8');
  const statements = text.matchAll(/^(?:import|export|\}) (?:[^;'"`=(]*from )?'([^']+)';$/gm);
  const calls = /\.(mjs|d\.ts)$/.test(path) ? [] : text.matchAll(/\bimport\('([^']+)'\)/g);
  for (const [, specifier = ''] of [...statements, ...calls]) {
    if (!found.has(specifier.replace(/^node:/, ''))) {
      findings.push(`${path} imports ${specifier}, which dependency-cruiser did not see.`);
    }
  }
}
for (const path of read.keys()) {
  if (/^(src|nodes|models|test|scripts)\/.*\.(tsx?|mjs)$/.test(path) && !known.has(path)) {
    findings.push(`${path} is imported, but git ignores it.`);
  }
}

for (const finding of findings) console.error(finding);
console.log(
  `Imports of ${sources.length} files: ${findings.length === 0 ? 'all as they may be' : `${findings.length} to mend`}.`,
);
process.exitCode = findings.length > 0 ? 1 : 0;
