import { afterEach, describe, expect, test } from 'vitest';
import { bytesOfUrl } from './bytes-of-url';

const file = Uint8Array.from({ length: 600_000 }, (_, i) => (i * 7) % 251);

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

const asked: string[] = [];
const { XMLHttpRequest: original } = globalThis;

/** A server that answers as `answer` says to a range; undefined is no answer. */
function serve(answer: (begin: number, end: number) => Answer | undefined): void {
  asked.length = 0;
  globalThis.XMLHttpRequest = class {
    #range = '';
    #answer: Answer | undefined;
    open(_method: string, _url: string, asynchronous: boolean) {
      if (asynchronous) throw new Error('Nobody waits for this.');
    }
    setRequestHeader(name: string, value: string) {
      if (name === 'Range') this.#range = value;
    }
    send() {
      asked.push(this.#range);
      const [, begin, last] = /^bytes=(\d+)-(\d+)$/.exec(this.#range) ?? [];
      this.#answer = answer(Number(begin), Number(last) + 1);
      if (!this.#answer) throw new Error('NetworkError');
    }
    get status() {
      return this.#answer?.status ?? 0;
    }
    get response() {
      return this.#answer?.body.buffer;
    }
    getResponseHeader(name: string) {
      return this.#answer?.headers[name] ?? null;
    }
  } as unknown as typeof XMLHttpRequest;
}

function partOf(bytes: Uint8Array, begin: number, end: number, version = '"a"'): Answer {
  const body = bytes.slice(begin, end) as Uint8Array<ArrayBuffer>;
  const range = `bytes ${begin}-${begin + body.length - 1}/${bytes.length}`;
  return { status: 206, headers: { 'content-range': range, etag: version }, body };
}

afterEach(() => {
  globalThis.XMLHttpRequest = original;
});

test('reads what it is asked for: small pieces from what was read ahead, large ones alone', () => {
  serve((begin, end) => partOf(file, begin, end));
  const source = bytesOfUrl('http://host/a');
  expect(source.size).toBe(600_000);
  expect(source.read(0, 8)).toEqual(file.slice(0, 8));
  expect(source.read(8, 5000)).toEqual(file.slice(8, 5000));
  expect(Buffer.compare(source.read(200_000, 500_000), file.subarray(200_000, 500_000))).toBe(0);
  expect(source.read(599_990, 600_000)).toEqual(file.slice(599_990));
  expect(source.read(5, 5)).toEqual(new Uint8Array(0));
  expect(asked).toEqual(['bytes=0-262143', 'bytes=200000-499999', 'bytes=599990-599999']);
  expect(() => source.read(599_990, 600_001)).toThrow('but the source has 600000 bytes');
});

test('a file smaller than what is read ahead is one request', () => {
  serve((begin, end) => partOf(file.subarray(0, 10), begin, end));
  expect(bytesOfUrl('http://host/a').read(0, 10)).toEqual(file.slice(0, 10));
  expect(asked).toHaveLength(1);
});

describe('refuses, with a sentence,', () => {
  const nothing = new Uint8Array(0);
  const refusals: [string, (begin: number, end: number) => Answer | undefined, string][] = [
    ['a server that does not answer', () => undefined, 'did not answer'],
    ['a missing file', () => ({ status: 404, headers: {}, body: nothing }), 'no file at http://host/a (404)'],
    ['a forbidden file', () => ({ status: 403, headers: {}, body: nothing }), 'does not let you read'],
    ['a server without ranges', () => ({ status: 200, headers: {}, body: file }), 'sends files only as a whole'],
    ['a failure of the server', () => ({ status: 503, headers: {}, body: nothing }), 'did not send the bytes'],
    ['a range without its size', () => ({ status: 206, headers: {}, body: nothing }), 'did not send the bytes'],
    ['another range', (_, end) => partOf(file, 1, end), 'other bytes than were asked for'],
    ['a short answer', (begin, end) => ({ ...partOf(file, begin, end), body: nothing }), 'other bytes than'],
  ];
  test.each(refusals)('%s', (_, answer, sentence) => {
    serve(answer);
    expect(() => bytesOfUrl('http://host/a')).toThrow(sentence);
  });

  test('a file that changed meanwhile', () => {
    serve((begin, end) => partOf(file, begin, end, begin === 0 ? '"a"' : '"b"'));
    const source = bytesOfUrl('http://host/a');
    expect(() => source.read(300_000, 300_008)).toThrow('changed on the server');
  });
});
