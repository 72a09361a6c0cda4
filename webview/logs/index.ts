import '../shared/theme.css';
import './logs.css';
import type { LogsContract, LogsStrings } from '../../src/protocol/logs';
import { Channel } from '../shared/channel';
import { readStrings } from '../shared/l10n';
import { LogsPanel } from './panel';
import type { Kept } from './tools';

const api = acquireVsCodeApi<Kept>();
const channel = new Channel<LogsContract>(api, window, (message) => panel.receive(message));
const panel = new LogsPanel(readStrings() as LogsStrings, channel, api.getState() ?? {}, (kept) =>
  api.setState(kept),
);
document.body.append(panel.element);
channel.ready();
