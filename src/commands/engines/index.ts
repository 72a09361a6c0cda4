// What is loaded with the first command of this room.
export { add } from './add';
export { diskUsage } from './diskUsage';
export { events } from './events';
export { forget } from './forget';
export { inspect } from './inspect';
export { reconnect } from './reconnect';
export { use } from './use';
