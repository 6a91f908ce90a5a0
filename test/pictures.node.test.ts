import { createNodeDevice } from '../src/engine/device/node';
import { testPictures } from './pictures';
import { readReference } from './reference.node';

testPictures(createNodeDevice, readReference);
