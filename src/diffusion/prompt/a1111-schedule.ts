/** What a prompt is at evaluations up to `until`, counted from 0, that no earlier entry takes. */
export interface ScheduledText {
  readonly until: number;
  readonly text: string;
}

type Part = string | Group;

/** A pair of brackets and what is between its separators. */
interface Group {
  readonly bracket: '(' | '[';
  readonly parts: Part[][];
  readonly separators: (':' | '|')[];
}

const SIGNS = /[()[\]:|]|(?:[^\\()[\]:|]|\\.)+/gu;
const NUMBER = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*$/iu;

/**
 * A prompt that changes over the steps, in AUTOMATIC1111's syntax: `[a:b:when]` becomes b after step `when`, or after that
 * part of all steps where `when` is below 1; `[b:when]` appears then, `[a::when]` goes; `[a|b]` takes turns. What does not
 * fit this grammar stays as it is; a bar outside of square brackets makes all of the prompt plain text, as it does there.
 * The entries are in order, one for each step at which something may change, and the last one reaches to the end.
 */
export function scheduleA1111(prompt: string, steps: number): ScheduledText[] {
  const root = parse(prompt);
  if (!root) return [{ until: steps, text: prompt }];
  const changes = new Set([steps]);
  walk(root, (group) => {
    if (isAlternation(group)) for (let step = 1; step <= steps; step += 1) changes.add(step);
    else if (isEdit(group)) changes.add(whenOf(group, steps));
    return group.parts.flat();
  });
  return [...changes].sort((a, b) => a - b).map((until) => ({ until, text: textAt(root, until, steps) }));
}

/** Whether a prompt has places that change over the steps. */
export function changesOverSteps(prompt: string): boolean {
  let found = false;
  walk(parse(prompt) ?? [], (group) => {
    found ||= isAlternation(group) || isEdit(group);
    return group.parts.flat();
  });
  return found;
}

/**
 * Evaluations of a loop of `steps`, by the text that holds at each. Evaluation 0 takes the entry of step 1 where there is
 * one, as in AUTOMATIC1111, which compares its steps from 0 on with entries counted from 1.
 */
export function evaluationsByText(schedule: readonly ScheduledText[], steps: number): Map<string, number[]> {
  const texts = new Map<string, number[]>();
  let entry = 0;
  for (let index = 0; index < steps; index += 1) {
    while (entry < schedule.length - 1 && index > (schedule[entry] as ScheduledText).until) entry += 1;
    const { text } = schedule[entry] as ScheduledText;
    const indices = texts.get(text) ?? [];
    texts.set(text, indices);
    indices.push(index);
  }
  return texts;
}

const isAlternation = ({ separators }: Group): boolean => separators[0] === '|';

const isEdit = ({ bracket, separators }: Group): boolean => bracket === '[' && separators[0] === ':';

/** The number that ends an edit, `undefined` where something else does. */
function numberOf(group: Group): number | undefined {
  const last = group.parts.at(-1) ?? [];
  const match = last.every((part) => typeof part === 'string') ? NUMBER.exec(last.join('')) : null;
  return match ? Number(match[1]) : undefined;
}

function whenOf(group: Group, steps: number): number {
  const when = numberOf(group) ?? 0;
  return Math.min(steps, Math.trunc(when < 1 ? when * steps : when));
}

/** Whether a closed pair of brackets is one that the grammar knows. */
function fits(group: Group): boolean {
  const { bracket, separators } = group;
  if (separators.length === 0) return true;
  if (bracket === '(') return separators.length === 1 && separators[0] === ':';
  if (separators.every((separator) => separator === '|')) return true;
  return separators.length <= 2 && separators.every((separator) => separator === ':') && numberOf(group) !== undefined;
}

/** The parts of a prompt outside of all brackets; undefined where the grammar does not take the prompt. */
function parse(prompt: string): Part[] | undefined {
  const top: Part[] = [];
  const open: Group[] = [];
  let length = 0;
  let bars = false;
  const here = (): Part[] => open.at(-1)?.parts.at(-1) ?? top;
  // Brackets that do not belong to a pair are text, but only outside of all pairs.
  const giveUp = () => {
    for (const { bracket, parts, separators } of open.splice(0)) {
      top.push(bracket);
      for (const [index, part] of parts.entries()) top.push(...part, ...separators.slice(index, index + 1));
      bars ||= separators.includes('|');
    }
  };
  for (const [sign] of prompt.matchAll(SIGNS)) {
    length += sign.length;
    const group = open.at(-1);
    if (sign === '(' || sign === '[') {
      open.push({ bracket: sign, parts: [[]], separators: [] });
    } else if (sign === ')' || sign === ']') {
      if (group?.bracket === (sign === ')' ? '(' : '[') && fits(group)) {
        open.pop();
        here().push(group);
      } else {
        giveUp();
        top.push(sign);
      }
    } else if (sign === ':' || sign === '|') {
      if (group) {
        group.separators.push(sign);
        group.parts.push([]);
      } else {
        top.push(sign);
        bars ||= sign === '|';
      }
    } else here().push(sign);
  }
  giveUp();
  return bars || length < prompt.length ? undefined : top;
}

/** Visits groups from the outside in, going on with the parts that `visit` returns. No recursion: brackets nest deep. */
function walk(parts: readonly Part[], visit: (group: Group) => readonly Part[]): void {
  const left = [...parts];
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    if (typeof part !== 'string') for (const inner of visit(part)) left.push(inner);
  }
}

/** The prompt at a step, counted from 1. */
function textAt(root: readonly Part[], step: number, steps: number): string {
  const text: string[] = [];
  const left: Part[] = root.toReversed();
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    if (typeof part === 'string') text.push(part);
    else for (const inner of shown(part, step, steps).reverse()) left.push(inner);
  }
  return text.join('');
}

/** What of a pair of brackets is in the prompt at a step. */
function shown(group: Group, step: number, steps: number): Part[] {
  const { bracket, parts, separators } = group;
  if (isAlternation(group)) return [...(parts.at((step - 1) % parts.length) ?? [])];
  if (isEdit(group)) {
    const [before, after] = parts.length === 3 ? [parts[0], parts[1]] : [[], parts[0]];
    return [...((step <= whenOf(group, steps) ? before : after) ?? [])];
  }
  const inner = parts.flatMap((part, index) => [...part, ...separators.slice(index, index + 1)]);
  return [bracket, ...inner, bracket === '(' ? ')' : ']'];
}
