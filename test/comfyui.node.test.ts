import { createNodeDevice } from '../src/engine/device/node';
import { testComfyui } from './comfyui';
import { readReference } from './reference.node';

testComfyui(createNodeDevice, readReference);
