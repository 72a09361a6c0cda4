import type { Level } from './meta';

const NAMES: Readonly<Record<string, Level>> = {
  trace: 'debug',
  debug: 'debug',
  dbug: 'debug',
  dbg: 'debug',
  verbose: 'debug',
  info: 'info',
  information: 'info',
  notice: 'info',
  log: 'info',
  warn: 'warn',
  warning: 'warn',
  wrn: 'warn',
  error: 'error',
  err: 'error',
  fail: 'error',
  fatal: 'error',
  crit: 'error',
  critical: 'error',
  panic: 'error',
  emerg: 'error',
  alert: 'error',
  severe: 'error',
};

const WORDS = Object.keys(NAMES).join('|');
/** `"level":"warn"`, `level=warn`, `severity: WARN`; pino and bunyan count. */
const NAMED = /["']?\b(?:level|lvl|severity|levelname|loglevel)["']?\s*[:=]\s*["']?([a-z]+|\d\d)\b/i;
/** klog: `E0131 09:00:00.000000`. */
const KLOG = /^([IWEF])\d{4} \d\d:\d\d:/;
/** In capitals, as nobody writes in a sentence. */
const CAPITAL = new RegExp(`(?:^|[^\\w])(${WORDS.toUpperCase()})(?![\\w-])`);
/** `[error]`, `<warn>`, `error:`, `warn -`, at the beginning or behind a time. */
const MARKED = new RegExp(`(?:^|[\\s[(<|])(${WORDS})(?=[\\])>|:]|\\s+-\\s)`, 'i');
/** `TypeError: …`, `java.lang.IllegalStateException: …`, `Traceback (most recent call last):`. */
const THROWN =
  /^(?:Uncaught |Unhandled |Exception in thread )|^[\w.$]*(?:Error|Exception)\b|^Traceback \(|^panic: /;
const ANY = new RegExp(`${WORDS}|level|lvl|severity|exception|traceback|[iwef]\\d{4} `, 'i');

/** Where a level stands: what comes later is the message itself. */
const HEAD = 200;

/** How serious a line says it is, in whatever form; `none` when it does not say. */
export function levelOfText(text: string): Level {
  const head = text.length > HEAD ? text.slice(0, HEAD) : text;
  if (!ANY.test(head)) return 'none';
  const named = NAMED.exec(head)?.[1];
  if (named !== undefined) return byName(named);
  const klog = KLOG.exec(head)?.[1];
  if (klog !== undefined) return klog === 'I' ? 'info' : klog === 'W' ? 'warn' : 'error';
  const word = CAPITAL.exec(head)?.[1] ?? MARKED.exec(head)?.[1];
  if (word !== undefined) return byName(word);
  return THROWN.test(head) ? 'error' : 'none';
}

function byName(name: string): Level {
  const count = Number(name);
  if (count > 0) return count >= 50 ? 'error' : count >= 40 ? 'warn' : count >= 30 ? 'info' : 'debug';
  return NAMES[name.toLowerCase()] ?? 'none';
}
