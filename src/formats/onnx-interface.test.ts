import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ProtobufMessage } from '../onnx/protobuf';
import { bytesInMemory } from './bytes';
import { readOnnxInterface } from './onnx-interface';

const reference = (path: string) => readFile(new URL(`../../test/reference/onnx-folders/${path}`, import.meta.url));

describe('the outside of an ONNX file', () => {
  test('that torch wrote is read: names, types, sizes where they are fixed, and the files of its weights', async () => {
    expect(readOnnxInterface(bytesInMemory(await reference('fp16/unet/model.onnx')))).toEqual({
      inputs: [
        { name: 'sample', type: 'float16', dims: [undefined, 4, undefined, undefined] },
        { name: 'timestep', type: 'int64', dims: [undefined] },
        { name: 'encoder_hidden_states', type: 'float16', dims: [undefined, undefined, 24] },
      ],
      outputs: [{ name: 'out_sample', type: 'float16', dims: [undefined, 4, undefined, undefined] }],
      files: ['model.onnx_data'],
    });
  });

  test('costs no more than some windows of it, whatever lies between', () => {
    const initializer = new ProtobufMessage().field(8, 'weight').field(9, new Uint8Array(4_000_000));
    const type = new ProtobufMessage().field(1, new ProtobufMessage().field(1, 1).field(2, new ProtobufMessage()));
    const value = (name: string) => new ProtobufMessage().field(1, name).field(2, type);
    const graph = new ProtobufMessage()
      .field(5, initializer)
      .field(11, value('weight'))
      .field(11, value('x'))
      .field(12, value('y'));
    const bytes = new ProtobufMessage().field(7, graph).bytes();
    let read = 0;
    const source = {
      size: bytes.length,
      read(begin: number, end: number) {
        read += end - begin;
        return bytes.subarray(begin, end);
      },
    };
    const { inputs, outputs } = readOnnxInterface(source);
    expect([...inputs, ...outputs].map(({ name }) => name)).toEqual(['x', 'y']);
    expect(read).toBeLessThan(100_000);
  });

  test('of 3000 damaged files is read or refused in a sentence, and quickly', async () => {
    const whole = new Uint8Array(await reference('fp32/vae_encoder/model.onnx'));
    let state = 1;
    const random = (below: number) => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    for (let i = 0; i < 3000; i += 1) {
      // Cut, so that the outside and not only its middle is hit.
      const bytes = whole.slice(0, i % 3 === 0 ? 1 + random(whole.length) : whole.length);
      for (let k = 0; k < 1 + (i % 4); k += 1) bytes[random(i % 2 ? 64 : bytes.length) % bytes.length] = random(256);
      try {
        const { outputs } = readOnnxInterface(bytesInMemory(bytes));
        expect(outputs.length).toBeGreaterThan(0);
      } catch (error) {
        expect(String(error)).toMatch(/This ONNX file is damaged: |This is not an ONNX file: /);
      }
    }
  });
});
