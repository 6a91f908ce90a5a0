import { describe } from 'vitest';
import { testPictureParts } from './picture-parts';
import { webDevice } from './web-device';

describe('on wasm,', () => testPictureParts(webDevice('wasm')));
describe('on webgpu,', () => testPictureParts(webDevice('webgpu')));
