// What is loaded with the first command of this room.
export { build, config, pull, up } from './cli';
export { down } from './down';
