import { describe } from 'vitest';
import { createWebDevice } from '../src/engine/device/web';
import { testPictureParts } from './picture-parts';

describe('on wasm,', () => testPictureParts(() => createWebDevice({ prefer: 'wasm' })));
describe('on webgpu,', () => testPictureParts(() => createWebDevice({ prefer: 'webgpu' })));
