// What is loaded with the first command of this room.
export { joinGroup } from './joinGroup';
export { showLog } from './showLog';
export { startService } from './startService';
export { useSocket } from './useSocket';
