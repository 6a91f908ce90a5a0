import { createNodeDevice } from '../src/engine/device/node';
import { testControlNets } from './controlnets';
import { readReference } from './reference.node';

testControlNets(createNodeDevice, readReference);
