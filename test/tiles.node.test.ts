import { createNodeDevice } from '../src/engine/device/node';
import { readReference } from './reference.node';
import { testTiles } from './tiles';

testTiles(createNodeDevice, readReference);
