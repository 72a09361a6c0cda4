// What is loaded with the first command of this room.
export { copyJoinCommand } from './copyJoinCommand';
export { create } from './create';
export { init } from './init';
export { inspect } from './inspect';
export { inspectNode } from './inspectNode';
export { leave } from './leave';
export { logs } from './logs';
export { remove } from './remove';
export { rollback } from './rollback';
export { scale } from './scale';
export { update } from './update';
export { updateNode } from './updateNode';
