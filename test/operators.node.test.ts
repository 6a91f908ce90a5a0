import { createNodeDevice } from '../src/engine/device/node';
import { testOperators } from './operators';

testOperators(createNodeDevice);
