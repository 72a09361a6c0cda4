import type { Instruction } from '../../model/instruction';
import type { Word } from '../../model/logical';
import { openQuote, unquote } from '../../model/words';
import type { Report } from '../finding';

/** What the arguments of one instruction may be. */
export function values(report: Report, instruction: Instruction): void {
  const { keyword } = instruction;
  if (keyword === 'EXPOSE') for (const word of instruction.args) port(report, instruction, word);
  else if (keyword === 'STOPSIGNAL') signal(report, instruction);
  else if (keyword === 'HEALTHCHECK') healthcheck(report, instruction);
  else if (keyword === 'VOLUME') volume(report, instruction);
  modifiers(report, instruction);
  quotes(report, instruction);
}

function port(report: Report, instruction: Instruction, word: Word): void {
  const text = unquote(word.text, report.model.escape);
  if (text.includes('$') || text === '') return;
  const [left = '', protocol] = text.split('/');
  const numbers = left.slice(left.lastIndexOf(':') + 1);
  const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(numbers);
  if (!match) {
    report.add(
      'port',
      instruction,
      word,
      '"{0}" is no port: write a number, a range such as 8000-8010, and /tcp or /udp.',
      [text],
    );
    return;
  }
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
  if (first > 65535 || last > 65535) report.add('port', instruction, word, 'Ports end at 65535.');
  else if (last < first)
    report.add('port', instruction, word, 'The range {0} ends before it begins.', [numbers]);
  if (protocol !== undefined && !/^(?:tcp|udp|sctp)?$/i.test(protocol))
    report.add('port', instruction, word, '"{0}" is no protocol: it is tcp, udp or sctp.', [protocol]);
}

const signals = new Set(
  (
    'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP ' +
    'TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'
  ).split(' '),
);

export function isSignal(text: string): boolean {
  // The builder takes any number: what it means is for the kernel to say.
  if (/^\d+$/.test(text)) return Number(text) > 0;
  const name = text.toUpperCase().replace(/^SIG/, '');
  const real = /^RTM(?:IN\+|AX-)(\d{1,2})$/.exec(name);
  return real ? Number(real[1]) <= 15 : signals.has(name);
}

function signal(report: Report, instruction: Instruction): void {
  const { rest } = instruction;
  const text = unquote(rest.text, report.model.escape);
  if (text !== '' && !text.includes('$') && !isSignal(text))
    report.add(
      'signal',
      instruction,
      rest,
      '"{0}" is no signal: write a name such as SIGTERM, or a number.',
      [text],
    );
}

function healthcheck(report: Report, instruction: Instruction): void {
  const [first, second] = instruction.args;
  if (!first) return;
  const kind = first.text.toUpperCase();
  if (kind === 'NONE') {
    if (second) report.add('healthcheck', instruction, second, 'HEALTHCHECK NONE takes no arguments.');
  } else if (kind !== 'CMD')
    report.add('healthcheck', instruction, first, 'HEALTHCHECK is followed by CMD or NONE, not by "{0}".', [
      first.text,
    ]);
  else if (!second) report.add('healthcheck', instruction, first, 'HEALTHCHECK CMD needs a command.');
}

function volume(report: Report, instruction: Instruction): void {
  const { json } = instruction;
  if (json?.items.length === 0)
    report.add('missing-argument', instruction, json, '{0} needs an argument.', ['VOLUME']);
  for (const item of json?.items ?? []) {
    if (item.value === '') report.add('missing-value', instruction, item, 'VOLUME needs a path.');
  }
}

const single = new Set(['USER', 'WORKDIR', 'STOPSIGNAL']);
const several = new Set(['COPY', 'ADD', 'EXPOSE', 'VOLUME']);

/** The builder looks for both quotes in each word, and blanks part words whether they are quoted or not. */
function quotes(report: Report, instruction: Instruction): void {
  const { keyword, rest, args, json, heredocs } = instruction;
  if (!/["']/.test(rest.text) || json || heredocs.length > 0) return;
  const words = single.has(keyword) ? [rest] : several.has(keyword) ? args : [];
  const broken = words.find(({ text }) => openQuote(text, report.model.escape));
  if (!broken) return;
  const whole = openQuote(rest.text, report.model.escape) === undefined;
  report.add(
    'unclosed-quote',
    instruction,
    broken,
    whole
      ? 'Quotes do not hold a path with blanks together here. Use the JSON form: {0} ["source", "destination"].'
      : 'A {1} is opened and never closed.',
    [keyword, openQuote(broken.text, report.model.escape) ?? ''],
  );
}

/** Where the builder replaces variables, it knows these modifiers and no others. */
function modifiers(report: Report, instruction: Instruction): void {
  const { keyword, logical } = instruction;
  if (['RUN', 'CMD', 'ENTRYPOINT', 'SHELL', 'HEALTHCHECK', 'ONBUILD', 'MAINTAINER'].includes(keyword)) return;
  if (!logical.text.includes('${')) return;
  const known = new Set(instruction.variables.map(({ at }) => at));
  const { text } = logical;
  let quoted = false;
  let from = 0;
  for (const match of text.matchAll(/\$\{(?:\}|[A-Za-z_]\w*([^\w}]?))/g)) {
    // Within single quotes nothing is replaced.
    for (; from < match.index; from += 1) if (text.charAt(from) === "'") quoted = !quoted;
    if (quoted || known.has(match.index) || text.charAt(match.index - 1) === report.model.escape) continue;
    const place = logical.spanOf(match.index, match.index + match[0].length);
    const [whole, modifier = ''] = match;
    if (whole === '${}')
      report.add('modifier', instruction, place, 'Between the braces the name of a variable is missing.');
    else if (modifier === '')
      report.add('modifier', instruction, place, 'This variable has no closing brace.');
    // One that is known and not among the variables is too deep within others.
    else if (!/[-+?:#%/]/.test(modifier))
      report.add('modifier', instruction, place, 'The builder has no modifier "{0}" for variables.', [
        modifier,
      ]);
  }
}
