// What is loaded with the first command of this room.
export { clearFilter } from './clearFilter';
export { click } from './click';
export { filter } from './filter';
export { groupBy } from './groupBy';
export { refresh } from './refresh';
