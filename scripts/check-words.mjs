/**
 * `npm run check:words`: what the page says stands in src/editor/text. Fails where a source of the editor holds text that reads like
 * words: text between tags, a label or hint as an attribute, or any other string that is a capitalised word or several words. And where the
 * catalogue holds what nothing reads.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { root } from './build.mjs';

const all = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard', '--', 'src/editor'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|d)\.ts$/.test(path));
const isCatalogue = (/** @type {string} */ path) => path.startsWith('src/editor/text/');
const sources = all.filter((path) => !isCatalogue(path));

/** Attributes that are read by people. */
const read =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|data-help.*)$/;
/** Attributes that never are. */
const unread = /^(className|d|viewBox|key|id|style|transform|points|accept|sandbox|type|role|rel|fill|aria-controls)$/;
/** What such a call is given are keys, selectors and names of the browser's; what the last ones are given nobody reads on the page. */
const calls =
  /^(querySelector(All)?|closest|matches|matchMedia|(add|remove)EventListener|(get|set)Item|includes|(starts|ends)With|postMessage|warn)$/;

const letters = /\p{L}{2}/u;
/** Several words, or one with a capital. */
const wordy = /\p{L}{2,}[,.:]? \p{L}|^\p{Lu}\p{Ll}+([ ….!?:]|$)/u;
/** Selectors, markup and values of CSS read like words at times. */
const code = /[<[]|^\(|^color-mix\(|^[a-z]+(, [a-z]+)+$/;
/** Keys as the browser calls them, and names that are the same in every language. */
const names = new Set(['Shift', 'Meta', 'Control', 'Alt', 'Space', 'Weft', 'Tiny']);

/** @typedef {{ readonly type?: string, readonly [field: string]: unknown }} Syntax */

/** @type {string[]} */
const findings = [];

for (const path of sources) {
  // Positions are bytes, counted on from file to file, and a file begins at its first statement.
  const text = Buffer.from(`;${readFileSync(join(root, path))}`);
  const tree = parseSync(text.toString(), { syntax: 'typescript', tsx: path.endsWith('.tsx'), target: 'es2023' });
  const start = tree.span.start;

  /** @param {Syntax} node @param {string} found */
  const report = (node, found) => {
    if (names.has(found) || (code.test(found) && !/[.?!]$/.test(found))) return;
    const { span } = /** @type {{ span: { start: number } }} */ (/** @type {unknown} */ (node));
    const line = text
      .subarray(0, span.start - start)
      .toString()
      .split('\n').length;
    findings.push(`${path}:${line}: ${found.trim()}`);
  };

  /** @param {unknown} node @param {RegExp} pattern what reads like words here */
  const visit = (node, pattern) => {
    if (Array.isArray(node)) for (const one of node) visit(one, pattern);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const syntax = /** @type {Syntax} */ (node);
    switch (syntax.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
      case 'TsLiteralType':
      case 'TsTypeAliasDeclaration':
      case 'TsInterfaceDeclaration':
      case 'TsTypeAnnotation':
        return;
      case 'JSXText':
        if (letters.test(String(syntax.value))) report(syntax, String(syntax.value));
        return;
      case 'StringLiteral':
        if (pattern.test(String(syntax.value))) report(syntax, String(syntax.value));
        return;
      case 'TemplateElement':
        if (pattern.test(String(syntax.raw))) report(syntax, String(syntax.raw));
        return;
      case 'JSXAttribute': {
        const { name } = /** @type {{ name: { value: string } }} */ (/** @type {unknown} */ (syntax));
        if (!unread.test(name.value)) visit(syntax.value, read.test(name.value) ? letters : wordy);
        return;
      }
      case 'BinaryExpression':
        if (/^[!=]==$/.test(String(syntax.operator))) return;
        break;
      case 'SwitchCase':
        visit(syntax.consequent, pattern);
        return;
      case 'NewExpression':
        if (/** @type {{ callee: { value?: string } }} */ (/** @type {unknown} */ (syntax)).callee.value === 'Error')
          return;
        break;
      case 'CallExpression': {
        const { callee } =
          /** @type {{ callee: { property?: { value?: string }, base?: { property?: { value?: string } } } }} */ (
            /** @type {unknown} */ (syntax)
          );
        if (calls.test((callee.property ?? callee.base?.property)?.value ?? '')) return;
        visit(callee, wordy);
        visit(syntax.arguments, wordy);
        return;
      }
      case 'KeyValueProperty':
        visit(syntax.value, pattern);
        return;
    }
    for (const value of Object.values(syntax)) visit(value, pattern);
  };
  visit(tree.body, wordy);
}

// Words that nobody says: no source reads a field of that name.
const texts = sources.map((path) => readFileSync(join(root, path), 'utf8')).join('\n');
for (const path of all.filter(isCatalogue))
  for (const [, name] of readFileSync(join(root, path), 'utf8').matchAll(/^ {2}(\w+): /gm))
    if (!new RegExp(`\\.${name}\\b|'${name}'`).test(texts)) findings.push(`${path}: nothing reads "${name}".`);

for (const finding of findings) console.error(finding);
console.log(
  `Words of ${sources.length} files: ${findings.length ? `${findings.length} to mend` : 'all in src/editor/text'}.`,
);
process.exitCode = findings.length > 0 ? 1 : 0;
