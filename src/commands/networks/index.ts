// What is loaded with the first command of this room.
export { connect } from './connect';
export { copy } from './copy';
export { create } from './create';
export { disconnect } from './disconnect';
export { inspect } from './inspect';
export { pruneNetworks } from './prune';
export { remove } from './remove';
