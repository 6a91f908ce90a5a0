import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument, writeDocument } from '../src/core/document';
import { ProblemError } from '../src/core/problem';
import { exportWorkflow } from '../src/interop/comfyui/export';
import { importComfyui } from '../src/interop/comfyui/files';
import type { Json, JsonObject } from '../src/interop/comfyui/json';
import { readJson, writeJson } from '../src/interop/comfyui/json';
import { workflowToPrompt } from '../src/interop/comfyui/prompt';
import { promptToWorkflow } from '../src/interop/comfyui/prompt-layout';
import { openGraph } from '../src/interop/import-file';
import { workflows } from './workflows';

const options = { id: 'x', title: 'x' };

test('any workflow comes back from Weft as it was, also through a file', () => {
  fc.assert(
    fc.property(workflows, (workflow) => {
      const { document } = importComfyui(structuredClone(workflow), options);
      const kept = parseDocument(writeDocument(document));
      expect(exportWorkflow(kept)).toEqual(workflow);
    }),
    { numRuns: 150 },
  );
});

test('a prompt comes back from Weft as it was', () => {
  fc.assert(
    fc.property(workflows, (workflow) => {
      let prompt: JsonObject;
      try {
        prompt = workflowToPrompt(structuredClone(workflow));
      } catch (thrown) {
        // Nodes that nobody knows, with values that have no names.
        expect(String(thrown)).toContain('without names');
        return;
      }
      if (Object.keys(prompt).length === 0) return;
      const { document } = importComfyui(structuredClone(prompt), options);
      expect(workflowToPrompt(exportWorkflow(document))).toEqual(prompt);
      expect(workflowToPrompt(promptToWorkflow(structuredClone(prompt)))).toEqual(prompt);
    }),
    { numRuns: 100 },
  );
});

/** A place somewhere in JSON, changed: a value of another type, a key that is gone, a key that reaches for the prototype. */
function mutated(value: Json, picks: readonly number[], poison: Json): Json {
  const next = structuredClone(value);
  let at: Json = next;
  for (const [depth, pick] of picks.entries()) {
    const keys: string[] = typeof at === 'object' && at !== null ? Object.keys(at) : [];
    const key = keys[pick % Math.max(1, keys.length)];
    if (key === undefined) break;
    const holder = at as JsonObject;
    const inner = holder[key] as Json;
    if (depth < picks.length - 1 && typeof inner === 'object' && inner !== null) {
      at = inner;
      continue;
    }
    if (pick % 7 === 0) delete holder[key];
    else if (pick % 7 === 1) Object.defineProperty(holder, '__proto__', { value: poison, enumerable: true });
    else holder[key] = poison;
    break;
  }
  return next;
}

const poisons = fc.constantFrom<Json>(
  null,
  -1,
  1e308,
  0.5,
  '',
  '__proto__',
  'constructor',
  'x'.repeat(3000),
  true,
  [],
  {},
  [[[[]]]],
  { __proto__x: 1, nodes: [] },
  [null, 1, 'a'],
  -10,
  '9999999999999999999999',
);

test('a damaged workflow gives a sentence or a valid graph, and reaches no prototype', () => {
  fc.assert(
    fc.property(
      workflows,
      fc.array(fc.tuple(fc.array(fc.nat(5000), { minLength: 1, maxLength: 6 }), poisons), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.boolean(),
      (workflow, changes, asPrompt) => {
        let value: Json = workflow;
        if (asPrompt) {
          try {
            value = workflowToPrompt(structuredClone(workflow));
          } catch {
            return;
          }
        }
        for (const [picks, poison] of changes) value = mutated(value, picks, poison);
        const bytes = new TextEncoder().encode(writeJson(value));
        try {
          const opened = openGraph(bytes, options);
          if (opened) {
            const document = parseDocument(writeDocument(opened.document));
            try {
              exportWorkflow(document);
            } catch (thrown) {
              if (!(thrown instanceof ProblemError)) throw thrown;
            }
          }
        } catch (thrown) {
          if (!(thrown instanceof ProblemError)) throw thrown;
          expect(thrown.problem.what).toMatch(/^[^\n]{10,400}$/);
        }
        expect(Object.hasOwn(Object.prototype, 'nodes')).toBe(false);
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      },
    ),
    { numRuns: 400 },
  );
}, 120_000);

test('numbers that JavaScript cannot hold, and those that JSON has not, are read and written', () => {
  const text =
    '{"a":18446744073709551615,"b":[NaN,-Infinity,0.1234567890123456789],"c":"NaN 18446744073709551615","d":-12345678901234567890}';
  expect(writeJson(readJson(text))).toBe(
    '{"a":18446744073709551615,"b":[null,null,0.12345678901234568],"c":"NaN 18446744073709551615","d":-12345678901234567890}',
  );
});
