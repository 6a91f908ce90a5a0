/**
 * `npm run check:styles`: every class that a component takes from a style module is written there, and every class that is
 * written there is taken by somebody. Types cannot say this: a style module is a record of any names.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './build.mjs';

const folder = join(root, 'src/editor');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));

/** Classes that styles take from one another: module and name. @type {(readonly [string, string])[]} */
const composes = [];

/** Classes by module; those in comments do not count. */
const written = new Map(
  files
    .filter((file) => file.endsWith('.module.css'))
    .map((file) => {
      const css = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
      const composed = [...css.matchAll(/composes:\s*([^;]+);/g)];
      for (const [, rule = ''] of composed) {
        const [, names = '', from] = /^(.*?)(?:\s+from\s+['"](.+)['"])?$/.exec(rule) ?? [];
        const module = from ? resolve(dirname(file), from) : file;
        composes.push(
          ...names
            .trim()
            .split(/\s+/)
            .map((name) => /** @type {const} */ ([module, name])),
        );
      }
      const selectors = css.replaceAll(/\{[^{}]*\}/g, '{}').replaceAll(/:global\([^)]*\)/g, '');
      return [file, new Set([...selectors.matchAll(/\.([A-Za-z_][\w-]*)/g)].map(([, name]) => name ?? ''))];
    }),
);
/** @type {Map<string, Set<string>>} */
const taken = new Map([...written.keys()].map((file) => [file, new Set()]));
/** Modules of which a class is taken by a name that is only known in the page. */
const open = new Set();
for (const [module, name] of composes) taken.get(module)?.add(name);
/** @type {string[]} */
const complaints = [];

for (const file of files.filter((name) => /\.tsx?$/.test(name))) {
  const whole = readFileSync(file, 'utf8');
  const text = whole.replaceAll(/^import .*$/gm, '');
  for (const [, name, from] of whole.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)) {
    const module = resolve(dirname(file), from ?? '');
    const classes = written.get(module);
    if (!classes) {
      complaints.push(`${relative(root, file)} takes styles from ${from}, which is not there.`);
      continue;
    }
    if (new RegExp(`\\b${name}\\[(?!['"])`).test(text)) open.add(module);
    for (const [, dotted, quoted] of text.matchAll(new RegExp(`\\b${name}(?:\\.(\\w+)|\\[['"]([^'"]+)['"]\\])`, 'g'))) {
      const used = dotted ?? quoted ?? '';
      taken.get(module)?.add(used);
      if (!classes.has(used))
        complaints.push(`${relative(root, file)} takes the class "${used}", which ${from} does not have.`);
    }
  }
}
for (const [module, classes] of written) {
  if (open.has(module)) continue;
  for (const name of classes)
    if (!taken.get(module)?.has(name))
      complaints.push(`${relative(root, module)} has the class "${name}", which nobody takes.`);
}

for (const complaint of complaints) console.error(complaint);
console.log(`Classes of ${written.size} style modules: ${complaints.length || 'none'} to mend.`);
process.exitCode = complaints.length > 0 ? 1 : 0;
