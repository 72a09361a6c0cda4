// What is loaded with the first command of this room.
export { copy } from './copy';
export { history } from './history';
export { layers } from './layers';
export { compare } from './compare';
export { inspect } from './inspect';
export { pruneImages } from './prune';
export { remove } from './remove';
export { tag } from './tag';
export { importFiles, load } from './load';
export { save } from './save';
