// What is loaded with the first command of this room.
export { run } from './run';
export { runImage, runInteractive } from './runImage';
export { askImage } from './ask';
export { copyRunCommand } from './copyRunCommand';
export { duplicate } from './duplicate';
export { imageForm, runForm } from './form';
export { runProfile } from './profiles';
export { stageShell } from './stageShell';
export { recreate } from './recreate';
