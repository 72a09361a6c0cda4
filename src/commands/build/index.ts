// What is loaded with the first command of this room.
export { build } from './build';
export { buildContext } from './buildContext';
export { buildTasks, resolveBuildTask } from './tasks';
