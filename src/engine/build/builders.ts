// What is loaded with the first build.
export { buildWithBuildx, findBuildx } from './buildx';
export { openContext } from './context';
export { buildWithEngine, fullTags } from './engineBuilder';
export { Steps } from './steps';
export { summarise } from './summary';
