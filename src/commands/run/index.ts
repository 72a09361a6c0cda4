// What is loaded with the first command of this room.
export { run } from './run';
export { runImage, runInteractive } from './runImage';
export { copyRunCommand } from './copyRunCommand';
export { duplicate } from './duplicate';
