import { createNodeDevice } from '../src/engine/device/node';
import { testControlNets, testOriginalControlNet } from './controlnets';
import { readReference } from './reference.node';

testControlNets(createNodeDevice, readReference);
testOriginalControlNet(createNodeDevice, readReference);
