// What is loaded with the first command of this room.
export { add } from './add';
export { checkUpdate } from './checkUpdate';
export { click } from './click';
export { copyReference } from './copyReference';
export { deleteTag } from './deleteTag';
export { login } from './login';
export { logout } from './logout';
export { openInBrowser } from './openInBrowser';
export { openRepository } from './openRepository';
export { pull } from './pull';
export { pullTag } from './pullTag';
export { push } from './push';
export { refresh } from './refresh';
export { remove } from './remove';
