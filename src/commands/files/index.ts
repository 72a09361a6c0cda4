// What is loaded with the first command of this room.
export { browseVolume } from './browseVolume';
export { compareWithImage } from './compareWithImage';
export { download } from './download';
export { goToPath } from './goToPath';
export { newFile, newFolder } from './make';
export { open } from './open';
export { remove } from './remove';
export { rename } from './rename';
export { addToWorkspace, copyPath, refresh } from './small';
export { upload } from './upload';
