import { createNodeDevice } from '../src/engine/device/node';
import { testGradients } from './gradients';

testGradients(createNodeDevice);
