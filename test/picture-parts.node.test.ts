import { createNodeDevice } from '../src/engine/device/node';
import { testPictureParts } from './picture-parts';

testPictureParts(createNodeDevice);
