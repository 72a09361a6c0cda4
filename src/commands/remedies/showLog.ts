import type { Handler } from '../deps';

export const showLog: Handler<'quayside.log.show'> = ({ log }) => {
  log.show();
  return Promise.resolve();
};
