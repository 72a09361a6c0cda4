// What is loaded with the first command of this room.
export { planPrune } from './planPrune';
export { pruneBuildCache, pruneSystem } from './prune';
