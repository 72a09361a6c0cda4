// What is loaded with the first command of this room.
export { create } from './create';
export { inspect } from './inspect';
export { pruneVolumes } from './prune';
export { remove } from './remove';
