import type { HadolintConfig } from './finding';

const severities = {
  error: 'error',
  warning: 'warning',
  info: 'information',
  style: 'hint',
  ignore: 'off',
  none: 'off',
} as const;
type Word = keyof typeof severities;

/** Reads the part of YAML that such a file is written in: keys, and lists in both forms. */
export function parseHadolintConfig(text: string): HadolintConfig {
  const lists = readLists(text);
  const found = new Map<
    string,
    HadolintConfig['severities'] extends ReadonlyMap<string, infer S> ? S : never
  >();
  for (const word of Object.keys(severities) as Word[])
    for (const rule of lists.get(`override.${word}`) ?? []) found.set(rule, severities[word]);
  return {
    ignored: lists.get('ignored') ?? [],
    severities: found,
    trustedRegistries: lists.get('trustedRegistries') ?? [],
  };
}

function readLists(text: string): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  let open: { key: string; indent: number }[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trimEnd();
    const content = line.trimStart();
    if (content === '' || content === '---') continue;
    const indent = line.length - content.length;
    const item = /^-\s+(.*)$/.exec(content)?.[1];
    if (item !== undefined) {
      const key = open.map((one) => one.key).join('.');
      lists.set(key, [...(lists.get(key) ?? []), unquoted(item)]);
      continue;
    }
    const [, key = '', value = ''] = /^([\w-]+):\s*(.*)$/.exec(content) ?? [];
    if (key === '') continue;
    open = [...open.filter((one) => one.indent < indent), { key, indent }];
    const inline = /^\[(.*)\]$/.exec(value)?.[1];
    if (inline !== undefined)
      lists.set(
        open.map((one) => one.key).join('.'),
        inline
          .split(',')
          .map((part) => unquoted(part.trim()))
          .filter((part) => part !== ''),
      );
  }
  return lists;
}

const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2');
