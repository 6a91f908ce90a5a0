import { createNodeDevice } from '../src/engine/device/node';
import { testLoras } from './loras';
import { readReference } from './reference.node';

testLoras(createNodeDevice, readReference);
