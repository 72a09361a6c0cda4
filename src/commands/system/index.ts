// What is loaded with the first command of this room.
export { pruneBuildCache, pruneSystem } from './prune';
