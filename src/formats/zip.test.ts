import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bytesInMemory } from './bytes';
import { openTorchFile } from './torch-file';

const small = new Uint8Array(readFileSync(new URL('../../test/fixtures/torch-files/alone.pt', import.meta.url)));

const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const u64 = (value: number) => [...u32(value), 0, 0, 0, 0];
const FULL = u32(0xffffffff);

/** The same archive with its list of files in the form of archives beyond 4 GB, APPNOTE.TXT 4.3.14, 4.3.15 and 4.5.3. */
function asZip64(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length - 22;
  const [count, begin] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)];
  const list: number[] = [];
  for (let i = 0, at = begin; i < count; i += 1) {
    const [name, extra] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
    const large = [24, 20, 42].map((field) => view.getUint32(at + field, true));
    list.push(...bytes.subarray(at, at + 20), ...FULL, ...FULL, ...u16(name), ...u16(28), ...u16(0));
    list.push(...bytes.subarray(at + 34, at + 42), ...FULL, ...bytes.subarray(at + 46, at + 46 + name));
    list.push(...u16(1), ...u16(24), ...large.flatMap(u64));
    at += 46 + name + extra + view.getUint16(at + 32, true);
  }
  const record = [...u32(0x06064b50), ...u64(44), ...u16(45), ...u16(45), ...u32(0), ...u32(0)];
  record.push(...u64(count), ...u64(count), ...u64(list.length), ...u64(begin));
  const locator = [...u32(0x07064b50), ...u32(0), ...u64(begin + list.length), ...u32(1)];
  const last = [...u32(0x06054b50), ...u32(0), ...u16(0xffff), ...u16(0xffff), ...FULL, ...FULL, ...u16(0)];
  return Uint8Array.from([...bytes.subarray(0, begin), ...list, ...record, ...locator, ...last]);
}

test('the list of files of archives beyond 4 GB is read', () => {
  const [plain, large] = [small, asZip64(small)].map((bytes) => openTorchFile(bytesInMemory(bytes)));
  expect(large?.read('emb_params')).toEqual(plain?.read('emb_params'));
});

test('a compressed file is refused with what to do', () => {
  const bytes = small.slice();
  const view = new DataView(bytes.buffer);
  const begin = view.getUint32(bytes.length - 22 + 16, true);
  view.setUint16(begin + 10, 8, true);
  expect(() => openTorchFile(bytesInMemory(bytes))).toThrow('Save it again with torch.save.');
});

test('an archive of something else is refused', () => {
  const bytes = Uint8Array.from(Buffer.from(small).toString('latin1').replaceAll('data.pkl', 'data.pkx'), (letter) =>
    letter.charCodeAt(0),
  );
  expect(() => openTorchFile(bytesInMemory(bytes))).toThrow('it has no data.pkl');
});
