// What is loaded with the first command of this room.
export { backup } from './backup';
export { clone } from './clone';
export { copy } from './copy';
export { copyFrom } from './copyFrom';
export { copyTo } from './copyTo';
export { create } from './create';
export { empty } from './empty';
export { inspect } from './inspect';
export { pruneVolumes } from './prune';
export { remove } from './remove';
export { restore } from './restore';
export { showSizes } from './showSizes';
